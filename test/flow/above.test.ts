import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { factsOf, findDuties } from '../../db/queries/duties.ts'
import { exchange } from '../../src/flow/above/exchange.ts'
import { linkOffices } from '../../src/flow/above/link.ts'
import { dutiesAbove, heldBelow } from '../../src/flow/above/standing.ts'
import { sendUp } from '../../src/flow/above/up.ts'
import { compose } from '../../src/flow/compose.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const office = officesOf('above')
const UNIT = '西山县政府'

/** The city and one of its counties, which is an office of its own. */
const open = async () => {
  const city = await openTown(office())
  const roster = { level: '县', units: ['县政府办公室', '县教育局', '县财政局'] }
  const plan = '西山县2017年要点\n\n2017年3月1日\n\n1. 公开部门预算（县财政局）。2017年9月1日前完成。\n'
  const county = await openTown(office(), { roster, plan })
  linkOffices([{ deps: city.deps }, { deps: county.deps, above: { office: city.deps.store.office, unit: UNIT } }])
  const on = (day: string, time?: string) => {
    city.on(day, time)
    county.on(day, time)
  }
  const { above } = county.deps
  if (!above) throw new Error('the county is not linked')
  const tick = () => exchange(county.deps, above)
  const theirs = async () => {
    const { view } = await city.deps.cache(city.deps.store)
    const unit = view.units.find(({ name }) => name === UNIT)?.id ?? ''
    return findDuties(city.deps.store, { units: [unit] })
  }
  const own = async () => {
    const { view } = await county.deps.cache(county.deps.store)
    const register = view.plans.find(({ code }) => code === '上级17')
    return register ? findDuties(county.deps.store, { plans: [register.id] }) : []
  }
  return { city, county, on, tick, theirs, own }
}

describe('a county under a city', () => {
  it('is handed the duties of its unit, and nothing else of the city; a second look changes nothing', async () => {
    const { county, city, tick, own, theirs } = await open()
    await tick()
    const down = await own()
    expect(down.map(({ number, state, dueOn, unit }) => [number, state, dueOn, unit])).toEqual([
      ['1', 'unclaimed', '2017-08-10', 'class:本级各单位'],
      ['2', 'unclaimed', '2017-08-20', 'class:本级各单位'],
      ['3', 'unclaimed', '2017-12-01', 'class:本级各单位'],
      ['4', 'unclaimed', '2017-12-31', 'class:本级各单位'],
    ])
    expect((await county.as('office').says('上级17-2是什么')).text).toContain('云溪市：公开17-4-1')
    await tick()
    expect(await own()).toEqual(down)
    const texts = (await theirs()).map(({ text }) => text)
    expect(down.map(({ text }) => text).sort()).toEqual(texts.sort())
    const facts = await county.deps.store.q.select().from(county.deps.store.t.facts)
    const inCounty = JSON.stringify(facts.filter((fact) => fact.office === county.deps.store.office))
    // Of what the city's other units owe nothing came down.
    for (const other of ['财政收支', '饮用水', '细则', '市发改委']) expect(inCounty).not.toContain(other)
    expect((await county.as('office').says('市财政局逾期任务')).text).not.toContain('财政收支')
    expect((await verifyLedger(county.deps.store)).broken).toEqual([])
    expect((await verifyLedger(city.deps.store)).broken).toEqual([])
  })

  it('reports once, as one, when all its units are done; what is returned is open again, and goes up again', async () => {
    const { county, city, tick, own, theirs } = await open()
    await tick()
    await county.as('office').says('上级17-2改派县教育局、县财政局')
    await county.as('liaison:县教育局').says('上级17-2已公开 http://www.example.gov.cn/1')
    await county.as('office').says('通过 县教育局 上级17-2')
    await tick()
    const above = async () => (await theirs()).find(({ number }) => number === '4-1')
    const below = async () => (await own()).filter(({ number }) => number === '2').map(({ state }) => state)
    expect((await above())?.state).toBe('open')
    await county.as('liaison:县财政局').says('上级17-2已公开 http://www.example.gov.cn/2')
    await county.as('office').says('通过 县财政局 上级17-2')
    await tick()
    expect((await above())?.state).toBe('review')
    const reports = async () =>
      (await factsOf(city.deps.store, 'duty', [(await above())?.id ?? ''])).filter(({ kind }) => kind === 'reported')
    expect(await reports()).toMatchObject([
      {
        by: `above:${county.deps.store.office}`,
        body: { links: ['http://www.example.gov.cn/1', 'http://www.example.gov.cn/2'] },
        words: { text: expect.stringMatching(/汇总上报：县教育局已办结.*县财政局已办结/) },
      },
    ])
    await tick()
    expect(await reports()).toHaveLength(1)

    await city.as('office').says('退回 西山县政府 4-1，链接打不开，8月18日前重报')
    await tick()
    expect(await below()).toEqual(['returned', 'returned'])
    const digest = await compose(county.deps, { kind: 'office', told: { week: false, month: false, since: '' } })
    expect(JSON.stringify(digest?.card)).toContain('上级17-2 上级退回：2017年8月20日前公开义务教育招生结果')
    expect(JSON.stringify(digest?.card)).toContain('上级要求8月18日前（链接打不开')
    expect((await own()).find(({ number }) => number === '2')?.dueOn).toBe('2017-08-18')
    await tick()
    expect(await reports()).toHaveLength(1)
    for (const unit of ['县教育局', '县财政局']) {
      await county.as(`liaison:${unit}`).says('上级17-2已重新公开 http://www.example.gov.cn/3')
      await county.as('office').says(`通过 ${unit} 上级17-2`)
    }
    await tick()
    expect(await reports()).toHaveLength(2)
    await city.as('office').says('通过 西山县政府 4-1')
    await tick()
    expect((await above())?.state).toBe('done')
    expect(await below()).toEqual(['done', 'done'])
    expect((await verifyLedger(county.deps.store)).broken).toEqual([])
    expect((await verifyLedger(city.deps.store)).broken).toEqual([])
  })

  it('sends up by the office’s word what is not done yet: once, as progress; called done, as a report', async () => {
    const { county, city, tick, own, theirs } = await open()
    await tick()
    await county.as('office').says('上级17-2改派县教育局、县财政局')
    await county.as('liaison:县教育局').says('上级17-2正在办，方案已征求意见')
    expect((await county.as('liaison:县教育局').says('上报 上级17-2')).text).not.toContain('将上报上级')
    expect((await county.as('office').says('上报 上级17-3')).text).toContain('没有可以上报的内容')
    expect((await county.as('office').says('上报 1')).text).not.toContain('将上报上级')
    const asked = (await county.as('office').says('上报 上级17-2，8月中旬公开，总体过半')).text
    expect(asked).toContain('将上报上级')
    expect(asked).toContain('公开17-4-1')
    expect(asked).toContain('作为进展，仍在办理：8月中旬公开，总体过半；县教育局：上级17-2正在办，方案已征求意见')
    const facts = async (kind: string) => {
      const [above] = (await theirs()).filter(({ number }) => number === '4-1')
      return (await factsOf(city.deps.store, 'duty', [above?.id ?? ''])).filter((fact) => fact.kind === kind)
    }
    await tick()
    await tick()
    expect(await facts('progressed')).toMatchObject([
      { words: { text: expect.stringMatching(/上报：8月中旬公开，总体过半；县教育局：.*方案已征求意见$/) } },
    ])
    expect((await theirs()).find(({ number }) => number === '4-1')?.state).toBe('open')
    const digest = await compose(county.deps, { kind: 'office', told: { week: false, month: false, since: '' } })
    expect(JSON.stringify(digest?.card)).toContain('上级17-2 已上报上级')

    const report = '上级17-2上报市里，已公开 http://www.example.gov.cn/1'
    expect((await county.as('office').says(report)).text).toContain('作为反馈，送上级审核')
    await tick()
    await tick()
    expect(await facts('reported')).toMatchObject([{ body: { links: ['http://www.example.gov.cn/1'] } }])
    expect((await theirs()).find(({ number }) => number === '4-1')?.state).toBe('review')
    // Nothing of what is below was closed by it.
    expect((await own()).filter(({ number }) => number === '2').map(({ state }) => state)).toEqual(['open', 'open'])
    await city.as('office').says('通过 西山县政府 4-1')
    await tick()
    expect((await county.as('office').says('上报 上级17-2：补充')).text).toContain('上级已经审核通过，不需要再报')
    expect((await verifyLedger(county.deps.store)).broken).toEqual([])
    expect((await verifyLedger(city.deps.store)).broken).toEqual([])
  })

  it('sends up once what broke off before it was told below, and tells what was not taken', async () => {
    const { county, city, tick, theirs } = await open()
    await tick()
    const { above: over } = county.deps
    const find = async () => {
      const above = over && (await dutiesAbove(over))
      const duty = above?.duties.find(({ number }) => number === '4-1')
      const held = duty && (await heldBelow(county.deps, city.deps.store.office)).get(duty.id)
      if (!above || !duty || !held) throw new Error('the task did not come down')
      return { unit: above.id, duty, held }
    }
    await county.as('office').says('上报 上级17-2：初稿已征求意见')
    const { unit, duty, held } = await find()
    const [asked] = held.asked
    if (!asked) throw new Error('nothing was asked')
    // It stands above, and the process ends before the office below is told.
    await sendUp(county.deps, city.deps, unit, duty, held, asked)
    await tick()
    await tick()
    const facts = await factsOf(city.deps.store, 'duty', [duty.id])
    expect(facts.filter(({ kind }) => kind === 'progressed')).toHaveLength(1)
    expect((await find()).held.asked).toEqual([])

    await county.as('office').says('上报 上级17-2，已公开 http://www.example.gov.cn/1')
    await city.as('office').says('免予办理 西山县政府 4-1，与另一项合并')
    await tick()
    expect((await theirs()).find(({ number }) => number === '4-1')?.state).toBe('waived')
    const digest = await compose(county.deps, { kind: 'office', told: { week: false, month: false, since: '' } })
    expect(JSON.stringify(digest?.card)).toContain('上级17-2 上级没有收下上报')
    await tick()
    expect((await find()).held.asked).toEqual([])
  })

  it('is told once what was sent though clocks are apart, and that nothing is sent of a duty that was taken away', async () => {
    const { county, city, tick } = await open()
    await tick()
    await county.as('office').says('上级17-2改派县教育局')
    await county.as('office').says('上报 上级17-2：初稿已征求意见')
    // The clock of the server that ticks is behind that of the one that heard it.
    county.on('2017-07-11', '08:00')
    await tick()
    await tick()
    await tick()
    const told = async () => {
      const { q, t, office } = county.deps.store
      const facts = await q
        .select()
        .from(t.facts)
        .where(and(eq(t.facts.office, office), eq(t.facts.kind, 'above')))
        .orderBy(t.facts.id, t.facts.seq)
      return facts.map(({ body }) => body.what)
    }
    expect((await told()).filter((what) => what === 'sent')).toHaveLength(1)
    await county.as('office').says('上报 上级17-2：又有进展')
    await city.as('office').says('西山县政府 4-1改派市教育局')
    await tick()
    await tick()
    expect((await told()).filter((what) => what === 'gone' || what === 'refused')).toEqual(['gone', 'refused'])
    const held = [...(await heldBelow(county.deps, city.deps.store.office)).values()]
    expect(held.flatMap(({ asked }) => asked)).toEqual([])
  })

  it('tells above neither what a unit withdrew nor one unit’s secrecy review as that of all', async () => {
    const { county, city, tick, theirs } = await open()
    await tick()
    await county.as('office').says('上级17-2改派县教育局、县财政局')
    await county.as('liaison:县教育局').says('上级17-2已公开 http://www.example.gov.cn/wrong')
    await county.as('liaison:县教育局').says('撤回 上级17-2')
    await county.as('liaison:县财政局').says('上级17-2已公开，已经保密审查，审查人：王静 http://www.example.gov.cn/2')
    await county.as('office').says('上报 上级17-2，已公开')
    await tick()
    const above = (await theirs()).find(({ number }) => number === '4-1')
    const facts = await factsOf(city.deps.store, 'duty', [above?.id ?? ''])
    expect(facts.filter(({ kind }) => kind === 'reported')).toHaveLength(1)
    expect(JSON.stringify(facts)).not.toContain('wrong')
    expect(JSON.stringify(facts)).not.toContain('王静')
    expect(facts.filter(({ kind }) => kind === 'cleared')).toEqual([])
  })

  it('follows what moves above: the day, a stop and a new start, and what is no longer asked of it', async () => {
    const { county, city, tick, own } = await open()
    await tick()
    await county.as('office').says('上级17-1改派县教育局')
    const first = async () => {
      const found = (await own()).find(({ number }) => number === '1')
      return [found?.state, found?.dueOn]
    }
    expect((await city.as('office').says('R-2 西山县政府时限改为8月4日，因工作需要')).text).toContain('8月4日')
    await tick()
    expect(await first()).toEqual(['open', '2017-08-04'])
    await city.as('office').says('中止 西山县政府 R-2，因机构调整')
    await tick()
    expect((await first())[0]).toBe('suspended')
    await city.as('office').says('恢复 西山县政府 R-2')
    await tick()
    expect((await first())[0]).toBe('open')
    await city.as('office').says('西山县政府 R-2 改派东河区政府')
    await tick()
    expect((await first())[0]).toBe('waived')
    expect((await verifyLedger(county.deps.store)).broken).toEqual([])
  })

  it('a server that ended between the two sides, and two at the same time, neither lose nor double anything', async () => {
    const { county, tick, own, theirs } = await open()
    await Promise.allSettled([tick(), tick(), tick()])
    await tick()
    expect(await own()).toHaveLength(4)
    await county.as('office').says('上级17-2改派县教育局')
    await county.as('liaison:县教育局').says('上级17-2已公开')
    await county.as('office').says('通过 上级17-2')
    // The city has the report; the county ends before it hears so.
    const { atomic } = county.deps.store
    county.deps.store.atomic = () => Promise.reject(new Error('the process ended'))
    await expect(tick()).rejects.toThrow('the process ended')
    county.deps.store.atomic = atomic
    await Promise.allSettled([tick(), tick()])
    await tick()
    const duty = (await theirs()).find(({ number }) => number === '4-1')
    expect(duty?.state).toBe('review')
    const told = await factsOf(county.deps.store, 'task', [
      (await own()).find(({ number }) => number === '2')?.task ?? '',
    ])
    expect(told.map(({ kind, body }) => `${kind} ${body.what ?? ''}`)).toEqual([
      'drafted ',
      'above new',
      'above review',
    ])
  })

  it('tells its office once what was not taken above and why, and reports again when it has been put right', async () => {
    const { county, city, tick, own, theirs } = await open()
    await tick()
    await county.as('office').says('上级17-2改派县教育局')
    await county.as('liaison:县教育局').says('上级17-2已公开 http://www.example.gov.cn/1')
    await county.as('office').says('通过 上级17-2')
    // As it would stand there if an older program had taken what is no address.
    const { t, office: name } = county.deps.store
    const reports = (links: string[]) =>
      county.deps.store.one((q) =>
        q
          .update(t.facts)
          .set({ body: { on: '2017-08-01', links } })
          .where(and(eq(t.facts.office, name), eq(t.facts.kind, 'reported'))),
      )
    await reports(['内网共享盘'])
    const task = (await own()).find(({ number }) => number === '2')?.task ?? ''
    const told = async () =>
      (await factsOf(county.deps.store, 'task', [task])).flatMap(({ body, words }) =>
        body.what === 'refused' ? [words?.reason] : [],
      )
    // The city has answered; the county ends before it has written that down.
    const { atomic } = county.deps.store
    county.deps.store.atomic = () => Promise.reject(new Error('the process ended'))
    await expect(tick()).rejects.toThrow('the process ended')
    county.deps.store.atomic = atomic
    await tick()
    await tick()
    expect(await told()).toEqual([expect.stringMatching(/^链接不对：“内网共享盘”不是网址/)])
    const state = async () => (await theirs()).find(({ number }) => number === '4-1')?.state
    expect(await state()).toBe('open')
    const digest = await compose(county.deps, { kind: 'office', told: { week: false, month: false, since: '' } })
    expect(JSON.stringify(digest?.card)).toMatch(/上级17-2 上级没有收下上报：.*内网共享盘/)

    // Put right, but not quite; and again the county ends before it has written down what the city said.
    await reports(['另一个共享盘'])
    await county.as('office').says('上级17-2 县教育局 保密审查通过')
    county.deps.store.atomic = () => Promise.reject(new Error('the process ended'))
    await expect(tick()).rejects.toThrow('the process ended')
    county.deps.store.atomic = atomic
    await tick()
    await tick()
    expect(await told()).toEqual([expect.stringContaining('内网共享盘'), expect.stringContaining('另一个共享盘')])

    await reports(['http://www.example.gov.cn/2'])
    await county.as('office').says('上级17-2 县教育局 保密审查不通过，需修改')
    await county.as('office').says('上级17-2 县教育局 保密审查通过')
    await tick()
    expect(await state()).toBe('review')
    expect(await told()).toHaveLength(2)
    expect((await verifyLedger(city.deps.store)).broken).toEqual([])
  })
})
