import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Store } from '../../db/store.ts'
import { keepState } from '../town/kept.ts'
import { deskOf, openMatrixTown } from '../town/matrix.ts'

let folder: string
let store: Store
let asOpened: () => void
let desk: ReturnType<typeof deskOf>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adversary-'))
  store = await openSqlite(join(folder, 'town.db'))
  await migrate(store)
  await openMatrixTown(store)
  asOpened = keepState(join(folder, 'town.db'))
})
beforeEach(() => {
  asOpened()
  desk = deskOf(store, '11:00')
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const dutyOf = async ({ t, q, office }: OfficeStore, unit: string, number: string) => {
  const units = await q.select().from(t.units).where(eq(t.units.office, office))
  const tasks = await q.select().from(t.tasks).where(eq(t.tasks.office, office))
  const duties = await q.select().from(t.duties).where(eq(t.duties.office, office))
  const id = units.find((one) => one.name === unit)?.id
  const task = tasks.find((one) => one.number === number)?.id
  const found = duties.find((one) => one.unit === id && one.task === task)
  if (!found) throw new Error(`${unit} ${number}`)
  return found
}

const everythingStored = async ({ t, q }: OfficeStore): Promise<string> =>
  JSON.stringify(
    await Promise.all(
      [t.facts, t.receipts, t.outbox, t.dialogues, t.people, t.identities, t.rooms].map((table) =>
        q.select().from(table),
      ),
    ),
  )

describe('a button that nobody of ours made', () => {
  it.each<[string, unknown]>([
    ['no frame at all', null],
    ['a number', 42],
    ['a list', [{ intent: 'list' }]],
    ['no intent', { tasks: ['1-1'] }],
    ['an intent that is none', { intent: 'format-disk' }],
    ['a name that every object has', { intent: 'constructor' }],
    ['text for a list', { intent: 'report', tasks: '1-1' }],
    ['numbers for names', { intent: 'approve', tasks: [1] }],
    ['a day that is none', { intent: 'extend', tasks: ['1-2'], until: '2017-02-30' }],
    ['a list from before its beginning', { intent: 'list', offset: -1 }],
    ['a channel that is none', { intent: 'report', tasks: ['1-1'], via: 'dream' }],
  ])('%s is answered as not understood', async (_, button) => {
    for (const who of ['office', 'liaison', 'ou_nobody']) {
      const { turn, logged, facts } = await desk.say(who, { button })
      expect([turn.reply?.title, turn.intent, logged, facts]).toEqual([
        '没有听懂',
        { intent: 'none' },
        'refused-frame',
        [],
      ])
    }
  })

  it('loses the slots that its command does not take', async () => {
    const { turn } = await desk.say('liaison', {
      button: { intent: 'task', tasks: ['1-1'], units: ['市环保局'], role: 'office', __proto__: { mine: true } },
    })
    expect(turn.intent).toEqual({ intent: 'task', tasks: ['1-1'] })
  })
})

describe('signs that no database holds, and numbers that no day has', () => {
  it.each<[string, unknown, string]>([
    ['U+0000 in a number', { intent: 'task', tasks: ['1-\u00001'] }, '公开17-1-1'],
    ['half a pair in a number', { intent: 'task', tasks: ['1-1\ud800'] }, '公开17-1-1'],
    ['U+0000 in a name', { intent: 'list', units: ['市财\u0000政局'], state: 'review' }, '市财政局 待审核的反馈'],
    ['an offset beyond all', { intent: 'list', state: 'all', offset: 9_007_199_254_740_991 }, '市财政局 任务清单'],
    ['a period that is none', { intent: 'report', tasks: ['1-1'], period: '公元前' }, '没有这一期'],
    ['a report that is none', { intent: 'withdraw', tasks: ['1-1'], reports: ['@', ''] }, '情况已有变化'],
    ['minutes without end', { intent: 'mute', minutes: 9_007_199_254_740_991 }, '本群静音到19:00'],
  ])('%s', async (_, button, title) => {
    expect((await desk.say('liaison', { button })).turn.reply?.title).toContain(title)
  })
})

describe('a choice of nothing, of the same twice, or of thousands', () => {
  const intents = [
    ...[
      'approve',
      'return',
      'extension',
      'reassign',
      'collect',
      'suspend',
      'resume',
      'waive',
      'event',
      'amend',
      'keep',
    ],
    ...['accept', 'extend', 'decline', 'withdraw', 'secrecy', 'split', 'tick', 'report'],
  ]
  it.each(intents)('%s does nothing of its own, and no duty twice', async (intent) => {
    const own = await dutyOf(desk.deps.store, '市财政局', '1-1')
    const same = `${own.id}@${own.version}`
    const many = Array.from({ length: 3000 }, (_, i) => `${own.id}@${i + 1000}`)
    for (const who of ['office', 'liaison'])
      for (const reports of [[], [same, same], many]) {
        const more = { until: '2017-10-20', parts: ['国库科'], to: '市环保局', on: '2017-08-15', by: '王敏' }
        const before = await dutyOf(desk.deps.store, '市财政局', '1-1')
        const { turn } = await desk.say(who, { button: { intent, tasks: ['1-1'], reports, ...more } })
        expect(turn.reply?.title).toBeTruthy()
        const after = await dutyOf(desk.deps.store, '市财政局', '1-1')
        if (reports !== many) expect(after.version - before.version).toBeLessThanOrEqual(1)
        else expect(after.version).toBe(before.version)
        if (reports.length === 0) expect([intent, who, after.version]).toEqual([intent, who, before.version])
      }
  })
})

describe('a form sent off with whatever', () => {
  const names = [
    'tasks',
    'reports',
    'units',
    'period',
    'periods',
    'links',
    'keyword',
    'reviewer',
    'note',
    'via',
    'plan',
  ]
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('1-1', '2-1', '市环保局', 'phone', '2017-07', 'http://a.gov.cn', 'x'.repeat(10_000), '\ud800\0'),
  )
  const filled = fc.dictionary(
    fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 8 })),
    fc.oneof(text, fc.array(text, { maxLength: 25 }), fc.jsonValue({ maxDepth: 2 })),
    { maxKeys: 6 },
  )

  it('is answered with a card, and reports nothing of another unit', async () => {
    const before = await dutyOf(desk.deps.store, '市环保局', '2-1')
    await fc.assert(
      fc.asyncProperty(filled, fc.constantFrom('report', 'task', 'secrecy', 'shout'), async (values, intent) => {
        const { turn } = await desk.say('liaison', { button: { intent, tasks: ['2-1'] }, filled: values })
        expect(turn.reply?.title).not.toBe('')
        expect(turn.reply).toBeDefined()
      }),
      { numRuns: 60 },
    )
    expect(await dutyOf(desk.deps.store, '市环保局', '2-1')).toEqual(before)
  })
})

describe('a liaison with a frame that is not its own', () => {
  it('may show what another unit’s duty was; nothing comes of it', async () => {
    const other = await dutyOf(desk.deps.store, '市环保局', '2-2')
    for (const intent of ['accept', 'extend', 'decline', 'split'] as const) {
      const button = { intent, tasks: ['1-2'], reports: [`${other.id}@${other.version}`], until: '2017-10-20' }
      const { logged, facts } = await desk.say('liaison', { button })
      expect([intent, logged, facts]).toEqual([
        intent,
        expect.stringMatching(/answered|refused-other-unit/),
        expect.anything(),
      ])
      expect(facts.filter((kind) => kind !== 'refused')).toEqual([])
    }
    expect(await dutyOf(desk.deps.store, '市环保局', '2-2')).toEqual(other)
  })

  it('with both its own task and another’s', async () => {
    const other = await dutyOf(desk.deps.store, '市环保局', '2-2')
    const button = { intent: 'accept', tasks: ['1-2', '2-2'], reports: [`${other.id}@${other.version}`] }
    expect((await desk.say('liaison', { button })).logged).toBe('refused-other-unit')
    const claims = { intent: 'claim', tasks: ['1-4', '2-4'], rest: 'claim' }
    expect((await desk.say('liaison', { button: claims })).logged).toBe('refused-other-unit')
  })

  it('cannot say that the office was telephoned', async () => {
    const button = { intent: 'report', tasks: ['1-1'], units: ['市财政局'], period: '2017-07', via: 'phone' }
    const { turn } = await desk.say('liaison', { button })
    expect(turn.intent).not.toHaveProperty('via')
    const { t, q } = desk.deps.store
    const reported = await q.select().from(t.facts).where(eq(t.facts.kind, 'reported'))
    expect(reported.filter((fact) => 'channel' in fact.body)).toEqual([])
  })

  it('another’s name beside one’s own number does not help', async () => {
    const button = { intent: 'report', tasks: ['2-1'], units: ['市财政局', '市环保局'], period: '2017-07' }
    expect((await desk.say('liaison', { button })).logged).toBe('refused-other-unit')
    const words = { intent: 'report', keyword: '环境质量情况', units: ['市环保局'] }
    expect((await desk.say('liaison', { button: words })).logged).toBe('refused-other-unit')
  })

  it('and a plan that the office does not have finds nothing', async () => {
    const button = { intent: 'accept', tasks: ['1-2'], plan: '别处17' }
    const { turn, facts } = await desk.say('liaison', { button })
    expect([turn.reply?.title, facts]).toEqual(['没有这个编号', []])
  })

  it('reads of another’s task neither its words nor who has handed in', async () => {
    for (const button of [
      { intent: 'list', tasks: ['2-1'] },
      { intent: 'task', tasks: ['2-1'] },
      { intent: 'list', tasks: ['1-1', '2-1'] },
    ]) {
      const { turn, logged } = await desk.say('liaison', { button })
      expect([logged, turn.rows]).toEqual(['refused-other-unit', []])
      expect(JSON.stringify(turn.reply)).not.toContain('环境')
    }
  })
})

describe('the office on behalf of a unit', () => {
  it.each([
    ['report', '1-1', { period: '2017-07' }, 'reported'],
    ['extend', '1-2', { until: '2017-10-20' }, 'extension-asked'],
    ['accept', '1-2', {}, 'accepted'],
  ])('%s: the ledger says how it was told', async (intent, task, more, kind) => {
    const button = { intent, tasks: [task], units: ['市财政局'], via: 'phone', ...more }
    expect((await desk.say('office', { button, room: 'oc_work' })).facts).toContain(kind)
    const { t, q, office } = desk.deps.store
    const facts = await q
      .select()
      .from(t.facts)
      .where(and(eq(t.facts.office, office), eq(t.facts.kind, kind)))
    expect(facts.at(-1)?.body).toMatchObject({ channel: 'phone' })
  })

  it('is asked which unit, and takes its name as the answer', async () => {
    const question = await desk.say('office', { button: { intent: 'accept', tasks: ['1-2'] }, room: 'oc_work' })
    expect(question.turn.reply?.title).toBe('请说明代哪个单位填报')
    expect((await desk.say('office', { text: '市财政局', room: 'oc_work' })).facts).toContain('accepted')
  })

  it('that has no share in the task is told whose it is', async () => {
    const button = { intent: 'accept', tasks: ['2-2'], units: ['市财政局'] }
    const { turn, logged, facts } = await desk.say('office', { button })
    expect([turn.reply?.title, logged, facts]).toEqual(['责任单位不是这一家', 'answered', []])
  })
})

describe('a lead', () => {
  it('reads the parts of what it leads, the part reads its own alone', async () => {
    const units = async (who: string) =>
      new Set(
        (await desk.say(who, { button: { intent: 'task', tasks: ['1-2'] }, room: 'oc_work' })).turn.rows.map(
          (row) => row.unit,
        ),
      )
    expect(await units('liaison')).toEqual(new Set(['市财政局', '市住建局']))
    expect(await units('head')).toEqual(new Set(['市财政局']))
    expect(await units('housing')).toEqual(new Set(['市住建局']))
  })
})

describe('two offices on one store', () => {
  it('neither ids nor accounts of the one are worth anything in the other', async () => {
    await openMatrixTown(store, 'elsewhere')
    const there = deskOf(store, '12:00', 'elsewhere')
    const foreign = await dutyOf(there.deps.store, '市财政局', '1-2')
    const here = await dutyOf(desk.deps.store, '市财政局', '1-2')
    const button = { intent: 'waive', tasks: ['1-2'], reports: [`${foreign.id}@${foreign.version}`] }
    const { facts } = await desk.say('office', { button, text: '免予办理1-2，合并' })
    expect(foreign.id === here.id || facts.length === 0).toBe(true)
    expect(await dutyOf(there.deps.store, '市财政局', '1-2')).toEqual(foreign)
  })
})

describe('a person of two units', () => {
  it('acts for either by the number, reads both, and is asked where the number does not tell', async () => {
    const both = (button: unknown) => desk.say('both', { button, room: 'oc_two' })
    expect((await both({ intent: 'accept', tasks: ['1-2'] })).facts).toContain('accepted')
    expect((await both({ intent: 'accept', tasks: ['2-2'] })).facts).toContain('accepted')
    const rows = (await both({ intent: 'list', state: 'all' })).turn.rows.map((row) => row.unit)
    expect(new Set(rows)).toEqual(new Set(['市财政局', '市环保局']))
    const third = await both({ intent: 'list', units: ['市审计局'] })
    expect([third.logged, third.turn.rows]).toEqual(['refused-other-unit', []])
  })
})

describe('a room', () => {
  it('of two units tells a stranger nothing, and a liaison its own unit alone', async () => {
    const stranger = await desk.say('ou_nobody', { text: '本月有哪些到期任务', room: 'oc_two' })
    expect([stranger.logged, stranger.turn.rows]).toEqual(['refused-unbound', []])
    const own = await desk.say('liaison', { text: '本月有哪些到期任务', room: 'oc_two' })
    expect(new Set(own.turn.rows.map((row) => row.unit))).toEqual(new Set(['市财政局']))
    expect((await desk.say('liaison', { button: { intent: 'mute' }, room: 'oc_two' })).logged).toBe(
      'refused-other-unit',
    )
    expect((await desk.say('audit', { button: { intent: 'mute' } })).logged).toBe('refused-other-unit')
  })

  it('of one unit narrows what a leader asks without naming units, and shows a task that it names', async () => {
    const all = await desk.say('leader', { text: '本月有哪些到期任务' })
    expect(new Set(all.turn.rows.map((row) => row.unit))).toEqual(new Set(['市财政局']))
    expect((await desk.say('leader', { text: '2-1是什么' })).turn.rows.map((row) => row.unit)).toContain('市环保局')
  })
})

describe('what is refused', () => {
  it('keeps no word of a stranger, and nothing of a secret', async () => {
    const before = await everythingStored(desk.deps.store)
    for (const text of [
      '1-1 7月的已公开 独一无二的话 http://x.example.com/1',
      '认领 1-4 独一无二的话',
      '退回 1-1，独一无二的话',
      '@督办 独一无二的话',
      '绑定 9Z9Z9Z',
      '机密★1年 1-1 7月的已公开 独一无二的话',
    ])
      for (const room of ['oc_finance', 'oc_two', 'oc_nowhere']) await desk.say('ou_nobody', { text, room })
    const after = await everythingStored(desk.deps.store)
    expect(after.length).toBeGreaterThan(before.length)
    for (const word of ['独一无二', 'x.example.com', '9Z9Z9Z', '机密']) expect(after).not.toContain(word)
  })

  it('an answer to what was asked before the unit was lost is worth nothing', async () => {
    const question = await desk.say('both', { text: '1-2申请延期', room: 'oc_work' })
    expect(question.turn.reply?.title).toBe('请写明延期到哪一天')
    const { t } = desk.deps.store
    await desk.deps.store.one((q) => q.update(t.people).set({ units: [] }).where(eq(t.people.name, '双岗')))
    const answer = await desk.say('both', { text: '10月20日', room: 'oc_work' })
    expect([answer.turn.intent.intent, answer.logged, answer.facts]).toEqual(['extend', 'refused-unbound', []])
  })
})
