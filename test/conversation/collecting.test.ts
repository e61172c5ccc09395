import { describe, expect, it } from 'vitest'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('collecting')

const town = async (day: string): Promise<Rooms> => {
  const opened = await openRooms(nextOffice())
  opened.on(day)
  return opened
}

const LEAD = 'liaison:市发改委'
const HOUSING = 'liaison:市住建局'
const TRAFFIC = 'liaison:市交通局'

describe('牵头单位收材料', () => {
  it('wakes the parts, by three workdays before the lead’s day where none is said, and tells the units', async () => {
    const t = await town('2017-07-20')
    ;(await t.as(HOUSING).says('我局有哪些到期任务')).misses(/2-1.*到期（/)
    ;(await t.as(LEAD).says('向配合单位收2-1材料')).hears(/已向2家配合单位收材料/, /8月22日到期/)
    ;(await t.as(HOUSING).says('任务清单')).hears(/2-1.*8月22日到期/)
    expect((await t.heard('市住建局')).join()).toMatch(/牵头单位向本单位收配合材料[\s\S]*2-1[\s\S]*8月22日到期/)
  })

  it('by the day that is said; what was collected is not collected twice', async () => {
    const t = await town('2017-07-20')
    ;(await t.as(LEAD).says('向配合单位收2-1材料，7月28日前')).hears(/7月28日到期/)
    await t.as(HOUSING).says('2-1已完成，材料已报送')
    ;(await t.as(LEAD).says('向配合单位收2-1材料')).hears(/都已经收过/, /还没有交的：市交通局/, /已经交的：市住建局/)
  })

  it('from one unit alone, the others sleep on', async () => {
    const t = await town('2017-07-20')
    ;(await t.as(LEAD).says('请市交通局提供2-1材料，周五前')).hears(/已向1家/)
    ;(await t.as(TRAFFIC).says('任务清单')).hears(/2-1.*7月21日到期/)
    ;(await t.as(HOUSING).says('任务清单')).hears(/2-1.*配合，待牵头单位收材料/)
  })

  it('a part that is late leaves the lead’s light alone', async () => {
    const t = await town('2017-07-20')
    await t.as(LEAD).says('向配合单位收2-1材料，7月28日前')
    t.on('2017-08-10')
    const light = async (who: string) =>
      (await t.as(who).says('任务清单')).rows.filter((row) => row.task === '2-1').map((row) => row.light)
    expect(await light(HOUSING)).toEqual(['red'])
    expect(await light(LEAD)).toEqual(['green'])
    ;(await t.as('leader').says('市发改委完成率多少')).hears(/逾期0项/)
  })

  it('the lead is told who is missing when it reports, and may not be closed before', async () => {
    const t = await town('2017-07-20')
    await t.as(LEAD).says('向配合单位收2-1材料')
    await t.as(TRAFFIC).says('2-1已报送')
    ;(await t.as(LEAD).says('2-1已完成')).hears(/已收到反馈/, /还没有交的配合单位：市住建局/)
    ;(await t.as('office').says('通过 市发改委 2-1')).hears(/材料还没有交齐/, /市住建局/)
  })

  it('a day in the past, a task without parts, a part’s own hand and a stranger’s are told', async () => {
    const t = await town('2017-07-20')
    ;(await t.as(LEAD).says('向配合单位收2-1材料，7月10日前')).hears(/日期已过/, /例：/)
    ;(await t.as('liaison:市财政局').says('向配合单位收1-2材料')).hears(/没有配合单位/)
    ;(await t.as(HOUSING).says('向配合单位收2-1材料')).hears(/由本单位牵头的部分不在办理中/)
    ;(await t.as('liaison:市财政局').says('向配合单位收2-1材料')).hears(/不是本单位的任务/)
    ;(await t.as(LEAD).says('向配合单位收99号材料')).hears(/没有这个编号/)
    ;(await t.as(LEAD).says('任务清单')).hears(/2-1/)
    expect((await t.heard('市住建局')).length).toBe(0)
  })

  it('of a lead’s duty that is closed nothing is collected', async () => {
    const t = await town('2017-07-20')
    await t.as(LEAD).says('2-1已完成')
    await t.as('office').says('通过 2-1')
    ;(await t.as(LEAD).says('向配合单位收2-1材料')).hears(/不在办理中/, /办结/)
  })
})
