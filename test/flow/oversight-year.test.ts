import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Assessed } from '../../commands/assessed.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { afterYear, assessYear, byHand, fiveOf, habitsOf, papersOf, turnYear } from '../town/oversight.ts'
import { type Lived, liveYear } from '../town/year.ts'
import { aYearLater, yearPlan, yearUnits } from '../town/year-plan.ts'

/** `npm run bench -- oversight` does the same with a whole year of 49 units. */
const names = yearUnits(6)
const habit = habitsOf(names)
let store: Store
let lived: Lived
let deps: Deps
let id: string
let all: Assessed[]
const ids = new Map<string, string>()

beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  lived = await liveYear(store.of('yunxi'), {
    plan: yearPlan(names, 48),
    roster: { level: '市', units: names, groups: { 各部门: names } },
    ...{ from: '2017-07-11', to: '2017-12-31', seed: 5, ticks: 1, outages: 12, habit },
  })
  deps = afterYear(lived)
  for (const { id: unit, name } of (await deps.cache(store.of('yunxi'))).view.units) ids.set(unit, name)
  ;({ id, all } = await assessYear(deps, 2017))
}, 120_000)
afterAll(() => store.close())

const nameOf = (unit: string) => ids.get(unit) ?? unit

it('every unit’s points are the sum of its lines, and those of a table by hand', async () => {
  const six = fiveOf(all, habit, nameOf)
  expect(six.map(({ kind }) => kind)).toEqual(['early', 'late', 'wrong', 'never', 'asks', 'by chance'])
  for (const { kind, one } of six) {
    const { hand, apart } = await byHand(deps, lived.deeds, one)
    expect([kind, apart]).toEqual([kind, []])
    if (process.env.TABLE) console.log(kind, nameOf(one.result.unit), hand.score, hand.lines)
    expect(hand.lines.reduce((sum, { points }) => sum + points, 10_000)).toBe(hand.score)
  }
})

it('the papers hold nothing that the ledger does not', async () => {
  const ranked = [...all].sort((a, b) => (b.ledger?.score ?? 0) - (a.ledger?.score ?? 0))
  const best = ranked.find(({ result }) => habit(nameOf(result.unit)) === 'early')?.result.unit ?? ''
  const worst = ranked.at(-1)?.result.unit ?? ''
  expect(ranked[0]?.ledger?.score).toBe(10_000)
  expect(habit(nameOf(worst))).toBe('never')
  const papers = await papersOf(deps, { id, best, worst })
  expect(papers.map(({ name, strange }) => [name, strange])).toEqual(papers.map(({ name }) => [name, []]))
  expect(papers).toHaveLength(8)
})

it('the year is closed, the next one opened, and what carried over is named', async () => {
  const { view } = await deps.cache(deps.store)
  const worst = view.units.find(({ name }) => habit(name) === 'never')?.id ?? ''
  const { closed, code, pairs, joined } = await turnYear(deps, lived.plan, worst, aYearLater(yearPlan(names, 12)))
  expect([closed.code, code]).toEqual(['公开17', '公开18'])
  expect(closed.carried.filter(({ unit }) => unit === nameOf(worst)).length).toBeGreaterThanOrEqual(3)
  expect(closed.carried.every(({ from, to }) => from.startsWith('公开17-') && to.startsWith('交办18-'))).toBe(true)
  expect(pairs).toBeGreaterThan(6)
  expect(joined).toBeGreaterThan(0)
  expect((await verifyLedger(deps.store)).broken).toEqual([])
}, 60_000)
