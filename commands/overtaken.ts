import { type DutyView, factsOf, findDuties } from '../db/queries/duties.ts'
import { peopleOf } from '../db/queries/people.ts'
import type { Block, Card } from '../src/model/card.ts'
import { type DutyState, stateWords } from '../src/model/duty.ts'
import type { Intent } from '../src/model/intent.ts'
import { dutiesOn, intentsOn, restsOn } from '../src/model/resting.ts'
import { dayOf } from '../src/time/day.ts'
import type { Context } from './command.ts'
import { type Fact, factWords } from './history.ts'
import { codeOf, dayWords, seen, unitName } from './present.ts'

/** Duties that are told by name on one card. */
const NAMED = 5

/** States that say by themselves what became of a duty; else the last thing that happened does. */
const TELLING: readonly DutyState[] = ['done', 'review', 'returned', 'suspended', 'waived']

interface Now {
  duty: DutyView | undefined
  fact: Fact | undefined
}

const standing = async (c: Context, ids: readonly string[]): Promise<Map<string, Now>> => {
  const duties = new Map((await findDuties(c.db, { ids })).map((duty) => [duty.id, duty]))
  const facts = new Map((await factsOf(c.db, 'duty', ids)).map((fact) => [fact.id, fact]))
  return new Map(ids.map((id) => [id, { duty: duties.get(id), fact: facts.get(id) }]))
}

/** Who did it: 市财政局 周小舟; of the office's own people the office's name stands before theirs. Empty for a machine. */
const doersOf = async (c: Context, facts: readonly Fact[]): Promise<(fact: Fact) => string> => {
  const people = await peopleOf(
    c.db,
    facts.map(({ by }) => by),
  )
  return ({ by }) => {
    const person = people.find(({ id }) => id === by)
    if (!person) return ''
    const [unit] = person.units
    return `${unit === undefined ? c.office.name : unitName(c, unit)} ${person.name}`
  }
}

/** 已办理：已办结 8月21日（市政府办 张三）. */
const lineOf = (c: Context, { duty, fact }: Now, doer: (fact: Fact) => string, withCode: boolean): string => {
  if (!duty || !fact) return '已办理：事项已不在台账中'
  const { state } = seen(c, duty)
  const what = TELLING.includes(state) ? stateWords[state] : factWords(c, fact)
  const who = doer(fact)
  const day = dayWords(dayOf(fact.at, c.zone), c.today)
  return `已办理：${withCode ? `${codeOf(duty)} ` : ''}${what} ${day}${who ? `（${who}）` : ''}`
}

/**
 * A card that was sent, as it now stands: without the buttons that rest on what has moved since `since`, and with what became
 * of that. Undefined where nothing has moved.
 */
export const overtaken = async (c: Context, card: Card, since: Date): Promise<Card | undefined> => {
  const ids = dutiesOn(card)
  const now = await standing(c, ids)
  const isStale = (intent: Intent): boolean =>
    restsOn(intent).some(({ duty: id, version }) => {
      const { duty, fact } = now.get(id) ?? {}
      return !duty || (version === undefined ? fact !== undefined && fact.at > since : duty.version !== version)
    })
  const { buttons = [], form, ...rest } = card
  const stale = intentsOn(card).filter(isStale)
  if (stale.length === 0) return undefined
  const moved = [...new Set(stale.flatMap((intent) => restsOn(intent).map(({ duty }) => duty)))]
  const states = moved.map((id): Now => now.get(id) ?? { duty: undefined, fact: undefined })
  const doer = await doersOf(
    c,
    states.flatMap(({ fact }) => fact ?? []),
  )
  const lines = [...new Set(states.map((one) => lineOf(c, one, doer, ids.length > 1)))]
  const left = buttons.filter(({ intent }) => !isStale(intent))
  const more = lines.length > NAMED ? [`另有${lines.length - NAMED}项也已办理。`] : []
  return {
    ...rest,
    blocks: [...card.blocks, ...[...lines.slice(0, NAMED), ...more].map((text): Block => ({ kind: 'note', text }))],
    ...(left.length > 0 && { buttons: left }),
    ...(form && !isStale(form.intent) && { form }),
  }
}
