import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { renderText } from '../../adapters/console/index.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { importPlan, releasePlan } from '../../src/flow/import.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { parse } from '../../src/plan/parse.ts'
import { officesOf } from '../town/offices.ts'
import { townPlan } from '../town/plan.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('reporting')

const town = async (day: string): Promise<Rooms> => {
  const opened = await openRooms(nextOffice())
  opened.on(day)
  return opened
}

const FINANCE = 'liaison:市财政局'

const reviewed = async (t: Rooms) =>
  (await t.as('office').says('待审核的反馈')).rows.map((row) => [row.task, row.unit, row.round])

const bodies = async ({ deps }: Rooms, kind: string) => {
  const { t, q, office } = deps.store
  const facts = await q.select().from(t.facts).where(eq(t.facts.kind, kind))
  return facts.filter((fact) => fact.office === office).map((fact) => fact.body)
}

/** Said by a liaison of several units. */
const saidByTwo = async ({ deps }: Rooms, names: string[], text: string) => {
  const { view } = await deps.cache(deps.store)
  const units = view.units.filter((unit) => names.includes(unit.name)).map((unit) => unit.id)
  const place = { platform: 'console' as const, route: 'local' }
  const person = { ...place, kind: 'person' as const, id: 'console:two' }
  const turn = await dispatch(
    deps,
    { ...place, id: deps.newId(), at: deps.now(), from: { id: 'two', name: '' }, room: person, addressed: true, text },
    true,
    { id: 'console:two', name: '双岗', role: 'liaison', units, charge: [] },
  )
  return turn.reply ? renderText(turn.reply) : ''
}

describe('报完成', () => {
  it('reaches lists, the review and the figures', async () => {
    const t = await town('2017-08-30')
    ;(await t.as(FINANCE).says('1-2 7月的已公开 http://czj.example.gov.cn/7')).hears(
      /已收到反馈，待审核/,
      /7月 · 8月30日已报，待审核/,
      /链接：http:\/\/czj/,
    )
    expect(await reviewed(t)).toEqual([['1-2', '市财政局', '2017-07']])
    ;(await t.as('office').says('通过 1-2')).hears(/审核通过/)
    t.on('2017-09-01')
    ;(await t.as('leader').says('市财政局完成率多少')).hears(/按时1，逾期办结0/)
    ;(await t.as(FINANCE).says('1-2 7月的已公开')).hears(/现在不需要反馈/, /7月 已于8月30日办结/)
  })

  it('several periods in one message are several rounds; one that does not exist is told beside them', async () => {
    const t = await town('2017-08-15')
    ;(await t.as(FINANCE).says('1-2 6、7月的都公开了')).hears(/已收到反馈/, /6月、7月/)
    expect((await reviewed(t)).map((row) => row[2])).toEqual(['2017-06', '2017-07'])
    const u = await town('2017-08-15')
    ;(await u.as(FINANCE).says('1-2 5、6月的都公开了')).hears(/已收到反馈/, /没有“5月”这一期/)
    expect((await reviewed(u)).map((row) => row[2])).toEqual(['2017-06'])
  })

  it('零报告 is a report', async () => {
    const t = await town('2017-08-15')
    ;(await t.as(FINANCE).says('1-2 7月零报告')).hears(/已收到反馈/, /本期零报告/)
    expect((await bodies(t, 'reported')).map(({ zero }) => zero)).toEqual([true])
    ;(await t.as('office').says('1-2是什么')).hears(/7月 · 零报告/)
  })

  it('a second report of the round is added, and whoever checks sees both', async () => {
    const t = await town('2017-08-15')
    await t.as(FINANCE).says('1-2 7月的已公开 http://czj.example.gov.cn/1')
    ;(await t.as(FINANCE).says('1-2 7月的已公开 http://czj.example.gov.cn/2')).hears(/作为补充，一并送审/)
    ;(await t.as('office').says('1-2是什么')).hears(/待审核的反馈/, /gov\.cn\/1/, /gov\.cn\/2/)
    await t.as('liaison:市发改委').says('2-1已完成')
    ;(await t.as('liaison:市发改委').says('2-1已完成 http://fgw.example.gov.cn/3')).hears(/2-1 已有反馈待审核/)
    expect(await reviewed(t)).toHaveLength(2)
  })

  it('without a period it is the only round that has ended; one that waits may be meant as well as one that has begun', async () => {
    const t = await town('2017-07-20')
    ;(await t.as(FINANCE).says('1-2已公开')).hears(/已收到反馈/, /6月/)
    ;(await t.as(FINANCE).says('1-2已公开')).hears(/请说明是哪一期/, /1\. .*6月.*待审核/, /2\. .*7月/)
    ;(await t.as(FINANCE).says('6月')).hears(/作为补充/)
    expect((await reviewed(t)).map((row) => row[2])).toEqual(['2017-06'])
  })

  it('a round that has not begun is none of the choices', async () => {
    const t = await town('2017-08-15')
    ;(await t.as('liaison:市统计局').says('1-3发布会已召开')).hears(/已收到反馈/, /三季度/).misses(/四季度/)
  })

  it('on a standing duty it is a stage result, whatever month it names, and closes nothing', async () => {
    const t = await town('2017-08-15')
    ;(await t.as('liaison:市环保局').says('3-2 7月已发布2次')).hears(/已记入阶段成果/, /持续推进/)
    expect(await reviewed(t)).toEqual([])
  })

  it('of what is 待核实 it is taken, late in nobody’s figures', async () => {
    const t = await town('2017-08-15')
    const { deps } = t
    const stamp = { by: 'admin:test', via: 'test:again', at: deps.now() }
    const bytes = new TextEncoder().encode(townPlan.replaceAll('33号', '35号').replaceAll('实施方案', '补充方案'))
    const { plan, code } = await importPlan(deps, parse(bytes), bytes, stamp)
    await releasePlan(deps, plan, stamp, '2017-08-15')
    ;(await t.as('office').says('待核实的任务')).hears(/^待核实的任务|待核实/, new RegExp(`${code}-1-2`))
    const before = (await t.as('leader').says('市财政局完成率多少')).text
    ;(await t.as(FINANCE).says(`${code}-1-2 6月的已公开`)).hears(/已收到反馈/, /6月/)
    ;(await t.as('office').says('待审核的反馈')).hears(new RegExp(`${code}-1-2`))
    ;(await t.as('office').says(`通过 ${code}-1-2`)).hears(/审核通过/)
    const after = (await t.as('leader').says('市财政局完成率多少')).text
    const rate = (text: string) => /已办结\d+ ÷ 应完成\d+/.exec(text)?.[0]
    expect(rate(after)).toBe(rate(before))
    expect((await bodies(t, 'reported')).map(({ late }) => late)).toEqual([false])
  })

  it('of another unit’s, a sleeping, a waiting or a waived task is told why not', async () => {
    const t = await town('2017-08-15')
    ;(await t.as('liaison:市审计局').says('1-2已完成')).hears(/不是本单位的任务/, /市财政局/)
    ;(await t.as('liaison:市住建局').says('2-1已完成')).hears(/配合事项/)
    ;(await t.as('liaison:市发改委').says('2-2已完成')).hears(/等待触发/)
    await t.as('office').says('免予办理 市发改委 2-1，已并入上级平台')
    ;(await t.as('liaison:市发改委').says('2-1已完成')).hears(/免予办理/)
    ;(await t.as(FINANCE).says('99已完成')).hears(/没有这个编号/, /任务清单/)
  })
})

describe('a message that is clear in part', () => {
  it('enters the clear part and asks about the other in one answer', async () => {
    const t = await town('2017-10-10')
    ;(await t.as(FINANCE).says('1-2、1-1 已完成')).hears(/已记入阶段成果/, /1-1/, /请说明是哪一期/, /6月/, /8月/)
    ;(await t.as(FINANCE).says('1')).hears(/已收到反馈/, /6月/)
    expect(await bodies(t, 'reported')).toHaveLength(2)
  })

  it('another unit’s task is refused, the own one is entered', async () => {
    const t = await town('2017-08-30')
    ;(await t.as(FINANCE).says('R-2、2-1已完成')).hears(
      /已收到反馈/,
      /R-2/,
      /不是本单位的任务/,
      /2-1 的责任单位是市发改委，/,
    )
    expect(await reviewed(t)).toEqual([['R-2', '市财政局', '2017-08-10']])
    expect(await bodies(t, 'refused')).toHaveLength(1)
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })

  it('a number of which another thing is said is told', async () => {
    const t = await town('2017-08-15')
    ;(await t.as(FINANCE).says('1-2 6月已公开；R-2正在起草')).hears(/已收到反馈/, /R-2 这次没有登记，请另发一条/)
  })

  it('of two questions the second is not lost unseen', async () => {
    const t = await town('2017-10-20')
    ;(await t.as('liaison:市环保局').says('3-1、调度已完成')).hears(/请说明是哪一期|已收到反馈/)
    const u = await town('2017-10-20')
    const asked = await saidByTwo(u, ['市财政局', '市环保局'], '1-2、3-1都已公开')
    expect(asked).toMatch(/请说明是哪一期/)
    expect(asked).toMatch(/(?:1-2|3-1) 还没有登记，请另发一条/)
  })
})

describe('都弄完了', () => {
  it('closes nothing: it brings what is owed, of which one or several are ticked', async () => {
    const t = await town('2017-08-15')
    const listed = await t.as(FINANCE).says('都弄完了')
    listed.hears(/回复序号才登记/, /1\. .*1-2.*6月/, /2\. .*R-2/, /3\. .*1-2.*7月/).misses(/1-1 /)
    expect(await reviewed(t)).toEqual([])
    ;(await t.as(FINANCE).says('1、3')).hears(/已收到反馈/, /6月、7月/)
    expect((await reviewed(t)).map((row) => row[2])).toEqual(['2017-06', '2017-07'])
    ;(await t.as(FINANCE).says('全部完成')).hears(/1\. .*R-2/).misses(/6月|7月 /)
    ;(await t.as(FINANCE).says('1')).hears(/已收到反馈/, /R-2/)
  })

  it('a number that is not on the list ticks nothing', async () => {
    const t = await town('2017-08-15')
    await t.as(FINANCE).says('都弄完了')
    await t.as(FINANCE).says('1、19')
    expect(await reviewed(t)).toEqual([])
  })

  it('with a month lists that month’s', async () => {
    const t = await town('2017-08-15')
    ;(await t.as(FINANCE).says('7月的都弄完了')).hears(/1-2.*7月/).misses(/1-2.*6月/)
  })

  it('where nothing is owed says so', async () => {
    const t = await town('2017-08-15')
    await t.as('liaison:市审计局').says('都弄完了')
    await t.as('liaison:市审计局').says('1、2、3')
    ;(await t.as('liaison:市审计局').says('都弄完了')).hears(/没有要反馈的任务/)
  })
})

describe('a person of several units', () => {
  it('is asked which, where the task does not decide', async () => {
    const t = await town('2017-08-15')
    const two = ['东河区政府', '西山县政府']
    expect(await saidByTwo(t, two, '4-1已公开')).toMatch(/请说明是哪个单位[\s\S]*东河区政府[\s\S]*西山县政府/)
    expect(await saidByTwo(t, two, '西山县政府')).toMatch(/已收到反馈[\s\S]*西山县政府/)
    expect(await reviewed(t)).toEqual([['4-1', '西山县政府', '2017-08-20']])
    expect(await saidByTwo(t, ['市财政局', '市环保局'], '3-1 二季度的已公开')).toMatch(/已收到反馈/)
  })

  it('signs for one or for all', async () => {
    const t = await town('2017-07-12')
    const two = ['东河区政府', '西山县政府']
    expect(await saidByTwo(t, two, '签收4-1')).toMatch(/1\. 东河区政府\n2\. 西山县政府\n3\. 以上全部/)
    expect(await saidByTwo(t, two, '3')).toMatch(/已签收/)
    expect(await bodies(t, 'accepted')).toHaveLength(2)
  })
})

describe('报进展', () => {
  it('is written down and closes nothing; without a number it is asked', async () => {
    const t = await town('2017-08-15')
    ;(await t.as(FINANCE).says('1-2 7月的正在办')).hears(/已记录进展/, /7月/)
    ;(await t.as(FINANCE).says('正在办')).hears(/请写明任务编号/)
    ;(await t.as(FINANCE).says('1-2、R-2')).hears(/已记录进展/, /1-2/, /R-2/)
    expect(await reviewed(t)).toEqual([])
    ;(await t.as('liaison:市审计局').says('1-2正在办')).hears(/不是本单位的任务/)
    ;(await t.as(FINANCE).says('99正在办')).hears(/没有这个编号/)
  })

  it('on what is closed is told so', async () => {
    const t = await town('2017-08-15')
    await t.as('liaison:市发改委').says('2-1已完成')
    await t.as('office').says('通过 2-1')
    ;(await t.as('liaison:市发改委').says('2-1正在办')).hears(/已经办结/, /8月15日办结/)
  })
})

describe('撤回', () => {
  it('takes back one’s last report, of all rounds that it named', async () => {
    const t = await town('2017-08-15')
    await t.as(FINANCE).says('R-2已报送')
    await t.as(FINANCE).says('1-2 6、7月的都公开了')
    ;(await t.as(FINANCE).says('撤回')).hears(/恢复为在办/, /6月、7月/)
    expect((await reviewed(t)).map((row) => row[0])).toEqual(['R-2'])
  })

  it('by number asks which round, and takes the one that is named', async () => {
    const t = await town('2017-08-15')
    await t.as(FINANCE).says('1-2 6、7月的都公开了')
    ;(await t.as(FINANCE).says('撤回1-2')).hears(/请说明是哪一期/, /1\. .*6月/, /2\. .*7月/)
    ;(await t.as(FINANCE).says('1')).hears(/恢复为在办/, /6月/)
    await t.as(FINANCE).says('1-2 6月的已公开')
    ;(await t.as(FINANCE).says('撤回1-2 7月的')).hears(/恢复为在办/, /7月/)
    expect((await reviewed(t)).map((row) => row[2])).toEqual(['2017-06'])
  })

  it('leaves the report to which the last one was added', async () => {
    const t = await town('2017-08-15')
    await t.as(FINANCE).says('1-2 7月的已公开 http://czj.example.gov.cn/1')
    await t.as(FINANCE).says('1-2 7月的已公开 http://czj.example.gov.cn/2')
    ;(await t.as(FINANCE).says('撤回1-2')).hears(/此前的反馈仍在/)
    expect((await reviewed(t)).map((row) => row[2])).toEqual(['2017-07'])
    ;(await t.as('office').says('1-2是什么')).hears(/gov\.cn\/1/).misses(/gov\.cn\/2/)
    ;(await t.as(FINANCE).says('撤回1-2')).hears(/恢复为在办/)
    expect(await reviewed(t)).toEqual([])
  })

  it('of what is checked, another’s or not there is refused', async () => {
    const t = await town('2017-08-15')
    ;(await t.as(FINANCE).says('撤回')).hears(/没有可以撤回的反馈/)
    ;(await t.as(FINANCE).says('撤回1-2')).hears(/没有待审核的反馈可以撤回/, /例：/)
    await t.as('liaison:市发改委').says('2-1已完成')
    ;(await t.as(FINANCE).says('撤回2-1')).hears(/不是本单位的任务/)
    await t.as('office').says('通过 2-1')
    ;(await t.as('liaison:市发改委').says('撤回2-1')).hears(/没有待审核的反馈可以撤回/)
  })
})

describe('保密审查', () => {
  it('is one button under the report, and the reviewer sees it', async () => {
    const t = await town('2017-08-15')
    await t.as(FINANCE).says('1-2 6月的已公开')
    const { reply } = await t.as(FINANCE).says('1-2 7月的已公开')
    const [button] = reply?.buttons ?? []
    expect(button?.label).toBe('已经保密审查')
    ;(await t.as('office').says('待审核的反馈')).misses(/已保密审查/)
    if (button) expect(await t.presses(FINANCE, button.intent)).toMatch(/已注明保密审查[\s\S]*7月/)
    ;(await t.as('office').says('待审核的反馈')).hears(/7月 · .*（已保密审查）/, /6月 · [^（]*$/m)
  })

  it('is one word: in the report itself, or after it, with who reviewed', async () => {
    const t = await town('2017-08-15')
    const said = await t.as(FINANCE).says('1-2 7月的已公开，已经保密审查')
    said.hears(/已保密审查/)
    expect(said.reply?.buttons).toBeUndefined()
    await t.as(FINANCE).says('1-2 6月的已公开')
    ;(await t.as(FINANCE).says('已经保密审查，审查人：王小明')).hears(/已注明/, /6月/, /王小明/)
  })

  it('of several reports asks which, and takes several', async () => {
    const t = await town('2017-08-15')
    await t.as(FINANCE).says('1-2 6、7月的都公开了')
    await t.as(FINANCE).says('R-2已报送')
    ;(await t.as(FINANCE).says('已经保密审查')).hears(/请说明是哪一项/, /4\. 以上全部（3项）/)
    ;(await t.as(FINANCE).says('1、3')).hears(/已注明/)
    expect(await bodies(t, 'cleared')).toHaveLength(2)
  })

  it('without a report, or of another unit’s, is told so', async () => {
    const t = await town('2017-08-15')
    ;(await t.as(FINANCE).says('已经保密审查')).hears(/没有要注明的反馈/)
    ;(await t.as(FINANCE).says('1-2已经保密审查')).hears(/还没有反馈/)
    await t.as('liaison:市发改委').says('2-1已完成')
    ;(await t.as(FINANCE).says('2-1已经保密审查')).hears(/不是本单位的任务/)
  })
})
