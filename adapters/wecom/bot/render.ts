import type { Card } from '../../../src/model/card.ts'
import type { Address } from '../../../src/model/message.ts'
import { utf8Length } from '../../crypto.ts'
import { numbered, withoutForm } from '../../degrade.ts'
import { clip } from '../../escape.ts'
import { fitCard } from '../../fit.ts'
import { buttonList, type TemplateButton } from '../buttons.ts'
import { escapeMarkdown } from '../escape.ts'
import { drawBare, markdown } from '../markdown.ts'

export interface TemplateCard {
  card_type: 'button_interaction'
  main_title: { title: string }
  sub_title_text?: string
  button_list: TemplateButton[]
  task_id: string
}

export interface Stream {
  id: string
  finish: true
  content: string
}

export interface CardUpdate {
  response_type: 'update_template_card'
  template_card: TemplateCard
}

export type PassiveReply =
  | { msgtype: 'text'; text: { content: string } }
  | { msgtype: 'stream'; stream: Stream }
  | { msgtype: 'stream_with_template_card'; stream: Stream; template_card: TemplateCard }
  | CardUpdate

/** The platform takes 20,480 bytes of Markdown. */
const MOST_BYTES = 20_000
/** No page says how long a welcome may be; this is what texts of an app may have. */
const MOST_WELCOME = 2000
/** What a card shows uncut below its title, in characters (path 101032). */
const MOST_SUBTITLE = 112

/** Where buttons cannot be: numbers to answer with in their place. */
export const renderNumbered = (card: Card): string => markdown(numbered(withoutForm(card)), MOST_BYTES)

/**
 * A card as Markdown, for a stream or a response_url. Its buttons go on a card below; where that does not take them all, each
 * has a number here too.
 */
export const render = (card: Card, kind: Address['kind'] = 'room'): string =>
  buttonList(card, kind).length < (card.buttons?.length ?? 0)
    ? renderNumbered(card)
    : markdown(withoutForm(card), MOST_BYTES)

/** The numbers alone, where the words were said already. */
export const renderNumbers = ({ title, tone, buttons }: Card): string =>
  renderNumbered({ title, tone, blocks: [], ...(buttons && { buttons }) })

/**
 * The card's buttons under its title, undefined where it has none.
 * @param taskId [0-9A-Za-z_@-], at most 128 characters; unique a bot
 */
export function renderButtons(card: Card, taskId: string, kind: Address['kind'] = 'room'): TemplateCard | undefined {
  const list = buttonList(card, kind)
  if (list.length === 0) return undefined
  return {
    card_type: 'button_interaction',
    main_title: { title: clip(escapeMarkdown(card.title), 26) },
    button_list: list,
    task_id: taskId,
  }
}

/** The answer to a message: its words at once as a finished stream, its buttons on a card below. `id`: as a task id. */
export function renderReply(card: Card, id: string): PassiveReply {
  const stream: Stream = { id, finish: true, content: render(card) }
  const buttons = renderButtons(card, id)
  return buttons
    ? { msgtype: 'stream_with_template_card', stream, template_card: buttons }
    : { msgtype: 'stream', stream }
}

/** A card of this kind has at least one button: the one that asks nothing and changes nothing. */
const HELP = { label: '帮助', intent: { intent: 'help' as const } }

/** The first lines that a card has room for; where others follow, it says so. */
function beginning(lines: readonly string[]): string {
  const fits = (n: number) => lines.slice(0, n).join('\n').length < MOST_SUBTITLE
  const most = lines.findIndex((_, i) => !fits(i + 1))
  if (most < 0) return lines.join('\n')
  return most > 0 ? `${lines.slice(0, most).join('\n')}…` : `${clip(lines[0] ?? '', MOST_SUBTITLE - 1)}…`
}

/**
 * The pressed card as it now stands, for everybody who sees it: the beginning of the answer and the answer's buttons; all its
 * words are too many for a card and come as a message. Undefined where the press came to nothing: then the buttons stay, to
 * be pressed again.
 */
export function renderUpdate(card: Card, taskId: string, kind: Address['kind']): CardUpdate | undefined {
  if (card.tone === 'warn') return undefined
  const bare = renderButtons({ ...card, buttons: [HELP] }, taskId, kind)
  const buttons = renderButtons(card, taskId, kind) ?? bare
  if (!buttons) return undefined
  const [, ...words] = drawBare(card).split('\n')
  return {
    response_type: 'update_template_card',
    template_card: { ...buttons, ...(words.length > 0 && { sub_title_text: beginning(words) }) },
  }
}

/** A welcome: the platform takes neither Markdown nor a stream there. */
export function renderWelcome(card: Card): PassiveReply {
  const content = drawBare(fitCard(card, (each) => utf8Length(drawBare(each)) <= MOST_WELCOME))
  return { msgtype: 'text', text: { content } }
}
