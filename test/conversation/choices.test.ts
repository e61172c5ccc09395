import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { tick } from '../../src/flow/tick.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'

const nextOffice = officesOf('office')

const town = async (): Promise<Town> => {
  const opened = await openTown(nextOffice())
  opened.on('2017-10-10')
  return opened
}

const wordsOf = async ({ deps }: Town, kind: string) => {
  const { t, q } = deps.store
  const facts = await q
    .select({ words: t.facts.words, office: t.facts.office })
    .from(t.facts)
    .where(eq(t.facts.kind, kind))
  return facts.filter((fact) => fact.office === deps.store.office).map((fact) => fact.words)
}

describe('a choice', () => {
  it('“以上全部” takes the reports that were listed; one that came meanwhile makes it ask again', async () => {
    const t = await town()
    await t.as('liaison:市财政局').says('1-2 6月的已公开')
    await t.as('liaison:市财政局').says('1-2 7月的已公开')
    ;(await t.as('office').says('通过 1-2')).hears(/有2份反馈待审核/, /3\. 以上全部（2份）/)
    await t.as('liaison:市财政局').says('1-2 8月的已公开')
    ;(await t.as('office').says('3')).hears(/审核通过/, /6月/, /7月/).misses(/8月 ·/)
    const left = await t.as('office').says('待审核的反馈')
    expect(left.rows.map((row) => row.round)).toEqual(['2017-08'])
  })

  it('a report that was sent again with another link is not approved unseen', async () => {
    const t = await town()
    await t.as('liaison:市财政局').says('1-2 6月的已公开')
    await t.as('liaison:市财政局').says('1-2 7月的已公开 http://czj.example.gov.cn/1')
    await t.as('office').says('通过 1-2')
    await t.as('liaison:市财政局').says('1-2 6月的已公开 http://czj.example.gov.cn/other')
    ;(await t.as('office').says('1')).hears(/反馈已有变化/)
  })

  it('keeps the reason of what it chooses for', async () => {
    const t = await town()
    await t.as('liaison:市财政局').says('1-2 6月的已公开')
    await t.as('liaison:市财政局').says('1-2 7月的已公开')
    ;(await t.as('office').says('退回 1-2，链接打不开')).hears(/请选择/)
    ;(await t.as('office').says('1')).hears(/已退回/, /原因：链接打不开/)
    expect((await wordsOf(t, 'returned')).map((words) => words?.reason)).toEqual(['链接打不开'])
  })

  it('keeps the words of a report whose round was asked for', async () => {
    const t = await town()
    ;(await t.as('liaison:市财政局').says('1-2已公开，见门户网站')).hears(/请说明是哪一期/)
    await t.as('liaison:市财政局').says('1')
    expect((await wordsOf(t, 'reported')).map((words) => words?.text)).toEqual(['1-2已公开，见门户网站'])
  })

  it('is over after ten minutes, and its words are kept no longer', async () => {
    const t = await town()
    await t.as('liaison:市财政局').says('1-2已公开')
    t.on('2017-10-10', '10:11')
    ;(await t.as('liaison:市财政局').says('1')).hears(/没有听懂/)
    await tick(t.deps)
    const { t: tables, q, office } = t.deps.store
    expect(await q.$count(tables.dialogues, eq(tables.dialogues.office, office))).toBe(0)
  })
})

describe('a report that waits', () => {
  it('added to after its due day is not late', async () => {
    const t = await town()
    t.on('2017-08-30')
    await t.as('liaison:市财政局').says('1-2 7月的已公开')
    t.on('2017-09-05')
    await t.as('liaison:市财政局').says('1-2 7月的补充链接已公开 http://czj.example.gov.cn/2')
    await t.as('office').says('通过 1-2')
    ;(await t.as('leader').says('市财政局完成率多少')).hears(/按时1，逾期办结0/)
  })

  it('sent back and reported again late stays judged by its first day', async () => {
    const t = await town()
    t.on('2017-09-05')
    await t.as('liaison:市财政局').says('1-2 7月的已公开')
    await t.as('office').says('退回 1-2，链接打不开')
    t.on('2017-09-07')
    ;(await t.as('leader').says('市财政局完成率多少')).hears(/应完成3/)
    await t.as('liaison:市财政局').says('1-2 7月的已公开')
    await t.as('office').says('通过 1-2')
    ;(await t.as('leader').says('市财政局完成率多少')).hears(/按时0，逾期办结1/)
  })
})
