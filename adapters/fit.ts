import type { Block, Card } from '../src/model/card.ts'
import { withoutForm } from './degrade.ts'
import { clip } from './escape.ts'

/** Longest text that is left alone while there are list lines that could be shown instead. */
const LONG_TEXT = 3000

const rowCount = (block: Block): number =>
  block.kind === 'list' ? block.lines.length : block.kind === 'table' ? block.rows.length : 0

/** In the place of what was cut away. */
export const notShown = (rows: number) => `（另有${rows}行未显示，请缩小范围再问）`

/** The first `keep` lines of lists and rows of tables of the whole card; one that was cut says how many are not shown. */
function keepLines(card: Card, keep: number): Card {
  let left = keep
  const blocks = card.blocks.flatMap((block): Block[] => {
    const shown = Math.min(rowCount(block), left)
    left -= shown
    const hidden = rowCount(block) - shown
    if (hidden === 0) return [block]
    if (block.kind === 'list')
      return [{ ...block, lines: [...block.lines.slice(0, shown), { text: notShown(hidden) }] }]
    const cut: Block = { kind: 'note', text: notShown(hidden) }
    return block.kind === 'table' && shown > 0 ? [{ ...block, rows: block.rows.slice(0, shown) }, cut] : [cut]
  })
  return { ...card, blocks }
}

function shorten(text: string, keep: number): string {
  if (text.length <= keep) return text
  const head = clip(text, keep)
  return `${head}…（余${text.length - head.length}字未显示）`
}

function keepText(card: Card, keep: number): Card {
  const short = (text: string) => shorten(text, keep)
  const blocks = card.blocks.map((block): Block => {
    if (block.kind === 'text' || block.kind === 'note') return { ...block, text: short(block.text) }
    if (block.kind === 'fields') return { ...block, fields: block.fields.map(([k, v]) => [short(k), short(v)]) }
    if (block.kind === 'table')
      return { ...block, columns: block.columns.map(short), rows: block.rows.map((row) => row.map(short)) }
    if (block.kind === 'list' && block.title) return { ...block, title: short(block.title) }
    return block
  })
  return { ...card, title: clip(card.title, Math.max(keep, 20)), blocks }
}

const keepForm = (card: Card, keep: number): Card => (keep > 0 ? card : withoutForm(card))

const keepButtons = (card: Card, keep: number): Card => ({ ...card, buttons: card.buttons?.slice(0, keep) })

function keepBlocks(card: Card, keep: number): Card {
  const hidden = card.blocks.length - keep
  if (hidden <= 0) return card
  return { ...card, blocks: [...card.blocks.slice(0, keep), { kind: 'note', text: `（另有${hidden}段未显示）` }] }
}

/** Most to least of what a card can lose: [how to cut, how much there is to keep]. */
const CUTS: [cut: (card: Card, keep: number) => Card, most: (card: Card) => number][] = [
  [(card) => keepText(card, LONG_TEXT), () => 0],
  [keepLines, (card) => card.blocks.reduce((sum, block) => sum + rowCount(block), 0)],
  [keepText, () => LONG_TEXT],
  [keepForm, (card) => (card.form ? 1 : 0)],
  [keepBlocks, (card) => card.blocks.length],
  [keepButtons, (card) => card.buttons?.length ?? 0],
]

/** The largest `keep` from 0 to `most` that fits, 0 where none does. */
function largest(most: number, fits: (keep: number) => boolean): number {
  let low = 0
  let high = most
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** The card itself where it fits a platform's limits, else with as little cut as will do, and a line that says so. */
export function fitCard(card: Card, fits: (card: Card) => boolean): Card {
  let fitted = card
  for (const [cut, most] of CUTS) {
    if (fits(fitted)) return fitted
    const whole = fitted
    const keep = largest(most(whole), (n) => fits(cut(whole, n)))
    fitted = cut(whole, keep)
  }
  return fitted
}
