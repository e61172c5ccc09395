import type { Card } from '../../src/model/card.ts'
import { utf8Length } from '../crypto.ts'
import { withoutForm } from '../degrade.ts'
import { fitCard } from '../fit.ts'
import { blocksInWords, type Dialect } from '../words.ts'
import { escapeMarkdown, escapeText } from './escape.ts'

/** With what stands between two blocks. */
type WecomDialect = Dialect & { gap: string }

const oneLine = (text: string) => text.replaceAll('\n', ' ')

const plain: WecomDialect = {
  safe: escapeText,
  strong: (text) => `【${oneLine(escapeText(text))}】`,
  rule: '────',
  gap: '\n',
}

const bold = (text: string) => `**${oneLine(escapeMarkdown(text))}**`

const marked: WecomDialect = {
  link: (label, url) => `[${oneLine(escapeMarkdown(label))}](${url})`,
  safe: escapeMarkdown,
  strong: bold,
  label: bold,
  quiet: (text) =>
    escapeMarkdown(text)
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n'),
  rule: '---',
  // Without an empty line, `---` would make a heading of the line above.
  gap: '\n\n',
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const cell = (text: string) => oneLine(escapeMarkdown(text)).replaceAll('|', '｜').trim()

/** markdown_v2 has tables; everything else that it has besides is not used. */
const tabled: WecomDialect = {
  ...marked,
  table: ({ columns, rows }) =>
    [
      row(columns.map(cell)),
      row(columns.map(() => ':--')),
      ...rows.map((each) => row(columns.map((_, i) => cell(each[i] ?? '')))),
    ].join('\n'),
}

/** The same words as in Markdown, without any of its marks and rules: for places that show a few lines of a card as they are. */
const bare: WecomDialect = { safe: escapeMarkdown, strong: escapeMarkdown, gap: '\n' }

const draw =
  ({ gap, ...as }: WecomDialect) =>
  (card: Card): string =>
    [as.strong(card.title), ...blocksInWords(withoutForm(card), as)].join(gap)

/** A whole card as a plain text; of a form its usage, and buttons and charts are in none of these. */
export const drawText = draw(plain)
/** As the bare lines of a card or a welcome. */
export const drawBare = draw(bare)
/** As Markdown, with a line for each row of a table. */
export const drawMarkdown = draw(marked)
/** As markdown_v2, with tables. */
export const drawTables = draw(tabled)

/** A card as WeCom's Markdown of at most `limit` UTF-8 bytes; buttons are not in it. */
export const markdown = (card: Card, limit: number): string =>
  drawMarkdown(fitCard(card, (each) => utf8Length(drawMarkdown(each)) <= limit))
