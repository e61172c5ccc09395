import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { migrate } from '../db/migrate.ts'
import { openSqlite } from '../db/sqlite.ts'
import { liveYear } from '../test/town/year.ts'
import { accountOf, brokenIn } from '../test/town/year-account.ts'
import { yearPlan, yearUnits } from '../test/town/year-plan.ts'

const shared = new URL('../../shared/', import.meta.url)
const UNITS = 60

/** The real plan of one town with its roster, filled up to sixty units; a plan of our own where it is not there. */
const planOf = (): { name: string; plan: string; roster: { level: string; units: unknown[]; groups: unknown } } => {
  const seeds = new URL('seeds/', shared)
  const seed = existsSync(seeds) ? readdirSync(seeds).find((name) => name.startsWith('001_')) : undefined
  if (seed) {
    const roster = JSON.parse(readFileSync(new URL('gold/units-panzhihua.json', shared), 'utf8'))
    return { name: 'the plan of ../shared/seeds/001', plan: readFileSync(new URL(seed, seeds), 'utf8'), roster }
  }
  const units = yearUnits(UNITS)
  const own = { level: '市', units, groups: { 各部门: units } }
  return { name: 'a plan of our own', plan: yearPlan(units, 260), roster: own }
}

const filled = (roster: { units: unknown[] }): unknown[] => [
  ...roster.units,
  ...Array.from({ length: Math.max(0, UNITS - roster.units.length) }, (_, i) => `市第${i + 1}直属中心`),
]

/**
 * A year of sixty units with rooms of their own, shared and none, lived through the real commands: how many messages
 * each got, and whether all that fell due was named before. `--texts FILE` writes what was said.
 */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({
    args: argv,
    options: {
      ...{ seed: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, texts: { type: 'string' } },
    },
  })
  const { name, plan, roster } = planOf()
  const units = filled(roster).map((unit, i) =>
    typeof unit === 'string' && i % 3 !== 0 ? { name: unit, head: `局长${i}` } : unit,
  )
  const store = await openSqlite(':memory:')
  await migrate(store)
  const began = performance.now()
  try {
    const lived = await liveYear(store.of('year'), {
      ...{ plan, roster: { ...roster, units }, from: values.from ?? '2017-01-03', to: values.to ?? '2017-12-31' },
      ...{ seed: Number(values.seed ?? 1), ticks: 1, outages: 12 },
    })
    const account = await accountOf(lived)
    const { sent, clocks, caused, due, byStep, states } = account
    console.log(`${name}, ${units.length} units, lived in ${((performance.now() - began) / 1000).toFixed(0)} s`)
    const table: [string, string | number][] = [
      ['said by people, and taken', `${lived.done.said}, ${lived.done.taken}`],
      ['messages unasked', sent],
      ['  the most into one place a day', account.mostAPlace],
      ['  the most to one unit a day', account.mostAUnit],
      ['  outside office hours', account.outsideHours.length],
      ['  twice', account.twice],
      ['messages that people’s doing caused', caused],
      ['hour clocks', clocks],
      ['fell due while owed', due],
      ['  not named before', account.unnamed.length],
      ['  no server ran on the day of the reminder', account.sleptThrough],
      ['  came up after the day of the reminder', account.cameLate],
      ['messages that name a liaison, a head', `${byStep.liaison}, ${byStep.head}`],
      ['pushes by how they ended', JSON.stringify(states)],
    ]
    for (const [what, figure] of table) console.log(`${what.padEnd(46)} ${figure}`)
    if (values.texts)
      writeFileSync(
        values.texts,
        account.texts.map(({ id, at, text }) => `#### ${id} ${at.toISOString()}\n${text}`).join('\n\n'),
      )
    const broken = brokenIn(account)
    if (broken.length > 0) throw new Error(broken.join('\n'))
  } finally {
    await store.close()
  }
}
