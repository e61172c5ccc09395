import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/flow/verify.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('assign')

const town = async (day = '2017-08-15'): Promise<Rooms> => {
  const opened = await openRooms(nextOffice())
  opened.on(day)
  return opened
}
const whole = async (t: Rooms) => expect((await verifyLedger(t.deps.store)).broken).toEqual([])

describe('新增任务', () => {
  it('gets a code of the year’s own; its unit hears it once, and it lives like any task', async () => {
    const t = await town()
    ;(await t.as('office').says('新增：市财政局9月15日前报送预算公开整改情况，来源：8月10日常务会')).hears(
      /已立项：交办17-1/,
      /^9月15日前报送预算公开整改情况$/m,
      /责任单位：市财政局/,
      /完成时限：9月15日/,
      /来源：8月10日常务会/,
    )
    expect(await t.heard('市财政局')).toEqual([expect.stringMatching(/新交办任务：交办17-1.*来源：8月10日常务会/s)])
    const unit = t.as('liaison:市财政局')
    ;(await unit.says('签收 交办17-1')).hears(/已签收/)
    ;(await unit.says('9月有哪些到期任务')).hears(/交办17-1/)
    t.on('2017-09-18')
    ;(await t.as('leader').says('财政局有哪些逾期的')).hears(/交办17-1/)
    ;(await unit.says('交办17-1已完成 http://czj.example.gov.cn/9')).hears(/已收到反馈/)
    ;(await t.as('office').says('通过 交办17-1')).hears(/办结/)
    ;(await t.as('office').says('交办17-1号任务是什么')).hears(/牵头：市财政局/, /出处：8月10日常务会/, /审核通过/)
    await whole(t)
  })

  it('numbers go on; several units, a rhythm, a 配合 unit and proofs are read', async () => {
    const t = await town()
    const office = t.as('office')
    await office.says('新增任务：市审计局8月31日前报送自查报告，来源：市长批示')
    ;(await office.says('新增任务：市教育局、市环保局每月5日前报送整改进度，来源：8月10日常务会')).hears(
      /已立项：交办17-2/,
      /责任单位：市教育局、市环保局/,
      /首次9月5日/,
    )
    const said = await office.says(
      '新增任务：市财政局牵头，市审计局配合，9月20日前公开专项资金清单，佐证：正式文件、网页截图',
    )
    said.hears(/交办17-3/, /责任单位：市财政局/, /配合单位：市审计局/, /需要的佐证：正式文件、网页截图/)
    expect(said.rows.map(({ unit, state }) => [unit, state])).toEqual([
      ['市财政局', 'open'],
      ['市审计局', 'asleep'],
    ])
    await t.as('liaison:市财政局').says('交办17-3已公开')
    ;(await office.says('通过 交办17-3')).hears(/佐证还没有交齐/, /正式文件、网页截图/)
    await whole(t)
  })

  it('a class is its members', async () => {
    const t = await town()
    ;(await t.as('office').says('新增任务：各县区政府8月31日前报送整改情况，来源：市长批示')).hears(
      /东河区政府、西山县政府/,
    )
    expect(await t.heard('东河区政府')).toHaveLength(1)
  })

  it('who receives it is not who owes it', async () => {
    const t = await town()
    const said = await t.as('office').says('新增任务：市财政局9月15日前向市审计局报送材料')
    said.hears(/责任单位：市财政局\n/)
    expect(said.rows).toHaveLength(1)
  })

  it('asks for the unit, then for the day; the answers are no part of the task', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('新增任务：9月15日前报送预算公开整改情况')).hears(/请写明责任单位/)
    ;(await office.says('市审计局')).hears(/交办17-1/, /^9月15日前报送预算公开整改情况$/m, /责任单位：市审计局/)
    ;(await office.says('新增任务：市审计局报送预算公开整改情况')).hears(/请写明完成时限/)
    ;(await office.says('9月20日前')).hears(/交办17-2/, /完成时限：9月20日/)
    ;(await t.as('office').says('交办17-2号任务是什么')).hears(/报送预算公开整改情况/, /市审计局 · 9月20日到期/)
    ;(await office.says('新增任务：市审计局8月1日前报送预算公开整改情况')).hears(/日期已过/)
  })

  it('is the office’s alone', async () => {
    const t = await town()
    for (const who of ['liaison:市财政局', 'leader'])
      expect(await t.presses(who, { intent: 'assign', units: ['市财政局'] })).toMatch(/没有这项权限/)
  })

  it('two clerks at once get two numbers', async () => {
    const t = await town()
    const said = await Promise.all(
      ['市财政局', '市审计局', '市环保局'].map((unit) =>
        t.as('office').says(`新增任务：${unit}9月15日前报送整改情况，来源：8月10日常务会`),
      ),
    )
    expect(said.map(({ codes }) => codes[0]).sort()).toEqual(['1', '2', '3'])
    await whole(t)
  })
})
