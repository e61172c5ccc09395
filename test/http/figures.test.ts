import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Store } from '../../db/store.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { createApp } from '../../src/http/app.ts'
import type { LogEntry } from '../../src/log.ts'
import { createFigures } from '../../src/node/figures.ts'
import { samplesIn } from './exposition.ts'

const now = new Date('2017-08-15T10:00:00+08:00')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

let store: Store
beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterEach(() => store.close())

const office = (name: string) => ({ store: store.of(name), zone: 'Asia/Shanghai', now: () => now }) as unknown as Deps

const queued = (of: OfficeStore, state: 'waiting' | 'sent' | 'dead' | 'unsure', dueAt: Date, error?: string) =>
  of.atomic((q) => [
    q.insert(of.t.outbox).values({
      ...{
        office: of.office,
        id: `${state} ${dueAt.getTime()} ${error}`,
        lane: 'push',
        room: 'r',
        ord: '1',
        tasks: [],
      },
      address: { platform: 'console', route: 'local', kind: 'room', id: 'r' },
      ...{ dueAt, validUntil: ago(-600), state, error: error ?? null },
    }),
  ])

const owed = async (of: OfficeStore, id: string, dueOn: string, more: object = {}) => {
  const head = { title: '', number: '', issuer: '', issuedOn: null }
  await of.atomic((q) => [
    q.insert(of.t.offices).values({ office: of.office, name: '', zone: 'Asia/Shanghai' }).onConflictDoNothing(),
    q
      .insert(of.t.plans)
      .values({
        ...{ office: of.office, id: 'p', code: '公开17', state: 'released', document: head as never, digest: '' },
        ...{ questions: [], common: [], natural: 'p' },
      })
      .onConflictDoNothing(),
    q.insert(of.t.duties).values({
      ...{ office: of.office, id, plan: 'p', task: id, ord: 1, unit: 'u', role: 'lead', demand: 0, round: id },
      ...{ state: 'open', named: true, dueOn, ...more },
    }),
  ])
}

const scrape = async (offices: Deps[], more: Partial<Parameters<typeof createApp>[0]> = {}, headers = {}) => {
  const app = createApp({ door: () => undefined, offices: () => offices, log: () => undefined, ...more })
  return app.request('/metrics', { headers })
}
const read = async (offices: Deps[]) => samplesIn(await (await scrape(offices)).text())

describe('what the database tells', () => {
  it('of every office in three queries, whatever their number', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `office-${i}`)
    await queued(store.of('office-7'), 'waiting', ago(20))
    let asked = 0
    const all = names.map(office)
    // A prepared query is run on its reader's `q`, each time it is asked.
    const samples = await read(
      all.map((deps) => ({
        ...deps,
        store: new Proxy(deps.store, {
          get: (target, name) => {
            if (name === 'q') asked++
            return Reflect.get(target, name)
          },
        }),
      })),
    )
    expect(asked).toBeLessThanOrEqual(3)
    expect(samples.filter(({ name }) => name === 'duban_queue_age_seconds')).toHaveLength(40)
    expect(samples.find(({ labels }) => labels.office === 'office-7' && labels.state === 'waiting')?.value).toBe(1)
  })

  it('queue age, depth by state, undelivered by reason, oldest overdue', async () => {
    const [a, b] = [store.of('a'), store.of('b')]
    await queued(a, 'waiting', ago(20))
    await queued(a, 'waiting', ago(5))
    await queued(a, 'waiting', ago(-60))
    await queued(a, 'dead', ago(30), 'gone: 群不在了（张伟）')
    await queued(a, 'dead', ago(31), '群里发不出（forbidden：…）改发给李娜')
    await queued(a, 'dead', ago(3 * 1440), 'gone: 太早')
    await queued(a, 'unsure', ago(40), '张伟')
    await queued(b, 'sent', ago(50))
    await owed(a, 'd1', '2017-08-10')
    await owed(a, 'd2', '2017-07-31', { state: 'done' })
    await owed(a, 'd3', '2017-07-01', { archivedOn: '2017-08-01' })
    await owed(b, 'd4', '2017-08-15')
    const text = await (await scrape([office('a'), office('b')])).text()
    expect(text).not.toMatch(/张伟|李娜/)
    const found = samplesIn(text).map(({ name, labels, value }) => [name, Object.values(labels).join(' '), value])
    for (const sample of [
      ['duban_queue_age_seconds', 'a', 1200],
      ['duban_queue_age_seconds', 'b', 0],
      ['duban_outbox', 'a waiting', 3],
      ['duban_outbox', 'a dead', 2],
      ['duban_outbox', 'b sent', 1],
      ['duban_undelivered_day', 'a dead gone', 1],
      ['duban_undelivered_day', 'a dead forbidden', 1],
      ['duban_undelivered_day', 'a unsure other', 1],
      ['duban_overdue_seconds', 'a', 5 * 86_400],
      ['duban_overdue_seconds', 'b', 0],
    ])
      expect(found).toContainEqual(sample)
  })

  it('nothing of offices that are not served here', async () => {
    await queued(store.of('other'), 'dead', ago(1))
    expect(await (await scrape([office('a')])).text()).not.toContain('other"')
  })
})

describe('who may read it', () => {
  it('without a token who asks this process directly, and nobody through a proxy', async () => {
    expect((await scrape([office('a')])).status).toBe(200)
    for (const header of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'cf-connecting-ip']) {
      const response = await scrape([office('a')], {}, { [header]: '10.0.0.1' })
      expect([response.status, await response.text()]).toEqual([404, ''])
    }
  })

  it('with a token only who says it', async () => {
    const more = { metricsToken: 'figures-for-prometheus' }
    for (const [said, status] of [
      [undefined, 401],
      ['Bearer figures', 401],
      ['Basic figures-for-prometheus', 400],
      ['Bearer ', 400],
    ] as const) {
      const response = await scrape([office('a')], more, said ? { authorization: said } : {})
      expect(response.status, said).toBe(status)
      expect(await response.text()).not.toContain('duban_')
    }
    const headers = { authorization: 'Bearer figures-for-prometheus', 'x-forwarded-for': '10.0.0.1' }
    expect((await scrape([office('a')], more, headers)).status).toBe(200)
  })
})

describe('what a process counts of itself', () => {
  const figures = () => createFigures({ now: () => now, ticked: () => ago(3), dataDir: '.', backups: '/nowhere' })
  const figureOf = async (made: ReturnType<typeof figures>, name: string, ...labels: string[]) =>
    samplesIn(await made.text()).find(
      (one) => one.name === name && labels.every((label) => Object.values(one.labels).includes(label)),
    )?.value

  it('messages, deliveries, errors, by what the log is told', async () => {
    const made = figures()
    const written: LogEntry[] = []
    const log = made.counting((entry) => void written.push(entry))
    log({ event: 'message', platform: 'lark', outcome: 'answered' })
    log({ event: 'message', platform: 'lark', outcome: 'refused-role' })
    log({ event: 'message', platform: 'lark', outcome: '张伟' })
    log({ event: 'delivery', platform: 'wecom', outcome: 'dead', reason: 'gone' })
    log({ event: 'tick', outcome: 'failed', error: { class: 'SqliteError', code: 'SQLITE_FULL' } })
    log({ event: 'request', status: 503, outcome: 'busy', error: { class: 'SqliteError', code: 'SQLITE_BUSY' } })
    log({ event: 'request', status: 503, outcome: 'unreachable', error: { class: 'DeliveryError', code: '40001' } })
    log({ event: 'request', status: 500, outcome: 'failed', error: { class: 'TypeError' } })
    expect(written).toHaveLength(8)
    expect(await made.text()).not.toContain('张伟')
    expect(await figureOf(made, 'duban_messages_total', 'lark', 'refused')).toBe(1)
    expect(await figureOf(made, 'duban_messages_total', 'lark', 'other')).toBe(1)
    expect(await figureOf(made, 'duban_deliveries_total', 'wecom', 'dead', 'gone')).toBe(1)
    expect(await figureOf(made, 'duban_tick_failures_total')).toBe(1)
    expect(await figureOf(made, 'duban_database_errors_total', 'full')).toBe(1)
    expect(await figureOf(made, 'duban_database_errors_total', 'busy')).toBe(1)
    expect(await figureOf(made, 'duban_database_errors_total', 'conflict')).toBeUndefined()
    expect(await figureOf(made, 'duban_faults_total', 'request')).toBe(1)
  })

  it('requests at the doors, ticks, the machine', async () => {
    const made = figures()
    const app = createApp({ door: () => undefined, offices: () => [], log: () => undefined, counted: made })
    for (const path of ['/webhooks/zhangwei', '/webhooks/lark/yunling', '/webhooks/lark']) await app.request(path)
    made.ticked(1500)
    expect(await figureOf(made, 'duban_refused_total', 'none', '404')).toBe(3)
    expect(await figureOf(made, 'duban_webhook_seconds_count', 'none')).toBe(3)
    expect(await figureOf(made, 'duban_tick_seconds_count')).toBe(1)
    expect(await figureOf(made, 'duban_tick_age_seconds')).toBe(180)
    expect(await figureOf(made, 'process_resident_memory_bytes')).toBeGreaterThan(1e6)
    expect(await figureOf(made, 'nodejs_eventloop_lag_p99_seconds')).toBeDefined()
    expect(await figureOf(made, 'duban_disk_free_bytes')).toBeGreaterThan(0)
  })

  it('the alerts speak of figures that there are, and Prometheus itself takes both where its tool is at hand', async () => {
    const rules = readFileSync(new URL('../../deploy/alerts.yaml', import.meta.url), 'utf8')
    const made = figures()
    made.answered('lark', 503, 1)
    const log = made.counting(() => undefined)
    log({ event: 'message', platform: 'lark', outcome: 'seen' })
    log({ event: 'delivery', platform: 'lark', outcome: 'sent' })
    log({ event: 'tick', outcome: 'failed', status: 500, error: { class: 'SqliteError', code: 'SQLITE_FULL' } })
    await queued(store.of('a'), 'dead', ago(1), 'gone')
    const text = `${await made.text()}${await (await scrape([office('a')])).text()}`
    const names = new Set(samplesIn(text).map(({ name }) => name))
    const asked = rules.match(/\b(?:duban|process|nodejs)_\w+/g) ?? []
    expect(asked.length).toBeGreaterThan(8)
    for (const name of asked) expect([...names], name).toContain(name)
    const tool = process.env.PROMTOOL
    if (tool && existsSync(tool)) {
      expect(execFileSync(tool, ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('')
      execFileSync(tool, ['check', 'rules', new URL('../../deploy/alerts.yaml', import.meta.url).pathname])
    }
  })
})
