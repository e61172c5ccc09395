import type { Card } from '../../../src/model/card.ts'
import { clip } from '../../escape.ts'
import { buttonList, type TemplateButton } from '../buttons.ts'
import { escapeMarkdown } from '../escape.ts'
import { markdown } from '../markdown.ts'

export interface TemplateCard {
  card_type: 'button_interaction'
  main_title: { title: string }
  button_list: TemplateButton[]
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

/** A card as Markdown, for a stream or a response_url. */
export const render = (card: Card): string => markdown(card, MOST_BYTES)

/**
 * The card's buttons under its title, undefined where it has none.
 * @param taskId [0-9A-Za-z_@-], at most 128 characters; unique a bot
 */
export function renderButtons(card: Card, taskId: string): TemplateCard | undefined {
  const list = buttonList(card, 'room')
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
