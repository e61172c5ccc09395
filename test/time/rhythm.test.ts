import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rhythm } from '../../src/model/subscription.ts'
import { openCalendar } from '../../src/time/calendar.ts'
import { addDays, atOffice, dayOf, weekday } from '../../src/time/day.ts'
import { firesOn, nextFiring, nominalDay } from '../../src/time/remind.ts'

const ZONE = 'Asia/Shanghai'
const calendar = openCalendar([])
const week = (on: number | null, at = '09:00'): Rhythm => ({ every: 'week', on, at })
const month = (on: number | null, at = '09:00'): Rhythm => ({ every: 'month', on, at })
const workday: Rhythm = { every: 'workday', on: null, at: '09:00' }
const every: Rhythm = { every: 'day', on: null, at: '09:00' }

const next = (rhythm: Rhythm, day: string, time = '12:00'): string =>
  dayOf(nextFiring(rhythm, atOffice(day, time, ZONE), calendar, ZONE), ZONE)

/** Days written by hand from the State Council's notices. */
const cases: [what: string, rhythm: Rhythm, after: string, day: string][] = [
  ['the first of October lies in the holiday', month(1), '2017-09-20', '2017-10-09'],
  ['the first of October of a year with a shorter holiday', month(1), '2018-09-20', '2018-10-08'],
  ['a Monday of National Day', week(1), '2017-09-27', '2017-10-09'],
  ['the Monday after it comes by itself, once', week(1), '2017-10-09', '2017-10-16'],
  ['a Friday of National Day comes on the first workday', week(5), '2017-09-30', '2017-10-09'],
  ['a Friday before a make-up Saturday', week(5), '2017-09-25', '2017-09-29'],
  ['a Saturday that is worked', week(6), '2017-09-27', '2017-09-30'],
  ['a Saturday that is not', week(6), '2017-08-16', '2017-08-21'],
  ['a Sunday that is worked', week(7), '2018-02-09', '2018-02-11'],
  ['a Sunday that is not', week(7), '2018-03-01', '2018-03-05'],
  ['the Monday of Spring Festival', week(1), '2018-02-12', '2018-02-22'],
  ['the Thursday before it is a day off too', week(4), '2018-02-09', '2018-02-22'],
  ['every workday over Spring Festival', workday, '2018-02-14', '2018-02-22'],
  ['every day is every workday', every, '2018-02-14', '2018-02-22'],
  ['a make-up Saturday after it', workday, '2018-02-23', '2018-02-24'],
  ['the last day of February', month(31), '2018-02-05', '2018-02-28'],
  ['the last day of a leap February', month(31), '2016-02-05', '2016-02-29'],
  ['the thirtieth of February is its last', month(30), '2017-02-05', '2017-02-28'],
  ['a last day on a Sunday comes in the month after', month(31), '2017-12-05', '2018-01-02'],
  ['the first of January', month(1), '2017-12-20', '2018-01-02'],
  ['the first of January of a longer holiday', month(1), '2016-12-20', '2017-01-03'],
  ['a Monday that is New Year', week(1), '2017-12-26', '2018-01-02'],
  ['over the end of a year', week(3), '2018-12-27', '2019-01-02'],
  ['no day said is the first', month(null), '2017-08-16', '2017-09-01'],
  ['no weekday said is Monday', week(null), '2017-08-16', '2017-08-21'],
]

describe('when a standing push comes', () => {
  it.each(cases)('%s', (_, rhythm, after, day) => {
    expect(next(rhythm, after)).toBe(day)
  })

  it('comes the same day where its hour is still to come, and not at its own moment again', () => {
    expect(next(week(3), '2017-08-16', '08:59')).toBe('2017-08-16')
    expect(next(week(3), '2017-08-16', '09:00')).toBe('2017-08-23')
  })

  it('knows for which day it comes', () => {
    expect(nominalDay(month(1), '2017-10-09', calendar)).toBe('2017-10-01')
    expect(nominalDay(week(7), '2017-08-21', calendar)).toBe('2017-08-20')
    expect(nominalDay(week(1), '2017-08-22', calendar)).toBeUndefined()
  })

  const rhythms = fc.oneof(
    fc.record({ every: fc.constant('week' as const), on: fc.integer({ min: 1, max: 7 }), at: fc.constant('09:00') }),
    fc.record({ every: fc.constant('month' as const), on: fc.integer({ min: 1, max: 31 }), at: fc.constant('09:00') }),
  )
  it('comes on workdays alone, once for every day that it is set for, and soon after it', () => {
    fc.assert(
      fc.property(rhythms, fc.integer({ min: 0, max: 3500 }), (rhythm, n) => {
        const from = addDays('2016-01-01', n)
        const days = Array.from({ length: 62 }, (_, i) => addDays(from, i))
        for (const day of days.filter((one) => firesOn(rhythm, one, calendar))) {
          expect(calendar.isWorkday(day)).toBe(true)
          const set = nominalDay(rhythm, day, calendar) ?? ''
          expect(set <= day && set > addDays(day, -15)).toBe(true)
          if (rhythm.every === 'week') expect(weekday(set)).toBe(rhythm.on)
          for (let at = set; at < day; at = addDays(at, 1)) expect(calendar.isWorkday(at)).toBe(false)
        }
      }),
      { numRuns: 200 },
    )
  })
})
