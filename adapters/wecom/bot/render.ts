import type { Button, Card } from '../../../src/model/card.ts'
import { pressed } from '../../button.ts'
import { utf8Length } from '../../crypto.ts'
import { clip } from '../../escape.ts'
import { escapeMarkdown } from '../escape.ts'
import { markdown } from '../markdown.ts'

export interface TemplateCard {
  card_type: 'button_interaction'
  main_title: { title: string }
  button_list: { text: string; style: number; key: string }[]
  task_id: string
}

interface Stream {
  id: string
  finish: true
  content: string
}

export type PassiveReply =
  | { msgtype: 'stream'; stream: Stream }
  | { msgtype: 'stream_with_template_card'; stream: Stream; template_card: TemplateCard }
  | { response_type: 'update_template_card'; template_card: TemplateCard }

/** The platform takes 20,480 bytes of Markdown. */
const MOST_BYTES = 20_000
const MOST_BUTTONS = 6
const MOST_KEY_BYTES = 1024
const STYLE = { primary: 1, default: 2, danger: 3 }

/** A card as Markdown, for a stream or a response_url. */
export const render = (card: Card): string => markdown(card, MOST_BYTES)

function keyed({ label, intent, style }: Button) {
  return {
    text: clip(label, 10),
    style: STYLE[style ?? 'default'],
    key: JSON.stringify(pressed(intent, 'room')),
  }
}

/**
 * The card's buttons under its title, undefined where it has none. A button whose frame is longer than the platform's key
 * is left out, and so is a second one of the same key, for which the platform would refuse the card.
 * @param taskId [0-9A-Za-z_@-], at most 128 characters; unique a bot
 */
export function renderButtons(card: Card, taskId: string): TemplateCard | undefined {
  const buttons = new Map((card.buttons ?? []).map(keyed).map((button) => [button.key, button]))
  const list = [...buttons.values()].filter(({ key }) => utf8Length(key) <= MOST_KEY_BYTES).slice(0, MOST_BUTTONS)
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
