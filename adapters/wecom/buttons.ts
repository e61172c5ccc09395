import type { Button, Card } from '../../src/model/card.ts'
import type { Address } from '../../src/model/message.ts'
import { pressed } from '../button.ts'
import { utf8Length } from '../crypto.ts'
import { clip } from '../escape.ts'
import { escapeMarkdown } from './escape.ts'

export interface TemplateButton {
  text: string
  style: number
  key: string
}

const MOST_BUTTONS = 6
const MOST_KEY_BYTES = 1024
const MOST_TEXT = 10
const STYLE = { primary: 1, default: 2, danger: 3 }

/** A button's words in one line, and never none: the platform refuses a button without. */
export const buttonText = (label: string): string =>
  clip(escapeMarkdown(label).replaceAll('\n', ' '), MOST_TEXT).trim() || '…'

const keyed = ({ label, intent, style }: Button, kind: Address['kind']): TemplateButton => ({
  text: buttonText(label),
  style: STYLE[style ?? 'default'],
  key: JSON.stringify(pressed(intent, kind)),
})

/**
 * A card's buttons, all of them, in as many lists as template cards take (path 101032: six a card). One whose frame is
 * longer than the platform's key is left out, and so is a second one of the same key, for which the platform would refuse
 * the card.
 */
export function buttonLists(card: Card, kind: Address['kind']): TemplateButton[][] {
  const buttons = new Map((card.buttons ?? []).map((each) => keyed(each, kind)).map((button) => [button.key, button]))
  const fitting = [...buttons.values()].filter(({ key }) => utf8Length(key) <= MOST_KEY_BYTES)
  return Array.from({ length: Math.ceil(fitting.length / MOST_BUTTONS) }, (_, i) =>
    fitting.slice(i * MOST_BUTTONS, (i + 1) * MOST_BUTTONS),
  )
}

/** Those of one template card. */
export const buttonList = (card: Card, kind: Address['kind']): TemplateButton[] => buttonLists(card, kind)[0] ?? []
