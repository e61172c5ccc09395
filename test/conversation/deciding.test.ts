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
  const opened = await openRooms(store.of(`deciding-${++offices}`), { plan: longPlan })
  opened.on(day)
  return opened
}

describe('中止、恢复、免予办理', () => {
  it('a waiver said in passing is confirmed: 是 waives what was shown, 否 changes nothing', async () => {
    const t = await town('2017-08-16')
    const office = t.as('office')
    ;(await office.says('市教育局4-1不用办了，网上已有')).hears(/要免予办理吗/, /4-1/)
    ;(await office.says('否')).hears(/4-1/).misses(/已免予办理/)
    ;(await office.says('市教育局4-1不用办了，网上已有')).hears(/要免予办理吗/)
    ;(await office.says('是')).hears(/已免予办理/, /理由：网上已有/)
  })

  it('the clock stops with a reason and goes on; the unit hears each once', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('中止 市环保局 3-1，监测设备检修')).hears(/已中止办理/, /理由：监测设备检修/).misses(/超\d+天/)
    expect(await t.heard('市环保局')).toEqual([expect.stringMatching(/已中止办理.*监测设备检修/s)])
    ;(await t.as('liaison:市环保局').says('3-1二季度的已公开')).misses(/已收到反馈/)
    ;(await office.says('中止 市环保局 3-1，监测设备检修')).hears(/不在办理中/, /已中止/)
    // The second quarter's day went by meanwhile: said, and how to give another.
    ;(await office.says('恢复3-1，检修结束')).hears(/已恢复办理/, /检修结束/, /3-1时限改为/)
    expect(await t.heard('市环保局')).toEqual([expect.stringMatching(/已恢复办理/)])
    ;(await office.says('恢复3-1')).hears(/没有中止/)
  })

  it('a suspension that was ended before it was told is not told', async () => {
    const t = await town()
    await t.as('office').says('中止 市发改委 2-1，等上级文件')
    await t.as('office').says('恢复 市发改委 2-1')
    expect(await t.heard('市发改委')).toEqual([expect.stringMatching(/已恢复办理/)])
  })

  it('what is no longer wanted ends with its reason, which is asked for', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('免予办理 市教育局 4-1')).hears(/请写明理由/)
    ;(await office.says('取消')).misses(/已免予办理/)
    ;(await office.says('免予办理 市教育局 4-1')).hears(/请写明理由/)
    ;(await office.says('招生工作并入全市统一发布')).hears(/已免予办理/, /理由：招生工作并入全市统一发布/)
    expect(await t.heard('市教育局')).toEqual([expect.stringMatching(/已免予办理，不再督办.*并入全市统一发布/s)])
    ;(await t.as('leader').says('4-1还差谁')).hears(/未报 2家：东河区政府、西山县政府/)
  })

  it('of several units asks which; all at once is a choice; a report that waits is checked first', async () => {
    const t = await town()
    await t.as('liaison:市教育局').says('4-1已公开')
    const office = t.as('office')
    ;(await office.says('中止4-1，等上级文件')).hears(/请说明是哪个单位/, /3\. 以上全部（2项）/).misses(/市教育局/)
    ;(await office.says('3')).hears(/已中止办理/, /东河区政府、西山县政府/, /等上级文件/)
    ;(await office.says('中止 市教育局 4-1，等上级文件')).hears(/待审核的请先审核/)
    ;(await office.says('中止 市财政局 4-1，等上级文件')).hears(/不由市财政局负责/, /责任单位是/)
  })

  it('is the office’s alone', async () => {
    const t = await town()
    expect(await t.presses('liaison:市教育局', { intent: 'waive', tasks: ['4-1'] })).toMatch(/没有这项权限/)
    expect(await t.presses('leader', { intent: 'suspend', tasks: ['4-1'] })).toMatch(/没有这项权限/)
  })

  it('without a number asks for it', async () => {
    const t = await town()
    expect(await t.presses('office', { intent: 'suspend', units: ['市发改委'] })).toMatch(/请写明任务编号/)
    ;(await t.as('office').says('2-1')).hears(/请写明理由/)
    ;(await t.as('office').says('等上级文件')).hears(/已中止办理/)
  })
})

describe('延期的答复', () => {
  const asked = async () => {
    const t = await town('2017-08-16')
    await t.as('liaison:市教育局').says('4-1申请延期到8月31日，理由：报名人数多')
    expect(await t.heard()).toEqual([expect.stringMatching(/延期申请：市教育局.*报名人数多/s)])
    return t
  }

  it('granted, the unit hears of it once and the light is red no more', async () => {
    const t = await asked()
    ;(await t.as('office').says('同意4-1延期')).hears(/已同意延期/, /8月31日到期/, /原定8月20日/)
    expect(await t.heard('市教育局')).toEqual([expect.stringMatching(/延期申请已同意.*8月31日到期/s)])
    t.on('2017-08-25')
    const { rows } = await t.as('office').says('4-1号任务是什么')
    expect(rows.find(({ unit }) => unit === '市教育局')?.light).not.toBe('red')
    expect(rows.find(({ unit }) => unit === '东河区政府')?.light).toBe('red')
  })

  it('to another day than was asked for, which is later than the old one', async () => {
    const t = await asked()
    ;(await t.as('office').says('同意4-1延期到8月18日')).hears(/日期不对/)
    ;(await t.as('office').says('同意4-1延期到8月25日')).hears(/8月25日到期/, /原定8月20日/)
  })

  it('refused, the old day stays and the reason is told', async () => {
    const t = await asked()
    ;(await t.as('office').says('不同意4-1延期，家长关注度高')).hears(/未同意延期/, /8月20日到期/)
    expect(await t.heard('市教育局')).toEqual([expect.stringMatching(/未同意.*家长关注度高/s)])
  })

  it('of several units is asked about, or granted to all', async () => {
    const t = await asked()
    await t.as('liaison:东河区政府').says('4-1申请延期到9月1日，理由：系统维护')
    const office = t.as('office')
    ;(await office.says('同意4-1延期')).hears(/请说明是哪个单位/, /3\. 以上全部（2项）/).misses(/西山县政府/)
    ;(await office.says('3')).hears(/已同意延期/, /原定8月20日/)
    expect(await t.heard('市教育局')).toEqual([expect.stringMatching(/8月31日到期/)])
    expect(await t.heard('东河区政府')).toEqual([expect.stringMatching(/9月1日到期/)])
    ;(await office.says('同意4-1延期')).hears(/没有待答复的延期申请/)
  })

  it('a button pressed again, after the unit has reported, grants nothing', async () => {
    const t = await asked()
    await t.as('liaison:市教育局').says('4-1已公开')
    const said = await t.presses('office', { intent: 'extension', tasks: ['4-1'], units: ['市教育局'], grant: true })
    expect(said).toMatch(/没有待答复的延期申请/)
  })

  it('left without an answer, it stays to be seen and the old day counts', async () => {
    const t = await asked()
    t.on('2017-08-22')
    const list = await t.as('office').says('延期申请有哪些')
    list.hears(/已申请延期到8月31日/)
    expect(list.rows.map(({ light }) => light)).toEqual(['red'])
  })
})

describe('维持与改派', () => {
  it('what a unit declined stays with it; the unit hears why', async () => {
    const t = await town()
    await t.as('liaison:西山县政府').says('4-1不是我们的，应由市教育局负责')
    expect(await t.heard()).toEqual([expect.stringMatching(/西山县政府报不涉及/)])
    expect(await t.presses('office', { intent: 'keep', tasks: ['4-1'] })).toMatch(/维持不变/)
    expect(await t.heard('西山县政府')).toEqual([expect.stringMatching(/仍由本单位负责/)])
    expect(await t.presses('office', { intent: 'keep', tasks: ['4-1'] })).toMatch(/没有单位报不涉及/)
    expect(await t.presses('office', { intent: 'keep' })).toMatch(/请写明任务编号/)
  })
})

describe('改派', () => {
  it('moves a unit’s share to another; both hear it once', async () => {
    const t = await town()
    ;(await t.as('office').says('2-1改派市住建局，职责调整')).hears(/已改派给市住建局/, /原责任单位：市发改委/)
    expect(await t.heard('市发改委')).toEqual([expect.stringMatching(/2-1 已改派给市住建局，本单位不再负责/)])
    expect(await t.heard('市住建局')).toEqual([expect.stringMatching(/有任务改派给本单位.*说明：职责调整/s)])
    ;(await t.as('liaison:市发改委').says('2-1已公开')).misses(/已收到反馈/)
    ;(await t.as('liaison:市住建局').says('2-1已公开')).hears(/已收到反馈/)
  })

  it('a class’s line is divided among the units that are named', async () => {
    const t = await town()
    ;(await t.as('office').says('6-1改派市财政局、市发改委')).hears(
      /已改派给市财政局、市发改委/,
      /原责任单位：各国有企业/,
    )
    for (const unit of ['市财政局', '市发改委']) {
      expect(await t.heard(unit)).toEqual([expect.stringMatching(/有任务改派给本单位.*6-1/s)])
      ;(await t.as(`liaison:${unit}`).says('6-1已公开')).hears(/已收到反馈/)
    }
    const { rows } = await t.as('office').says('6-1号任务是什么')
    expect(rows.map(({ unit, due }) => [unit, due]).sort()).toEqual([
      ['市发改委', '2017-09-30'],
      ['市财政局', '2017-09-30'],
    ])
  })

  it('of several units asks whose; all of them come together in one share', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('1-3改派市审计局')).hears(/请说明是哪个单位/, /5\. 以上全部（4项）/)
    ;(await office.says('5')).hears(/已改派给市审计局/)
    const { rows } = await office.says('1-3号任务是什么')
    expect(rows.filter(({ state }) => state !== 'waived').map(({ unit, round }) => [unit, round])).toEqual([
      ['市审计局', '2017-Q3'],
      ['市审计局', '2017-Q4'],
    ])
    expect((await verifyLedger(store.of(`deciding-${offices}`))).broken).toEqual([])
  })

  it('one of several is named before the word', async () => {
    const t = await town()
    ;(await t.as('office').says('1-3 市统计局的改派市审计局')).hears(/已改派给市审计局/, /原责任单位：市统计局/)
    const { rows } = await t.as('office').says('1-3号任务是什么')
    expect(new Set(rows.map(({ unit }) => unit))).toEqual(new Set(['市审计局', '市政府新闻办']))
  })

  it('asks to whom, and answers what was declined by a button', async () => {
    const t = await town()
    expect(await t.presses('office', { intent: 'reassign', tasks: ['2-1'] })).toMatch(/请写明改派给哪个单位/)
    ;(await t.as('office').says('市住建局')).hears(/已改派给市住建局/)
    await t.as('liaison:西山县政府').says('4-1不是我们的，应由市财政局负责')
    const said = await t.presses('office', {
      intent: 'reassign',
      tasks: ['4-1'],
      units: ['西山县政府'],
      to: '市财政局',
    })
    expect(said).toMatch(/已改派给市财政局/)
    expect(await t.heard('市财政局')).toEqual([expect.stringMatching(/有任务改派给本单位/)])
    ;(await t.as('office').says('2-1改派市住建局')).hears(/没有可以改派/)
  })
})
