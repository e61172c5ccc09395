import { Document, type Header, Packer, type Paragraph, SectionType, type Table } from 'docx'
import type { PaperBlock, PaperMarks, Printed } from '../model/paper.ts'
import { blocksOf } from './blocks.ts'
import type { Draw } from './docx.ts'
import { footerOf, headerOf, headOf, signatureOf } from './frame.ts'
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

/** The same paper with the same marks gives the same bytes. */
export const renderPaper = async (paper: Printed, marks: PaperMarks, draw?: Draw): Promise<Uint8Array> => {
  const look = lookOf(paper.kind)
  const end = endOfText(paper.blocks)
  const children = [
    ...headOf(paper, marks, look),
    ...(await blocksOf(paper.blocks.slice(0, end), { look, draw, signed: true })),
    ...signatureOf(paper, marks, look),
    ...(await blocksOf(paper.blocks.slice(end), { look, draw, signed: false })),
  ]
  const document = new Document({
    title: clean(paper.title),
    creator: clean(paper.issuer),
    lastModifiedBy: clean(paper.issuer),
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: fonts.body, size: look.body, language: { eastAsia: 'zh-CN' } } } } },
    sections: [section(children, headerOf(paper, marks), look)],
  })
  return settled(new Uint8Array(await Packer.toArrayBuffer(document)), paper.asOf)
}
