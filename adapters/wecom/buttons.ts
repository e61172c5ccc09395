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
const STYLE = { primary: 1, default: 2, danger: 3 }

const keyed = ({ label, intent, style }: Button, kind: Address['kind']): TemplateButton => ({
  text: clip(escapeMarkdown(label), 10),
  style: STYLE[style ?? 'default'],
  key: JSON.stringify(pressed(intent, kind)),
})

/**
 * A card's buttons as a template card takes them (path 101032). One whose frame is longer than the platform's key is left
 * out, and so is a second one of the same key, for which the platform would refuse the card.
 */
export function buttonList(card: Card, kind: Address['kind']): TemplateButton[] {
  const buttons = new Map((card.buttons ?? []).map((each) => keyed(each, kind)).map((button) => [button.key, button]))
  return [...buttons.values()].filter(({ key }) => utf8Length(key) <= MOST_KEY_BYTES).slice(0, MOST_BUTTONS)
}
