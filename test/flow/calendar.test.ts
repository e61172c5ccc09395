import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { setOwnDays } from '../../src/flow/calendar/days.ts'
import { turnCalendar } from '../../src/flow/calendar/turn.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { importPlan, releasePlan } from '../../src/flow/import.ts'
import { tick } from '../../src/flow/tick.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { parse } from '../../src/plan/parse.ts'
import { type Notices, published } from '../../src/time/calendar.ts'
import type { DayDraft } from '../../src/time/own-days.ts'
import { firstOf2020, knownBefore, knownIn } from '../time/notices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'
import { workdayPlan } from '../town/workday-plan.ts'

let store: Store
let offices = 0
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterAll(() => store.close())

/** A town with the plan of workdays, released before the notice for its year; its calendar is noted. */
const town = async (plan = workdayPlan): Promise<Rooms> => {
  const opened = await openRooms(store.of(`calendar-${++offices}`), {
    ...{ plan, day: '2017-11-20', notices: knownBefore(2018) },
  })
  await turnCalendar(opened.deps)
  return opened
}

const duties = async ({ deps }: Pick<Rooms, 'deps'>) => {
  const { t, q, office } = deps.store
  const rows = await q.select().from(t.duties).where(eq(t.duties.office, office))
  const numbers = new Map(
    (await q.select({ id: t.tasks.id, n: t.tasks.number }).from(t.tasks)).map((one) => [one.id, one.n]),
  )
  return rows.map((row) => ({ ...row, number: numbers.get(row.task) ?? '' }))
}
const daysOf = async (t: Rooms, number: string) =>
  (await duties(t))
    .filter((duty) => duty.number === number)
    .map(({ round, dueOn, provisional }) => `${round} ${dueOn}${provisional ? ' 暂定' : ''}`)
    .sort()
const facts = async ({ deps }: Pick<Rooms, 'deps'>) => {
  const { t, q, office } = deps.store
  return q
    .select()
    .from(t.facts)
    .where(and(eq(t.facts.office, office), eq(t.facts.kind, 'recomputed')))
}
const markOf = async ({ deps }: Pick<Rooms, 'deps'>) => {
  const { t, q, office } = deps.store
  return (await q.select({ mark: t.offices.calendar }).from(t.offices).where(eq(t.offices.office, office)))[0]?.mark
}
const whole = async (t: Rooms) => expect((await verifyLedger(t.deps.store)).broken).toEqual([])
const noticesOf = (t: Rooms, notices: Notices): Deps => t.withNotices(notices)
const about = (texts: string[], words: string) => texts.filter((text) => text.includes(words))

describe('a year whose holiday notice comes out', () => {
  it('moves open days, names them anew, and lets the marks of the others fall', async () => {
    const t = await town()
    expect(await daysOf(t, '1-1')).toEqual([
      '2018-Q1 2018-01-15 暂定',
      '2018-Q2 2018-04-16 暂定',
      '2018-Q3 2018-07-13 暂定',
      '2018-Q4 2018-10-17 暂定',
    ])
    t.on('2017-11-30', '14:00')
    expect(await turnCalendar(noticesOf(t, knownIn(2018)))).toBe(true)
    expect(await daysOf(t, '1-1')).toEqual([
      '2018-Q1 2018-01-15',
      '2018-Q2 2018-04-16',
      '2018-Q3 2018-07-13',
      '2018-Q4 2018-10-19',
    ])
    // The lead and the parts that sleep beside it.
    expect(await daysOf(t, '2-1')).toEqual(['2018-02-12 2018-02-12', '2018-02-12 null', '2018-02-12 null'])
    expect(await daysOf(t, '2-2')).toEqual(['2018-10-17 2018-10-17'])
    // Its last month falls due in a year that is not announced yet.
    expect((await daysOf(t, '1-2')).at(-1)).toBe('2018-12 2019-01-22 暂定')
    await whole(t)
  })

  it('is one list for the office, once, in its hours', async () => {
    const t = await town()
    t.on('2017-11-30', '19:00')
    const deps = noticesOf(t, knownIn(2018))
    await tick(deps)
    expect(about(await t.heard(), '日期变动')).toEqual([])
    t.on('2017-12-01', '08:30')
    await tick(deps)
    const [list, ...more] = about(await t.heard(), '日期变动')
    expect(more).toEqual([])
    expect(list?.split('\n').slice(0, 8)).toEqual([
      '日期变动（2018年放假安排）',
      '10项变动：',
      '政务服务18-2-1 · 市发改委：2018年2月13日 → 2018年2月12日',
      '政务服务18-1-2 · 2018年1月 · 市统计局：2018年2月22日 → 2018年2月26日',
      '政务服务18-3-1 · 2018年1月 · 东河区政府、市教育局、西山县政府：2018年2月22日 → 2018年2月26日',
      '政务服务18-1-1 · 2018年四季度 · 市财政局：2018年10月17日 → 2018年10月19日',
      '政务服务18-1-2 · 2018年9月 · 市统计局：2018年10月24日 → 2018年10月26日',
      '政务服务18-3-1 · 2018年9月 · 东河区政府、市教育局、西山县政府：2018年10月24日 → 2018年10月26日',
    ])
    expect(list).toMatch(/另有41项日期不变，不再是暂定/)
    await tick(deps)
    t.on('2017-12-04', '09:00')
    await tick(deps)
    expect(about(await t.heard(), '日期变动')).toEqual([])
  })

  it('a unit hears of its own days in its message of the next day, and of no other’s', async () => {
    const t = await town()
    t.on('2017-11-29', '09:00')
    await tick(t.deps)
    t.on('2017-11-29', '14:00')
    const deps = noticesOf(t, knownIn(2018))
    await tick(deps)
    expect(await t.heard('市财政局')).toEqual([])
    t.on('2017-11-30', '09:00')
    await tick(deps)
    expect(await t.heard('市财政局')).toEqual([
      '市财政局任务提醒（11月30日）\n【日期变动（2018年放假安排）】\n政务服务18-1-1 · 2018年四季度：2018年10月17日 → 2018年10月19日',
    ])
    expect(await t.heard('市审计局')).toEqual([])
    t.on('2017-12-01', '09:00')
    await tick(deps)
    expect(about(await t.heard('市财政局'), '日期变动')).toEqual([])
  })

  it('stands in the history of the task', async () => {
    const t = await town()
    t.on('2017-11-30', '14:00')
    const deps = noticesOf(t, knownIn(2018))
    await turnCalendar(deps)
    ;(await t.as('office').says('2-1号任务是什么')).hears(/2018年放假安排公布，到期日由2018年2月13日改为2018年2月12日/)
  })

  it('the same calendar again changes nothing, and an older program takes nothing back', async () => {
    const t = await town()
    t.on('2017-11-30', '14:00')
    await turnCalendar(noticesOf(t, knownIn(2018)))
    const before = await duties(t)
    const mark = await markOf(t)
    for (const notices of [knownIn(2018), knownBefore(2018), knownIn(2018)]) await tick(noticesOf(t, notices))
    expect(await duties(t)).toEqual(before)
    expect(await markOf(t)).toBe(mark)
  })

  it('what an older program releases afterwards is put right', async () => {
    const t = await town()
    const deps = noticesOf(t, knownIn(2018))
    t.on('2017-11-30', '14:00')
    await turnCalendar(deps)
    const text = workdayPlan
      .replace('政务服务工作', '营商环境工作')
      .replaceAll('政务服务', '营商环境')
      .replace('88号', '89号')
    const bytes = new TextEncoder().encode(text)
    const stamp = { by: 'admin:test', via: 'test:second', at: deps.now() }
    const { plan } = await importPlan(t.deps, parse(bytes), bytes, stamp)
    await releasePlan(t.deps, plan, stamp)
    expect(await markOf(t)).toMatch(/!$/)
    await turnCalendar(t.deps)
    expect(await markOf(t)).toMatch(/!$/)
    await turnCalendar(deps)
    expect(await markOf(t)).not.toMatch(/!/)
    const open = (await duties(t)).filter(({ round }) => round === '2018-Q4').map(({ dueOn }) => dueOn)
    expect(open).toEqual(['2018-10-19', '2018-10-19'])
    await whole(t)
  })

  it('broken off after each chunk it is gone on with, and told whole', async () => {
    const t = await town(workdayPlan.replace('（市教育局、东河区政府、西山县政府）', '（各县区、各部门）'))
    const deps = noticesOf(t, knownIn(2018))
    t.on('2017-11-30', '14:00')
    let passes = 1
    for (; !(await turnCalendar(deps, 1)); passes++) t.on('2017-11-30', `14:0${passes}`)
    expect(passes).toBeGreaterThan(2)
    const all = await facts(t)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(new Set(all.map(({ via }) => via)).size).toBe(1)
    const [list] = about(await t.heard(), '日期变动')
    const moved = all.filter(({ body }) => body.dueOn).length
    expect(list).toContain(`${moved}项变动`)
    expect(list).toContain(`另有${all.length - moved}项日期不变`)
    await whole(t)
  })

  it('what was in review keeps its day, and gets its own when it comes back', async () => {
    const t = await town()
    t.on('2017-11-29')
    await t.as('liaison:市发改委').says('2-1已公布 http://fgw.example.gov.cn/1')
    const deps = noticesOf(t, knownIn(2018))
    await turnCalendar(deps)
    expect((await daysOf(t, '2-1'))[0]).toBe('2018-02-13 2018-02-13 暂定')
    expect(await markOf(t)).toMatch(/\+2017-11-29@/)
    await t.as('liaison:市发改委').says('撤回 2-1')
    await turnCalendar(deps)
    expect((await daysOf(t, '2-1'))[0]).toBe('2018-02-13 2018-02-13 暂定')
    t.on('2017-11-30')
    await turnCalendar(deps)
    expect((await daysOf(t, '2-1'))[0]).toBe('2018-02-12 2018-02-12')
    expect(await markOf(t)).toMatch(/^\d+:\w+@2017-11-30/)
    await whole(t)
  })

  it('a clock that an event started runs on by it', async () => {
    const t = await town()
    t.on('2018-01-22')
    ;(await t.as('office').says('2-3触发，1月22日')).hears(/2月20日到期/, /暂定/)
    await turnCalendar(noticesOf(t, knownIn(2018)))
    expect(await daysOf(t, '2-3')).toContain('2018-01-22 2018-02-23')
  })

  it('so does a task of the office’s own, from the day on which it was given', async () => {
    const t = await town()
    t.on('2017-11-21')
    ;(await t.as('office').says('新增任务：市财政局自本通知印发之日起60个工作日内报送整改情况，来源：专题会')).hears(
      /交办17-1/,
    )
    expect((await duties(t)).filter(({ number }) => number === '1').map(({ dueOn }) => dueOn)).toEqual(['2018-02-14'])
    await turnCalendar(noticesOf(t, knownIn(2018)))
    expect((await duties(t)).filter(({ number }) => number === '1').map(({ dueOn }) => dueOn)).toEqual(['2018-02-13'])
  })
})

describe('the first start', () => {
  const first = async (known: Notices, day: string) =>
    openRooms(store.of(`calendar-${++offices}`), { plan: workdayPlan, day, notices: known })

  it('only notes the calendar', async () => {
    const t = await first(knownIn(2018), '2017-12-01')
    const notices = { off: new Set([...knownIn(2018).off].filter((day) => day !== '2018-10-05')), work: published.work }
    await tick(noticesOf(t, notices))
    expect(await markOf(t)).not.toBe('')
    expect((await facts(t)).filter(({ body }) => body.dueOn && body.year === null)).toEqual([])
  })

  it('lets a mark fall where the notice is out already', async () => {
    const t = await first(knownBefore(2018), '2017-11-20')
    t.on('2017-12-01', '10:00')
    await tick(noticesOf(t, knownIn(2018)))
    expect((await daysOf(t, '1-1')).at(-1)).toBe('2018-Q4 2018-10-19')
    expect(about(await t.heard(), '日期变动')).toHaveLength(1)
  })
})

describe("days of the office's own", () => {
  const stamp = (t: Rooms) => ({ by: 'admin:test', via: `test:${t.deps.newId()}`, at: t.deps.now() })
  const notice = (notices: Notices): DayDraft[] =>
    [
      ...[...notices.off].map((day) => ({ day, kind: 'off' as const })),
      ...[...notices.work].map((day) => ({ day, kind: 'work' as const })),
    ].filter(({ day }) => day.startsWith('2018'))

  it('a whole notice is as good as one that came with the program', async () => {
    const [own, shipped] = [await town(), await town()]
    own.on('2017-11-30', '14:00')
    shipped.on('2017-11-30', '14:00')
    await setOwnDays(own.deps, notice(knownIn(2018)), stamp(own))
    expect(await turnCalendar(own.deps)).toBe(true)
    await turnCalendar(noticesOf(shipped, knownIn(2018)))
    for (const number of ['1-1', '1-2', '2-1', '3-1'])
      expect(await daysOf(own, number)).toEqual(await daysOf(shipped, number))
    // When the program comes with it too, there is nothing left to move.
    const before = await duties(own)
    await turnCalendar(noticesOf(own, knownIn(2018)))
    expect(await duties(own)).toEqual(before)
    await whole(own)
  })

  it('moves what is announced too, says so, and moves it back when it is taken back', async () => {
    const t = await town()
    const deps = noticesOf(t, knownIn(2018))
    t.on('2017-11-30', '09:00')
    await turnCalendar(deps)
    await t.heard()
    t.on('2018-01-04', '09:00')
    expect(await setOwnDays(deps, [{ day: '2018-01-08', kind: 'off' }], stamp(t))).toEqual([
      { day: '2018-01-08', was: null, now: 'off' },
    ])
    expect(await setOwnDays(deps, [{ day: '2018-01-08', kind: 'off' }], stamp(t))).toEqual([])
    await turnCalendar(deps)
    expect((await daysOf(t, '1-1'))[0]).toBe('2018-Q1 2018-01-16')
    const [list] = about(await t.heard(), '日期变动')
    expect(list).toMatch(/^日期变动（工作日调整）/)
    expect(list).toMatch(/政务服务18-1-1 · 一季度 · 市财政局：1月15日 → 1月16日/)
    await setOwnDays(deps, [{ day: '2018-01-08', kind: null }], stamp(t))
    await turnCalendar(deps)
    expect((await daysOf(t, '1-1'))[0]).toBe('2018-Q1 2018-01-15')
    expect((await deps.cache(deps.store)).view.days).toEqual([])
    await whole(t)
  })

  it('a calendar that comes while one is taken over is the one that counts', async () => {
    const t = await town()
    const deps = noticesOf(t, knownIn(2018))
    t.on('2017-11-30', '09:00')
    expect(await turnCalendar(deps, 1)).toBe(false)
    await setOwnDays(deps, [{ day: '2018-01-08', kind: 'off' }], stamp(t))
    for (let passes = 0; passes < 9 && !(await turnCalendar(deps)); passes++) t.on('2017-11-30', `09:1${passes}`)
    expect((await daysOf(t, '1-1'))[0]).toBe('2018-Q1 2018-01-16')
    expect(about(await t.heard(), '日期变动')).toHaveLength(1)
    await whole(t)
  })
})

it('a notice that is changed afterwards moves the days again', async () => {
  const plan = workdayPlan.replaceAll('2018年', '2020年').replaceAll('2017年', '2019年').replace('〔2017〕', '〔2019〕')
  const t = await openRooms(store.of(`calendar-${++offices}`), { plan, day: '2019-11-20', notices: knownBefore(2020) })
  await turnCalendar(t.deps)
  const january = async () => (await daysOf(t, '1-2'))[0]
  expect(await january()).toBe('2020-01 2020-02-21 暂定')
  t.on('2019-11-21')
  await turnCalendar(noticesOf(t, firstOf2020))
  expect(await january()).toBe('2020-01 2020-02-20')
  t.on('2020-01-27')
  await turnCalendar(noticesOf(t, knownIn(2020)))
  expect(await january()).toBe('2020-01 2020-02-21')
})
