import { describe, expect, it } from 'vitest'
import { townRoster } from '../town/plan.ts'
import { openTown } from '../town/town.ts'
import type { Office } from './store.ts'

/** What leaders ask is counted, searched and put together alike by all stores. */
export const leaders = (office: Office): void => {
  describe('answers for leaders', () => {
    it('counts, words and history are the same on every store', async () => {
      const town = await openTown(office(), { roster: townRoster })
      town.on('2017-08-15')
      await town.as('liaison:市财政局').says('1-2 6月的已公开')
      await town.as('office').says('通过 1-2')
      const leader = town.as('leader')
      ;(await leader.says('市财政局完成率多少')).hears(/50\.0%（已办结1 ÷ 应完成2）/, /按时0，逾期办结1/, /逾期1项/)
      ;(await leader.says('公开17完成率多少')).hears(/公开17 完成情况/, /持续推进\d+项、等待触发\d+项/)
      ;(await leader.says('各单位排名')).hears(/1\. 市财政局 +50\.0%/)
      ;(await leader.says('实施方案还有哪些单位没报')).hears(/R-\d+/, /未报 \d+家/)
      ;(await leader.says('7月还有什么没完成')).hears(/同期已办结1项/)
      ;(await leader.says('1-2是什么')).hears(/审核通过/, /6月 · 8月15日办结/)
      expect((await leader.says('100%还有哪些单位没报')).text).toMatch(/没有这样的任务|在办任务|没有听懂/)
    })
  })
}
