import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'

const nextOffice = officesOf('dialogue')

const town = async (day: string): Promise<Town> => {
  const opened = await openTown(nextOffice())
  opened.on(day)
  return opened
}

const FINANCE = 'liaison:市财政局'

const dutyFacts = async ({ deps }: Town) => {
  const { t, q, office } = deps.store
  const facts = await q.select().from(t.facts).where(eq(t.facts.office, office))
  return facts.filter((fact) => fact.subject === 'duty' && fact.kind !== 'released')
}

describe('a question of the bot’s', () => {
  it('is answered by a number, several, a period, or with 的 and a full stop', async () => {
    for (const [answer, rounds] of [
      ['2', ['2017-07']],
      ['1、2', ['2017-06', '2017-07']],
      ['1 3', ['2017-06', '2017-08']],
      ['1和2。', ['2017-06', '2017-07']],
      ['7月的', ['2017-07']],
      ['8月', ['2017-08']],
    ] as const) {
      const t = await town('2017-10-10')
      ;(await t.as(FINANCE).says('1-2已公开')).hears(/请说明是哪一期/)
      ;(await t.as(FINANCE).says(answer)).hears(/已收到反馈/)
      const review = await t.as('office').says('待审核的反馈')
      expect(review.rows.map((row) => row.round).sort(), answer).toEqual(rounds)
    }
  })

  it('waits for the person in the room where it was asked, and for nobody else', async () => {
    const t = await town('2017-10-10')
    await t.as(FINANCE, 'oc_work').says('1-2已公开')
    for (const [who, room] of [
      ['liaison:市审计局', 'oc_work'],
      ['liaison:市发改委', 'oc_work'],
      [FINANCE, 'oc_other'],
    ] as const) {
      await t.as(who, room).says('1')
      expect(await dutyFacts(t), `${who} ${room}`).toEqual([])
    }
    ;(await t.as(FINANCE, 'oc_work').says('1')).hears(/已收到反馈/)
  })

  it('is over with a new command, and after ten minutes', async () => {
    const t = await town('2017-10-10')
    await t.as(FINANCE).says('1-2已公开')
    await t.as(FINANCE).says('本月有哪些到期任务')
    await t.as(FINANCE).says('1')
    expect(await dutyFacts(t)).toEqual([])
    await t.as(FINANCE).says('1-2已公开')
    t.on('2017-10-10', '10:10')
    await t.as(FINANCE).says('1')
    expect(await dutyFacts(t)).toEqual([])
  })

  it('is over once it is answered: the same number again enters nothing', async () => {
    const t = await town('2017-10-10')
    await t.as(FINANCE).says('1-2已公开')
    await t.as(FINANCE).says('1')
    await t.as(FINANCE).says('1')
    expect(await dutyFacts(t)).toHaveLength(1)
  })

  it('for the number is answered by one or several, and their words are kept together', async () => {
    const t = await town('2017-08-15')
    ;(await t.as(FINANCE).says('正在办，初稿已送审')).hears(/请写明任务编号/)
    ;(await t.as(FINANCE).says('1-2、R-2')).hears(/已记录进展/, /1-2/, /R-2/)
    expect(new Set((await dutyFacts(t)).map(({ words }) => words?.text))).toEqual(
      new Set(['正在办，初稿已送审，1-2、R-2']),
    )
  })

  it('for a day goes on when the day is none, or no later one', async () => {
    const t = await town('2017-08-15')
    const unit = t.as('liaison:市环保局')
    ;(await unit.says('3-1申请延期')).hears(/延到什么时候/)
    ;(await unit.says('2月30日')).hears(/没有这个日期/, /2月30日/)
    ;(await unit.says('7月1日')).hears(/延期的日期不对/, /重新回复日期/)
    ;(await unit.says('8月30日')).hears(/待主管科室答复/, /8月30日/)
  })

  it('with a choice that has moved on since is asked anew', async () => {
    const t = await town('2017-10-10')
    await t.as(FINANCE).says('都弄完了')
    await t.as(FINANCE, 'oc_work').says('1-2 6月的已公开')
    ;(await t.as(FINANCE).says('1')).hears(/情况已有变化/, /再说一次/)
  })
})

describe('bad input', () => {
  const cases: [name: string, text: string, hears: RegExp[]][] = [
    ['nothing', '', [/没有收到文字/, /例：/]],
    ['blanks', ' \n\t　', [/没有收到文字/, /例：/]],
    ['emoji', '😀👍🎉', [/没有收到文字/, /例：/]],
    ['control signs', '\u0001\u0007\u001b', [/没有收到文字/, /例：/]],
    ['ten thousand characters', `1-2 7月的已公开${'，已办结'.repeat(2500)}`, [/太长/, /600字/, /例：/]],
    ['no request', '哗啦啦', [/没有听懂/, /例：/]],
    ['a number that does not exist', '99已完成', [/没有这个编号/, /任务清单/]],
    ['numbers that do not exist', '97、98已完成', [/97、98|98、97/]],
    ['somebody else’s task', '2-1已完成', [/不是本单位的任务/, /市发改委/]],
    ['a day that does not exist', '1-2 2月30日已公开', [/没有这个日期/, /2月30日/, /例：/]],
    ['a month that does not exist', '1-2 13月的已公开', [/没有这个日期/, /13月/, /例：/]],
    ['a period that is none of the task’s', '1-2 2月的已公开', [/没有“2月”这一期/, /例：1-2 6月的已公开/]],
    ['a day in the past', '1-2 7月的申请延期到2017年8月1日', [/延期的日期不对/, /例：/]],
  ]
  it.each(cases)('%s is told what is wrong, with an example, and enters nothing', async (_, text, hears) => {
    const t = await town('2017-08-15')
    ;(await t.as(FINANCE).says(text)).hears(...hears)
    expect(await dutyFacts(t)).toEqual([])
  })

  it('a closed task is told when it was closed', async () => {
    const t = await town('2017-08-15')
    await t.as(FINANCE).says('R-2已报送')
    await t.as('office').says('通过 R-2')
    ;(await t.as(FINANCE).says('R-2已报送')).hears(/现在不需要反馈/, /8月15日办结/)
    ;(await t.as(FINANCE).says('R-2申请延期到9月1日')).hears(/现在不在办理期内/, /办结/)
  })

  it('control signs between words hide none of them', async () => {
    const t = await town('2017-08-15')
    ;(await t.as(FINANCE).says('1-2\u0007 7月\u200b的已公开')).hears(/已收到反馈/, /7月/)
  })
})
