import { AlignmentType, Footer, Header, LineRuleType, PageNumber, Paragraph, TabStopType, TextRun } from 'docx'
import type { Day } from '../model/deadline.ts'
import { isNumbered, markOf, type PaperMarks, type Printed } from '../model/paper.ts'
import { fonts, LINE_WIDTH, type Look, size } from './look.ts'
import { clean } from './text.ts'

/** 待签发, 草稿, 作废 over every page. */
export const headerOf = ({ kind }: Printed, { state }: PaperMarks): Header => {
  const text = markOf(kind, state)
  const run = new TextRun({ text, font: fonts.first, size: size.fourth, color: 'C00000' })
  return new Header({
    children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: text === '' ? [] : [run] })],
  })
}

/** — 1 —, outside: right on odd pages, left on even ones, one character in. */
export const footerOf = (side: 'left' | 'right'): Footer => {
  const type = { font: fonts.page, size: size.fourth }
  const run = new TextRun({ ...type, children: ['— ', PageNumber.CURRENT, ' —'] })
  const alignment = side === 'left' ? AlignmentType.LEFT : AlignmentType.RIGHT
  return new Footer({ children: [new Paragraph({ alignment, indent: { [side]: 280 }, children: [run] })] })
}

const pitch = ({ pitch: line }: Look, extra: { before?: number; after?: number } = {}) => ({
  spacing: { line, lineRule: LineRuleType.EXACT, before: 0, after: 0, ...extra },
})

const dayOfPaper = (day: Day): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** 文号, and beside it who signed: a blank to be filled in until there is one. */
const numberOf = ({ kind }: Printed, { number, signer }: PaperMarks, look: Look): Paragraph[] => {
  if (!isNumbered(kind) && number === '' && signer === '') return []
  const run = (text: string) => new TextRun({ text, font: fonts.body, size: look.body })
  const shown = run(clean(number) || '　　　〔　　　〕　　号')
  if (signer === '') return [new Paragraph({ ...pitch(look), alignment: AlignmentType.CENTER, children: [shown] })]
  return [
    new Paragraph({
      ...pitch(look),
      tabStops: [{ type: TabStopType.RIGHT, position: LINE_WIDTH }],
      children: [
        shown,
        run('\t'),
        run('签发人：'),
        new TextRun({ text: clean(signer), font: fonts.second, size: look.body }),
      ],
    }),
  ]
}

/** How far a title of several lines keeps from the edges, so that they are about as long as each other. */
export const evenly = (text: string, type: number): { left: number; right: number } => {
  const sign = type * 10
  const length = [...text].reduce((sum, one) => sum + (one < '\u0100' ? 0.5 : 1), 0)
  const lines = Math.ceil((length * sign) / LINE_WIDTH)
  const room = lines < 2 ? LINE_WIDTH : (Math.ceil(length / lines) + 1) * sign
  const indent = Math.max(0, Math.floor((LINE_WIDTH - room) / 2))
  return { left: indent, right: indent }
}

/** Papers of tables and those of one page: a 落款 at their end might stand alone on a page without text. */
const endsInTables = ({ kind, issuer }: Printed): boolean =>
  issuer !== '' && ['brief', 'dispatch', 'list'].includes(kind)

/** Under the title: who issues it, and as of when. */
const issuedBy = ({ issuer, asOf }: Printed, look: Look): Paragraph =>
  new Paragraph({
    ...{ ...pitch(look, { after: 120 }), alignment: AlignmentType.CENTER },
    children: [new TextRun({ text: `（${clean(issuer)}　${dayOfPaper(asOf)}）`, font: fonts.second, size: look.body })],
  })

/** 文号, title and 主送. */
export const headOf = (paper: Printed, marks: PaperMarks, look: Look): Paragraph[] => {
  const text = clean(paper.title)
  const title = new Paragraph({
    ...{ alignment: AlignmentType.CENTER, indent: evenly(text, look.title) },
    spacing: { line: look.title * 14, lineRule: LineRuleType.EXACT, before: look.pitch / 2, after: look.pitch / 2 },
    children: [new TextRun({ text, font: fonts.title, size: look.title })],
  })
  const to = new Paragraph({ ...pitch(look), children: [new TextRun(`${clean(paper.to)}：`)] })
  const by = endsInTables(paper) ? [issuedBy(paper, look)] : []
  return [...numberOf(paper, marks, look), title, ...by, ...(paper.to === '' ? [] : [to])]
}

/** 落款: who issues it, where the seal goes, and the day; for the year, month and day of a signature to come there is room. */
export const signatureOf = (paper: Printed, { state, signedOn }: PaperMarks, look: Look): Paragraph[] => {
  if (paper.issuer === '' || endsInTables(paper)) return []
  const signed = isNumbered(paper.kind)
  const day = signedOn ?? (signed && state !== 'signed' ? null : paper.asOf)
  const line = (text: string, indent: number, first: boolean) =>
    new Paragraph({
      ...pitch(look, first ? { before: look.pitch } : {}),
      ...{ alignment: AlignmentType.RIGHT, indent: { right: indent }, keepNext: first, keepLines: true },
      children: [new TextRun(clean(text))],
    })
  return [
    line(`${paper.issuer}（盖章）`, look.body * 20, true),
    line(day === null ? '　　　　年　　月　　日' : dayOfPaper(day), look.body * 40, false),
  ]
}
