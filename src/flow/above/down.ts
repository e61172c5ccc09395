import type { AddedTask, Happening } from '../../../commands/command.ts'
import { type DutyView, factsOf, lastOrd } from '../../../db/queries/duties.ts'
import { type AboveFact, aboveRegister, type FromAbove } from '../../model/above.ts'
import type { DutySeed, DutyState } from '../../model/duty.ts'
import type { Body } from '../../model/fact.ts'
import { mayHappen } from '../../model/life.ts'
import { dayOf } from '../../time/day.ts'
import { classId } from '../../unit/id.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, type Stamp } from '../ledger.ts'
import { addedWrites } from '../opened.ts'
import type { Held, NotTaken } from './standing.ts'

/** Whose a task is until the office below has handed it to its units. */
const NOBODYS = classId('本级各单位')
/** In these a duty is the unit's to do: before, it does not come down. */
const HANDED: readonly DutyState[] = ['open', 'returned', 'standing']
/** A tick takes so many new ones: a first day of hundreds takes a few minutes. */
const MOST = 100

const stampOf = (deps: Deps, city: string): Stamp => ({ by: 'duban', via: `above:${city}`, at: deps.now() })

const codeAbove = ({ planCode, number }: DutyView): string => `${planCode}-${number}`

const factOf = (deps: Deps, city: string, duty: DutyView, what: FromAbove): AboveFact => ({
  on: dayOf(deps.now(), deps.zone),
  ...{ office: city, duty: duty.id, version: duty.version, code: codeAbove(duty), round: duty.round },
  ...{ state: duty.state, dueOn: duty.dueOn, what },
})

const seedOf = (duty: DutyView): Omit<DutySeed, 'task'> => ({
  ...{ unit: NOBODYS, role: 'lead', demand: duty.dueOn ? 0 : -1, round: duty.round, dueOn: duty.dueOn },
  ...{ dueAt: duty.dueAt?.toISOString() ?? null, provisional: duty.provisional, state: 'unclaimed' },
  ...{ times: 1, named: false },
})

/** What the office above hands down becomes a task of its own, for the office to hand to its units. */
const takeOne = async (deps: Deps, { name, office }: City, duty: DutyView): Promise<void> => {
  const { code, title, year } = aboveRegister(dayOf(deps.now(), deps.zone).slice(0, 4))
  const { view } = await deps.cache(deps.store)
  const plan = view.plans.find((one) => one.code === code)
  const added: AddedTask = {
    plan: plan ? { id: plan.id, version: plan.version } : { code, title, year },
    number: String((plan ? await lastOrd(deps.store, plan.id) : 0) + 1),
    // What is 内部 above is told nowhere but there.
    text: duty.secret ? '内部事项：内容请到上级主管科室领取' : duty.text,
    deadlines: duty.dueOn ? [{ kind: 'date', by: duty.dueOn, raw: '上级要求的时限' }] : [],
    proofs: [...duty.wanted],
    source: `${name}：${codeAbove(duty)}`,
    ...{ lead: [], support: [] },
    seeds: [seedOf(duty)],
    above: { fact: factOf(deps, office, duty, 'new') as unknown as Body, secret: duty.secret },
  }
  await deps.store.atomic((q) => addedWrites(deps, q, [added], stampOf(deps, office)))
}

/** What has become of a duty above since it was last looked at. */
const whatNow = (was: AboveFact, now: DutyView): FromAbove => {
  if (now.state === was.state) return now.dueOn === was.dueOn ? 'same' : 'day'
  if (now.state === 'review') return 'review'
  if (now.state === 'done') return 'approved'
  if (now.state === 'waived') return 'gone'
  if (now.state === 'suspended') return 'suspended'
  if (was.state === 'suspended') return 'resumed'
  if (now.state === 'returned') return 'returned'
  // Withdrawn there, or one of several reports is through: it is owed again.
  if (was.state === 'review') return 'again'
  return now.dueOn === was.dueOn ? 'same' : 'day'
}

type Own = Held['duties'][number]

const happening = (duty: Own, kind: string, body: Body): Happening => ({
  row: { subject: 'duty', id: duty.id, version: duty.version, head: duty.head, value: duty },
  kind,
  body,
})

/** What of the task's own duties follows. Their day is never later than the one above, unless the office sets it so. */
const followed = (duty: Own, { on, what, dueOn }: AboveFact, was: AboveFact): Happening[] => {
  const due = { dueOn, owedOn: dueOn }
  if (what === 'suspended') return mayHappen('suspended', duty.state) ? [happening(duty, 'suspended', { on })] : []
  if (what === 'resumed') return mayHappen('resumed', duty.state) ? [happening(duty, 'resumed', { on })] : []
  if (what === 'gone')
    return mayHappen('waived', duty.state) ? [happening(duty, 'waived', { on, reason: '上级不再交办' })] : []
  if ((what === 'returned' || what === 'again') && duty.state === 'done') {
    const state = what === 'returned' ? 'returned' : 'open'
    const again = { state, closedOn: null, reportedOn: null, approved: 0, clearedOn: null }
    return [happening(duty, 'amended', { on, reason: '上级退回或要求再报', ...again, ...due })]
  }
  const moves = dueOn !== null && (duty.dueOn === null || duty.dueOn === was.dueOn || duty.dueOn > dueOn)
  const open = mayHappen('waived', duty.state) && duty.state !== 'suspended'
  return what === 'day' && moves && open ? [happening(duty, 'amended', { on, reason: '上级调整时限', ...due })] : []
}

/** Why it was returned, as it was said above. */
const reasonAbove = async (city: Deps, duty: string): Promise<string> => {
  const returned = (await factsOf(city.store, 'duty', [duty])).filter(({ kind }) => kind === 'returned').at(-1)
  const reason = returned?.words?.reason
  return typeof reason === 'string' ? reason : ''
}

const takeChange = async (deps: Deps, city: string, held: Held, fact: AboveFact, reason = ''): Promise<void> => {
  const { task, last, duties } = held
  const row = { subject: 'task' as const, id: task.id, version: task.version, head: task.head }
  await deps.store.atomic((q) =>
    happeningWrites(
      deps,
      q,
      [
        { row, kind: 'above', body: fact as unknown as Body, ...(reason && { words: { reason } }) },
        ...duties.flatMap((duty) => followed(duty, fact, last)),
      ],
      stampOf(deps, city),
    ),
  )
}

/** A report that the office above did not take is told below, with what was answered. */
export const tellNotTaken = (deps: Deps, city: string, held: Held, { report, answer }: NotTaken): Promise<void> =>
  takeChange(deps, city, held, { ...held.last, on: dayOf(deps.now(), deps.zone), what: 'refused', report }, answer)

/** What went up by this office's own word is told below as it then stands above. */
export const tellSent = async (
  deps: Deps,
  { office, deps: city }: City,
  held: Held,
  { report, duty }: { report: string; duty: DutyView },
): Promise<void> => {
  const what = whatNow(held.last, duty)
  // It may have been sent back in the meantime.
  const reason = what === 'returned' ? await reasonAbove(city, duty.id) : ''
  const fact = factOf(deps, office, duty, what === 'same' ? 'sent' : what)
  await takeChange(deps, office, held, { ...fact, report }, reason)
}

/** The office above, as its tasks are named below. */
export interface City {
  office: string
  name: string
  deps: Deps
}

/**
 * Brings what is handed down, and what has moved since, into the office below. Each thing is one batch there, known by the
 * duty's id and version: what broke off is gone on with, and a second time changes nothing.
 */
export const takeDown = async (
  deps: Deps,
  city: City,
  above: readonly DutyView[],
  held: ReadonlyMap<string, Held>,
): Promise<void> => {
  let taken = 0
  for (const duty of above) {
    const known = held.get(duty.id)
    if (!known && HANDED.includes(duty.state) && taken++ < MOST) await takeOne(deps, city, duty)
    if (!known || known.last.version === duty.version) continue
    const what = whatNow(known.last, duty)
    const reason = what === 'returned' ? await reasonAbove(city.deps, duty.id) : ''
    await takeChange(deps, city.office, known, factOf(deps, city.office, duty, what), reason)
  }
  const there = new Set(above.map(({ id }) => id))
  for (const [id, known] of held) {
    const { last } = known
    if (there.has(id) || last.state === 'waived' || last.state === 'done') continue
    const on = dayOf(deps.now(), deps.zone)
    await takeChange(deps, city.office, known, {
      ...last,
      on,
      version: last.version + 1,
      state: 'waived',
      what: 'gone',
    })
  }
}
