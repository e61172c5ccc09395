import { describe, expect, it } from 'vitest'
import type { IntentOf } from '../../src/model/intent.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('splitting')

const town = async (day: string): Promise<Rooms> => {
  const opened = await openRooms(nextOffice())
  opened.on(day)
  return opened
}

const FINANCE = 'liaison:市财政局'

/** 1-2分给国库科、预算科，18日前. */
const shared: IntentOf<'split'> = {
  ...{ intent: 'split', tasks: ['1-2'], parts: ['国库科', '预算科'], until: '2017-07-18' },
}
const sent = (proof: string, tasks = ['1-2']): IntentOf<'tick'> => ({ intent: 'tick', tasks, proof })

describe('内部分办', () => {
  it('names the sections and their day; the unit owes one report as before', async () => {
    const t = await town('2017-07-12')
    expect(await t.presses(FINANCE, shared)).toMatch(/已分给2个科室[\s\S]*国库科、预算科[\s\S]*7月18日前/)
    ;(await t.as('office').says('待审核的反馈')).hears(/没有这样的任务/)
    ;(await t.as(FINANCE).says('1-2 6月的已公开')).hears(/已收到反馈/, /还没有交的科室：国库科、预算科/)
  })

  it('a section’s part is ticked, by its name or a piece of it, one or several; then the liaison sums up', async () => {
    const t = await town('2017-07-12')
    await t.presses(FINANCE, { ...shared, parts: ['国库科', '预算科', '预算科二组'] })
    expect(await t.presses(FINANCE, sent('国库'))).toMatch(/已登记：国库科[\s\S]*还差：预算科、预算科二组/)
    expect(await t.presses(FINANCE, sent('预算科二组'))).toMatch(/已登记：预算科二组[\s\S]*还差：预算科$/)
    expect(await t.presses(FINANCE, sent('预算科'))).toMatch(/无，请报完成/)
    ;(await t.as(FINANCE).says('1-2 6月的已公开')).misses(/还没有交的科室/)
    const u = await town('2017-07-12')
    await u.presses(FINANCE, shared)
    expect(await u.presses(FINANCE, sent('国库科、预算科都已交'))).toMatch(/已登记：国库科、预算科[\s\S]*还差：无/)
  })

  it('a report of one section’s part is that part, and not yet the unit’s report', async () => {
    const t = await town('2017-07-12')
    await t.presses(FINANCE, shared)
    ;(await t.as(FINANCE).says('1-2预算科的材料交了')).hears(/已登记：预算科/, /还差：国库科/)
    ;(await t.as('office').says('待审核的反馈')).hears(/没有这样的任务/)
    ;(await t.as(FINANCE).says('1-2 6月的已公开，国库科、预算科的都已发布')).hears(/已收到反馈/)
  })

  it('a section that was not named, or none, is told with those that were', async () => {
    const t = await town('2017-07-12')
    await t.presses(FINANCE, shared)
    expect(await t.presses(FINANCE, sent('人事科'))).toMatch(
      /没有认出是哪一份[\s\S]*国库科、预算科[\s\S]*例：1-2 国库科已送/,
    )
    expect(await t.presses(FINANCE, { ...shared, parts: [] })).toMatch(/请写明分给哪些科室/)
    expect(await t.presses(FINANCE, sent('国库科', ['R-2']))).toMatch(/没有分项要求/)
  })

  it('divided again, the new division takes the place of the old', async () => {
    const t = await town('2017-07-12')
    await t.presses(FINANCE, shared)
    expect(await t.presses(FINANCE, { ...shared, parts: ['综合科'] })).toMatch(/已分给1个科室[\s\S]*由这一次代替/)
    expect(await t.presses(FINANCE, sent('综合科'))).toMatch(/无，请报完成/)
  })

  it('a day in the past, another unit’s task and what is reported are told', async () => {
    const t = await town('2017-07-12')
    expect(await t.presses(FINANCE, { ...shared, until: '2017-07-10' })).toMatch(/日期已过[\s\S]*例：/)
    expect(await t.presses('liaison:市审计局', shared)).toMatch(/不是本单位的任务/)
    await t.as('liaison:市发改委').says('2-1已完成')
    expect(await t.presses('liaison:市发改委', { ...shared, tasks: ['2-1'] })).toMatch(/不在办理中，不能分办/)
    expect(await t.presses('liaison:市发改委', sent('国库科', ['2-1']))).toMatch(/没有分项要求，或已经办结/)
  })
})

describe('佐证', () => {
  it('that the office asks for are ticked one by one, and without them nothing is closed', async () => {
    const t = await town('2017-07-12')
    ;(await t.as('office').says('更正R-2，佐证要求：纸质件、电子版')).hears(/纸质件、电子版/)
    ;(await t.as('liaison:市审计局').says('R-2已报送')).hears(/已收到反馈/, /还差佐证：纸质件、电子版/)
    ;(await t.as('office').says('通过 市审计局 R-2')).hears(/佐证还没有交齐/)
    expect(await t.presses('liaison:市审计局', sent('纸质件已送', ['R-2']))).toMatch(
      /已登记：纸质件[\s\S]*还差：电子版/,
    )
    expect(await t.presses('liaison:市审计局', sent('电子版', ['R-2']))).toMatch(/还差：无$/)
    ;(await t.as('office').says('通过 市审计局 R-2')).hears(/审核通过/)
    expect(await t.presses('liaison:市审计局', sent('电子版', ['R-2']))).toMatch(/已经办结/)
  })
})
