import { Document, type Header, Packer, type Paragraph, SectionType, type Table } from 'docx'
import type { Day } from '../model/deadline.ts'
import type { Letter, Paper, PaperBlock, PaperMarks } from '../model/paper.ts'
import { blocksOf } from './blocks.ts'
import type { Draw } from './docx.ts'
import { footerOf, headerOf, headerWith, headOf, numberLine, sealed, signatureOf, titleLine, toLine } from './frame.ts'
import { fonts, type Look, lookOf } from './look.ts'
import { settled } from './pack.ts'
import { clean } from './text.ts'

/** Where the text ends that is signed: what follows is an annex or a part to send back. */
const endOfText = (blocks: readonly PaperBlock[]): number => {
  const at = blocks.findIndex(({ kind }) => kind === 'annex' || kind === 'receipt')
  return at < 0 ? blocks.length : at
}

/** Pages have one another's margins, so that a paper printed on both sides can be bound. */
const section = (children: (Paragraph | Table)[], mark: Header, { page }: Look) => ({
  properties: {
    type: SectionType.NEXT_PAGE,
    page: {
      size: { width: page.width, height: page.height },
      margin: {
        ...{ top: page.top, bottom: page.bottom, left: page.left, right: page.right },
        ...{ header: page.header, footer: page.footer },
      },
    },
  },
  headers: { default: mark, even: mark },
  footers: { default: footerOf('right'), even: footerOf('left') },
  children,
})

interface Written {
  title: string
  issuer: string
  asOf: Day
  header: Header
  look: Look
}

const written = async (children: (Paragraph | Table)[], { title, issuer, asOf, header, look }: Written) => {
  const document = new Document({
    title: clean(title),
    creator: clean(issuer),
    lastModifiedBy: clean(issuer),
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: fonts.body, size: look.body, language: { eastAsia: 'zh-CN' } } } } },
    sections: [section(children, header, look)],
  })
  return settled(new Uint8Array(await Packer.toArrayBuffer(document)), asOf)
}

/** The same paper with the same marks gives the same bytes. */
export const renderPaper = async (paper: Paper, marks: PaperMarks, draw?: Draw): Promise<Uint8Array> => {
  const look = lookOf(paper.kind)
  const end = endOfText(paper.blocks)
  const children = [
    ...headOf(paper, marks, look),
    ...(await blocksOf(paper.blocks.slice(0, end), { look, draw, signed: true })),
    ...signatureOf(paper, marks, look),
    ...(await blocksOf(paper.blocks.slice(end), { look, draw, signed: false })),
  ]
  return written(children, { ...paper, header: headerOf(paper, marks), look })
}

/** A letter that an office fills in, seals and sends itself: nothing is kept of it here. The same letter gives the same bytes. */
export const renderLetter = async (letter: Letter): Promise<Uint8Array> => {
  const look = lookOf('notice')
  const end = endOfText(letter.blocks)
  const rest = { look, draw: undefined }
  const children = [
    numberLine(letter.number, look),
    titleLine(letter.title, look),
    ...toLine(letter.to, look),
    ...(await blocksOf(letter.blocks.slice(0, end), { ...rest, signed: true })),
    ...sealed(letter.issuer, letter.day, look),
    ...(await blocksOf(letter.blocks.slice(end), { ...rest, signed: false })),
  ]
  return written(children, { ...letter, header: headerWith(''), look })
}
