import { describe, expect, it } from 'vitest'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'

const nextOffice = officesOf('leaders')

const town = async (day = '2017-08-15'): Promise<Town> => {
  const opened = await openTown(nextOffice())
  opened.on(day)
  return opened
}

const numberAfter = (text: string, words: RegExp): number => Number(words.exec(text)?.[1] ?? 0)

describe('who has handed in', () => {
  it('is asked by words, and the counts add up', async () => {
    const t = await town()
    await t.as('liaison:市财政局').says('R-2 已报 http://czj.example.gov.cn/1')
    const answer = await t.as('leader').says('实施方案还有哪些单位没报')
    answer.hears(/8月10日到期/, /截至8月15日10:00/)
    const all = numberAfter(answer.text, /涉及：(\d+)家/)
    const parts = [/未报 (\d+)家/, /已报待审核 (\d+)家/, /已办结 (\d+)家/, /待认领 (\d+)家/]
    expect(all).toBeGreaterThan(3)
    expect(parts.reduce((sum, words) => sum + numberAfter(answer.text, words), 0)).toBe(all)
  })

  it('shows every round that is late beside the one that runs', async () => {
    const t = await town()
    ;(await t.as('leader').says('1-2还差谁')).hears(/6月 · 7月31日到期/, /7月 · 8月31日到期/).misses(/9月30日到期/)
  })

  it('says beside a unit that it has a later day, or has asked for one', async () => {
    const t = await town('2017-08-16')
    await t.as('liaison:市教育局').says('4-1申请延期到8月31日，理由：报名人数多')
    ;(await t.as('leader').says('4-1还差谁')).hears(/市教育局（申请延期到8月31日）/, /8月20日到期/)
    await t.as('office').says('同意4-1延期')
    ;(await t.as('leader').says('4-1还差谁')).hears(/未报 3家/, /市教育局（延期到8月31日）/)
  })

  it('who leads reads the parts of its 配合 units; they read nothing of one another', async () => {
    const t = await town('2017-08-16')
    const lead = t.as('liaison:市发改委')
    ;(await lead.says('2-1还差谁')).hears(/配合单位未收 2家：市住建局、市交通局|配合单位未收 2家：市交通局、市住建局/)
    await lead.says('向配合单位收2-1材料，8月21日前')
    await t.as('liaison:市住建局').says('2-1已完成')
    const answer = await lead.says('2-1还差谁')
    answer.hears(/未报 1家：市发改委/, /配合材料未交 1家：市交通局（8月21日前）/, /配合材料已交 1家：市住建局/)
    ;(await t.as('liaison:市交通局').says('2-1还差谁')).hears(/配合材料未交 1家：市交通局/).misses(/市住建局|市发改委/)
    ;(await t.as('liaison:市交通局').says('本月有哪些到期任务')).hears(/2-1.*配合材料.*8月21日到期/)
    ;(await lead.says('2-1是什么')).hears(/市交通局.*配合材料/)
  })

  it('of another unit’s task nothing is told', async () => {
    const t = await town()
    ;(await t.as('liaison:市审计局').says('4-1还差谁')).hears(/不是本单位的任务/).misses(/市教育局/)
  })
})

describe('a list for a leader', () => {
  it('has what is overdue from before as a block of its own, on the first page', async () => {
    const t = await town()
    const answer = await t.as('leader').says('本月还有什么没完成')
    answer.hears(/【本期到期（\d+项）】/, /【此前逾期（\d+项）】/, /逾期15天/, /截至8月15日10:00/)
    expect(answer.text.split('\n').filter((line) => /^[🔴🟡🟢]/u.test(line)).length).toBeLessThanOrEqual(10)
  })

  it('is grouped by unit where a few units answer', async () => {
    const t = await town()
    const answer = await t.as('leader').says('市财政局和市环保局本月有哪些到期任务')
    answer.hears(/【市财政局 · 本期到期/, /【市环保局 · /)
    const lines = answer.text.split('\n').filter((line) => line.includes('1-2'))
    expect(lines.every((line) => !line.includes('市财政局'))).toBe(true)
  })

  it('goes on with 更多 until each line was shown once, and names the console where there is one', async () => {
    const t = await town()
    t.deps.publicUrl = 'https://duban.example.gov.cn'
    const leader = t.as('leader')
    const seen: string[] = []
    let answer = await leader.says('任务清单')
    answer.hears(/全部见网页版：https:\/\/duban\.example\.gov\.cn/)
    for (let pages = 0; pages < 40; pages++) {
      const lines = (answer.reply?.blocks ?? []).flatMap((block) => (block.kind === 'list' ? block.lines : []))
      expect(lines.length).toBeLessThanOrEqual(10)
      seen.push(...lines.map((line) => line.text))
      if (!answer.reply?.buttons?.length) break
      answer = await leader.says('更多')
    }
    expect(seen.length).toBeGreaterThan(10)
    expect(seen.length).toBe(answer.rows.length)
    expect(answer.text).not.toMatch(/网页版/)
  })

  it('names no console where there is none', async () => {
    const t = await town()
    ;(await t.as('leader').says('任务清单')).hears(/更多/).misses(/网页版/)
  })

  it('past its day by rest days alone is not late', async () => {
    const t = await town('2017-10-02')
    ;(await t.as('liaison:市财政局').says('逾期任务')).misses(/9月30日到期/)
    ;(await t.as('liaison:市财政局').says('本周任务')).hears(/9月30日到期（下一工作日起逾期）|没有|此前逾期/)
  })
})

describe('figures', () => {
  it('add up with what the list shows, and what has no place in them stands apart', async () => {
    const t = await town()
    await t.as('liaison:市财政局').says('1-2 6月的已公开')
    const all = await t.as('leader').says('任务清单')
    const due = all.rows.filter(
      ({ state, due }) => ['open', 'returned', 'review', 'done'].includes(state) && due !== null && due <= '2017-08-15',
    )
    const answer = await t.as('leader').says('全市完成率')
    expect(numberAfter(answer.text, /应完成(\d+)/)).toBe(due.length)
    expect(numberAfter(answer.text, /逾期报送(\d+)/)).toBe(1)
    const of = (state: string) => all.rows.filter((row) => row.state === state && row.state !== 'asleep').length
    expect(numberAfter(answer.text, /持续推进(\d+)项/)).toBe(of('standing'))
    expect(numberAfter(answer.text, /待认领(\d+)项/)).toBe(of('unclaimed'))
    expect(numberAfter(answer.text, /等待触发(\d+)项/)).toBe(of('waiting'))
  })

  it('suspended and waived duties leave the denominator and are told apart', async () => {
    const t = await town('2017-08-22')
    await t.as('office').says('中止4-1，理由：政策调整')
    await t.as('office').says('4')
    const answer = await t.as('leader').says('全市完成情况')
    expect(numberAfter(answer.text, /已中止(\d+)项/)).toBeGreaterThan(0)
  })

  it('of a plan, of a month', async () => {
    const t = await town()
    ;(await t.as('leader').says('公开17完成率多少')).hears(/公开17 完成情况/)
    ;(await t.as('leader').says('7月完成率多少')).hears(/7月 完成情况/, /应完成指已7月到期的/)
  })
})

describe('figures of several units', () => {
  it('stand in a table, who is latest first, that adds up to the whole', async () => {
    const t = await town('2017-08-21')
    const { reply, text } = await t.as('leader').says('市财政局、市教育局和市环保局完成率')
    const table = reply?.blocks.find((block) => block.kind === 'table')
    expect(table?.columns).toEqual(['单位', '完成率', '应完成', '已办结', '待审核', '逾期'])
    expect(table?.rows.map(([unit]) => unit).sort()).toEqual(['市教育局', '市环保局', '市财政局'].sort())
    const column = (i: number) => table?.rows.map((row) => Number(row[i])) ?? []
    const sum = column(2).reduce((a, b) => a + b, 0)
    expect(sum).toBe(numberAfter(text, /应完成(\d+)）/))
    expect(column(5)).toEqual([...column(5)].sort((a, b) => b - a))
  })

  it('of one unit, and of all, which would be too long, are none', async () => {
    const t = await town('2017-08-21')
    for (const words of ['市财政局完成率', '全市完成率'])
      expect((await t.as('leader').says(words)).reply?.blocks.filter(({ kind }) => kind === 'table')).toEqual([])
  })
})

describe('ranks', () => {
  it('say their rule, and units that stand alike share a place', async () => {
    const t = await town()
    await t.as('liaison:市财政局').says('1-2 6月的已公开')
    await t.as('office').says('通过 1-2')
    const answer = await t.as('leader').says('各单位排名')
    answer.hears(
      /^单位 +完成率 +逾期办结 +逾期未办$/m,
      /1\. 市财政局 +50\.0%（1\/2） +1 +1$/m,
      /按完成率（已办结÷应完成）排序/,
      /截至8月15日10:00/,
    )
    expect(answer.text.match(/^2\. /gm)?.length).toBeGreaterThan(1)
  })
})

describe('in the room of one unit', () => {
  it('a leader reads that unit’s, and no other unit is named', async () => {
    const t = await town()
    await t.as('office', 'g1').says('绑定本群 市财政局')
    const leader = t.as('leader', 'g1')
    ;(await leader.says('各单位排名')).hears(/市财政局/).misses(/市教育局|市环保局|市统计局/)
    ;(await leader.says('4-1还差谁')).misses(/市教育局|东河区政府/)
    ;(await leader.says('逾期任务')).misses(/市教育局|市环保局|市统计局/)
  })
})

describe('a task in detail', () => {
  it('tells who did what, when, and through which door', async () => {
    const t = await town('2017-08-16')
    await t.as('office').says('市财政局电话报：1-2 6月已公开')
    await t.as('office').says('退回1-2，原因：缺少增减原因说明')
    const back = await t.as('leader').says('1-2是什么')
    back.hears(
      /8月16日 · 市财政局 · 逾期反馈 · 电话代报/,
      /退回，8月\d+日前重报：缺少增减原因说明/,
      /退回原因：缺少增减原因说明/,
    )
    await t.as('leader').says('批示：1-2请市财政局抓紧办理')
    ;(await t.as('liaison:市财政局').says('1-2是什么')).hears(/领导批示/)
  })

  it('has a day that was asked for and granted among the last facts', async () => {
    const t = await town('2017-08-16')
    await t.as('liaison:市教育局').says('4-1申请延期到8月31日，理由：报名人数多')
    await t.as('office').says('同意4-1延期')
    const answer = await t.as('leader').says('4-1是什么')
    answer.hears(/申请延期到8月31日：报名人数多/, /同意延期到8月31日/, /原定8月20日/)
  })

  it('units that stand alike are one line, and all are counted', async () => {
    const t = await town()
    ;(await t.as('leader').says('4-1是什么')).hears(
      /市教育局、东河区政府、西山县政府|东河区政府、西山县政府/,
      /共3条：在办3/,
    )
  })
})
