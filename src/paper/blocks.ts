import { AlignmentType, BorderStyle, ImageRun, LineRuleType, Paragraph, type Table, TextRun } from 'docx'
import type { PaperBlock } from '../model/paper.ts'
import type { Draw } from './docx.ts'
import { evenly } from './frame.ts'
import { fonts, LINE_WIDTH, type Look, size } from './look.ts'
import { formOf, gridOf, tableOf } from './table.ts'
import { clean } from './text.ts'

type Part = Paragraph | Table
type BlockOf<K extends PaperBlock['kind']> = Extract<PaperBlock, { kind: K }>

const exactly = (line: number) => ({ line, lineRule: LineRuleType.EXACT, before: 0, after: 0 })

/** Two characters in, in the type that the paragraph is set in. */
const twoIn = (type: number) => ({ firstLine: type * 20, firstLineChars: 200 })

/** A gap within a sentence: （没有文字说明，此处请补充）. */
const gap = /(（[^（）]*此处请补充[^（）]*）)/

const paragraphs = (text: string, look: Look, keepNext: boolean): Paragraph[] =>
  clean(text)
    .split('\n')
    .map(
      (line) =>
        new Paragraph({
          ...{ spacing: exactly(look.pitch), indent: twoIn(look.body), alignment: AlignmentType.BOTH, keepNext },
          children: line
            .split(gap)
            .map((part) => new TextRun({ text: part, ...(gap.test(part) && { highlight: 'yellow' }) })),
        }),
    )

const heading = ({ level, text }: BlockOf<'heading'>, look: Look): Paragraph =>
  new Paragraph({
    ...{ spacing: exactly(look.pitch), indent: twoIn(look.body), keepNext: true },
    outlineLevel: level - 1,
    children: [new TextRun({ text: clean(text), font: level === 1 ? fonts.first : fonts.second, size: look.body })],
  })

const note = (text: string, look: Look): Paragraph[] =>
  clean(text)
    .split('\n')
    .map(
      (line) =>
        new Paragraph({
          ...{ spacing: { ...exactly(look.tablePitch), before: 60 }, alignment: AlignmentType.BOTH },
          children: [new TextRun({ text: line, font: fonts.second, size: Math.min(look.table, size.fifth) })],
        }),
    )

/** Width and height of a PNG, from its first chunk. */
const sizeOf = (png: Uint8Array): { width: number; height: number } => {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** Pixels of the line's width, of which the format has 96 an inch, and of the highest picture that leaves room for words. */
const WIDE = (LINE_WIDTH / 1440) * 96
const HIGH = 560

const chart = async ({ chart: shown }: BlockOf<'chart'>, draw: Draw | undefined): Promise<Part[]> => {
  const png = await draw?.(shown)
  if (!png) return []
  const { width, height } = sizeOf(png)
  const scale = Math.min(WIDE / width, HIGH / height)
  const image = new ImageRun({
    ...{ type: 'png', data: png },
    transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
    altText: {
      name: clean(shown.title),
      description: clean(`${shown.title}，${shown.asOf}`),
      title: clean(shown.title),
    },
  })
  return [new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 120, after: 120 }, children: [image] })]
}

const annex = ({ title }: BlockOf<'annex'>, n: string, look: Look): Paragraph[] => [
  new Paragraph({
    ...{ pageBreakBefore: true, keepNext: true, spacing: exactly(look.pitch) },
    children: [new TextRun({ text: `附件${n}`, font: fonts.first, size: look.body })],
  }),
  new Paragraph({
    ...{ alignment: AlignmentType.CENTER, keepNext: true, indent: evenly(clean(title), look.title) },
    spacing: { line: look.title * 14, lineRule: LineRuleType.EXACT, before: look.pitch / 3, after: look.pitch / 3 },
    children: [new TextRun({ text: clean(title), font: fonts.title, size: look.title })],
  }),
]

const receipt = ({ title, text, fields }: BlockOf<'receipt'>, look: Look): Part[] => [
  new Paragraph({
    ...{ spacing: { ...exactly(look.pitch), before: look.pitch }, keepNext: true },
    border: { bottom: { style: BorderStyle.DASHED, size: 8, color: '000000', space: 1 } },
    children: [],
  }),
  new Paragraph({
    ...{ alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: 160, after: 120 } },
    children: [new TextRun({ text: clean(title), font: fonts.title, size: size.smallSecond })],
  }),
  new Paragraph({
    ...{ spacing: exactly(look.pitch), indent: twoIn(look.body), keepNext: true, alignment: AlignmentType.BOTH },
    children: [new TextRun(clean(text))],
  }),
  formOf(fields, look),
]

interface Place {
  /** The annex's number; empty for the only one. */
  n: string
  /** Its last lines go with the 落款. */
  last: boolean
}

const partsOf = async (block: PaperBlock, look: Look, draw: Draw | undefined, { n, last }: Place): Promise<Part[]> => {
  switch (block.kind) {
    case 'heading':
      return [heading(block, look)]
    case 'text':
    case 'blank':
      return paragraphs(block.text, look, last)
    case 'table':
      return tableOf(block, look)
    case 'grid':
      return gridOf(block, look)
    case 'chart':
      return chart(block, draw)
    case 'note':
      return note(block.text, look)
    case 'annex':
      return annex(block, n, look)
    case 'receipt':
      return receipt(block, look)
  }
}

/** The blocks as Word has them. `signed`: a 落款 follows, which is never alone on a page. */
export const blocksOf = async (
  blocks: readonly PaperBlock[],
  { look, draw, signed }: { look: Look; draw: Draw | undefined; signed: boolean },
): Promise<Part[]> => {
  const annexes = blocks.filter(({ kind }) => kind === 'annex')
  const parts: Part[] = []
  for (const block of blocks) {
    const n = annexes.length > 1 ? String(annexes.indexOf(block) + 1) : ''
    parts.push(...(await partsOf(block, look, draw, { n, last: signed && block === blocks.at(-1) })))
  }
  return parts
}
