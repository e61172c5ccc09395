import { describe, expect, it } from 'vitest'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('by-number')
const OFFICE = '主管科室'

/** A town on a platform that shows buttons as numbers, in whose office’s room an extension has been asked for. */
const asked = async (numbered = true): Promise<Rooms> => {
  const t = await openRooms(nextOffice(), numbered ? { numbered } : {})
  t.on('2017-08-15')
  await t.heard()
  await t.as('liaison:市财政局').says('1-2 7月的申请延期到9月8日，因征求意见尚未结束')
  expect((await t.heard()).join('\n')).toMatch(/延期申请：市财政局/)
  return t
}
const office = (t: Rooms) => t.as('office', OFFICE)

describe('a bare number, where buttons are numbers', () => {
  it.each(['1', '１', '回复1', '1。', '@督办 1'])('“%s” presses the button of what was pushed last', async (words) => {
    const t = await asked()
    ;(await office(t).says(words)).hears(/已同意延期|同意延期/)
    ;(await t.as('office').says('延期中的任务')).misses(/待答复/)
  })

  it('is one of the buttons, or is told to be none', async () => {
    const t = await asked()
    ;(await office(t).says('7')).hears(/没有第7项/, /1 \S+　2 \S+/)
    ;(await office(t).says('1')).hears(/同意延期/)
  })

  it('comes back to a state that has moved on, and changes nothing twice', async () => {
    const t = await asked()
    await office(t).says('1')
    const again = await office(t).says('1')
    again.hears(/情况已有变化/, /没有登记/)
  })

  it('is checked as a button is: who may not is told so', async () => {
    const t = await asked()
    ;(await t.as('liaison:市财政局', OFFICE).says('1')).hears(/没有这项权限/)
    ;(await t.as('leader', OFFICE).says('1')).hears(/没有这项权限/)
  })

  it('goes by the room: what was pushed elsewhere is not pressed here', async () => {
    const t = await asked()
    ;(await t.as('office').says('1')).hears(/没有听懂/)
    ;(await t.as('office', '市财政局').says('1')).misses(/同意延期/)
  })

  it('is theirs who asked, where the last message is an answer in a group of several', async () => {
    const t = await asked()
    const said = await t.as('liaison:市财政局', OFFICE).says('1-2 6月的已公开 http://czj.example.gov.cn/3')
    said.hears(/待审核/)
    await t.heard()
    ;(await t.as('liaison:市审计局', OFFICE).says('1')).hears(/这几项不是给您的/, /没有登记/)
    ;(await office(t).says('1')).hears(/这几项不是给您的/, /没有登记/)
    ;(await t.as('liaison:市财政局', OFFICE).says('1')).hears(/保密审查/)
  })

  it('is over after a day', async () => {
    const t = await asked()
    t.on('2017-08-16', '10:30')
    ;(await office(t).says('1')).hears(/没有听懂/)
  })

  it('answers an open question first, and an expired one never by an older message', async () => {
    const t = await asked()
    await t.as('liaison:市财政局').says('R-2已完成')
    await t.as('liaison:市审计局').says('R-2已完成')
    ;(await office(t).says('通过 R-2')).hears(/请选择|有2/)
    ;(await office(t).says('9')).misses(/没有第9项/, /同意延期/)
    t.on('2017-08-15', '10:30')
    ;(await office(t).says('1')).hears(/没有听懂/)
  })

  it('“更多” goes on with a list, also when its ten minutes are over', async () => {
    const t = await openRooms(nextOffice(), { numbered: true })
    t.on('2017-08-15')
    ;(await office(t).says('全部任务清单')).hears(/回复“更多”查看/)
    t.on('2017-08-15', '11:00')
    const more = await office(t).says('更多')
    expect(more.intent).toMatchObject({ intent: 'list', offset: expect.any(Number) })
  })

  it('means nothing where the platform has real buttons', async () => {
    const t = await asked(false)
    ;(await office(t).says('1')).hears(/没有听懂/)
  })
})
