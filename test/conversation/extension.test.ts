import { describe, it } from 'vitest'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'

const nextOffice = officesOf('extension')

const town = async (day: string): Promise<Town> => {
  const opened = await openTown(nextOffice())
  opened.on(day)
  return opened
}

describe('an extension', () => {
  it('is asked by the unit, granted by the office, and the old day stays to be seen', async () => {
    const t = await town('2017-08-16')
    const unit = t.as('liaison:市教育局')
    ;(await unit.says('4-1申请延期到8月31日，理由：报名人数多')).hears(/待主管科室答复/, /8月31日/, /报名人数多/)
    ;(await t.as('office').says('同意4-1延期')).hears(/已同意延期/, /8月31日到期/, /原定8月20日/)
    ;(await unit.says('本月有哪些到期任务')).hears(/4-1/, /8月31日到期/, /原定8月20日/)
  })

  it('without a reason says that none was given, not the day once more', async () => {
    const t = await town('2017-08-16')
    ;(await t.as('liaison:市教育局').says('4-1 8月申请延期到8月31日')).hears(/没有“8月”这一期|未写明/)
    ;(await t.as('liaison:市教育局').says('4-1 申请延期到8月31日')).hears(/待主管科室答复/, /理由：未写明/)
  })

  it('asked after the day is marked so', async () => {
    const t = await town('2017-08-22')
    ;(await t.as('liaison:市教育局').says('4-1申请延期到9月8日')).hears(/逾期后申请/)
    ;(await t.as('office').says('不同意4-1延期，请尽快公开')).hears(/未同意/)
    ;(await t.as('office').says('同意4-1延期')).hears(/没有待答复的延期申请/)
  })

  it('to a day that is no later than the old one is refused with an example', async () => {
    const t = await town('2017-08-16')
    ;(await t.as('liaison:市教育局').says('4-1申请延期到8月18日')).hears(/日期不对/, /原定8月20日/)
  })

  it('lacks its day, then its number: a few words give what is asked for', async () => {
    const t = await town('2017-08-16')
    const unit = t.as('liaison:市教育局')
    ;(await unit.says('4-1申请延期')).hears(/延到什么时候/)
    ;(await unit.says('延到8月31日')).hears(/待主管科室答复/, /8月31日/, /理由：未写明/)
    const other = t.as('liaison:东河区政府')
    ;(await other.says('申请延期到8月31日')).hears(/请写明任务编号/)
    ;(await other.says('4-1')).hears(/待主管科室答复/, /8月31日/)
  })

  it('a new message ends the question, and ten minutes do', async () => {
    const t = await town('2017-08-16')
    const unit = t.as('liaison:市教育局')
    await unit.says('4-1申请延期')
    await unit.says('本月有哪些到期任务')
    ;(await unit.says('8月31日')).misses(/待主管科室答复/)
    await unit.says('4-1申请延期')
    t.on('2017-08-16', '10:11')
    ;(await unit.says('8月31日')).misses(/待主管科室答复/)
  })

  it('is for the round that the words name; of several that have ended it is asked', async () => {
    const t = await town('2017-10-10')
    const unit = t.as('liaison:市财政局')
    ;(await unit.says('1-2 8月的申请延期到10月20日')).hears(/8月 · .*已申请延期到10月20日/, /逾期后申请/)
    ;(await unit.says('1-2申请延期到10月25日，因系统升级')).hears(/请说明是哪一期/, /1\. .*6月/)
    ;(await unit.says('1')).hears(/6月 · .*已申请延期到10月25日/, /因系统升级/)
    ;(await unit.says('1-2 3月的申请延期到10月20日')).hears(/没有“3月”这一期/)
  })

  it('with a day that is no later one asks for another, and a second request takes the first one’s place', async () => {
    const t = await town('2017-08-16')
    const unit = t.as('liaison:市教育局')
    ;(await unit.says('4-1申请延期到8月18日')).hears(/重新回复日期/)
    ;(await unit.says('8月31日')).hears(/待主管科室答复/, /8月31日/)
    ;(await unit.says('4-1申请延期到9月5日')).hears(/已申请延期到9月5日/)
    ;(await t.as('office').says('同意4-1延期')).hears(/9月5日到期/)
  })

  it('of what is done, stands or does not exist is told', async () => {
    const t = await town('2017-08-16')
    await t.as('liaison:市发改委').says('2-1已完成')
    ;(await t.as('liaison:市发改委').says('2-1申请延期到9月30日')).hears(/现在不在办理期内/, /待审核/)
    ;(await t.as('liaison:市发改委').says('1-1申请延期到9月30日')).hears(/没有到期日/)
    ;(await t.as('liaison:市发改委').says('99申请延期到9月30日')).hears(/没有这个编号/)
  })

  it('of two tasks, one of them another unit’s, is asked for the own one', async () => {
    const t = await town('2017-08-16')
    ;(await t.as('liaison:市教育局').says('4-1、2-1申请延期到8月31日')).hears(/待主管科室答复/, /不是本单位的任务/)
  })

  it('of another unit’s task is refused', async () => {
    const t = await town('2017-08-16')
    ;(await t.as('liaison:市财政局').says('4-1申请延期到8月31日')).hears(/不是本单位的任务/)
  })
})
