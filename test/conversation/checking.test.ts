import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { longPlan } from '../town/long-plan.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

let store: Store
let offices = 0
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterAll(() => store.close())

const town = async (day = '2017-08-15'): Promise<Rooms> => {
  const opened = await openRooms(store.of(`checking-${++offices}`), { plan: longPlan })
  opened.on(day)
  return opened
}

describe('通过', () => {
  it('closes the duty; who reported hears it once, where it was reported', async () => {
    const t = await town()
    await t.as('liaison:市教育局', '市教育局').says('4-1已公开 http://jyj.example.gov.cn/1')
    ;(await t.as('office').says('通过 4-1')).hears(/审核通过/, /市教育局/, /8月15日办结/)
    const heard = await t.heard('市教育局')
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatch(/反馈已审核通过/)
    ;(await t.as('office').says('通过 4-1')).hears(/没有待审核的反馈/, /办结/)
    expect(await t.heard('市教育局')).toEqual([])
  })

  it('of several units asks which; one that is named is taken', async () => {
    const t = await town()
    for (const unit of ['市教育局', '东河区政府']) await t.as(`liaison:${unit}`).says('4-1已公开')
    ;(await t.as('office').says('通过 4-1')).hears(/有2份反馈待审核/, /3\. 以上全部/)
    ;(await t.as('office').says('通过 东河区政府 4-1')).hears(/审核通过/, /东河区政府/).misses(/市教育局/)
    ;(await t.as('office').says('通过 西山县政府 4-1')).hears(/没有西山县政府报送的反馈/)
    ;(await t.as('office').says('通过 99')).hears(/没有这个编号/)
    ;(await t.as('liaison:市教育局').says('通过4-1')).hears(/没有这项权限/)
    ;(await t.as('leader').says('通过4-1')).hears(/没有这项权限/)
  })

  it('counts where several reports are wanted, and closes with the last', async () => {
    const t = await town()
    for (const [count, now] of [
      ['1/3', /12月31日到期/],
      ['2/3', /12月31日到期/],
      ['3/3', /办结/],
    ] as const) {
      await t.as('liaison:市统计局').says('5-1已召开')
      ;(await t.as('office').says('通过 5-1')).hears(/审核通过/, new RegExp(count), now)
    }
    ;(await t.as('liaison:市统计局').says('5-1已召开')).hears(/现在不需要反馈/)
  })

  it('closes what has no end only where it is called 销号', async () => {
    const t = await town()
    await t.as('liaison:市环保局', '市环保局').says('3-2已公开 http://hbj.example.gov.cn/1')
    ;(await t.as('office').says('通过 3-2')).hears(/没有待审核的反馈/, /请回复：销号 市环保局 3-2/)
    ;(await t.as('office').says('销号 市环保局 3-2')).hears(/审核通过/, /办结/)
    expect(await t.heard('市环保局')).toHaveLength(1)
  })

  it('waits for the parts that were collected, until each is in or waived with a reason', async () => {
    const t = await town()
    await t.as('liaison:市发改委').says('向配合单位收2-1材料，8月21日前')
    expect(await t.heard('市住建局')).toHaveLength(1)
    await t.as('liaison:市发改委').says('2-1已公开 http://fgw.example.gov.cn/1')
    const office = t.as('office')
    ;(await office.says('通过 2-1')).hears(/配合单位的材料还没有交齐/, /市交通局、市住建局/)
    await t.as('liaison:市住建局').says('2-1已完成')
    ;(await office.says('通过 市住建局 2-1')).hears(/市住建局/, /办结/)
    ;(await office.says('通过 2-1')).hears(/还差：市交通局/)
    ;(await office.says('免予办理 市交通局 2-1')).hears(/请写明理由/)
    ;(await office.says('材料已由牵头单位代拟')).hears(/已免予办理/, /理由：材料已由牵头单位代拟/)
    ;(await office.says('通过 2-1')).hears(/审核通过/, /市发改委/, /办结/)
    expect((await verifyLedger(store.of(`checking-${offices}`))).broken).toEqual([])
  })

  it('is blocked by no part that nobody asked for: that ends with the lead’s duty', async () => {
    const t = await town()
    await t.as('liaison:市发改委').says('2-1已公开')
    ;(await t.as('office').says('通过 2-1')).hears(/审核通过/)
    const { rows } = await t.as('office').says('2-1号任务是什么')
    expect(rows.map(({ unit, state }) => [unit, state]).sort()).toEqual([
      ['市交通局', 'waived'],
      ['市住建局', 'waived'],
      ['市发改委', 'done'],
    ])
    expect(await t.heard('市住建局')).toEqual([])
  })
})

describe('two at once', () => {
  it('a report that is approved and taken back is one of the two', async () => {
    const t = await town()
    await t.as('liaison:市教育局').says('4-1已公开')
    const [approved, withdrawn] = await Promise.all([
      t.as('office').says('通过 4-1'),
      t.as('liaison:市教育局').says('撤回4-1'),
    ])
    expect([/^审核通过/.test(approved.text), /^已撤回/.test(withdrawn.text)].filter(Boolean)).toHaveLength(1)
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })
})

describe('a unit that joins while the lead’s duty is approved', () => {
  it('is in before, and ends with it, or is not taken in', async () => {
    const t = await town()
    await t.as('liaison:市发改委').says('2-1已公开')
    await Promise.all([t.as('office').says('通过 2-1'), t.as('office').says('2-1增加配合单位市审计局，因职责调整')])
    const { rows } = await t.as('office').says('2-1号任务是什么')
    const lead = rows.find(({ unit }) => unit === '市发改委')
    expect(lead?.state).toBe('done')
    expect(rows.filter(({ state }) => state === 'asleep')).toEqual([])
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })
})

describe('退回', () => {
  it('sets a new day of three workdays and is heard where the report was made', async () => {
    const t = await town()
    await t.as('liaison:市教育局', '工作群').says('4-1已公开')
    ;(await t.as('office').says('退回 4-1，链接打不开')).hears(/已退回/, /8月18日到期/, /原因：链接打不开/)
    expect(await t.heard('市教育局')).toEqual([])
    const [heard, ...more] = await t.heard('工作群')
    expect(heard).toMatch(/反馈已退回，请补正后重报/)
    expect(heard).toMatch(/市教育局 · 已退回，8月18日到期/)
    expect(more).toEqual([])
    ;(await t.as('office').says('退回 4-1，链接打不开')).hears(/没有待审核的反馈/)
  })

  it('takes the day that the office names, not one that is past', async () => {
    const t = await town()
    await t.as('liaison:市教育局').says('4-1已公开')
    ;(await t.as('office').says('退回 4-1，8月1日前重报')).hears(/日期已过/)
    ;(await t.as('office').says('退回 4-1，照片不清，8月30日前重报')).hears(/8月30日到期/, /原因：照片不清/)
  })

  it('asks for the reason, and takes no “好的” for one', async () => {
    const t = await town('2017-08-22')
    await t.as('liaison:市教育局').says('4-1已公开')
    const office = t.as('office')
    ;(await office.says('退回 4-1')).hears(/请写明原因/)
    ;(await office.says('链接打不开，8月30日前重报')).hears(/已退回/, /8月30日到期/, /原因：链接打不开/)
    await t.as('liaison:市教育局').says('4-1已公开')
    await office.says('退回 4-1')
    ;(await office.says('好的')).misses(/已退回/)
    ;(await office.says('待审核的反馈')).hears(/4-1/)
  })

  it('of several asks which, then why', async () => {
    const t = await town()
    for (const unit of ['市教育局', '东河区政府']) await t.as(`liaison:${unit}`, unit).says('4-1已公开')
    const office = t.as('office')
    ;(await office.says('退回4-1')).hears(/有2份反馈待审核/, /例：退回 /)
    ;(await office.says('3')).hears(/请写明原因/)
    ;(await office.says('缺少审核表')).hears(/已退回/, /原因：缺少审核表/)
    for (const unit of ['市教育局', '东河区政府'])
      expect(await t.heard(unit)).toEqual([expect.stringMatching(/反馈已退回.*缺少审核表/s)])
  })

  it('of what came by phone is heard in the unit’s room', async () => {
    const t = await town()
    ;(await t.as('office').says('教育局电话报：4-1已公开')).hears(/已收到反馈/, /市教育局/)
    await t.as('office').says('退回 4-1，链接打不开')
    expect((await t.heard('市教育局')).join()).toMatch(/反馈已退回/)
  })

  it('is not told any more where the unit has reported again before it was sent', async () => {
    const t = await town()
    const unit = t.as('liaison:市教育局', '市教育局')
    await unit.says('4-1已公开')
    await t.as('office').says('退回 4-1，链接打不开')
    await unit.says('4-1已公开 http://jyj.example.gov.cn/2')
    expect(await t.heard('市教育局')).toEqual([])
  })
})
