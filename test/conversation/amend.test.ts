import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/flow/verify.ts'
import { longPlan } from '../town/long-plan.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('amend')

const town = async (day = '2017-08-15'): Promise<Rooms> => {
  const opened = await openRooms(nextOffice(), { plan: longPlan })
  opened.on(day)
  return opened
}
const whole = async (t: Rooms) => expect((await verifyLedger(t.deps.store)).broken).toEqual([])

describe('更正', () => {
  it('a day, with its reason; the unit hears old and new, once', async () => {
    const t = await town()
    ;(await t.as('office').says('2-1时限改为9月30日，因上级文件调整')).hears(
      /已更正时限/,
      /原时限：8月25日/,
      /9月30日到期/,
    )
    expect(await t.heard('市发改委')).toEqual([
      expect.stringMatching(/任务时限已更正.*原时限：8月25日.*现时限：9月30日.*理由：上级文件调整/s),
    ])
    expect(await t.heard('市住建局')).toEqual([])
    t.on('2017-09-01')
    const { rows } = await t.as('office').says('2-1号任务是什么')
    expect(rows.find(({ unit }) => unit === '市发改委')?.light).toBe('green')
    await whole(t)
  })

  it('asks for the reason, and for the round where there are several', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('2-1时限改为9月30日')).hears(/请写明理由/)
    ;(await office.says('上级文件调整')).hears(/已更正时限/, /理由：上级文件调整/)
    ;(await office.says('1-2时限改为9月10日，因系统升级')).hears(/请说明是哪一期/)
    ;(await office.says('2')).hears(/已更正时限/, /7月 · 9月10日到期/)
    ;(await office.says('1-2 8月的时限改为10月10日，因系统升级')).hears(/已更正时限/, /8月 · 10月10日到期/)
    ;(await office.says('4-1时限改为8月1日，因更正')).hears(/日期已过/)
  })

  it('of several units moves them all; each hears it', async () => {
    const t = await town()
    ;(await t.as('office').says('4-1时限由8月20日改为8月31日，因招生延后')).hears(/市教育局/, /8月31日到期/)
    for (const unit of ['市教育局', '东河区政府', '西山县政府']) expect(await t.heard(unit)).toHaveLength(1)
  })

  it('what is internal: no chat is told its words until it is no longer so', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await t.as('liaison:市发改委').says('2-1设为内部')).hears(/没有听懂/)
    ;(await office.says('2-1设为内部')).hears(/公开17-2-1 已设为内部/)
    const told = await t.as('liaison:市发改委').says('2-1号任务是什么')
    told.hears(/到办公室领取/)
    expect(told.text).not.toContain('重大项目专栏')
    ;(await office.says('2-1不再是内部')).hears(/已不再是内部/)
    ;(await t.as('liaison:市发改委').says('2-1号任务是什么')).hears(/重大项目专栏/)
    await whole(t)
  })

  it('the wording, as a fact that keeps the old one', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('2-1内容改为：在门户网站和政务新媒体开设重大项目专栏，因原文漏字')).hears(
      /已更正/,
      /原文：2017年8月25日前，在门户网站开设重大项目专栏/,
      /现文：在门户网站和政务新媒体开设重大项目专栏\n/,
      /理由：原文漏字/,
    )
    expect(await t.heard('市发改委')).toHaveLength(1)
    expect(await t.heard('市住建局')).toEqual([])
    ;(await office.says('2-1号任务是什么')).hears(/政务新媒体/)
    ;(await office.says('3-1内容改为：每季度公开饮用水水源和出厂水水质监测结果')).hears(/请写明理由/)
    ;(await office.says('原文漏字')).hears(/已更正/, /出厂水水质监测结果\n/, /理由：原文漏字/)
    await whole(t)
  })

  it('the units: one in the place of another, one more, one less', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('4-1责任单位市教育局改为市审计局，因印发有误')).hears(
      /已改派给市审计局/,
      /原责任单位：市教育局/,
    )
    expect(await t.heard('市审计局')).toHaveLength(1)
    ;(await office.says('2-1增加配合单位市环保局，因涉及环评')).hears(/已增加配合单位/, /市环保局/)
    expect(await t.heard('市环保局')).toEqual([expect.stringMatching(/本单位增列为配合单位：.*2-1.*理由：涉及环评/s)])
    ;(await t.as('liaison:市发改委').says('向配合单位收2-1材料')).hears(/3家/, /市环保局/)
    ;(await office.says('2-1去掉配合单位市交通局，因不涉及')).hears(/已去掉责任单位/)
    expect((await t.heard('市交通局')).join()).toMatch(/不再承担这项任务/)
    ;(await office.says('2-1去掉责任单位市发改委，因不涉及')).hears(/去掉以后没有责任单位/)
    ;(await office.says('1-2增加牵头单位市统计局，因口径需要')).hears(/已增加责任单位/)
    const { rows } = await office.says('1-2号任务是什么')
    // The round that is overdue already was never the new unit's.
    expect(rows.filter(({ unit }) => unit === '市统计局').map(({ round }) => round)[0]).toBe('2017-07')
    await whole(t)
  })

  it('the proofs: each is ticked on its own before the office can close', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('4-1佐证要求改为：正式文件、网页截图')).hears(/办结时需要的佐证：正式文件、网页截图/)
    expect(await t.heard('市教育局')).toHaveLength(1)
    await t.as('liaison:市教育局').says('4-1已公开')
    ;(await office.says('通过 市教育局 4-1')).hears(/佐证还没有交齐/, /正式文件、网页截图/)
    const tick = (proof: string) => ({ intent: 'tick' as const, tasks: ['4-1'], units: ['市教育局'], proof })
    await t.presses('office', tick('正式文件'))
    ;(await office.says('通过 市教育局 4-1')).hears(/还差：网页截图/)
    await t.presses('office', tick('网页截图'))
    ;(await office.says('通过 市教育局 4-1')).hears(/审核通过/, /办结/)
    await whole(t)
  })

  it('lacks its number or what is to change; is the office’s alone', async () => {
    const t = await town()
    expect(await t.presses('office', { intent: 'amend' })).toMatch(/请写明任务编号/)
    ;(await t.as('office').says('更正4-1')).hears(/请写明改成什么/)
    expect(await t.presses('liaison:市教育局', { intent: 'amend', tasks: ['4-1'] })).toMatch(/没有这项权限/)
  })

  it('of two leads that are struck off at once one stays', async () => {
    const t = await town()
    const said = await Promise.all([
      t.as('office').says('4-1去掉责任单位市教育局、东河区政府，因不涉及'),
      t.as('office').says('4-1去掉责任单位西山县政府，因不涉及'),
    ])
    expect(said.filter(({ text }) => /^已去掉责任单位/.test(text))).toHaveLength(1)
    expect(said.filter(({ text }) => /^去掉以后没有责任单位/.test(text))).toHaveLength(1)
    await whole(t)
  })
})
