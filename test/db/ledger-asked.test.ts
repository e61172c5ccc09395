import { expect, it } from 'vitest'
import { isClassLine, seen } from '../../commands/present.ts'
import { standings } from '../../commands/rate.ts'
import { findDuties } from '../../db/queries/duties.ts'
import { countLedger, ledgerIds } from '../../db/queries/ledger.ts'
import { askOf } from '../../src/flow/console/ledger.ts'
import { machineContext } from '../../src/flow/machine.ts'
import { DutyState } from '../../src/model/duty.ts'
import { type LedgerFilter, LedgerState } from '../../src/model/ledger.ts'
import { addDays } from '../../src/time/day.ts'
import { seeded } from '../town/deps.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const office = officesOf('ledger-asked')
const nothing: LedgerFilter = { units: [], states: [], lights: [], sort: 'code' }
const all = { role: 'office' as const, units: [] }

/** A town whose ledger holds duties in every state, with days around a long holiday in every order. */
const openMixed = async () => {
  const town = await openTown(office())
  const { deps } = town
  const { t, office: own } = deps.store
  const random = seeded(11)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const day = () => addDays('2017-09-22', Math.floor(random() * 30))
  const { view } = await deps.cache(deps.store)
  const units = [...view.units.map(({ id }) => id), 'class:市级各部门']
  const [model] = await findDuties(deps.store, {})
  if (!model) throw new Error('an empty town')
  const rows = Array.from({ length: 600 }, (_, i) => {
    const dueOn = random() < 0.1 ? null : day()
    return {
      ...{ office: own, id: `mixed-${i}`, plan: model.plan, task: model.task, ord: i % 7, unit: pick(units) },
      ...{ role: pick(['lead', 'lead', 'lead', 'support'] as const), demand: 100 + i },
      round: pick(['2017-09', '2017-Q3', 'standing', 'waiting']),
      dueOn,
      dueAt: dueOn && random() < 0.15 ? new Date(`${dueOn}T0${Math.floor(random() * 10)}:00:00Z`) : null,
      provisional: random() < 0.1,
      state: pick([...DutyState.options, 'open', 'open', 'review', 'review', 'done', 'unclaimed'] as const),
      claimBy: random() < 0.5 ? null : day(),
      ...{ named: random() < 0.6, disclaimed: random() < 0.3, late: random() < 0.3 },
      reportedOn: random() < 0.2 ? null : day(),
      owedOn: random() < 0.2 ? null : day(),
    }
  })
  await deps.store.atomic((q) => [q.insert(t.duties).values(rows)])
  return town
}

it('lights, states and figures asked of the database are those that the pure functions give', async () => {
  const town = await openMixed()
  const { deps } = town
  const reader = deps.store
  const idsOf = async (filter: Partial<LedgerFilter>) => {
    const now = await deps.cache(reader)
    const ask = await askOf(deps, now, all, { ...nothing, ...filter })
    const rows = await ledgerIds(reader, ask, { sort: 'code', offset: 0, limit: 5000 })
    expect(await countLedger(reader, ask)).toBe(rows.length)
    return rows.map(({ id }) => id).sort()
  }
  let lit = 0
  // Workdays, a weekend, the long holiday and the make-up workday before it.
  for (const [today, time] of [
    ...[
      ['2017-09-22', '10:00'],
      ['2017-09-24', '09:30'],
      ['2017-09-29', '17:00'],
      ['2017-09-30', '08:00'],
    ],
    ...[
      ['2017-10-01', '10:00'],
      ['2017-10-05', '11:00'],
      ['2017-10-09', '12:00'],
      ['2017-10-21', '10:00'],
    ],
  ] as const) {
    town.on(today as string, time)
    const now = await deps.cache(reader)
    const c = machineContext(deps, now)
    const items = (await findDuties(reader, {})).map((duty) => seen(c, duty))
    const wanted = (meets: (item: (typeof items)[number]) => boolean) =>
      items
        .filter(meets)
        .map(({ duty }) => duty.id)
        .sort()
    for (const light of ['red', 'yellow', 'green'] as const) {
      const expected = wanted((item) => item.light === light)
      lit += expected.length
      expect(await idsOf({ lights: [light] }), `${light} on ${today}`).toEqual(expected)
    }
    expect(await idsOf({ lights: ['red', 'green'] })).toEqual(
      wanted(({ light }) => light === 'red' || light === 'green'),
    )
    for (const state of LedgerState.options) {
      const isClass = (item: (typeof items)[number]) => isClassLine(c, item.duty.unit)
      const expected = wanted((item) => {
        if (state === 'overdue') return item.overdue
        if (state === 'undivided') return item.state === 'unclaimed' && isClass(item)
        return item.state === state && !(state === 'unclaimed' && isClass(item))
      })
      expect(await idsOf({ states: [state] }), `${state} on ${today}`).toEqual(expected)
    }
    const judged = ['2017-09-30', '2017-10-09'].includes(today as string)
    for (const window of judged ? [undefined, { from: '2017-09-25', to: '2017-10-08' }] : []) {
      const sums = await standings(c, { window })
      for (const [unit, { due, done, doneLate }] of sums) {
        const rows = (set: 'due' | 'ontime' | 'late') => idsOf({ units: [unit], set, due: window })
        expect([(await rows('due')).length, (await rows('ontime')).length, (await rows('late')).length]).toEqual([
          ...[due, done - doneLate, doneLate],
        ])
      }
    }
    const year = await idsOf({ set: 'due', year: 2017 })
    expect(year).toEqual(await idsOf({ set: 'due' }))
    expect(await idsOf({ set: 'due', year: 2016 })).toEqual([])
  }
  expect(lit).toBeGreaterThan(500)
}, 30_000)
