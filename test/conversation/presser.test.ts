import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { giveCode } from '../../src/flow/codes.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { personNamed } from '../../src/flow/roster.ts'
import type { Intent } from '../../src/model/intent.ts'
import type { Incoming } from '../../src/model/message.ts'
import { accounts, settle, type Who } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

let store: Store
let town: Town
beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openTown(store.of('yunxi'))
  await settle(town, 'lark')
  town.on('2017-08-20')
})
afterEach(() => store.close())

const at = { platform: 'lark', route: 'cli_1' } as const

const message = (who: string, room: string, more: Partial<Incoming>): Incoming => ({
  ...at,
  id: town.deps.newId(),
  at: town.deps.now(),
  from: { id: who, name: '' },
  room: { ...at, kind: 'room', id: room },
  addressed: true,
  text: '',
  ...more,
})

const say = (who: Who, room: string, text: string) => dispatch(town.deps, message(accounts[who], room, { text }))
const press = (who: string, room: string, button: Intent) => dispatch(town.deps, message(who, room, { button }))

const dutyFacts = () => {
  const { t, q } = town.deps.store
  return q.select({ kind: t.facts.kind, by: t.facts.by }).from(t.facts).where(eq(t.facts.subject, 'duty'))
}

describe('a button acts for whoever presses it', () => {
  it('an approval in the hand of a liaison approves nothing', async () => {
    await say('finance', 'oc_finance', '1-2 7月的已公开 http://a.gov.cn/x')
    const turn = await press(accounts.finance, 'oc_finance', { intent: 'approve', tasks: ['1-2'], period: 'all' })
    expect(turn.reply?.title).toBe('没有这项权限')
    expect((await dutyFacts()).some((fact) => fact.kind === 'approved')).toBe(false)
  })

  it.each<[string, Intent]>([
    ['a list of another unit', { intent: 'list', units: ['市环保局'] }],
    ['all that is in the charge of a leader', { intent: 'list', mine: true, units: ['市环保局'] }],
    ['figures of another unit', { intent: 'figures', units: ['市环保局'] }],
    ['a task of another unit', { intent: 'task', tasks: ['3-1'] }],
  ])('%s is refused to a liaison', async (_, intent) => {
    const turn = await press(accounts.finance, 'oc_work', intent)
    expect(turn.reply?.title).toMatch(/不能查看其他单位|不是本单位的任务/)
    expect(turn.rows).toEqual([])
  })

  it('a report for another unit, “by telephone”, is refused and touches no duty', async () => {
    const turn = await press(accounts.finance, 'oc_work', {
      intent: 'report',
      tasks: ['3-1'],
      units: ['市环保局'],
      via: 'phone',
    })
    expect(turn.reply?.title).toBe('这不是本单位的任务')
    expect((await dutyFacts()).some((fact) => fact.kind === 'reported')).toBe(false)
  })

  it('a stranger in a unit’s room reads that unit and no other, and writes nothing', async () => {
    const own = await press('ou_nobody', 'oc_finance', { intent: 'list', state: 'all' })
    expect(new Set(own.rows.map((row) => row.unit))).toEqual(new Set(['市财政局']))
    const other = await press('ou_nobody', 'oc_finance', { intent: 'list', units: ['市环保局'] })
    expect(other.rows).toEqual([])
    for (const intent of ['report', 'progress', 'claim', 'approve', 'return', 'rank'] as const) {
      const turn = await press('ou_nobody', 'oc_finance', { intent, tasks: ['1-2'] } as Intent)
      expect([intent, turn.reply?.title]).toEqual([intent, '没有这项权限'])
    }
  })
})

describe('a question waits for the one who was asked', () => {
  it('a number from another person, or in another room, is no answer to it', async () => {
    town.on('2017-10-20')
    expect((await say('finance', 'oc_work', '1-2 已公开 http://a.gov.cn/x')).reply?.title).toBe('请说明是哪一期')
    await say('audit', 'oc_work', '2')
    await say('finance', 'oc_finance', '2')
    expect((await dutyFacts()).some((fact) => fact.kind === 'reported')).toBe(false)
    expect((await say('finance', 'oc_work', '2')).reply?.title).toBe('已收到反馈，待审核')
  })

  it('twice the same answer reports once', async () => {
    town.on('2017-10-20')
    await say('finance', 'oc_work', '1-2 已公开 http://a.gov.cn/x')
    await Promise.all([say('finance', 'oc_work', '2'), say('finance', 'oc_work', '2')])
    expect((await dutyFacts()).filter((fact) => fact.kind === 'reported')).toHaveLength(1)
  })

  it('after ten minutes it is forgotten', async () => {
    town.on('2017-10-20', '10:00')
    await say('finance', 'oc_work', '1-2 已公开 http://a.gov.cn/x')
    town.on('2017-10-20', '10:10')
    await say('finance', 'oc_work', '2')
    expect((await dutyFacts()).some((fact) => fact.kind === 'reported')).toBe(false)
  })
})

describe('a code', () => {
  it('said by two accounts at once binds one of them', async () => {
    const person = (await personNamed(town.deps, '周小舟', 'liaison')) ?? ''
    const { code } = await giveCode(town.deps, person)
    const turns = await Promise.all(
      ['ou_a', 'ou_b'].map((id) => dispatch(town.deps, message(id, 'oc_work', { text: `绑定 ${code}` }))),
    )
    expect(turns.map((turn) => turn.reply?.title).sort()).toEqual(['已登记', '绑定码无效'])
  })

  it('is worth nothing after a week, and nothing in another office', async () => {
    const person = (await personNamed(town.deps, '周小舟', 'liaison')) ?? ''
    const { code } = await giveCode(town.deps, person)
    const other = await openTown(store.of('lanshan'))
    other.on('2017-08-20')
    const text = { text: `绑定 ${code}` }
    expect((await dispatch(other.deps, message('ou_a', 'oc', text))).reply?.title).toBe('绑定码无效')
    town.on('2017-08-27', '10:00')
    expect((await dispatch(town.deps, message('ou_a', 'oc_work', text))).reply?.title).toBe('绑定码无效')
  })
})
