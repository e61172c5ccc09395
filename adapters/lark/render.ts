import type { Block, Button, Card, Chart } from '../../src/model/card.ts'
import type { Address } from '../../src/model/message.ts'
import { pressed } from '../button.ts'
import { chartWords } from '../chart.ts'
import { utf8Length } from '../crypto.ts'
import { clip } from '../escape.ts'
import { fitCard } from '../fit.ts'
import { lineText } from '../lights.ts'
import { tableLines } from '../table.ts'
import { escapeMarkdown, escapePlain, mayHoldLink } from './escape.ts'

interface PlainText {
  tag: 'plain_text'
  content: string
}

export type LarkElement =
  | { tag: 'div'; text: PlainText }
  | { tag: 'markdown'; content: string }
  | { tag: 'hr' }
  | { tag: 'img'; img_key: string; alt: PlainText; scale_type: 'fit_horizontal' }
  | { tag: 'column_set'; flex_mode: 'flow'; columns: { tag: 'column'; width: 'auto'; elements: LarkElement[] }[] }
  | {
      tag: 'button'
      type: 'default' | 'primary' | 'danger'
      text: PlainText
      behaviors: { type: 'callback'; value: ReturnType<typeof pressed> }[]
    }

/** Keys of the charts that the platform has as images; any other is left out of the card. */
export type Pictures = ReadonlyMap<Chart, string>

/** Card JSON 2.0, only of fields that the platform documents: it refuses a card with an unknown one. */
export interface LarkCard {
  schema: '2.0'
  config: { update_multi: true; enable_forward: false; summary: { content: string } }
  header: { title: PlainText; template: 'blue' | 'green' | 'orange' | 'red' }
  body: { elements: LarkElement[] }
}

const TEMPLATE = { plain: 'blue', good: 'green', warn: 'orange', late: 'red' } as const
/** The platform takes 30 KB for the whole request, in which the card is a string: what is around it needs the rest. */
const MOST_BYTES = 28_000
/** Of what an image shows, for those who do not see it. */
const MOST_ALT = 500
/** The platform's 200, less what it may count besides. */
const MOST_ELEMENTS = 180

/** The platform refuses a card with an empty text, so what has nothing to say says that. */
const plain = (text: string): PlainText => ({ tag: 'plain_text', content: escapePlain(text).trim() || '…' })

const isBlank = (text: string) => escapePlain(text).trim() === ''

const div = (text: string): LarkElement[] => (isBlank(text) ? [] : [{ tag: 'div', text: plain(text) }])

/** Dressed up where that is safe, plain where the words may hold an address. */
function dressed(text: string, [before, after]: [string, string]): LarkElement[] {
  if (isBlank(text) || mayHoldLink(text)) return div(text)
  return [{ tag: 'markdown', content: before + escapeMarkdown(text).replaceAll('\n', '<br>') + after }]
}

function picture(chart: Chart, key: string | undefined): LarkElement[] {
  if (key === undefined) return []
  return [{ tag: 'img', img_key: key, alt: plain(clip(chartWords(chart), MOST_ALT)), scale_type: 'fit_horizontal' }]
}

function blockElements(block: Block, pictures: Pictures): LarkElement[] {
  switch (block.kind) {
    case 'text':
      return div(block.text)
    case 'note':
      return dressed(block.text, ["<font color='grey'>", '</font>'])
    case 'fields':
      return div(block.fields.map(([label, value]) => `${label}：${value}`).join('\n'))
    case 'list':
      return [
        ...(block.title ? dressed(block.title, ['**', '**']) : []),
        ...div(block.lines.map((line) => lineText(line, (text) => text)).join('\n')),
      ]
    case 'table':
      return div(tableLines(block).join('\n'))
    case 'divider':
      return [{ tag: 'hr' }]
    case 'chart':
      return picture(block.chart, pictures.get(block.chart))
  }
}

function buttonRow(buttons: Button[], kind: Address['kind']): LarkElement[] {
  if (buttons.length === 0) return []
  const columns = buttons.map(({ label, style, intent }) => ({
    tag: 'column' as const,
    width: 'auto' as const,
    elements: [
      {
        tag: 'button' as const,
        type: style ?? ('default' as const),
        text: plain(label),
        behaviors: [{ type: 'callback' as const, value: pressed(intent, kind) }],
      },
    ],
  }))
  return [{ tag: 'column_set', flex_mode: 'flow', columns }]
}

function draw(card: Card, kind: Address['kind'], pictures: Pictures): LarkCard {
  const blocks = card.blocks.flatMap((block) => blockElements(block, pictures))
  return {
    schema: '2.0',
    config: { update_multi: true, enable_forward: false, summary: { content: escapePlain(clip(card.title, 100)) } },
    header: { title: plain(card.title), template: TEMPLATE[card.tone] },
    body: { elements: [...blocks, ...buttonRow(card.buttons ?? [], kind)] },
  }
}

/** Elements with what they hold: a row of buttons is the row, a column and a button each. */
const countElements = (elements: LarkElement[]): number =>
  elements.reduce((sum, each) => sum + (each.tag === 'column_set' ? 1 + 2 * each.columns.length : 1), 0)

/** Bytes that a card takes inside a request, where it is a JSON string in JSON. */
export const larkCardBytes = (card: LarkCard): number => utf8Length(JSON.stringify(JSON.stringify(card)))

const fits = (card: LarkCard) => countElements(card.body.elements) <= MOST_ELEMENTS && larkCardBytes(card) <= MOST_BYTES

/** A card for a group or a person, cut to the platform's limits with a line that says what is not shown. */
export const render = (card: Card, kind: Address['kind'] = 'room', pictures: Pictures = new Map()): LarkCard =>
  draw(
    fitCard(card, (each) => fits(draw(each, kind, pictures))),
    kind,
    pictures,
  )
