import { describe, expect, it } from 'vitest'
import { followingOf, followPlan, releasePlan } from '../../src/flow/import.ts'
import { bringNext, longerPlan, planOf, stampOf } from '../contract/yearend.ts'
import { closeWhole } from '../town/closing.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms } from '../town/rooms.ts'

const office = officesOf('yearend-said')

/** Two years of one matter: 公开17 with something done and something late, and 公开18 that follows it. */
const twoYears = async () => {
  const town = await openRooms(office(), { plan: longerPlan })
  town.on('2017-08-15')
  await town.as('liaison:市财政局').says('1-2 7月的已公开 http://czj.example.gov.cn/1')
  await town.as('office').says('通过 1-2')
  town.on('2017-10-15')
  await town.as('liaison:市财政局').says('1-2 8月的已公开 http://czj.example.gov.cn/2')
  await town.as('office').says('通过 1-2')
  town.on('2018-03-05')
  const { plan } = await bringNext(town)
  const { old, pairs } = await followingOf(town.deps, plan)
  const named = pairs.flatMap((one) => (one.old ? [[one.number, one.old.number] as const] : []))
  await followPlan(town.deps, plan, old?.row.id ?? '', named, stampOf(town))
  await releasePlan(town.deps, plan, stampOf(town))
  return town
}

describe('two plans at once', () => {
  it('a bare number means the plan of the room, else the only one in which the unit has it, else it is asked', async () => {
    const town = await twoYears()
    const [liaison, audit] = ['liaison:市财政局', 'liaison:市审计局']
    // 1-1 of 2018 is the audit office's alone; of 2017 the treasury has a share.
    ;(await town.as(audit).says('1-1是什么')).hears(/公开18-1-1/)
    ;(await town.as(liaison).says('1-1是什么')).hears(/公开17-1-1/)
    ;(await town.as('leader').says('1-1是什么')).hears(/有几份方案都有这个编号/, /公开17-1-1/, /公开18-1-1/)
    ;(await town.as('leader').says('2')).hears(/公开18-1-1/)
    ;(await town.as(liaison, '市财政局').says('公开18-2-2是什么')).hears(/公开18-2-2/)
    // Said by the office in the room, it holds for everybody there.
    ;(await town.as(liaison, '市财政局').says('本群用公开18')).hears(/只有主管科室/)
    ;(await town.as('office', '市财政局').says('本群用公开18')).hears(/本群用公开18/, /公开17-1/)
    ;(await town.as('leader', '市财政局').says('1-1是什么')).hears(/公开18-1-1/)
    ;(await town.as('leader', '市财政局').says('公开17-1-1是什么')).hears(/公开17-1-1/)
    ;(await town.as('leader').says('1-1是什么')).hears(/有几份方案都有/)
    ;(await town.as('office').says('本群用公开18')).hears(/请先绑定本群/)
    ;(await town.as('office', '市财政局').says('取消本群的默认方案')).hears(/不再指定方案/)
    ;(await town.as('leader', '市财政局').says('公开17-1-1是什么')).hears(/公开17-1-1/)
  })
})

describe('a year that has ended', () => {
  it('is told by its code and its year, and old numbers say where it went on', async () => {
    const town = await twoYears()
    ;(await town.as('office').says('公开18-2-2是什么')).hears(/去年[:： ]*公开17-1-2，按时1次、逾期1次/)
    const done = await closeWhole(town.deps, await planOf(town, '公开17'))
    const trained = done.carried.find(({ unit }) => unit === '市政府新闻办')
    expect(trained?.from).toMatch(/^公开17-/)
    // Carried over: the old number finds the new task; the rest tells how it ended.
    ;(await town.as('office').says(`${trained?.from}是什么`)).hears(new RegExp(trained?.to ?? '—'), /结转/)
    ;(await town.as('liaison:市发改委').says('公开17-2-1是什么')).hears(
      /已随方案办结/,
      /未完成归档/,
      /下一年对应.*公开18-3-1/,
    )
    ;(await town.as('liaison:市发改委').says('公开17-2-1已完成')).hears(/已随方案办结/)
    ;(await town.as('liaison:市教育局').says('公开17-2-1是什么')).misses(/重大项目/)
    // Figures: a plan by its name, a year by its number; of today's work the old plan is no part.
    ;(await town.as('office').says('公开17完成情况怎么样')).hears(/公开17已办结/, /未完成、已归档/, /已办结2/)
    ;(await town.as('leader').says('去年市财政局完成情况')).hears(/市财政局 2017年/, /按时1，逾期办结1/)
    ;(await town.as('leader').says('逾期任务有哪些')).misses(/公开17/)
  })
})
