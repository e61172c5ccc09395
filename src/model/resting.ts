import type { Card } from './card.ts'
import type { Intent } from './intent.ts'

/** A duty on whose state a button rests: at that version, or as it was when the card was made. */
export interface Resting {
  duty: string
  version?: number
}

/** `duty@version`, or the duty's id alone, as frames of buttons carry them in `reports`. */
const restingOf = (report: string): Resting => {
  const [, duty, version] = /^(.+)@(\d+)$/.exec(report) ?? []
  return duty === undefined ? { duty: report } : { duty, version: Number(version) }
}

/** The duties on which a frame rests. */
export const restsOn = (intent: Intent): Resting[] =>
  'reports' in intent && intent.reports ? intent.reports.map(restingOf) : []

/** Every frame that a card carries. */
export const intentsOn = ({ buttons = [], form }: Card): Intent[] => [
  ...buttons.map(({ intent }) => intent),
  ...(form ? [form.intent] : []),
]

/** All that the buttons and the form of a card rest on. */
export const restingOn = (card: Card): Resting[] => intentsOn(card).flatMap(restsOn)

/** The duties on which the buttons and the form of a card rest. */
export const dutiesOn = (card: Card): string[] => [...new Set(restingOn(card).map(({ duty }) => duty))]
