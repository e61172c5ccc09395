import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../commands/command.ts'
import { seen } from '../../commands/present.ts'
import { findDuties } from '../../db/queries/duties.ts'
import { machineContext } from '../../src/flow/machine.ts'
import { knownBefore } from '../time/notices.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'
import { workdayPlan } from '../town/workday-plan.ts'
import { openConsole } from './console.ts'

type Person = Awaited<ReturnType<ReturnType<typeof openConsole>['as']>>
interface Board {
  name: string
  due: number
  done: number
  overdue: number
  lights: Record<string, number>
}

const office = officesOf('overview')
let t: Town
let leader: Person
let plain: Person
let main: Person
let liaison: Person
let head: Person
const ids = new Map<string, string>()
const idOf = (name: string): string => ids.get(name) ?? ''

beforeAll(async () => {
  t = await openTown(office())
  for (const { id, name } of (await t.deps.cache(t.deps.store)).view.units) ids.set(name, id)
  t.on('2017-08-31')
  await t.as('liaison:市财政局').says('1-2 7月的已公开')
  t.on('2017-09-13')
  await t.as('office').says('通过 1-2')
  await t.as('liaison:市教育局').says('4-1 已公开')
  await t.as('office').says('催办 2-1')
  ;(await t.as('office').says('市统计局1-3暂停，等上级文件')).hears('已中止')
  t.on('2017-09-14')
  const { as } = openConsole(t.deps)
  leader = await as('leader', '市财政局', '市环保局')
  plain = await as('leader')
  main = await as('office')
  liaison = await as('liaison', '市财政局')
  head = await as('head', '市审计局')
})

/** Every duty of a unit (or of all), as a list in the chat sees it. */
const seenAll = async (name?: string) => {
  const c: Context = machineContext(t.deps, await t.deps.cache(t.deps.store))
  return (await findDuties(t.deps.store, name ? { units: [idOf(name)] } : {})).map((duty) => seen(c, duty))
}

describe('the overview and the chat', () => {
  it('the list of plans says the same rate as both', async () => {
    const [plan] = (await main.get('/plans')).body.plans
    const { figures } = (await main.get(`/overview?plan=${plan.id}`)).body
    expect(figures.due).toBeGreaterThan(0)
    expect([plan.due, plan.done]).toEqual([figures.due, figures.done])
  })

  it('say the same rate, in the same parts', async () => {
    for (const [path, words] of [
      ['', '全市完成率'],
      [`?unit=${idOf('市财政局')}`, '市财政局完成率多少'],
      ['?mine=1', '我分管的完成率'],
      ['?year=2017', '2017年完成率'],
      [`?plan=${(await main.get('/overview')).body.plans[0].id}`, '公开17完成率多少'],
    ] as const) {
      const { figures: f } = (await leader.get(`/overview${path}`)).body
      const said =
        path === '?mine=1'
          ? await t.as('leader').says('市财政局、市环保局完成率多少')
          : await t.as('leader').says(words)
      said.hears(`已办结${f.done} ÷ 应完成${f.due}）`)
      said.hears(`按时${f.done - f.doneLate}，逾期办结${f.doneLate}`)
      said.hears(`待审核：${f.review}项（按时报送${f.review - f.reviewLate}，逾期报送${f.reviewLate}）`)
      said.hears(`未完成：${f.open}项，其中逾期${f.overdue}项`)
      if (f.standing) said.hears(`持续推进${f.standing}项`)
      if (f.suspended) said.hears(`已中止${f.suspended}项`)
      if (path !== '?year=2017') said.hears(`未到期${f.later}项`)
      expect(f.due).toBeGreaterThan(2)
    }
  })

  it('rank units by the same counts, and show the same lights', async () => {
    const { board, lights } = (await main.get('/overview')).body as { board: Board[]; lights: Board['lights'] }
    const rank = await t.as('leader').says('各单位排名')
    for (const { name, due, done } of board.filter((one) => one.due > 0).slice(0, 6))
      if (rank.text.includes(name)) rank.hears(new RegExp(`${name} +\\d+\\.\\d%（${done}/${due}）`))
    const all = await seenAll()
    for (const light of ['red', 'yellow', 'green'])
      expect([light, lights[light]]).toEqual([light, all.filter((one) => one.light === light).length])
    for (const unit of board)
      for (const light of ['red', 'yellow', 'green'])
        expect([unit.name, light, unit.lights[light]]).toEqual([
          unit.name,
          light,
          all.filter((one) => one.duty.unit === idOf(unit.name) && one.light === light).length,
        ])
    const { figures } = (await main.get('/overview')).body
    for (const state of ['suspended', 'standing', 'waiting', 'unclaimed'])
      expect([state, figures[state]]).toEqual([state, all.filter((one) => one.state === state).length])
    expect([figures.suspended, figures.reviewing]).toEqual([2, 1])
    const order = board.map((one) => [one.lights.red, one.lights.yellow, one.lights.green] as [number, number, number])
    expect(order).toEqual([...order].sort((a, b) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2]))
    expect(board[0]?.lights.red).toBeGreaterThan(board[board.length - 1]?.lights.red ?? 0)
  })

  it('themes and days add up to the figures', async () => {
    const { figures } = (await main.get('/overview')).body
    const { themes } = (await main.get('/overview/themes')).body
    expect(themes.map(({ theme }: { theme: string }) => theme)).toEqual([
      '（一）围绕稳增长推进公开',
      '（二）围绕惠民生推进公开',
      '三、保障措施',
    ])
    for (const key of ['due', 'done', 'doneLate', 'review', 'reviewLate', 'open', 'overdue'])
      expect([key, themes.reduce((n: number, one: Record<string, number>) => n + (one[key] ?? 0), 0)]).toEqual([
        key,
        figures[key],
      ])
    const calendar = (await main.get('/overview/calendar')).body
    const days = calendar.days as { due: number; overdue: number }[]
    expect(days.reduce((n, { overdue }) => n + overdue, 0)).toBe(figures.overdue)
    expect(calendar).toMatchObject({ year: 2017, today: '2017-09-14', provisional: false })
    expect(calendar.work).toContain('2017-09-30')
    expect(calendar.off).toContainEqual({ from: '2017-10-01', to: '2017-10-08', festivals: ['国庆', '中秋'] })
    const next = (await main.get('/overview/calendar?of=2016')).body
    expect(next).toMatchObject({ year: 2016, days: [] })
  })

  it('tells what moved in seven days, the newest day first, each with its duties', async () => {
    const { days, from, to } = (await main.get('/overview/moved')).body
    expect([from, to]).toEqual(['2017-09-08', '2017-09-14'])
    expect(days).toHaveLength(1)
    const told = days[0].units.map(({ name, moved, rows }: Record<string, unknown[]>) => [
      name,
      ...(moved ?? []).map((one) => Object.values(one as object).join(' ')),
      (rows as { code: string }[]).map(({ code }) => code).join(' '),
    ])
    expect(days[0].day).toBe('2017-09-13')
    expect(told).toEqual([
      ['市财政局', 'approved 1', '公开17-1-2'],
      ['市发改委', 'urged 1', '公开17-2-1'],
      ['市教育局', 'reported 1', '公开17-4-1'],
    ])
  })
})

describe('who sees what', () => {
  const paths = ['', '/themes', '/calendar', '/moved', '/provisional']

  it('a liaison and a head see their own unit, and nobody else by asking', async () => {
    const own = (await liaison.get('/overview')).body
    expect(own.board.map(({ name }: Board) => name)).toEqual(['市财政局'])
    expect(own.figures).toEqual((await leader.get(`/overview?unit=${idOf('市财政局')}`)).body.figures)
    expect(own.choices).toEqual([{ id: idOf('市财政局'), name: '市财政局' }])
    expect((await head.get('/overview')).body.board.map(({ name }: Board) => name)).toEqual(['市审计局'])
    expect((await head.get('/overview/moved')).body.days).toEqual([])
    const due = (await head.get('/overview/calendar')).body.days as { due: number }[]
    expect(due.reduce((n, one) => n + one.due, 0)).toBe((await seenAll('市审计局')).length)
    for (const path of paths) {
      expect(await head.get(`/overview${path}?unit=${idOf('市财政局')}`)).toMatchObject({ status: 403 })
      expect(await liaison.get(`/overview${path}?unit=${idOf('市财政局')},${idOf('市审计局')}`)).toMatchObject({
        status: 403,
      })
      // What a leader asks for is no way around it.
      const mine = await head.get(`/overview${path}?mine=1`)
      expect(JSON.stringify(mine.body)).not.toContain('市财政局')
    }
  })

  it('a leader sees all, or those in their charge; one who has none is told', async () => {
    const mine = (await leader.get('/overview?mine=1')).body
    expect(mine.board.map(({ name }: Board) => name).sort()).toEqual(['市环保局', '市财政局'])
    expect((await leader.get('/overview')).body.board.length).toBeGreaterThan(8)
    const none = await plain.get('/overview?mine=1')
    expect([none.status, none.body.error]).toEqual([422, expect.stringContaining('分管')])
  })

  it('what cannot be asked for is refused in a line', async () => {
    expect(await main.get('/overview?plan=nothing')).toMatchObject({ status: 422 })
    expect(await main.get('/overview?year=17')).toMatchObject({ status: 400 })
  })
})

it('days that hang on a holiday notice are counted, and named', async () => {
  const town = await openTown(office(), { plan: workdayPlan, day: '2017-11-20', notices: knownBefore(2018) })
  const console = openConsole(town.deps)
  const someone = await console.as('office')
  const { years, rows } = (await someone.get('/overview/provisional')).body
  const duties = (await findDuties(town.deps.store, {})).filter((duty) => duty.provisional && duty.dueOn)
  expect(duties.length).toBeGreaterThan(10)
  expect(years.reduce((n: number, one: { n: number }) => n + one.n, 0)).toBe(duties.length)
  expect(years.map(({ year }: { year: number }) => year)).toEqual([2018, 2019])
  expect(rows[0]).toMatchObject({ dueOn: duties[0]?.dueOn, id: duties[0]?.id })
  const [next, after] = [
    (await someone.get('/overview/calendar?of=2018')).body,
    (await someone.get('/overview/calendar?of=2019')).body,
  ]
  expect(next.provisional).toBe(true)
  const told = [...next.days, ...after.days] as { provisional: number }[]
  expect(told.reduce((n, day) => n + day.provisional, 0)).toBe(duties.length)
  const one = await console.as('liaison', '市审计局')
  expect((await one.get('/overview/provisional')).body).toMatchObject({ years: [], rows: [] })
})
