import { Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLarkAdapter } from '../../adapters/lark/index.ts'
import { openD1 } from '../../db/d1.ts'
import { migrationsTable } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import { outboxDepth } from '../../db/queries/outbox.ts'
import type { Store } from '../../db/store.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { createOfficeCache } from '../../src/flow/office.ts'
import { tickOffices } from '../../src/flow/tick.ts'
import { type Metered, metered } from '../../src/worker/metered.ts'
import { LIMITS, turned } from '../../src/worker/tick.ts'
import { bindingOf, worker } from '../db/d1-binding.ts'
import { createFakeLark, freeLark } from '../fakes/lark.ts'
import { accounts } from '../town/members.ts'
import { openTownOn, webhookOf } from '../town/platform.ts'

/** What Cloudflare allows of queries in one invocation, where one pays. Miniflare does not count them, so this does. */
const MOST = 1000

let miniflare: Miniflare
let meter: Metered
let store: Store
beforeAll(async () => {
  const databases = { d1Databases: ['DB'], compatibilityDate: '2026-03-17' }
  miniflare = new Miniflare({ modules: true, script: worker, ...databases })
  const binding = bindingOf(miniflare, 'DB')
  const statements = migrations.sqlite.flatMap((each) => each.statements)
  await binding.batch([...statements, `create table ${migrationsTable} (name text)`].map((sql) => binding.prepare(sql)))
  meter = metered(binding)
  store = openD1(meter.binding)
})
afterAll(() => miniflare.dispose())

const counted = async (work: () => Promise<unknown>): Promise<number> => {
  const before = meter.queries()
  await work()
  return meter.queries() - before
}

const open = (office: string) =>
  openTownOn(store.of(office), 'lark', (now) => {
    const fake = createFakeLark(freeLark, now)
    return { fake, adapter: createLarkAdapter(freeLark, { fetch: fake.fetch, now }) }
  })

/** The same office as an isolate that has just begun sees it. */
const cold = (deps: Deps): Deps => ({ ...deps, cache: createOfficeCache(deps.zone) })

describe('queries of one invocation', () => {
  it('a message takes few, its answer’s way out among them', async () => {
    const { fake, town, adapter } = await open('one')
    const post = webhookOf({ town, adapter })
    town.on('2017-08-15')
    const found: Record<string, number> = {}
    const says = async (who: keyof typeof accounts, text: string) => {
      const wire = fake.says({ from: accounts[who], chat: 'oc_work', text, at: true })
      found[text] = await counted(() => post(wire))
    }
    await says('leader', '本月市财政局有哪些到期任务')
    await says('finance', '1-2 7月的已公开 http://czj.example.gov.cn/201708/1.html')
    await says('office', '待审核的反馈')
    await says('office', '通过 1-2')
    console.log(`D1 queries a message: ${JSON.stringify(found)}`)
    expect(Math.max(...Object.values(found))).toBeLessThan(MOST / 10)
  })

  it('a tick where nothing is due takes the same few for one office and for many', async () => {
    const { town } = await open('two')
    const other = await open('three')
    for (const each of [town, other.town]) each.on('2017-08-15', '19:00')
    const both = [town.deps, other.town.deps]
    for (let warm = 0; warm < 3; warm++) await tickOffices(both, LIMITS.sends)
    const [one, many, begun] = [
      await counted(() => tickOffices([town.deps], LIMITS.sends)),
      await counted(() => tickOffices(both, LIMITS.sends)),
      await counted(() => tickOffices(both.map(cold), LIMITS.sends)),
    ]
    console.log(`D1 queries of a quiet tick: ${one}, of two offices ${many}, of two in a new isolate ${begun}`)
    expect(many).toBe(one)
    expect(begun - many).toBeLessThan(30)
  })

  it('Monday at nine of many offices fits: what does not is done by the next minutes, by nobody twice, and no one waits long', async () => {
    const offices = await Promise.all(Array.from({ length: 5 }, (_, i) => open(`monday-${i}`)))
    const counts: number[] = []
    const waits = offices.map(() => 0)
    for (let minute = 0; minute < 12; minute++) {
      const time = `09:${String(minute).padStart(2, '0')}`
      for (const { town } of offices) town.on('2017-08-21', time)
      const before = meter.queries()
      // A bound so near that one minute cannot take up all of them.
      const hasRoom = () => meter.queries() - before < LIMITS.queries / 8
      const all = offices.map(({ town }) => cold(town.deps))
      await tickOffices(turned(all, (all[0] as Deps).now()), LIMITS.sends, { atOnce: 1, hasRoom })
      counts.push(meter.queries() - before)
      for (const [i, { fake }] of offices.entries()) if (fake.sent.length === 0) waits[i] = minute + 1
    }
    console.log(`D1 queries of five offices’ Monday, minute by minute: ${counts.join(', ')}`)
    expect(Math.max(...counts)).toBeLessThan(MOST)
    expect(Math.max(...waits)).toBeLessThan(9)
    for (const { fake, town } of offices) {
      const uuids = fake.sent.map(({ to, card }) => `${to} ${JSON.stringify(card)}`)
      expect(new Set(uuids).size).toBe(uuids.length)
      expect(fake.sent.map(({ to }) => to)).toContain('oc_finance')
      expect((await outboxDepth(town.deps.store)).waiting).toBe(0)
    }
  }, 90_000)
})
