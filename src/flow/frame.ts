import type { Context, Outcome } from '../../commands/command.ts'
import { commandFor } from '../../commands/index.ts'
import { Intent } from '../model/intent.ts'
import { isOffice } from '../model/person.ts'

/** Only the office says how a unit told it something. */
const asRole = ({ actor }: Context, intent: Intent): Intent => {
  if (!('via' in intent) || isOffice(actor)) return intent
  const { via: _, ...own } = intent
  return own
}

/**
 * The frame as its command takes it. A button and a stored option come from outside: slots that are none of the
 * command's are dropped; undefined for what it cannot read.
 */
export const frameOf = (context: Context, said: unknown): Intent | undefined => {
  const name = (said as Partial<Intent> | null)?.intent
  const read = (name === undefined ? undefined : commandFor(name))?.args.safeParse(said) ?? Intent.safeParse(said)
  return read.success ? asRole(context, read.data) : undefined
}

/** What the office types in for a unit stands in the ledger with the way it was told (电话、纸质、OA、邮件). */
const toldBy = (intent: Intent, outcome: Outcome): Outcome => {
  if (!('via' in intent) || !intent.via || !outcome.facts) return outcome
  const { via: channel } = intent
  return {
    ...outcome,
    facts: outcome.facts.map((fact) =>
      fact.row.subject === 'duty' ? { ...fact, body: { ...fact.body, channel } } : fact,
    ),
  }
}

/** What a command came to, with what its frame alone tells: how it was told, and what is asked for where a slot is lacking. */
export const completed = (intent: Intent, outcome: Outcome): Outcome => {
  const told = toldBy(intent, outcome)
  return told.lacks ? { ...told, ask: { intent, want: told.lacks, options: [] } } : told
}
