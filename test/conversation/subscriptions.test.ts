import { and, eq, like } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { register } from '../../src/flow/roster.ts'
import { tick } from '../../src/flow/tick.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const DESK = '主管科室'
let store: Store
let town: Rooms
beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openRooms(store.of('yunxi'))
  // A Wednesday.
  town.on('2017-08-16', '10:00')
})
afterEach(async () => {
  expect((await verifyLedger(town.deps.store)).broken).toEqual([])
  await store.close()
})

const office = (text: string, room: string = DESK) => town.as('office', room).says(text)
const subscriptions = async () => (await town.deps.cache(town.deps.store)).view.subscriptions
/** What a room hears at a moment, each card's title; the office's own message of the day is another matter. */
const at = async (day: string, time: string, room = DESK): Promise<string[]> => {
  town.on(day, time)
  await tick(town.deps, 1000)
  return (await town.heard(room)).map((text) => text.split('\n')[0] ?? '').filter((title) => !/督办工作/.test(title))
}
const ofPushes = (titles: string[], word: RegExp) => titles.filter((title) => word.test(title))

describe('a standing push that is asked for', () => {
  it('says what, where, when, the next moment and what it would say now', async () => {
    const done = await office('每周一9点30分推送逾期清单')
    done.hears(
      '推送已设好',
      '内容：逾期清单',
      '发到：本群',
      '时间：每周一9:30',
      /下次：8月21日（周一）9:30/,
      /现在推送的话：|现在没有/,
    )
    done.hears('遇休息日顺延到下一个工作日')
    expect(await subscriptions()).toMatchObject([{ content: 'overdue', every: 'week', on: 1, at: '09:30' }])
  })

  it('moves forward where its day lies in a holiday', async () => {
    town.on('2017-09-27')
    ;(await office('每周一10点推送逾期清单')).hears(/下次：10月9日（周一）10:00/)
    ;(await office('每月1号10点推送完成率')).hears(/下次：10月9日（周一）10:00/)
  })

  it('takes every day for every workday, and the usual hour where none is said', async () => {
    ;(await office('每天推送待审核')).hears('每个工作日9:00', '每天指每个工作日', /下次：8月17日（周四）9:00/)
  })

  it('is not set here where another room is meant by a name that nobody bound', async () => {
    ;(await office('每周五16:00给三科联络群推送逾期清单')).hears('不认识这个群', '没有叫“三科联络群”的')
    expect(await subscriptions()).toEqual([])
  })

  it('begins when it is said to', async () => {
    ;(await office('从9月1日起每天10点推送待审核')).hears(/下次：9月1日（周五）10:00/)
    expect(ofPushes(await at('2017-08-17', '10:00'), /待审核/)).toEqual([])
    expect(await subscriptions()).toMatchObject([{ startsOn: '2017-09-01' }])
  })

  it('is there already where it is said again', async () => {
    await office('每个工作日16:00推送逾期清单')
    ;(await office('每天下午4点推送逾期清单')).hears('这条推送已经有了')
    expect(await subscriptions()).toHaveLength(1)
  })

  it('takes the place of another of the same content, or comes beside it, as is chosen', async () => {
    await office('每周五16:00推送逾期清单')
    ;(await office('每周三16:00推送逾期清单')).hears(
      '已经有一条同样内容的推送',
      /1\. 代替：本群：每周五16:00/,
      '2. 两条都要',
    )
    expect(await subscriptions()).toHaveLength(1)
    ;(await office('1')).hears('推送已修改', '每周三16:00', /原来是：每周五16:00/)
    expect(await subscriptions()).toMatchObject([{ every: 'week', on: 3 }])
    await office('每周二16:00推送逾期清单')
    ;(await office('2')).hears('推送已设好', /另有本群：每周三16:00/)
    expect(await subscriptions()).toHaveLength(2)
  })

  it.each([
    ['每天晚上9点推送逾期清单', /不在工作时间/, /改为17:00/],
    ['每天早上7点推送逾期清单', /不在工作时间/, /改为8:30/],
    ['每周一下午推送逾期清单', /请写明几点/, /例：/],
    ['每两周推送一次逾期清单', /请说明多久推送一次/, /每个工作日/],
    ['订阅逾期清单', /请说明多久推送一次/, /例：/],
    ['每天推送两次逾期清单', /一条推送一个时间/, /例：/],
    ['每周一、周五9点推送逾期清单', /一条推送一个时间/, /例：/],
    ['每天9点和16点推送逾期清单', /一条推送一个时间/, /例：/],
    ['每周一9点给各单位推送本周到期清单', /各单位的群不用另设/, /例：/],
  ])('stores nothing of %s', async (text, title, note) => {
    ;(await office(text)).hears(title, note)
    expect(await subscriptions()).toEqual([])
  })

  it('outside office hours begins at the hour that is offered, when that is taken', async () => {
    await office('每天晚上9点推送逾期清单')
    ;(await office('是')).hears('推送已设好', '每个工作日17:00', '逾期清单')
  })

  it('goes to the room of a unit, to the speaker alone, and to no room that is not bound', async () => {
    ;(await office('每周五16:00给市财政局群推送逾期清单')).hears('发到：市财政局群')
    ;(await office('每周五16:00推送逾期清单', '外面的群')).hears('本群还没有绑定')
    ;(await town.as('office').says('每周五15:00推送待审核')).hears('发到：本聊天')
    expect((await subscriptions()).map(({ content }) => content)).toEqual(['overdue', 'review'])
  })

  it('goes to a leader alone where that is said', async () => {
    const leader = { name: '林副市长', role: 'leader' as const, units: [], charge: [], post: '' as const, mobile: '' }
    await register(
      town.deps,
      { people: [{ ...leader, identities: ['console:*:ou_lin'] }] },
      { by: 'admin:test', via: 'test:leader', at: town.deps.now() },
    )
    ;(await office('每周一9点给林副市长推送完成率')).hears('发到：林副市长私聊', '完成情况')
    ;(await office('把完成率的推送改到10点')).hears('推送已修改', '发到：林副市长私聊')
    expect(await at('2017-08-21', '10:00', 'ou_lin')).toEqual([expect.stringMatching(/完成情况/)])
  })

  it('tells no unit of the others', async () => {
    ;(await office('每周五16:00推送完成率', '市财政局')).hears('这里不能推送这一项')
    ;(await office('每周五16:00推送待审核', '市财政局')).hears('这里不能推送这一项')
    expect(await subscriptions()).toEqual([])
  })

  it('is the office’s to make', async () => {
    for (const who of ['liaison:市财政局', 'leader'])
      (await town.as(who, '市财政局').says('每周五16:00推送逾期清单')).hears('没有这项权限', '主管科室')
    expect(await subscriptions()).toEqual([])
  })

  it('is none for a button with a time or day that is none', async () => {
    const press = (frame: object) => town.presses('office', { intent: 'subscribe', content: 'due', ...frame } as never)
    expect(await press({ every: 'week', on: 9, at: '09:00' })).toMatch(/没有这样的日子/)
    expect(await press({ every: 'week', on: 1, at: '12:99' })).not.toMatch(/已设好/)
    expect(await press({ every: 'week', on: 1, at: '09:00', room: 'console:*:nowhere' })).toMatch(/没有这个群/)
    expect(await subscriptions()).toEqual([])
  })
})

describe('what is there', () => {
  it('is listed with what comes next, for every room to the office and for its own to a room', async () => {
    await office('每周五16:00推送逾期清单')
    await office('每天10:30推送本周到期清单', '市财政局')
    ;(await office('有哪些推送')).hears(
      /推送安排（2条）/,
      /1\. 市财政局群：每个工作日10:30.*下次8月16日（周三）10:30/,
      /2\. 本群：每周五16:00 逾期清单/,
      /统一设置.*下次8月21日（周一）9:00/,
    )
    ;(await office('有哪些推送', '市财政局')).hears('推送安排（1条）', /本群：每个工作日10:30/).misses(/逾期清单，下次/)
    ;(await office('下次推送是什么时候', '市环保局')).hears('没有另设的推送', /下次8月21日（周一）9:00/)
  })

  it('is changed by what words say of it', async () => {
    await office('每周五16:00推送逾期清单')
    await office('每周一10:00推送完成率')
    ;(await office('把每周五的推送改到周四上午10点')).hears(
      '推送已修改',
      '每周四10:00',
      '逾期清单',
      /下次：8月17日（周四）10:00/,
    )
    ;(await office('完成率的推送改成9点半')).hears('每周一9:30', '完成情况')
    ;(await office('推送改成11点')).hears('改哪一条推送', /1\. .*周四/)
    ;(await office('1')).hears('推送已修改', '每周四11:00')
    ;(await office('每周二的推送改到9点')).hears('没有这样的推送')
    ;(await office('每周四的推送改到下周五')).hears('不能只改一次')
    ;(await office('逾期清单的推送改成每周一三五')).hears('一条推送一个时间')
    ;(await office('暂停逾期清单的推送两周')).hears('推送不能停一段时间')
    expect(await subscriptions()).toMatchObject([
      { on: 4, at: '11:00' },
      { on: 1, at: '09:30' },
    ])
  })

  it('is stopped, one or all', async () => {
    await office('每周五16:00推送逾期清单')
    await office('每周一10:00推送完成率')
    await office('每天11:00推送待审核')
    ;(await office('取消每周五的推送')).hears('推送已停止', /每周五16:00 逾期清单/)
    ;(await office('停止推送')).hears('停止哪一条推送', '3. 全部停止')
    ;(await office('1')).hears('推送已停止', /待审核清单/)
    ;(await office('取消全部推送')).hears('推送已停止', /完成情况/)
    expect(await subscriptions()).toEqual([])
  })

  it('the list that every room hears is not ended by a word in one room', async () => {
    const said = await office('取消推送', '市财政局')
    said.hears('没有这样的推送', '统一安排', '静音一小时')
    expect(await at('2017-08-21', '09:00', '市财政局')).toEqual([expect.stringContaining('本周任务')])
  })
})

describe('when its hour comes', () => {
  it('is sent once, whatever ticks, and made up for the same day only', async () => {
    await office('每天14:00推送完成情况')
    expect(await at('2017-08-17', '13:59')).toEqual([])
    expect(await at('2017-08-17', '14:00')).toEqual([expect.stringContaining('完成情况')])
    expect(await at('2017-08-17', '15:00')).toEqual([])
    expect(ofPushes(await at('2017-08-18', '16:20'), /完成情况/)).toHaveLength(1)
    expect(ofPushes(await at('2017-08-19', '14:00'), /完成情况/)).toEqual([])
    expect(ofPushes(await at('2017-08-21', '17:30'), /完成情况/)).toEqual([])
    expect(ofPushes(await at('2017-08-22', '13:00'), /完成情况/)).toEqual([])
  })

  it('two servers at one minute send it once', async () => {
    await office('每天14:00推送完成情况')
    town.on('2017-08-17', '14:00')
    await Promise.all([tick(town.deps), tick(town.deps), tick(town.deps)])
    expect(ofPushes(await town.heard(DESK), /完成情况/)).toHaveLength(1)
  })

  it('does not come for an hour that had passed when it began, or was moved', async () => {
    await office('每天9点推送待审核')
    await office('每天9点15推送完成情况')
    expect(await at('2017-08-16', '10:01')).toEqual([])
    expect(ofPushes(await at('2017-08-17', '09:15'), /完成情况/)).toHaveLength(1)
    await office('完成情况的推送改到9点')
    expect(ofPushes(await at('2017-08-17', '09:30'), /完成情况/)).toEqual([])
    expect(ofPushes(await at('2017-08-18', '09:30'), /完成情况/)).toHaveLength(1)
  })

  it('is not sent where there is nothing to say, or it was stopped meanwhile', async () => {
    await office('每天14:00推送待审核')
    expect(await at('2017-08-17', '14:00')).toEqual([])
    await town.as('liaison:市财政局').says('1-2 7月的已公开 http://a.example.gov.cn/7')
    await town.heard(DESK)
    expect(await at('2017-08-18', '14:00')).toEqual([expect.stringContaining('待审核')])
    await office('取消待审核的推送')
    expect(await at('2017-08-21', '14:00')).not.toContainEqual(expect.stringContaining('待审核'))
  })

  it('at the hour of lists is part of the message of the day', async () => {
    await office('每周四9点推送逾期清单', '市财政局')
    const heard = await at('2017-08-24', '09:00', '市财政局')
    expect(heard).toHaveLength(1)
    const { t, q, office: own } = town.deps.store
    const rows = await q
      .select()
      .from(t.outbox)
      .where(and(eq(t.outbox.office, own), like(t.outbox.id, 'sub:%')))
    expect(rows).toEqual([])
  })

  it('a weekly list of its own takes the place of the one that every room hears', async () => {
    await office('每周二9点推送本周到期清单', '市财政局')
    expect(ofPushes(await at('2017-08-21', '09:00', '市财政局'), /本周任务/)).toEqual([])
    expect(ofPushes(await at('2017-08-21', '09:01', '市环保局'), /本周任务/)).toHaveLength(1)
    expect(ofPushes(await at('2017-08-22', '09:00', '市财政局'), /本周任务/)).toHaveLength(1)
    await office('取消推送', '市财政局')
    expect(ofPushes(await at('2017-08-28', '09:00', '市财政局'), /本周任务/)).toHaveLength(1)
  })

  it('at another hour is a message of its own', async () => {
    await office('每周二10点推送本周到期清单', '市财政局')
    expect(ofPushes(await at('2017-08-22', '10:00', '市财政局'), /本周任务/)).toHaveLength(1)
  })

  it('waits while its room is muted, and comes afterwards', async () => {
    await office('每天14:00推送下周到期清单', '市财政局')
    town.on('2017-08-25', '13:30')
    await office('静音一小时', '市财政局')
    expect(await at('2017-08-25', '14:00', '市财政局')).toEqual([])
    const { t, q, office: own } = town.deps.store
    const [row] = await q
      .select()
      .from(t.outbox)
      .where(and(eq(t.outbox.office, own), like(t.outbox.id, 'sub:%')))
    expect(row?.dueAt.toISOString()).toMatch(/T06:30/)
  })

  it('asks whose room it is when it is sent: what is the office’s own is told to no unit', async () => {
    await office('每天14:00推送完成情况')
    await office('每天15:00推送逾期清单')
    await office('绑定本群 市财政局')
    expect(ofPushes(await at('2017-09-01', '14:00'), /完成情况/)).toEqual([])
    expect(ofPushes(await at('2017-09-01', '15:00'), /逾期/)).toEqual([expect.stringMatching(/^市财政局/)])
  })

  it('of the days to come tells of the period after the one for which it comes', async () => {
    await office('每周五16:00推送下周到期清单', '市财政局')
    expect(await at('2017-08-25', '16:00', '市财政局')).toEqual([expect.stringMatching(/8月28日至9月3日/)])
  })
})

describe('a room of several units', () => {
  const SHARED = '共用群'
  beforeEach(async () => {
    const { view } = await town.deps.cache(town.deps.store)
    const units = view.units.filter(({ kind }) => kind === 'unit').map(({ id }) => id)
    await register(
      town.deps,
      { rooms: [{ address: { platform: 'console', route: '*', kind: 'room', id: SHARED }, scope: 'all', units }] },
      { by: 'admin:test', via: 'test:shared', at: town.deps.now() },
    )
  })

  it('is not told who is late, unless the office has switched that on', async () => {
    ;(await office('每周五16:00推送逾期清单', SHARED)).hears('这里不能推送这一项', '不在共用群里公开')
    ;(await office('每周五16:00给工作群推送下周到期清单')).hears('推送已设好', '发到：全体工作群')
    const titles = await at('2017-08-25', '16:00', SHARED)
    expect(titles).toEqual([expect.stringMatching(/到期任务/)])
  })

  it('has one weekly list, its own in the place of the usual one', async () => {
    await office('每周三9点推送本周到期清单', SHARED)
    expect(ofPushes(await at('2017-08-21', '09:00', SHARED), /本周任务/)).toEqual([])
    expect(ofPushes(await at('2017-08-23', '09:00', SHARED), /本周任务/)).toHaveLength(1)
  })
})
