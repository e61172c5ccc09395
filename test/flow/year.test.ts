import { expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { liveYear } from '../town/year.ts'
import { accountOf, brokenIn } from '../town/year-account.ts'
import { yearPlan, yearUnits } from '../town/year-plan.ts'

/** `npm run bench -- year` lives a whole year of sixty units. */
it('a summer of a long plan: one message a unit a day, in office hours, all that fell due named before', async () => {
  const names = yearUnits(12)
  const store = await openSqlite(':memory:')
  await migrate(store)
  try {
    const lived = await liveYear(store.of('yunxi'), {
      plan: yearPlan(names, 130),
      roster: {
        level: '市',
        units: names.map((name, i) => (i % 3 === 0 ? name : { name, head: `局长${i}` })),
        groups: { 各部门: names },
      },
      ...{ from: '2017-07-11', to: '2017-09-30', seed: 11, ticks: 1, outages: 12 },
    })
    const account = await accountOf(lived)
    expect(brokenIn(account)).toEqual([])
    // The year was one worth living: things fell due, came late, climbed the ladder, and people worked.
    expect(account.due).toBeGreaterThan(40)
    expect(account.sent).toBeGreaterThan(120)
    expect(account.byStep.liaison).toBeGreaterThan(5)
    expect(account.byStep.head).toBeGreaterThan(0)
    expect(lived.done.taken).toBeGreaterThan(100)
    expect(account.sleptThrough + account.cameLate).toBeLessThan(account.due / 4)
  } finally {
    await store.close()
  }
}, 120_000)
