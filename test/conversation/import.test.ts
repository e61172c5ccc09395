import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { takeOver } from '../../src/cli/import.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { openDraft } from '../../src/flow/import.ts'
import { ensureOffice } from '../../src/flow/office.ts'
import { applyRoster } from '../../src/flow/roster.ts'
import { sealYesterday } from '../../src/flow/seal.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { parse } from '../../src/plan/parse.ts'
import { atOffice } from '../../src/time/day.ts'
import { readRosterJson } from '../../src/unit/roster.ts'
import { townDeps } from '../town/town.ts'

const plan = `云溪市2017年绿色建筑工作实施方案

为做好全市绿色建筑工作，制定本方案。

一、重点任务

1. 加强统筹协调。2017年9月底前编制专项规划（市住建局）。项目批复后20个工作日内公示批复结果（市发改委、市住建局）。

2. 加强宣传。每季度开展主题宣传（有关部门）。9月中旬前报送宣传总结（市住建局、市邮政管理局）。

3. 加强监管。项目批复后10日内开展现场核查（市环保局）。每月通报检查结果（各园区管委会、有关部门）。

二、保障措施

（一）加强领导。各县区、各部门年内至少听取一次汇报。

云溪市人民政府办公室

2017年6月1日印发
`
const roster = {
  level: '市',
  units: ['市政府办公室', '市发改委', '市住建局', '市环保局', '市财政局', '市交通局', '东河区政府', '西山县政府'],
  groups: { 各县区: ['东河区政府', '西山县政府'] },
}

let store: Store
let deps: Deps
const clock = { now: atOffice('2017-07-12', '10:00', 'Asia/Shanghai') }
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  deps = townDeps(store.of('yunxi'), clock)
  await ensureOffice(deps.store, { name: '云溪市', zone: deps.zone })
  const stamp = { by: 'admin:test', via: 'test:roster', at: clock.now }
  await applyRoster(deps, readRosterJson(roster), stamp)
})
afterAll(() => store.close())

/** `import` by somebody who answers by what is asked, and leaves (Ctrl+D) where nothing is left to say. */
const imports = async (text: string, ...answers: [asked: RegExp, answer: string][]) => {
  const told: string[] = []
  const left = [...answers]
  const tell = (line: string) => void told.push(line)
  const ask = async (prompt: string) => {
    told.push(prompt)
    const [next] = left
    if (!next) return null
    expect(told.slice(-4).join('\n')).toMatch(next[0])
    left.shift()
    told.push(`< ${next[1]}`)
    return next[1]
  }
  const bytes = new TextEncoder().encode(text)
  await takeOver(
    { deps },
    { draft: parse(bytes), lines: [], bytes, yes: false, from: undefined, talk: { ask, tell } },
    tell,
  )
  expect(left).toEqual([])
  return told.join('\n')
}

const tasks = async () => {
  const { t, q } = deps.store
  const rows = await q.select({ draft: t.tasks.draft, number: t.tasks.number }).from(t.tasks)
  return new Map(rows.map(({ number, draft }) => [number, draft]))
}
/** Leads of the task with that number, as the plan's draft has them. */
const drafts = async (number: string, code: string) => {
  const { view } = await deps.cache(deps.store)
  const draft = await openDraft(deps, view.plans.find((one) => one.code === code)?.id ?? '')
  return draft.tasks.filter(({ id }) => id === number).map(({ lead }) => lead)
}
const states = async (number: string) => {
  const { t, q } = deps.store
  const units = new Map((await q.select().from(t.units)).map(({ id, name }) => [id, name]))
  const rows = await q.select().from(t.duties)
  return rows
    .filter(({ task }) => task.endsWith(`.${number}`))
    .map(({ unit, state, round }) => `${units.get(unit) ?? unit} ${round} ${state}`)
    .sort()
}

describe('a plan is imported by somebody at a terminal', () => {
  it('who leaves at the first question: nothing is released, and nothing is asked twice that was answered', async () => {
    const told = await imports(plan, [/没有文号/, '云政办发〔2017〕21号'], [/没有发文机关/, '跳过'])
    expect(told).toMatch(/\[1\/\d\] 第1行：文中没有文号，请补上/)
    expect(told).toMatch(/没有下达/)
    const { view } = await deps.cache(deps.store)
    expect(view.plans.map(({ state, document }) => [state, document.number])).toEqual([
      ['draft', '云政办发〔2017〕21号'],
    ])
  })

  it('who goes on: every question once for its name, answers that do not fit are asked again', async () => {
    const told = await imports(
      plan,
      [/没有发文机关.*建议：留空/s, '云溪市人民政府办公室'],
      [/第2-2项的“9月中旬前”没有写明哪一天[\s\S]*原文：9月中旬前报送/, '九月'],
      [/请写日期，如 2017-08-25/, '2017年9月15日'],
      [/通讯录里没有“市邮政管理局”，录入为新单位/, '市交通局'],
      [/1-2号、3-1号共2项任务：时限从“项目批复”起算/, '2017-07-10'],
      [/2-1号、3-2号共2项任务：“有关部门”指哪些单位/, '市财政局、市商务局'],
      [/通讯录里没有“市商务局”/, '市财政局、环保局'],
      [/“各园区管委会”包括哪些单位/, ''],
      [/从哪一天起计算期次[\s\S]*建议：2017-07-12/, ''],
      [/是否下达 绿色建筑17/, '是'],
    )
    expect(told).not.toMatch(/没有文号/)
    expect(told).toMatch(/已下达 绿色建筑17/)
  })

  it('and the ledger holds what was answered, each with its fact', async () => {
    const now = await tasks()
    expect(now.get('2-2')).toMatchObject({
      lead: ['市住建局', '市交通局'],
      deadlines: [{ kind: 'date', by: '2017-09-15' }],
    })
    expect(now.get('1-2')?.deadlines).toMatchObject([{ kind: 'date', by: '2017-08-07' }])
    expect(now.get('3-1')?.deadlines).toMatchObject([{ kind: 'date', by: '2017-07-20' }])
    expect(now.get('2-1')?.lead).toEqual(['市财政局', '市环保局'])
    expect(await states('2-1')).toContain('市财政局 2017-Q3 open')
    expect(
      (await states('3-2'))
        .filter((each) => each.startsWith('各园区管委会'))
        .every((each) => / (?:unclaimed|unconfirmed)$/.test(each)),
    ).toBe(true)
    const { t, q } = deps.store
    const facts = await q.select().from(t.facts)
    const amended = facts.filter(({ subject, kind }) => subject === 'task' && kind === 'amended')
    expect(amended.map(({ body }) => body.reason).sort()).toEqual([
      ...['class-without-members', 'class-without-members'],
      ...['relative-event', 'relative-event', 'unknown-unit', 'vague-day'],
    ])
    expect((await verifyLedger(deps.store)).broken).toEqual([])
  })

  it('issued again, what was settled stays settled; the difference is shown and confirmed', async () => {
    const next = plan.replace('9月底前编制专项规划', '10月底前编制专项规划')
    const shown = await imports(next, [/是否按此修订台账/, ''])
    expect(shown).toMatch(/新增0项、变更1项、删去0项/)
    expect(shown).toMatch(/变更 1-1号/)
    expect(shown).toMatch(/时限：2017年9月30日前 → 2017年10月31日前/)
    expect(shown).toMatch(/责任事项：调整1条/)
    expect(shown).toMatch(/没有改动台账/)
    expect(await states('1-1')).toEqual(['市住建局 2017-09-30 open'])
    const told = await imports(next, [/是否按此修订台账/, '是'])
    expect(told).toMatch(/已修订 绿色建筑17：新增0项、变更1项、删去0项任务；责任事项新开0条、调整1条、免予办理0条/)
    expect(await states('1-1')).toEqual(['市住建局 2017-10-31 open'])
    expect((await tasks()).get('2-2')?.deadlines).toMatchObject([{ by: '2017-09-15' }])
    expect(await imports(next)).toMatch(/内容没有变化/)
    expect((await verifyLedger(deps.store)).broken).toEqual([])
  })

  it('and a new question of it is asked', async () => {
    const next = plan
      .replace('9月底前编制专项规划', '10月底前编制专项规划')
      .replace('（市环保局）', '（市环保局、市气象局）')
    const told = await imports(next, [/通讯录里没有“市气象局”/, ''], [/是否按此修订台账/, '是'])
    expect(told).toMatch(/单位：市环保局 → 市环保局、市气象局/)
    expect((await states('3-1')).map((each) => each.split(' ')[0])).toEqual(['市气象局', '市环保局'].sort())
    expect((await verifyLedger(deps.store)).broken).toEqual([])
  })
})

describe('a draft that nobody released', () => {
  it('is replaced by another text', async () => {
    const draft = plan.replace('绿色建筑', '装配建筑')
    await imports(draft)
    const replaced = await imports(
      draft.replace('3. 加强监管。项目批复后10日内开展现场核查（市环保局）。', '3. 加强监管。'),
    )
    expect(replaced).toMatch(/替换原来的草稿/)
    const { view } = await deps.cache(deps.store)
    expect(view.plans.map(({ code }) => code)).toEqual(['绿色建筑17', '装配建筑17'])
    // A seal over the draft still holds when its tasks go and come back.
    clock.now = atOffice('2017-07-13', '10:00', 'Asia/Shanghai')
    await sealYesterday(deps)
    await imports(draft.replace(/2\. 加强宣传[^\n]+\n\n/, ''))
    await imports(draft, [/没有文号/, ''])
    expect(await verifyLedger(deps.store)).toMatchObject({ seals: 1, broken: [] })
    const leads = []
    for (const number of ['1-1', '2-1', '2-2']) leads.push(...(await drafts(number, '装配建筑17')))
    expect(leads).toEqual([['市住建局'], ['有关部门'], ['市住建局', '市邮政管理局']])
    expect((await verifyLedger(deps.store)).broken).toEqual([])
  })
})
