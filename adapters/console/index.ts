import type { Adapter } from '../adapter.ts'
import { renderText } from './render.ts'

export { renderText } from './render.ts'

/** The terminal as a platform: a card to a console room is written as text, so that everything runs with no account anywhere. */
export const createConsoleAdapter = (write: (text: string) => void): Adapter => ({
  platform: 'console',
  route: 'local',
  perMinute: 1_000_000,
  canStart: { room: true, person: true },
  deliver: async ({ to, card }) => {
    write(`── ${to.id} ──\n${renderText(card)}\n`)
    return {}
  },
})
