import { parseArgs } from 'node:util'
import type { Context } from '../commands/command.ts'
import { commandFor } from '../commands/index.ts'
import type { Store } from '../db/store.ts'
import { createOfficeCache } from '../src/flow/office.ts'
import type { Intent } from '../src/model/intent.ts'
import type { Actor } from '../src/model/person.ts'
import { atOffice } from '../src/time/day.ts'
import { quantile } from './figures.ts'
import { ASKING, openLedger, type Size, YEAR } from './ledger.ts'

const ZONE = 'Asia/Shanghai'
const TODAY = `${YEAR}-08-15`
const month = { from: `${YEAR}-08-01`, to: `${YEAR}-08-31` }

type Question = { as: Actor['role']; intent: Intent }

/** What liaisons and leaders ask, over and over. */
const lists = (unit: string): Question[] => [
  { as: 'liaison', intent: { intent: 'list', state: 'open', window: month } },
  { as: 'liaison', intent: { intent: 'list', state: 'overdue' } },
  { as: 'leader', intent: { intent: 'list', state: 'open', window: month, units: [unit] } },
  { as: 'leader', intent: { intent: 'list', state: 'open', window: month } },
  { as: 'leader', intent: { intent: 'list', state: 'overdue' } },
  { as: 'office', intent: { intent: 'list', state: 'review' } },
]
const counts = (unit: string): Question[] => [
  { as: 'leader', intent: { intent: 'figures' } },
  { as: 'leader', intent: { intent: 'figures', units: [unit] } },
  { as: 'leader', intent: { intent: 'rank' } },
]

const contexts = async (store: Store) => {
  const cache = createOfficeCache(ZONE)
  const db = store.of(ASKING)
  return async (role: Actor['role'], n: number): Promise<Context> => {
    const { view, registry, calendar } = await cache(db)
    const address = { platform: 'console' as const, route: 'bench', kind: 'person' as const, id: 'bench' }
    return {
      ...{ db, office: view, registry, calendar, zone: ZONE, now: atOffice(TODAY, '10:00', ZONE), today: TODAY },
      actor: { id: 'bench', name: '', role, units: role === 'liaison' ? [`unit-${n}`] : [], charge: [] },
      place: { address, scope: 'private', units: [] },
      message: { key: `bench:${n}`, text: '' },
      newId: () => `bench-${n}`,
      digestOfCode: (code) => code,
    }
  }
}

interface Times {
  /** Milliseconds by the clock, and of the processor: on a machine that is busy with others they differ. */
  clock: number[]
  processor: number[]
}

/** One question: a fresh context, the command, its answer. */
const ask = async (contextOf: Awaited<ReturnType<typeof contexts>>, { as, intent }: Question, n: number) => {
  const command = commandFor(intent.intent) as { run(c: Context, i: Intent): Promise<{ reply?: unknown }> }
  const { reply } = await command.run(await contextOf(as, n), intent)
  if (!reply) throw new Error(JSON.stringify(intent))
}

/** Each question to all stores in turn, so that what else the machine does meets them alike; sorted times a store. */
const timesOf = async (stores: Store[], asked: (unit: string) => Question[], many: number): Promise<Times[]> => {
  const offices = await Promise.all(stores.map(contexts))
  const times = stores.map((): Times => ({ clock: [], processor: [] }))
  for (let i = -asked('').length * 3; i < many; i++) {
    const n = (Math.abs(i) % 50) + 1
    const all = asked(`市第${n}局`)
    for (const [k, contextOf] of offices.entries()) {
      const [began, used] = [performance.now(), process.cpuUsage()]
      await ask(contextOf, all[Math.abs(i) % all.length] as Question, n)
      const { user, system } = process.cpuUsage(used)
      if (i < 0) continue
      times[k]?.clock.push(performance.now() - began)
      times[k]?.processor.push((user + system) / 1000)
    }
  }
  for (const { clock, processor } of times) for (const list of [clock, processor]) list.sort((a, b) => a - b)
  return times
}

const large: Size = { offices: 200, years: 5, each: 1000, asking: 5000, units: 50 }
const small: Size = { offices: 20, years: 5, each: 460, asking: 5000, units: 50 }

/**
 * Questions to an office's ledger of 5,000 duties this year, beside those of 199 other offices (a million in all), and
 * the same with the office alone: what it costs must not grow with what others have. `--short`: 50,000 in all, and only
 * the ratio counts. The limits are milliseconds of the clock, which the
 * person waits; a busy machine is told by the processor's beside them.
 */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({ args: argv, options: { short: { type: 'boolean' }, questions: { type: 'string' } } })
  const size = values.short ? small : large
  const many = Number(values.questions ?? (values.short ? 150 : 1000))
  const began = performance.now()
  const stores = [await openLedger(size), await openLedger({ ...size, offices: 1 })]
  const total = size.offices * size.years * size.each + size.asking - size.each
  console.log(
    `${total} duties, the asking office's year ${size.asking}; ready in ${((performance.now() - began) / 1000).toFixed(1)} s`,
  )
  const broken: string[] = []
  try {
    for (const [name, asked, limit] of [
      ['list', lists, 10],
      ['figures', counts, 20],
    ] as const) {
      const [all, alone] = (await timesOf(stores, asked, many)) as [Times, Times]
      const words = ({ clock, processor }: Times) =>
        `p50 ${quantile(clock, 0.5).toFixed(2)} ms, p99 ${quantile(clock, 0.99).toFixed(2)} ms (processor p99 ${quantile(processor, 0.99).toFixed(2)} ms)`
      const ratio = quantile(all.clock, 0.5) / quantile(alone.clock, 0.5)
      console.log(`${name}: ${words(all)}; alone ${words(alone)}; ratio ${ratio.toFixed(2)}`)
      // A larger file misses the processor's caches more often; what grew with its rows would be a hundredfold.
      if (ratio > 2) broken.push(`${name} grows with the ledger: ${ratio.toFixed(2)}`)
      if (!values.short && quantile(all.clock, 0.99) > limit) broken.push(`${name} p99 over ${limit} ms`)
    }
  } finally {
    for (const store of stores) await store.close()
  }
  if (broken.length > 0) throw new Error(broken.join('; '))
}
