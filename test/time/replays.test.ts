import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Day } from '../../src/model/deadline.ts'
import type { Step } from '../../src/model/recipe.ts'
import { settingsOf } from '../../src/model/settings.ts'
import type { Rhythm } from '../../src/model/subscription.ts'
import { openCalendar } from '../../src/time/calendar.ts'
import { addDays, dayFromNumber, dayNumber, daysBetween, startOf, startOfWeek } from '../../src/time/day.ts'
import { firesOn, isListDay, isReminded, ladderStep } from '../../src/time/remind.ts'
import { type Replay, replays } from './replays.ts'

const calendar = openCalendar()
const { ladder } = settingsOf({})

const full = (year: number, text: string): Day => (text.length > 5 ? text : `${year}-${text}`)
const pairs = (year: number, text = ''): [Day, Day | undefined][] =>
  text === ''
    ? []
    : text.split(' ').map((pair) => {
        const [left = '', right = ''] = pair.split('>')
        return [full(year, left), right === '-' ? undefined : full(year, right)]
      })
const span = (from: Day, to: Day): Day[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i))

/** The days on which a server that misses none would tell something: `since` is the last workday each time. */
const toldBy = (days: readonly Day[], tells: (day: Day, since: Day | '') => boolean): Day[] => {
  let since: Day | '' = ''
  const told: Day[] = []
  for (const day of days) {
    if (!calendar.isWorkday(day)) continue
    if (tells(day, since)) told.push(day)
    since = day
  }
  return told
}

const named = replays.map((replay): [string, Replay] => [`${replay.year} ${replay.name}`, replay])

describe.each(named)('%s', (_, { year, off, work, weeks, months, due, ladder: steps = [], ...pushes }) => {
  it('is off and worked as the notice says', () => {
    const [from = '', to = ''] = off.split('..')
    for (const day of span(full(year, from), full(year, to)))
      expect([day, calendar.isWorkday(day)]).toEqual([day, false])
    for (const day of work?.split(' ') ?? []) expect(calendar.isWorkday(full(year, day)), day).toBe(true)
  })

  it('brings each week’s list on its first workday', () => {
    for (const [monday, day] of pairs(year, weeks))
      expect([
        monday,
        toldBy(span(addDays(monday, -14), addDays(monday, 6)), (today, since) =>
          isListDay(today, 'week', since, calendar),
        ).filter((one) => one >= monday),
      ]).toEqual([monday, day ? [day] : []])
  })

  it('brings the month’s list on its first workday', () => {
    for (const pair of months?.split(' ') ?? []) {
      const [month = '', day = ''] = pair.split('>')
      const first = `${year}-${month}-01`
      const told = toldBy(span(addDays(first, -14), addDays(first, 27)), (today, since) =>
        isListDay(today, 'month', since, calendar),
      )
      expect([month, told.filter((one) => one >= first)]).toEqual([month, [full(year, day)]])
    }
  })

  it('reminds on the last workday before, and on the day itself where it is one', () => {
    for (const [dueOn, before] of pairs(year, due)) {
      const told = toldBy(span(addDays(dueOn, -30), addDays(dueOn, 10)), (day, since) =>
        isReminded(dueOn, day, since, calendar),
      )
      expect([dueOn, told]).toEqual([dueOn, [before, ...(calendar.isWorkday(dueOn) ? [dueOn] : [])]])
    }
  })

  it('climbs the ladder by workdays, and ends', () => {
    for (const line of steps) {
      const [from = '', to = ''] = line.split('>')
      const dueOn = full(year, from)
      const days = to.split(' ').map((day) => full(year, day))
      const reached: [Step, Day][] = []
      toldBy(span(dueOn, addDays(dueOn, 60)), (day, since) => {
        const step = ladderStep(dueOn, day, since, ladder, calendar)
        if (step) reached.push([step, day])
        return step !== undefined
      })
      expect([dueOn, reached]).toEqual([dueOn, days.map((day, i) => [i + 1, day])])
    }
  })

  it('moves a standing push forward to the next workday', () => {
    const { mondays, fridays, monthly } = pushes
    const rhythms: [string | undefined, (nominal: Day) => Rhythm][] = [
      [mondays, () => ({ every: 'week', on: 1, at: '09:00' })],
      [fridays, () => ({ every: 'week', on: 5, at: '09:00' })],
      [monthly, (nominal) => ({ every: 'month', on: Number(nominal.slice(8)), at: '09:00' })],
    ]
    for (const [text, rhythmOf] of rhythms)
      for (const [nominal, day] of pairs(year, text)) {
        const fires = span(nominal, day ?? nominal).filter((one) => firesOn(rhythmOf(nominal), one, calendar))
        expect([nominal, fires]).toEqual([nominal, [day]])
      }
  })
})

it('every year from 2016 to 2026 has its seven holidays, together where the notice has them so', () => {
  for (let year = 2016; year <= 2026; year++) {
    const names = replays.filter((one) => one.year === year).map(({ name }) => name)
    const said = names.join('、')
    for (const holiday of ['元旦', '春节', '清明', '劳动节', '端午', '中秋', '国庆'])
      expect(said, `${year}`).toContain(holiday)
  }
})

/** Any days of the eleven years. */
const anyDay = fc.integer({ min: dayNumber('2016-01-10'), max: dayNumber('2026-11-01') }).map(dayFromNumber)
/** Whether the server runs on each of a hundred days. */
const anyUptime = fc.array(fc.boolean(), { minLength: 100, maxLength: 100 })
const HUNDRED = 99

describe('whatever day it is', () => {
  it('no list, reminder, step or standing push comes on a rest day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -20, max: 20 }), (day, apart) => {
        fc.pre(!calendar.isWorkday(day))
        const dueOn = addDays(day, apart)
        const since = addDays(day, -3)
        expect(isListDay(day, 'week', since, calendar) || isListDay(day, 'month', since, calendar)).toBe(false)
        expect(isReminded(dueOn, day, since, calendar)).toBe(false)
        expect(ladderStep(dueOn, day, since, ladder, calendar)).toBeUndefined()
        for (const every of ['day', 'workday', 'week', 'month'] as const)
          expect(firesOn({ every, on: 3, at: '09:00' }, day, calendar)).toBe(false)
      }),
    )
  })

  it('a week or month with a workday has one list, one without has none', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom('week' as const, 'month' as const), (day, period) => {
        const first = startOf(day, period)
        const last = period === 'week' ? addDays(first, 6) : addDays(startOf(addDays(first, 31), 'month'), -1)
        const days = span(first, last)
        const lists = toldBy([...span(addDays(first, -20), addDays(first, -1)), ...days], (today, since) =>
          isListDay(today, period, since, calendar),
        ).filter((one) => one >= first)
        expect(lists).toEqual(days.filter((one) => calendar.isWorkday(one)).slice(0, 1))
      }),
    )
  })

  it('the reminder before comes on a workday strictly before the due day, none between them', () => {
    fc.assert(
      fc.property(anyDay, (dueOn) => {
        const [before, ...later] = toldBy(span(addDays(dueOn, -40), addDays(dueOn, 40)), (day, since) =>
          isReminded(dueOn, day, since, calendar),
        )
        expect(before !== undefined && before < dueOn && calendar.isWorkday(before)).toBe(true)
        expect(span(addDays(before ?? dueOn, 1), addDays(dueOn, -1)).some((day) => calendar.isWorkday(day))).toBe(false)
        expect(later).toEqual(calendar.isWorkday(dueOn) ? [dueOn] : [])
      }),
    )
  })
})

describe('whatever ticks were missed', () => {
  /** What is told of a duty in a hundred days by a server that runs only on some of them. */
  const toldOf = (dueOn: Day, from: Day, runs: readonly boolean[]) => {
    let since: Day | '' = addDays(from, -1)
    const told: string[] = []
    const days: Day[] = []
    span(from, addDays(from, HUNDRED)).forEach((day, i) => {
      if (!calendar.isWorkday(day) || !runs[i]) return
      if (isReminded(dueOn, day, since, calendar)) told.push(day < dueOn ? 'before' : 'same day')
      const step = ladderStep(dueOn, day, since, ladder, calendar)
      if (step) told.push(`step ${step}`)
      if (isListDay(day, 'week', since, calendar)) told.push(`week ${startOfWeek(day)}`)
      if (isListDay(day, 'month', since, calendar)) told.push(`month ${day.slice(0, 7)}`)
      since = day
      days.push(day)
    })
    return { told, days }
  }

  it('nothing is told twice, steps rise and end, and a week or month in which the server ran has its list', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 60 }), anyUptime, (from, apart, runs) => {
        const { told, days } = toldOf(addDays(from, apart), from, runs)
        expect(told).toEqual([...new Set(told)])
        const steps = told.filter((one) => one.startsWith('step'))
        expect(steps).toEqual([...steps].sort())
        const lists = told.filter((one) => /^(week|month)/.test(one)).sort()
        const ran = days.flatMap((day) => [`week ${startOfWeek(day)}`, `month ${day.slice(0, 7)}`])
        // The hundred days may begin within a week or month whose list was before them.
        const whole = [...new Set(ran)].filter(
          (one) => one !== `week ${startOfWeek(from)}` && one !== `month ${from.slice(0, 7)}`,
        )
        expect(lists).toEqual(expect.arrayContaining(whole))
      }),
    )
  })

  it('one that runs at least once before the due day from the reminder on tells the same of it', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 15, max: 40 }), anyUptime, (from, apart, runs) => {
        const dueOn = addDays(from, apart)
        const before = span(addDays(from, 1), addDays(dueOn, -1))
          .filter((day) => calendar.isWorkday(day))
          .at(-1)
        const { told, days } = toldOf(dueOn, from, runs)
        // A day off the server's is told of on the next: only a due day slept through has nothing left before it.
        fc.pre(before !== undefined && days.includes(before))
        expect(told.filter((one) => one === 'before')).toEqual(['before'])
        const ran = days.some((day) => calendar.workdaysBetween(dueOn, day) >= ladder[2])
        if (ran) expect(told.filter((one) => one.startsWith('step')).at(-1)).toBe('step 3')
      }),
    )
  })
})
