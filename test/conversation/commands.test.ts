import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { giveCode } from '../../src/flow/codes.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { personNamed } from '../../src/flow/roster.ts'
import type { Incoming } from '../../src/model/message.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

let store: Store
let offices = 0
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterAll(() => store.close())

const town = async (day = '2017-08-15'): Promise<Town> => {
  const opened = await openTown(store.of(`office-${++offices}`))
  opened.on(day)
  return opened
}

/** Something said on Lark, as the adapter decodes it. */
const onLark = (who: string, text: string, more: Partial<Incoming> = {}): Incoming => ({
  id: `om_${Math.abs(hash(`${who}${text}${offices}`))}`,
  platform: 'lark',
  route: 'cli_1',
  at: new Date('2017-08-15T02:00:00Z'),
  from: { id: who, name: '' },
  room: { platform: 'lark', route: 'cli_1', kind: 'room', id: 'oc_finance' },
  addressed: true,
  text,
  ...more,
})
const hash = (text: string) => [...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) | 0, 7)

describe('claim', () => {
  it('a unit answers once for the whole plan; what is not its own waits for the office', async () => {
    const t = await town('2017-07-14')
    ;(await t.as('office').says('还有哪些没认领')).hears(/1-3/, /市统计局/, /市政府新闻办/)
    ;(await t.as('liaison:市统计局').says('认领 1-3')).hears(/认领：公开17-1-3/)
    ;(await t.as('liaison:市政府新闻办').says('1-3不是我们的')).hears(/登记不涉及，待主管科室确认/, /公开17-1-3/)
    expect((await t.as('office').says('还有哪些没认领')).codes).not.toContain('R-1')
    const mine = await t.as('liaison:市统计局').says('任务清单')
    expect(mine.rows.filter((row) => row.task === '1-3').every((row) => row.state === 'open')).toBe(true)
  })

  it('silence after ten workdays makes a named unit’s its own', async () => {
    const t = await town('2017-07-25')
    const before = await t.as('liaison:市统计局').says('任务清单')
    expect(before.rows.filter((row) => row.task === '1-3').map((row) => row.state)).toContain('unclaimed')
    t.on('2017-07-26')
    const after = await t.as('liaison:市统计局').says('任务清单')
    expect(after.rows.filter((row) => row.task === '1-3').map((row) => row.state)).not.toContain('unclaimed')
  })

  it('a report claims by itself', async () => {
    const t = await town('2017-07-20')
    ;(await t.as('liaison:市统计局').says('1-3 三季度的发布会已召开')).hears(/已收到反馈/)
    const rows = (await t.as('office').says('待审核的反馈')).rows
    expect(rows.map((row) => [row.unit, row.task, row.state])).toEqual([['市统计局', '1-3', 'review']])
  })
})

describe('a period that is none of the task’s', () => {
  it('is told, with those that are', async () => {
    const t = await town()
    ;(await t.as('liaison:市财政局').says('1-2 2月的已公开')).hears(/没有“2月”这一期/, /6月、7月/)
  })
})

describe('who has handed in', () => {
  it('counts add up, and a unit’s own eyes see its own', async () => {
    const t = await town()
    await t.as('liaison:东河区政府').says('4-1已公开 http://dh.example.gov.cn/1')
    const answer = await t.as('leader').says('4-1还差谁')
    answer.hears(/未报 2家：市教育局、西山县政府|未报 2家：西山县政府、市教育局/, /已报待审核 1家：东河区政府/)
    const own = await t.as('liaison:东河区政府').says('4-1还差谁')
    own.misses(/西山县政府/)
  })
})

describe('figures', () => {
  it('approved ÷ due, with its parts', async () => {
    const t = await town()
    ;(await t.as('leader').says('市财政局完成率多少')).hears(/0\.0%（已办结0 ÷ 应完成2）/, /逾期2项/)
    await t.as('liaison:市财政局').says('1-2 6月的已公开')
    await t.as('office').says('通过 1-2')
    ;(await t.as('leader').says('市财政局完成率多少')).hears(/50\.0%（已办结1 ÷ 应完成2）/, /按时0，逾期办结1/)
  })
})

describe('a task in detail', () => {
  it('shows its words, limits and units; another unit may not look', async () => {
    const t = await town()
    ;(await t.as('leader').says('2-1是什么')).hears(/重大项目专栏/, /2017年8月25日前/, /配合：市住建局、市交通局/)
    ;(await t.as('liaison:市审计局').says('2-1是什么')).hears(/不是本单位的任务/)
  })

  it('says so where the number does not exist', async () => {
    const t = await town()
    ;(await t.as('leader').says('99号任务是什么')).hears(/没有这个编号/)
  })
})

describe('what waits, stands or sleeps takes no report', () => {
  it('a 配合 unit is told to wait for the lead', async () => {
    const t = await town()
    ;(await t.as('liaison:市住建局').says('2-1已完成')).hears(/配合事项/)
  })
  it('a duty that waits for an event says for what', async () => {
    const t = await town()
    ;(await t.as('liaison:市发改委').says('2-2已完成')).hears(/等待触发/)
  })
  it('a report on a standing duty is a stage result', async () => {
    const t = await town()
    ;(await t.as('liaison:市环保局').says('3-2已发布2次预警')).hears(/阶段成果|已记录进展/)
  })
})

describe('help and binding', () => {
  it('help shows only what this person may do', async () => {
    const t = await town()
    ;(await t.as('leader').says('帮助')).hears(/查任务/).misses(/审核通过/, /报完成/)
    ;(await t.as('office').says('帮助')).hears(/审核通过/, /退回/)
  })

  it('saying who one is binds nobody; the office’s code does, once', async () => {
    const t = await town()
    await settle(t, 'wecom')
    const stranger = onLark('ou_new', '我是市审计局联络员', { addressed: true })
    const claimed = await dispatch(t.deps, stranger)
    expect(claimed.reply?.title).toBe('需要绑定码')
    const person = await personNamed(t.deps, '吴桐', 'liaison')
    const { code } = await giveCode(t.deps, person ?? '')
    expect((await dispatch(t.deps, onLark('ou_new', `绑定 ${code}`))).reply?.title).toBe('已登记')
    expect((await dispatch(t.deps, onLark('ou_other', `绑定 ${code}`))).reply?.title).toBe('绑定码无效')
    const list = await dispatch(t.deps, onLark('ou_new', '我局有哪些任务'))
    expect(list.rows.every((row) => row.unit === '市审计局')).toBe(true)
  })

  it('a group is bound by the office only', async () => {
    const t = await town()
    ;(await t.as('liaison:市审计局', 'g1').says('绑定本群 市审计局')).hears(/只有主管科室/)
    ;(await t.as('office', 'g1').says('绑定本群 市审计局')).hears(/本群已绑定/)
  })
})

describe('strangers', () => {
  it('in a unit’s room read that unit’s, elsewhere nothing, and do nothing', async () => {
    const t = await town()
    await settle(t, 'lark')
    const read = await dispatch(t.deps, onLark('ou_nobody', '本月有哪些到期任务'))
    expect(read.rows.map((row) => row.unit)).toEqual(read.rows.map(() => '市财政局'))
    expect(read.rows.length).toBeGreaterThan(0)
    const other = await dispatch(t.deps, onLark('ou_nobody', '市发改委本月有哪些到期任务'))
    expect(other.rows).toEqual([])
    const act = await dispatch(t.deps, onLark('ou_nobody', '1-2 7月的已公开'))
    expect(act.reply?.title).toBe('没有这项权限')
    const elsewhere = onLark('ou_nobody', '本月有哪些任务', {
      room: { platform: 'lark', route: 'cli_1', kind: 'person', id: 'ou_nobody' },
    })
    expect((await dispatch(t.deps, elsewhere)).reply?.title).toBe('还不认识您')
  })
})

describe('what is not for the bot', () => {
  it('is met with silence, and no word of it is kept', async () => {
    const t = await town()
    await settle(t, 'lark')
    const heard = await dispatch(t.deps, onLark(accounts.finance, '中午食堂吃什么', { addressed: false }))
    expect(heard.status).toBe('silent')
    const { t: tables, q } = t.deps.store
    const receipts = await q.select().from(tables.receipts)
    expect(JSON.stringify(receipts)).not.toContain('食堂')
  })

  it('said to the bot, it gets one example of the right form', async () => {
    const t = await town()
    ;(await t.as('leader').says('哗啦啦')).hears(/没有听懂/, /例：/)
  })

  it('a message with a 密级 mark is refused and not kept', async () => {
    const t = await town()
    ;(await t.as('liaison:市财政局').says('机密★1年 1-2 7月的已公开')).hears(/涉密/)
    const { t: tables, q } = t.deps.store
    const everything = JSON.stringify([await q.select().from(tables.receipts), await q.select().from(tables.facts)])
    expect(everything).not.toContain('机密')
  })
})
