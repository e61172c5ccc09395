import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/flow/verify.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('claiming')

const town = async (day: string): Promise<Rooms> => {
  const opened = await openRooms(nextOffice())
  opened.on(day)
  return opened
}

const STATISTICS = 'liaison:市统计局'
const PRESS = 'liaison:市政府新闻办'

const facts = async ({ deps }: Rooms, kind: string) => {
  const { t, q, office } = deps.store
  const found = await q.select().from(t.facts).where(eq(t.facts.kind, kind))
  return found.filter((fact) => fact.office === office)
}

const statesOf = async (t: Rooms, who: string, task: string) =>
  (await t.as(who).says('任务清单')).rows.filter((row) => row.task === task).map((row) => row.state)

describe('认领', () => {
  it('by number makes the shared rounds one’s own, once', async () => {
    const t = await town('2017-07-14')
    ;(await t.as(STATISTICS).says('认领1-3')).hears(/已登记认领/, /认领：公开17-1-3/)
    expect(await statesOf(t, STATISTICS, '1-3')).toEqual(['open', 'open'])
    ;(await t.as(STATISTICS).says('认领1-3')).hears(/不用认领/, /已经是本单位的任务/)
    expect(await statesOf(t, PRESS, '1-3')).toEqual(['unclaimed', 'unclaimed'])
  })

  it('its own word may be changed as long as the office has not acted on it', async () => {
    const t = await town('2017-07-14')
    await t.as(STATISTICS).says('1-3不是我们的')
    ;(await t.as(STATISTICS).says('认领1-3')).hears(/认领：公开17-1-3/)
    expect(await statesOf(t, STATISTICS, '1-3')).toEqual(['open', 'open'])
  })

  it('takes what is its own, and refuses or tells the rest in one answer', async () => {
    const t = await town('2017-07-14')
    ;(await t.as(STATISTICS).says('认领1-3、4-1')).hears(/认领：公开17-1-3/, /不是本单位的任务/, /4-1/)
    expect(await facts(t, 'refused')).toHaveLength(1)
    ;(await t.as('liaison:市环保局').says('认领3-1')).hears(/不用认领/)
    ;(await t.as('liaison:市环保局').says('认领99')).hears(/没有这个编号/)
    ;(await t.as('liaison:市环保局').says('认领3-1、1-3，其余不涉及')).hears(/不用认领/, /1-3 的责任单位是/)
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })

  it('“其余不涉及” answers for the rest of the plan', async () => {
    const t = await town('2017-07-14')
    ;(await t.as(PRESS).says('其余都不涉及')).hears(/不涉及（待主管科室确认）：公开17-1-3/)
    expect((await facts(t, 'disclaimed')).length).toBe(2)
    ;(await t.as(PRESS).says('全部不涉及')).hears(/没有待认领的任务/)
  })

  it('the list of the window names what waits to be claimed in one line', async () => {
    const t = await town('2017-07-14')
    ;(await t.as(STATISTICS).says('我局还有哪些任务没完成')).hears(/待认领1项：公开17-1-3/)
    await t.as(STATISTICS).says('认领1-3')
    ;(await t.as(STATISTICS).says('我局还有哪些任务没完成')).misses(/待认领/)
  })
})

describe('不涉及', () => {
  it('before the claim day is written down; the office confirms it', async () => {
    const t = await town('2017-07-14')
    ;(await t.as(PRESS).says('1-3不是我们的')).hears(/已登记不涉及，待主管科室确认/)
    ;(await t.as(PRESS).says('1-3不是我们的')).hears(/已经报过不涉及/)
    t.on('2017-08-15')
    expect(await statesOf(t, PRESS, '1-3')).toEqual(['unclaimed', 'unclaimed'])
  })

  it('after the claim day it is asked of the office, once a task, and the duty stays', async () => {
    const t = await town('2017-08-15')
    expect(await statesOf(t, STATISTICS, '1-3')).toEqual(['open', 'open'])
    ;(await t.as(STATISTICS).says('1-3不是我们的，应由市政府新闻办负责')).hears(
      /答复前仍由本单位负责/,
      /建议改派：市政府新闻办/,
      /已报不涉及/,
    )
    const heard = await t.heard()
    expect(heard).toHaveLength(1)
    expect(heard.join()).toMatch(/市统计局报不涉及[\s\S]*1-3[\s\S]*建议改派：市政府新闻办/)
    expect(await statesOf(t, STATISTICS, '1-3')).toEqual(['open', 'open'])
    ;(await t.as(STATISTICS).says('1-3不是我们的')).hears(/已经报过不涉及/)
  })

  it('of a duty of its own goes the same way, however it is said', async () => {
    const t = await town('2017-07-14')
    ;(await t.as('liaison:市发改委').says('2-1不涉及我委')).hears(/答复前仍由本单位负责/)
    ;(await t.as('liaison:市教育局').says('不涉及4-1')).hears(/答复前仍由本单位负责/)
    expect(await facts(t, 'declined')).toHaveLength(2)
    expect(await facts(t, 'disclaimed')).toHaveLength(0)
  })

  it('of another unit’s, or of what is reported, is told', async () => {
    const t = await town('2017-08-15')
    ;(await t.as('liaison:市审计局').says('4-1不是我们的')).hears(/不是本单位的任务/)
    await t.as('liaison:市发改委').says('2-1已完成')
    ;(await t.as('liaison:市发改委').says('2-1不是我们的')).hears(/已经反馈/, /例：/)
    ;(await t.as('liaison:市发改委').says('99不是我们的')).hears(/没有这个编号/)
  })

  it('a declined duty may still be reported, and the question to the office is over', async () => {
    const t = await town('2017-08-15')
    await t.as('liaison:市发改委').says('2-1不是我们的')
    ;(await t.as('liaison:市发改委').says('2-1已完成')).hears(/已收到反馈/).misses(/已报不涉及/)
  })
})
