import type { Block, Card } from '../src/model/card.ts'
import type { Outcome } from './command.ts'

/** A card below another one: its title stands over what it says. */
const below = (card: Card): Block[] => [{ kind: 'divider' }, { kind: 'text', text: card.title }, ...card.blocks]

/** Two answers as one: the first in full, the second below it; only one question can wait, and it is the first one asked. */
const joined = (first: Outcome, second: Outcome): Outcome => {
  const one = first.reply
  const other = second.reply
  const ask = first.ask ?? second.ask
  const refused = first.refused ?? second.refused
  return {
    ...(one && { reply: other ? { ...one, blocks: [...one.blocks, ...below(other)] } : one }),
    rows: [...(first.rows ?? []), ...(second.rows ?? [])],
    facts: [...(first.facts ?? []), ...(second.facts ?? [])],
    notices: [...(first.notices ?? []), ...(second.notices ?? [])],
    ...(ask && { ask }),
    ...(refused && { refused }),
  }
}

const numbersOf = (outcome: Outcome): string => {
  const { intent } = outcome.ask ?? {}
  return intent && 'tasks' in intent ? (intent.tasks ?? []).join('、') : ''
}

/** A question that has to wait for the one before it: the numbers are told, so that nothing is lost unseen. */
const afterwards = (outcome: Outcome): Block[] => [
  { kind: 'note', text: `${numbersOf(outcome)} 还没有登记，请另发一条。` },
]

/** What is to be asked or told of several things, in one answer: one question, the rest of them by number. */
export const allUnclear = (outcomes: readonly Outcome[]): Outcome | undefined => {
  const asked = outcomes.filter((outcome) => outcome.ask)
  const [question] = asked
  const told = outcomes.filter((outcome) => !outcome.ask)
  const shown = question ? [question, ...told] : told
  const [first] = shown
  if (!first) return undefined
  const all = shown.slice(1).reduce(joined, first)
  const later = asked.slice(1).flatMap(afterwards)
  return all.reply && later.length > 0
    ? { ...all, reply: { ...all.reply, blocks: [...all.reply.blocks, ...later] } }
    : all
}

/** What was entered (or is asked), with what is asked or told of the rest of the message. */
export const withRest = (done: Outcome, rest: Outcome | undefined): Outcome => {
  if (!rest) return done
  return (done.ask && rest.ask ? allUnclear([done, rest]) : joined(done, rest)) ?? done
}
