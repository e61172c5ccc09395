import type { Card } from '../../../src/model/card.ts'
import { pressed } from '../../button.ts'
import { buttonLists, buttonText, type TemplateButton } from '../buttons.ts'
import { escapeMarkdown } from '../escape.ts'
import { drawText } from '../markdown.ts'
import { type FormCard, formCard } from './form.ts'
import { type ButtonCard, beneath, WORDS, whole } from './render.ts'

/** What takes the place of a card that was sent (path 94888): it keeps the task id of that. `replace_text` greys its buttons. */
export type PlacedCard = (Omit<ButtonCard, 'task_id'> & { replace_text?: string }) | Omit<FormCard, 'task_id'>

/** What stands on buttons that can no longer be pressed: what came of it, in a word. */
export const greyText = (card: Card): string => buttonText(card.title)

/** What stands on the buttons of a card that was overtaken: its title may still be that of its first state. */
export const OVERTAKEN = '已办理'

/** A card of buttons must have one; greyed, nobody can press it, and if somebody could, it helps. */
const greyed = (text: string): { button_list: TemplateButton[]; replace_text: string } => {
  const key = JSON.stringify(pressed({ intent: 'help' }, 'person'))
  return { button_list: [{ text, style: 2, key }], replace_text: text }
}

const isPictured = (card: Card) => card.blocks.some((block) => block.kind === 'chart')

/**
 * An answer that is small enough to take the place of the card whose button was pressed, with nothing of it lost;
 * undefined where it is not. A warning never does: what was asked for was not done, so the buttons must stay.
 */
export function placedAnswer(card: Card): PlacedCard | undefined {
  if (card.tone === 'warn' || card.form || isPictured(card)) return undefined
  const [buttons, more] = buttonLists(card, 'person')
  if (more) return undefined
  if (buttons) return whole(card, buttons)
  const grey = greyed(greyText(card))
  const placed = whole(card, grey.button_list)
  return placed && { ...placed, ...grey }
}

/** As many whole lines as a card has room for, and how many are not shown. */
function someLines(card: Card): string {
  const [, ...lines] = drawText({ ...card, blocks: card.blocks }).split('\n')
  const safe = lines.map((line) => escapeMarkdown(line)).filter((line) => line.trim() !== '')
  const kept: string[] = []
  let length = 0
  for (const line of safe) {
    const rest = safe.length - kept.length - 1
    const room = WORDS - (rest > 0 ? `\n（另有${rest}行）`.length : 0)
    if (length + line.length > room) return [...kept, `（另有${rest + 1}行）`].join('\n')
    kept.push(line)
    length += line.length + 1
  }
  return kept.join('\n')
}

function firstPlaced(card: Card, buttons: TemplateButton[] | undefined): PlacedCard {
  const grey = buttons ? undefined : greyed(OVERTAKEN)
  const list = buttons ?? grey?.button_list ?? []
  const text = someLines(card)
  const placed = whole(card, list) ?? { ...beneath(card, list, ''), ...(text ? { sub_title_text: text } : {}) }
  return { ...placed, ...grey }
}

/**
 * A card that was sent as it now stands, for the places of its cards in their order: its buttons six each, then its form.
 * What does not fit is cut, and says so.
 */
export function placedState(card: Card): PlacedCard[] {
  const { form: _, ...bare } = card
  const form = formCard(card)
  const [first, ...more] = buttonLists(bare, 'person')
  const cards = first || !form ? [firstPlaced(bare, first), ...more.map((each) => beneath(bare, each, '接上一条'))] : []
  return form ? [...cards, form] : cards
}
