import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { openTown, type Town } from '../town/town.ts'

describe('the main job, in the order of a month', () => {
  let store: Store
  let town: Town
  beforeAll(async () => {
    store = await openSqlite(':memory:')
    await migrate(store)
    town = await openTown(store.of('yunxi'))
  })
  afterAll(() => store.close())

  it('a leader asks what is due and hears it, and what is overdue apart', async () => {
    town.on('2017-08-15')
    const answer = await town.as('leader').says('本月市财政局有哪些到期任务')
    answer.hears(/1-2.*7月.*8月31日到期/, /此前逾期/)
    expect(answer.rows).toContainEqual({
      plan: '公开17',
      task: '1-2',
      unit: '市财政局',
      round: '2017-07',
      due: '2017-08-31',
      state: 'open',
      light: 'green',
    })
  })

  it('“正在办，还没公开” is progress and closes nothing', async () => {
    const answer = await town.as('liaison:市财政局').says('1-2 7月的正在办，还没公开')
    expect(answer.intent.intent).toBe('progress')
    expect((await town.as('office').says('待审核的反馈')).codes).toEqual([])
  })

  it('the liaison reports, the office finds it under review', async () => {
    ;(await town.as('liaison:市财政局').says('1-2 7月的已公开 http://czj.example.gov.cn/201708/1.html')).hears(
      /已收到反馈/,
      '1-2',
      '7月',
    )
    const review = await town.as('office').says('待审核的反馈')
    review.hears(/1-2/, /市财政局/)
    expect(review.rows.map((row) => [row.task, row.round, row.state])).toEqual([['1-2', '2017-07', 'review']])
  })

  it('another unit’s report is refused with the reason and written down', async () => {
    const refused = await town.as('liaison:市审计局').says('1-2已完成')
    refused.hears(/不是本单位的任务/, /市财政局/)
    const { t, q } = store.of('yunxi')
    const kinds = (await q.select({ kind: t.facts.kind }).from(t.facts)).map((fact) => fact.kind)
    expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(1)
    expect((await town.as('office').says('待审核的反馈')).codes).toEqual(['1-2'])
  })

  it('a liaison may not approve; the office may, and then it is done', async () => {
    ;(await town.as('liaison:市财政局').says('通过 1-2')).hears(/没有这项权限/)
    ;(await town.as('office').says('通过 1-2')).hears(/审核通过/, /8月15日办结/)
    const done = await town.as('leader').says('本月市财政局已经完成了哪些')
    expect(done.rows.map((row) => [row.task, row.round, row.state])).toEqual([['1-2', '2017-07', 'done']])
    expect((await town.as('office').says('待审核的反馈')).codes).toEqual([])
  })

  it('a report without a period where two rounds are open is asked, and the number answers', async () => {
    town.on('2017-10-10')
    const asked = await town.as('liaison:市财政局').says('1-2已公开')
    asked.hears(/请说明是哪一期/, /1\. .*6月/, /2\. .*8月/)
    ;(await town.as('liaison:市财政局').says('2')).hears(/已收到反馈/, /8月/)
  })

  it('sent back with a reason, it is open again with a new day', async () => {
    ;(await town.as('office').says('退回 1-2，链接打不开')).hears(/已退回/, /链接打不开/)
    const back = await town.as('liaison:市财政局').says('退回的任务有哪些')
    expect(back.rows.map((row) => [row.task, row.round, row.state, row.due])).toEqual([
      ['1-2', '2017-08', 'returned', '2017-10-13'],
    ])
    const late = await town.as('liaison:市财政局').says('我局逾期的任务有哪些')
    expect(late.rows.map((row) => row.round)).toContain('2017-06')
  })

  it('the ledger is whole', async () => {
    expect((await verifyLedger(store.of('yunxi'))).broken).toEqual([])
  })
})
