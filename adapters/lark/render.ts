import type { Block, Button, Card } from '../../src/model/card.ts'
import type { Account, Address } from '../../src/model/message.ts'
import { pressed } from '../button.ts'
import { chartWords } from '../chart.ts'
import { utf8Length } from '../crypto.ts'
import { clip } from '../escape.ts'
import { fitCard } from '../fit.ts'
import { lineText } from '../lights.ts'
import { chartElement } from './chart.ts'
import { bold, countElements, div, dressed, grey, type LarkElement, type PlainText, plain } from './elements.ts'
import { escapeMarkdown, escapePlain } from './escape.ts'
import { formElements } from './form.ts'
import { tableElements, tableText } from './table.ts'

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
/** The platform's 200, less what it may count besides. */
const MOST_ELEMENTS = 180
const MOST_TABLES = 5
const MOST_CHARTS = 5
/** In half of a phone's width. */
const SHORT = 12
/** Fewer fields are read faster one below the other. */
const FEW = 4

type Fields = Extract<Block, { kind: 'fields' }>

/** Short fields in two columns, read down the first and then the second. */
function fieldElements({ fields }: Fields): LarkElement[] {
  const lines = fields.map(([label, value]) => `${label}：${value}`)
  if (lines.length < FEW || lines.some((line) => line.length > SHORT || line.includes('\n')))
    return div(lines.join('\n'))
  const half = Math.ceil(lines.length / 2)
  const column = (part: string[]) => ({
    ...{ tag: 'column' as const, width: 'weighted' as const, weight: 1 as const },
    elements: div(part.join('\n')),
  })
  return [
    { tag: 'column_set', flex_mode: 'bisect', columns: [column(lines.slice(0, half)), column(lines.slice(half))] },
  ]
}

function blockElements(block: Block, left: { tables: number; charts: number }): LarkElement[] {
  switch (block.kind) {
    case 'text':
      return div(block.text)
    case 'note':
      return dressed(block.text, grey)
    case 'fields':
      return fieldElements(block)
    case 'list':
      return [
        ...(block.title ? dressed(block.title, bold) : []),
        ...div(block.lines.map((line) => lineText(line, (text) => text)).join('\n')),
      ]
    case 'table':
      return left.tables-- > 0 ? tableElements(block) : tableText(block)
    case 'divider':
      return [{ tag: 'hr' }]
    case 'link':
      return [{ tag: 'markdown', content: `[${escapeMarkdown(block.label)}](${block.url})` }]
    case 'chart': {
      const drawn = chartElement(block.chart)
      if (drawn && left.charts-- > 0) return [drawn]
      return block.chart.rows.length > 0 ? div(chartWords(block.chart)) : []
    }
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

/** Whom it concerns, in an element of its own: only from accounts, never out of somebody's words. */
const mentionElements = (people: readonly string[]): LarkElement[] =>
  people.length === 0 ? [] : [{ tag: 'markdown', content: people.map((id) => `<at id=${id}></at>`).join(' ') }]

function draw(card: Card, kind: Address['kind'], people: readonly string[]): LarkCard {
  const left = { tables: MOST_TABLES, charts: MOST_CHARTS }
  return {
    schema: '2.0',
    config: { update_multi: true, enable_forward: false, summary: { content: escapePlain(clip(card.title, 100)) } },
    header: { title: plain(card.title), template: TEMPLATE[card.tone] },
    body: {
      elements: [
        ...card.blocks.flatMap((block) => blockElements(block, left)),
        ...buttonRow(card.buttons ?? [], kind),
        ...(card.form ? formElements(card.form, kind) : []),
        ...mentionElements(people),
      ],
    },
  }
}

/** Bytes that a card's JSON takes inside a request, where it is a string in JSON. */
export const larkCardBytes = (text: string): number => utf8Length(JSON.stringify(text))

/** Of no sign more than three bytes are made, a quotation mark or a backslash being two: what is short need not be counted. */
const isShort = (text: string): boolean => text.length * 3 + 2 <= MOST_BYTES

interface Drawn {
  card: LarkCard
  text: string
}

const fits = ({ card, text }: Drawn): boolean =>
  countElements(card.body.elements) <= MOST_ELEMENTS && (isShort(text) || larkCardBytes(text) <= MOST_BYTES)

/** More names than anybody reads; who is left out reads the card all the same. */
const MOST_PEOPLE = 20

/** The open_ids that may stand in a card of this app: one that the platform does not know would make it refuse the card. */
export const mentioned = (accounts: readonly Account[] = [], route: string): string[] =>
  [
    ...new Set(
      accounts
        .filter((each) => (each.route === route || each.route === '*') && /^ou_\w{1,60}$/.test(each.id))
        .map(({ id }) => id),
    ),
  ].slice(0, MOST_PEOPLE)

/** Cut to the platform's limits; what was drawn to see whether it fits is what goes out. */
const fitted = (card: Card, kind: Address['kind'], people: readonly string[]): Drawn => {
  let last: { of: Card; drawn: Drawn } | undefined
  const drawnOf = (of: Card): Drawn => {
    if (last?.of === of) return last.drawn
    const made = draw(of, kind, people)
    last = { of, drawn: { card: made, text: JSON.stringify(made) } }
    return last.drawn
  }
  return drawnOf(fitCard(card, (each) => fits(drawnOf(each))))
}

/** A card for a group or a person, cut to the platform's limits with a line that says what is not shown. */
export const render = (card: Card, kind: Address['kind'] = 'room', people: readonly string[] = []): LarkCard =>
  fitted(card, kind, people).card

/** The same as JSON, as it goes out. */
export const renderText = (card: Card, kind: Address['kind'], people: readonly string[] = []): string =>
  fitted(card, kind, people).text
