import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/flow/verify.ts'
import { longPlan } from '../town/long-plan.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('urge')

const town = async (day = '2017-08-22'): Promise<Rooms> => {
  const opened = await openRooms(nextOffice(), { plan: longPlan })
  opened.on(day)
  return opened
}

describe('催办', () => {
  it('reaches the unit’s room in one message, and is not repeated on one day', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('催办所有逾期单位')).hears(/已催办11家/, /4-1/, /R-2/)
    expect(await t.heard('市教育局')).toEqual([expect.stringMatching(/催办，请抓紧办理.*R-2.*4-1/s)])
    ;(await office.says('催办所有逾期单位')).hears(/今天已经催过/)
    ;(await office.says('催一下市教育局4-1')).hears(/今天已经催过/)
    expect(await t.heard('市教育局')).toEqual([])
    // A leader's word is another one; so is the next day's.
    ;(await t.as('leader').says('催一下市教育局4-1')).hears(/已催办1家、1项/)
    expect(await t.heard('市教育局')).toHaveLength(1)
    t.on('2017-08-23')
    ;(await office.says('催一下市教育局4-1')).hears(/已催办1家、1项/)
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })

  it('what was reported before it was sent is not urged', async () => {
    const t = await town()
    await t.as('office').says('催一下市教育局4-1')
    await t.as('liaison:市教育局').says('4-1已公开')
    expect(await t.heard('市教育局')).toEqual([])
    ;(await t.as('office').says('催一下市教育局4-1')).hears(/没有需要催办的任务/)
  })

  it('of a task with rounds means what is late and what comes next', async () => {
    const t = await town()
    const { rows } = await t.as('office').says('催一下1-2')
    expect(rows.map(({ round }) => round)).toEqual(['2017-06', '2017-07'])
  })

  it('of a unit with nothing late means what is due soon', async () => {
    const t = await town('2017-07-28')
    ;(await t.as('office').says('催一下市财政局')).hears(/已催办1家、1项/, /6月/)
    ;(await t.as('office').says('催一下市统计局')).hears(/没有需要催办的任务/)
  })

  it('those who have not signed', async () => {
    const t = await town()
    await t.as('liaison:市教育局').says('签收4-1')
    const said = await t.as('office').says('催一下没签收的')
    expect(said.rows.some(({ unit, task }) => unit === '市教育局' && task === '4-1')).toBe(false)
    expect(said.rows.some(({ unit, task }) => unit === '东河区政府' && task === '4-1')).toBe(true)
  })

  it('is no liaison’s', async () => {
    const t = await town()
    expect(await t.presses('liaison:市财政局', { intent: 'urge', tasks: ['4-1'] })).toMatch(/没有这项权限/)
  })
})

describe('批示', () => {
  it('reaches the unit’s room and the office’s at once, and stands in the task’s record', async () => {
    const t = await town()
    const said = await t.as('leader').says('批示：请市财政局抓紧1-2，8月25日前报我')
    said.hears(/批示已转达1家/, /请市财政局抓紧1-2，8月25日前报我/)
    expect(said.rows.map(({ round }) => round)).toEqual(['2017-06', '2017-07'])
    expect(await t.heard('市财政局')).toEqual([expect.stringMatching(/领导批示.*请市财政局抓紧.*时限：8月25日前/s)])
    expect(await t.heard()).toEqual([expect.stringMatching(/领导批示.*转达：市财政局/s)])
    const { t: tables, q } = t.deps.store
    const facts = await q.select({ kind: tables.facts.kind, words: tables.facts.words }).from(tables.facts)
    expect(facts.filter(({ kind }) => kind === 'instructed')[0]?.words?.text).toMatch(/请市财政局抓紧1-2/)
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })

  it('to a unit without a task stands with the unit; without a unit it is asked for', async () => {
    const t = await town()
    ;(await t.as('leader').says('批示：请市审计局研究提出意见，8月25日前报我')).hears(/批示已转达/, /转达：市审计局/)
    expect(await t.heard('市审计局')).toHaveLength(1)
    expect(await t.heard()).toHaveLength(1)
    expect(await t.presses('leader', { intent: 'instruct' })).toMatch(/请写明单位或任务编号/)
    ;(await t.as('leader').says('市环保局')).hears(/批示已转达/, /转达：市环保局/)
    ;(await t.as('leader').says('批示：抓紧99号')).hears(/没有这个编号/)
  })

  it('is no liaison’s', async () => {
    const t = await town()
    expect(await t.presses('liaison:市财政局', { intent: 'instruct', units: ['市审计局'] })).toMatch(/没有这项权限/)
  })
})
