import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/flow/verify.ts'
import { longPlan } from '../town/long-plan.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('event')

const town = async (day = '2017-08-22', plan = longPlan): Promise<Rooms> => {
  const opened = await openRooms(nextOffice(), { plan })
  opened.on(day)
  return opened
}
const whole = async (t: Rooms) => expect((await verifyLedger(t.deps.store)).broken).toEqual([])

describe('触发', () => {
  it('a single event starts the clock once; the unit hears the day', async () => {
    const t = await town()
    ;(await t.as('office').says('2-2 国家指导意见8月10日已印发')).hears(/开始计时/, /市发改委/, /10月9日到期/)
    expect(await t.heard('市发改委')).toEqual([expect.stringMatching(/开始计时.*10月9日到期/s)])
    ;(await t.as('office').says('2-2 国家指导意见8月11日已印发')).hears(/已经登记过/, /10月9日到期/)
    ;(await t.as('liaison:市发改委').says('2-2已公开')).hears(/已收到反馈/)
    expect(await t.heard('市发改委')).toEqual([])
    await whole(t)
  })

  it('the liaison of the unit may say so; another unit’s may not, and no day to come', async () => {
    const t = await town()
    ;(await t.as('liaison:市财政局').says('2-2触发，8月10日')).hears(/不是本单位的任务/)
    ;(await t.as('office').says('2-2 国家指导意见9月1日已印发')).hears(/日期还没有到/)
    ;(await t.as('office').says('4-1触发')).hears(/没有等待触发的事项/, /8月20日到期/)
    ;(await t.as('liaison:市发改委').says('2-2 国家指导意见8月10日已印发')).hears(/开始计时/)
  })

  it('a repeating event opens a round each time, by the hour where the clock is one of hours', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('5-2触发，8月20日15:30')).hears(/开始计时/, /8月21日15:30到期/)
    expect(await t.heard('市环保局')).toEqual([expect.stringMatching(/开始计时.*8月21日15:30到期/s)])
    ;(await office.says('5-2触发，8月20日15:30')).hears(/这一次已经登记过/)
    expect(await t.heard('市环保局')).toEqual([])
    ;(await office.says('5-2触发，8月21日下午4点半')).hears(/8月22日16:30到期/)
    ;(await office.says('5-2触发')).hears(/8月23日10:00到期/)
    const { rows } = await office.says('5-2号任务是什么')
    expect(rows.map(({ state }) => state)).toEqual(['open', 'open', 'open', 'waiting'])
    await whole(t)
  })

  it('a day by workdays of a year without a notice is provisional from the first', async () => {
    const plan = longPlan.replace('24小时内', '5个工作日内')
    const t = await town('2017-08-22', plan)
    t.on('2031-12-29')
    ;(await t.as('office').says('5-2触发')).hears(/开始计时/, /2032年1月\d+日到期（.*）（暂定）/)
  })

  it('of several units starts each one’s clock, or that of the unit that is named', async () => {
    const t = await town()
    const office = t.as('office')
    const said = await office.says('5-3市审计局触发，8月12日')
    said.hears(/市审计局/, /9月1日到期/).misses(/市教育局/)
    expect(await t.heard('市教育局')).toEqual([])
    ;(await office.says('5-3触发，8月12日')).hears(/市教育局/, /市审计局 这一次已经登记过/)
    expect(await t.heard('市教育局')).toHaveLength(1)
    ;(await t.as('liaison:市审计局').says('5-3触发，8月20日')).hears(/9月9日到期/)
  })

  it('of two events of one task the words tell which, else it is asked', async () => {
    const plan = longPlan.replace(
      '国家指导意见印发后60日内出台本市实施细则',
      '国家指导意见印发后60日内出台实施细则，省实施方案印发后30日内公布任务分工',
    )
    const t = await town('2017-08-22', plan)
    const office = t.as('office')
    ;(await office.says('2-2触发，8月10日')).hears(/哪一件事/, /1\. /, /2\. /)
    ;(await office.says('1')).hears(/开始计时/)
    const other = await town('2017-08-22', plan)
    ;(await other.as('office').says('2-2 省实施方案8月10日已印发')).hears(/9月9日到期/).misses(/10月9日/)
  })

  it('without a number asks for it', async () => {
    const t = await town()
    expect(await t.presses('office', { intent: 'event', on: '2017-08-10' })).toMatch(/请写明任务编号/)
    ;(await t.as('office').says('2-2')).hears(/开始计时/, /10月9日到期/)
  })

  it('said by two at once is one', async () => {
    const t = await town()
    const said = await Promise.all([
      t.as('office').says('5-2触发，8月20日15:30'),
      t.as('liaison:市环保局').says('5-2触发，8月20日15:30'),
    ])
    expect(said.map(({ text }) => /已经登记过/.test(text)).sort()).toEqual([false, true])
    expect(await t.heard('市环保局')).toHaveLength(1)
    await whole(t)
  })
})
