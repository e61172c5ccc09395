import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Store } from '../../db/store.ts'
import { applyReissue, importPlan, isDifferent, reissueOf } from '../../src/flow/import.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { parse } from '../../src/plan/parse.ts'
import { townPlan } from '../town/plan.ts'
import { openTown, type Town } from '../town/town.ts'

let open: Store[] = []
afterEach(async () => {
  for (const store of open) await store.close()
  open = []
})

const newTown = async (): Promise<Town> => {
  const store = await openSqlite(':memory:')
  open.push(store)
  await migrate(store)
  return openTown(store.of('yunxi'))
}

const stamp = ({ deps }: Town) => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })
const encode = (text: string) => new TextEncoder().encode(text)
const planOf = async ({ deps }: Town) => (await deps.cache(deps.store)).view.plans[0]?.id ?? ''

/** The words of the town's plan with some changed; each must be there. */
const rewritten = (...changes: [from: string, to: string][]): string =>
  changes.reduce((text, [from, to]) => {
    expect(text).toContain(from)
    return text.replace(from, to)
  }, townPlan)

const revise = async (town: Town, text: string) => {
  const bytes = encode(text)
  return applyReissue(town.deps, await planOf(town), parse(bytes), bytes, stamp(town))
}

/** Every duty as `task unit round`, with its state and day; class names for ids stay as they are. */
const duties = async ({ deps }: Town) => {
  const { t, q } = deps.store
  const { view } = await deps.cache(deps.store)
  const units = new Map(view.units.map(({ id, name }) => [id, name]))
  const tasks = new Map(
    (await q.select({ id: t.tasks.id, number: t.tasks.number }).from(t.tasks)).map((one) => [one.id, one.number]),
  )
  const rows = await q.select().from(t.duties)
  return rows
    .map((row) => ({
      ...row,
      key: `${tasks.get(row.task) ?? `?${row.task}`} ${units.get(row.unit) ?? row.unit} ${row.round}`,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}
const states = async (town: Town) =>
  Object.fromEntries((await duties(town)).map(({ key, state, dueOn }) => [key, `${state} ${dueOn}`]))
const kinds = async ({ deps }: Town, subject: string) => {
  const { t, q } = deps.store
  const facts = await q.select({ subject: t.facts.subject, kind: t.facts.kind }).from(t.facts)
  return facts.filter((fact) => fact.subject === subject).map(({ kind }) => kind)
}
const whole = async ({ deps }: Town) => expect((await verifyLedger(deps.store)).broken).toEqual([])

const dayMoved: [string, string] = ['2017年8月25日前，在门户网站', '2017年9月15日前，在门户网站']
const unitMoved: [string, string] = [
  '招生结果（市教育局、东河区政府、西山县政府）',
  '招生结果（市教育局、东河区政府、市审计局）',
]
const itemAdded: [string, string] = [
  '4. 推进教育信息公开。',
  '4. 推进食品安全信息公开。2017年10月底前公开抽检结果（市环保局、市审计局）。\n\n5. 推进教育信息公开。',
]
const itemGone: [string, string] = [
  '3. 推进环境信息公开。每季度公开饮用水水源水质监测结果（市环保局）。持续做好重污染天气应急信息公开（市环保局）。\n\n4. 推进教育',
  '3. 推进教育',
]

describe('a plan that is issued again', () => {
  it('unchanged: nothing is written, whichever file it comes in', async () => {
    const town = await newTown()
    const before = await kinds(town, 'duty')
    expect((await importPlan(town.deps, parse(townPlan), encode(townPlan), stamp(town))).status).toBe('same')
    const blank = `${townPlan}\n\n`
    expect((await importPlan(town.deps, parse(blank), encode(blank), stamp(town))).status).toBe('differs')
    expect(isDifferent(await reissueOf(town.deps, await planOf(town), parse(blank), stamp(town)))).toBe(false)
    expect(await kinds(town, 'duty')).toEqual(before)
  })

  it('shows its difference and changes nothing by that', async () => {
    const town = await newTown()
    const before = await states(town)
    const text = rewritten(dayMoved, unitMoved, itemAdded)
    const { tasks } = await reissueOf(town.deps, await planOf(town), parse(text), stamp(town))
    const told = tasks
      .filter(({ kind, before, after, fields }) => kind === 'demand' && (!before || !after || fields.length > 0))
      .map(({ before, after, fields }) => [before?.number ?? '新', after?.id ?? '删', fields.join()])
    expect(told).toEqual([
      ['2-1', '2-1', 'text,limits'],
      ['新', '4-1', ''],
      ['4-1', '5-1', 'number,section,units'],
    ])
    expect(await states(town)).toEqual(before)
  })

  it('a day that moved moves the open duty, and its reminder; no new one opens', async () => {
    const town = await newTown()
    const before = await duties(town)
    await revise(town, rewritten(dayMoved))
    const after = await states(town)
    expect(after['2-1 市发改委 2017-09-15']).toBe('open 2017-09-15')
    expect(after['2-1 市发改委 2017-08-25']).toBeUndefined()
    expect(Object.keys(after)).toHaveLength(before.length)
    town.on('2017-09-14')
    const heard = await town.as('liaison:市发改委').says('本月到期的任务')
    heard.hears(/2-1.*9月15日到期/)
    await whole(town)
  })

  it('reported is not touched, nor is done', async () => {
    const town = await newTown()
    town.on('2017-08-10')
    await town.as('liaison:市发改委').says('2-1已完成 http://fgw.example.gov.cn/1')
    await town.as('liaison:市教育局').says('4-1已公开 http://jyj.example.gov.cn/1')
    await town.as('office').says('通过 4-1')
    await revise(town, rewritten(dayMoved, ['2017年8月20日前公开义务', '2017年9月20日前公开义务']))
    const after = await states(town)
    expect(after['2-1 市发改委 2017-08-25']).toBe('review 2017-08-25')
    expect(after['4-1 市教育局 2017-08-20']).toBe('done 2017-08-20')
    expect(after['4-1 东河区政府 2017-09-20']).toBe('open 2017-09-20')
    expect(Object.keys(after).filter((key) => key.startsWith('4-1 市教育局'))).toHaveLength(1)
    ;(await town.as('office').says('待审核的反馈')).hears(/2-1/)
    await whole(town)
  })

  it('a unit that comes has it, one that left is rid of it, and what it reported stays', async () => {
    const town = await newTown()
    town.on('2017-08-10')
    await town.as('liaison:市教育局').says('4-1已公开 http://jyj.example.gov.cn/1')
    await revise(town, rewritten(['招生结果（市教育局、东河区政府、西山县政府）', '招生结果（东河区政府、市审计局）']))
    const after = await states(town)
    expect(after['4-1 市教育局 2017-08-20']).toBe('review 2017-08-20')
    expect(after['4-1 西山县政府 2017-08-20']).toBe('waived 2017-08-20')
    expect(after['4-1 东河区政府 2017-08-20']).toBe('open 2017-08-20')
    expect(after['4-1 市审计局 2017-08-20']).toBe('open 2017-08-20')
    const { t, q } = town.deps.store
    const facts = await q.select({ kind: t.facts.kind, body: t.facts.body }).from(t.facts)
    const waived = facts.filter(({ kind }) => kind === 'waived')
    expect(waived.map(({ body }) => body)).toEqual([{ on: '2017-08-10', reason: '方案修订' }])
    await whole(town)
  })

  it('and when it comes back, its duty opens again', async () => {
    const town = await newTown()
    await revise(town, rewritten(unitMoved))
    expect((await states(town))['4-1 西山县政府 2017-08-20']).toBe('waived 2017-08-20')
    await revise(town, townPlan)
    const after = await states(town)
    expect(after['4-1 西山县政府 2017-08-20']).toBe('open 2017-08-20')
    expect(after['4-1 市审计局 2017-08-20']).toBe('waived 2017-08-20')
    await whole(town)
  })

  it('a task that is dropped is owed by nobody, what was handed in on it stays', async () => {
    const town = await newTown()
    town.on('2017-10-20')
    await town.as('liaison:市环保局').says('3-1三季度的已公开 http://hbj.example.gov.cn/1')
    await revise(town, rewritten(itemGone))
    const after = await states(town)
    // The number 3-1 is the next task's now.
    expect(after['3-1 市教育局 2017-08-20']).toBe('open 2017-08-20')
    expect(after['原3-1 市环保局 2017-Q3']).toMatch(/^review/)
    expect(after['原3-1 市环保局 2017-Q4']).toMatch(/^waived/)
    expect(after['3-2 市环保局 standing']).toMatch(/^waived/)
    ;(await town.as('office').says('待审核的反馈')).hears(/原3-1/)
    // Nothing is left that the unit would report on at the check.
    expect(
      Object.entries(after).filter(([key, state]) => key.startsWith('调度 市环保局') && state.startsWith('open')),
    ).toEqual([])
    await whole(town)
    // A further version knows it no more.
    expect(isDifferent(await reissueOf(town.deps, await planOf(town), parse(rewritten(itemGone)), stamp(town)))).toBe(
      false,
    )
  })

  it('a task that is new opens its duties, and may bring a unit', async () => {
    const town = await newTown()
    const text = rewritten(itemAdded).replace('（市环保局、市审计局）', '（市环保局、市食品药品监管局）')
    const applied = await revise(town, text)
    expect(applied).toMatchObject({ added: 1, changed: 1, dropped: 0, opened: 2, waived: 0 })
    const after = await states(town)
    expect(after['4-1 市食品药品监管局 2017-10-31']).toBe('open 2017-10-31')
    expect(after['5-1 市教育局 2017-08-20']).toBe('open 2017-08-20')
    await whole(town)
    expect((await importPlan(town.deps, parse(text), encode(text), stamp(town))).status).toBe('same')
  })

  it('rounds that are past when the new version comes are to be confirmed', async () => {
    const town = await newTown()
    town.on('2017-09-05')
    await revise(town, rewritten(['开设重大项目专栏（市发改委牵头', '开设重大项目专栏（市统计局牵头']))
    expect((await states(town))['2-1 市统计局 2017-08-25']).toBe('unconfirmed 2017-08-25')
  })

  it('a limit of another kind takes the place of the one before', async () => {
    const town = await newTown()
    await revise(town, rewritten(['持续做好重污染天气', '2017年11月底前做好重污染天气']))
    const after = await states(town)
    expect(after['3-2 市环保局 2017-11-30']).toBe('open 2017-11-30')
    expect(after['3-2 市环保局 standing']).toBeUndefined()
    await revise(town, rewritten(['持续做好重污染天气', '每月做好重污染天气']))
    const monthly = await states(town)
    expect(monthly['3-2 市环保局 2017-11-30']).toBe('waived 2017-11-30')
    expect(monthly['3-2 市环保局 2017-09']).toMatch(/^open/)
    await whole(town)
  })
})

/** A store that breaks at its n-th batch, as a machine that is switched off does. */
const breaking = (store: OfficeStore, at: number): OfficeStore => {
  let n = 0
  return {
    ...store,
    atomic: (write) => {
      if (++n === at) return Promise.reject(new Error('switched off'))
      return store.atomic(write)
    },
  }
}

describe('a revision that breaks off', () => {
  const text = rewritten(dayMoved, unitMoved, itemGone)
  const more = text.replace(
    '3. 推进教育信息公开。',
    '3. 推进食品安全信息公开。2017年10月底前公开抽检结果（市审计局、市发改委）。\n\n4. 推进教育信息公开。',
  )

  it('ends the same when it is repeated, wherever it broke', async () => {
    const undisturbed = await newTown()
    await revise(undisturbed, more)
    const expected = await states(undisturbed)
    let broke = 0
    for (let at = 1; ; at++) {
      const town = await newTown()
      const broken = { ...town, deps: { ...town.deps, store: breaking(town.deps.store, at) } }
      const done = await revise(broken, more).then(
        () => true,
        () => false,
      )
      if (done) break
      broke++
      await whole(town)
      town.on('2017-07-12')
      await revise(town, more)
      expect(await states(town)).toEqual(expected)
      await whole(town)
    }
    expect(broke).toBeGreaterThanOrEqual(4)
  }, 60_000)

  it('reports that come in meanwhile are kept', async () => {
    const town = await newTown()
    town.on('2017-08-10')
    const [, heard] = await Promise.all([
      revise(town, more),
      town.as('liaison:市发改委').says('2-1已完成 http://fgw.example.gov.cn/1'),
    ])
    heard.hears(/已收到反馈/)
    const own = (await duties(town)).filter(({ key }) => key.startsWith('2-1 市发改委'))
    expect(own.map(({ state, reportedOn }) => [state, reportedOn])).toEqual([['review', '2017-08-10']])
    await whole(town)
  })
})

describe('whatever is changed', () => {
  const units = ['市财政局', '市发改委', '市住建局', '市交通局', '市环保局', '市审计局', '东河区政府']
  const times = ['2017年8月25日前', '2017年10月底前', '每季度', '每月', '持续', '2017年11月15日前', '项目批复后20日内']
  const matters = [
    '公开重大项目进展',
    '公布水质监测结果',
    '开展食品抽检',
    '发布招生结果',
    '通报安全检查情况',
    '更新权责清单',
  ]
  const list = fc.uniqueArray(fc.constantFrom(...units), { minLength: 1, maxLength: 3 })
  const item = fc.record({ matter: fc.constantFrom(...matters), time: fc.constantFrom(...times), list })
  const body = fc.uniqueArray(item, { minLength: 1, maxLength: 5, selector: ({ matter }) => matter })
  const write = (items: { matter: string; time: string; list: string[] }[]): string => {
    const lines = items.map(
      ({ matter, time, list }, i) => `${i + 1}. ${matter}。${time}${matter}（${list.join('、')}）。`,
    )
    const from = townPlan.indexOf('（一）围绕稳增长')
    const to = townPlan.indexOf('三、保障措施')
    return `${townPlan.slice(0, from)}${lines.join('\n\n')}\n\n${townPlan.slice(to)}`
  }
  const released = async (plan: string): Promise<Town> => {
    const store = await openSqlite(':memory:')
    open.push(store)
    await migrate(store)
    return openTown(store.of('yunxi'), { plan })
  }
  /** What is owed, without the 调度, whose rounds a revision leaves as they are. */
  const owed = async (town: Town) =>
    (await duties(town))
      .filter(({ key, state }) => !key.startsWith('调度') && state !== 'waived')
      .map(({ key, role, state, dueOn, demand, times, named }) => ({ key, role, state, dueOn, demand, times, named }))

  it('revisions, one after another, owe what the last version released anew would owe', async () => {
    await fc.assert(
      fc.asyncProperty(body, fc.array(body, { minLength: 1, maxLength: 4 }), async (first, next) => {
        const town = await released(write(first))
        for (const items of next) {
          await revise(town, write(items))
          await whole(town)
        }
        expect(await owed(town)).toEqual(await owed(await released(write(next.at(-1) ?? first))))
      }),
      { numRuns: 15 },
    )
  }, 60_000)
})
