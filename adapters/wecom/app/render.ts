import type { Card } from '../../../src/model/card.ts'
import { withoutForm } from '../../degrade.ts'
import { clip } from '../../escape.ts'
import { fitCard } from '../../fit.ts'
import { buttonLists, type TemplateButton } from '../buttons.ts'
import { escapeMarkdown } from '../escape.ts'
import { drawMarkdown } from '../markdown.ts'
import { pages } from '../pages.ts'
import { type FormCard, formCard } from './form.ts'

export interface ButtonCard {
  card_type: 'button_interaction'
  main_title: { title: string; desc?: string }
  sub_title_text?: string
  horizontal_content_list?: { keyname: string; value: string }[]
  button_list: TemplateButton[]
  task_id: string
}

export type AppMessage =
  | { msgtype: 'markdown'; markdown: { content: string } }
  | { msgtype: 'template_card'; template_card: ButtonCard | FormCard }
  | { msgtype: 'image'; image: { media_id: string } }

/** The platform takes 2,048 bytes of Markdown; the mark at the end needs the rest. */
const MOST_BYTES = 1960
/** More messages at a time would be noise; what is left out is told by the last one. */
const MOST_PAGES = 3
/** Cards of six buttons each. */
const MOST_CARDS = 3
/** Messages that one card may become: pages, cards, a form, a picture. */
export const MOST_PARTS = MOST_PAGES + MOST_CARDS + 2

/** Of a card what the client shows uncut, in characters (path 90236, “template_card”). */
const TITLE = 36
export const WORDS = 160
const ROWS = 6
const KEY = 5
const VALUE = 30

/** The cards of one answer have one id; from the second on a number is added. */
const taskId = (id: string, at: number): string => (at === 0 ? id : `${id}_${at + 1}`)

/** The id of the answer to which a card with this task id belongs. */
export const refOfTask = (task: string): string => /^([0-9a-f]{32})_\d+$/.exec(task)?.[1] ?? task

const isLine = (text: string, most: number) => text.length <= most && !text.includes('\n')

interface Words {
  text: string[]
  rows: { keyname: string; value: string }[]
}

/** What a button card can say of the card; undefined where something would be cut or would lose its shape. */
function wordsOf(card: Card): Words | undefined {
  const words: Words = { text: [], rows: [] }
  for (const block of card.blocks) {
    if (block.kind === 'list' || block.kind === 'table' || block.kind === 'link' || block.kind === 'divider')
      return undefined
    if (block.kind === 'text' || block.kind === 'note') words.text.push(escapeMarkdown(block.text))
    if (block.kind === 'fields')
      words.rows.push(
        ...block.fields.map(([label, value]) => ({ keyname: escapeMarkdown(label), value: escapeMarkdown(value) })),
      )
  }
  const rowsFit = words.rows.every(({ keyname, value }) => isLine(keyname, KEY) && isLine(value, VALUE))
  return rowsFit && words.rows.length <= ROWS && words.text.join('\n').length <= WORDS ? words : undefined
}

/** The whole card as one with buttons; undefined where its words do not fit there. */
export function whole(card: Card, buttons: TemplateButton[]): Omit<ButtonCard, 'task_id'> | undefined {
  const title = escapeMarkdown(card.title)
  const words = wordsOf(card)
  if (!words || !isLine(title, TITLE)) return undefined
  return {
    card_type: 'button_interaction',
    main_title: { title },
    ...(words.text.length > 0 ? { sub_title_text: words.text.join('\n') } : {}),
    ...(words.rows.length > 0 ? { horizontal_content_list: words.rows } : {}),
    button_list: buttons,
  }
}

/** Only the buttons: the words came just before. */
export const beneath = (card: Card, buttons: TemplateButton[], desc: string): Omit<ButtonCard, 'task_id'> => ({
  card_type: 'button_interaction',
  main_title: { title: clip(escapeMarkdown(card.title).replaceAll('\n', ' '), TITLE - 1), desc },
  button_list: buttons,
})

/**
 * The platform knows a repeat by its words alone, so two messages that say the same must differ and two tries of one must
 * not: a number made of the key does both. A card has its task id for that.
 */
const mark = (id: string, page: number, of: number): string =>
  `\n<font color="comment">消息号 ${id.slice(0, 6)}${of > 1 ? `（${page}/${of}）` : ''}</font>`

const markdownPages = (card: Card): string[] => pages(drawMarkdown(card), MOST_BYTES)

function words(card: Card, id: string): AppMessage[] {
  const parts = markdownPages(fitCard(card, (each) => markdownPages(each).length <= MOST_PAGES))
  return parts.map((part, i) => ({
    msgtype: 'markdown',
    markdown: { content: part + mark(id, i + 1, parts.length) },
  }))
}

/** A card's buttons as cards, and whether the first of them says all its words as well. */
function buttonCards(card: Card): { cards: Omit<ButtonCard, 'task_id'>[]; said: boolean } {
  const [first, ...more] = buttonLists(card, 'person').slice(0, MOST_CARDS)
  if (!first) return { cards: [], said: false }
  const one = whole(card, first)
  const cards = [one ?? beneath(card, first, '内容见上一条'), ...more.map((each) => beneath(card, each, '接上一条'))]
  return { cards, said: one !== undefined }
}

/**
 * A card as the messages that a person gets: one card with its buttons where all its words fit there, else Markdown of one
 * or more pages and the buttons beneath, six a card; a form as a card of lists, in words where lists cannot ask for it.
 * @param id 32 hex digits, equal on every try
 */
export function render(card: Card, id: string): AppMessage[] {
  const form = formCard(card)
  const { form: _, ...bare } = card
  const spoken = form ? bare : withoutForm(card)
  const { cards, said } = buttonCards(spoken)
  const all = [...cards, ...(form ? [form] : [])]
  const silent = said || (form !== undefined && spoken.blocks.length === 0)
  return [
    ...(silent ? [] : words(spoken, id)),
    ...all.map(
      (each, i): AppMessage => ({ msgtype: 'template_card', template_card: { ...each, task_id: taskId(id, i) } }),
    ),
  ]
}
