import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  atOffice,
  dayFrom,
  dayFromNumber,
  dayNumber,
  dayOf,
  daysBetween,
  endOf,
  isDay,
  monthEnd,
  startOf,
  startOfNext,
  startOfWeek,
  timeOf,
  weekday,
} from '../../src/time/day.ts'

const days = fc.integer({ min: dayNumber('1900-01-01'), max: dayNumber('2199-12-31') }).map(dayFromNumber)
const utc = (day: string) => new Date(`${day}T00:00:00Z`)

describe('days', () => {
  it.each([
    ['2017-02-28', true],
    ['2016-02-29', true],
    ['2100-02-29', false],
    ['2017-02-30', false],
    ['2017-13-01', false],
    ['2017-00-10', false],
    ['2017-1-1', false],
    ['0000-01-01', false],
    ['2017-04-31', false],
    ['2017-04-30\n', false],
  ])('%j is a day: %s', (text, real) => {
    expect(isDay(text)).toBe(real)
  })

  it('agrees with the platform on every day of three centuries', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -40000, max: 40000 }), (day, shift) => {
        expect(dayNumber(day)).toBe(utc(day).getTime() / 86_400_000)
        expect(weekday(day)).toBe(utc(day).getUTCDay() || 7)
        expect(daysBetween(day, addDays(day, shift))).toBe(shift)
        expect(isDay(day)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('clamps months', () => {
    expect(addMonths('2017-01-31', 1)).toBe('2017-02-28')
    expect(addMonths('2016-01-31', 1)).toBe('2016-02-29')
    expect(addMonths('2017-03-31', -1)).toBe('2017-02-28')
    expect(addMonths('2017-11-30', 14)).toBe('2019-01-30')
    expect(addMonths('2017-01-15', -13)).toBe('2015-12-15')
    expect(monthEnd(2024, 2)).toBe('2024-02-29')
    expect(dayFrom(2023, 2, 29)).toBeUndefined()
  })

  it.each([
    ['day', '2017-08-16', '2017-08-16', '2017-08-16'],
    ['week', '2017-08-16', '2017-08-14', '2017-08-20'],
    ['month', '2016-02-16', '2016-02-01', '2016-02-29'],
    ['quarter', '2017-08-16', '2017-07-01', '2017-09-30'],
    ['half-year', '2017-08-16', '2017-07-01', '2017-12-31'],
    ['half-year', '2017-06-30', '2017-01-01', '2017-06-30'],
    ['year', '2017-08-16', '2017-01-01', '2017-12-31'],
  ] as const)('%s of %s is %s to %s', (period, day, from, to) => {
    expect(startOf(day, period)).toBe(from)
    expect(endOf(day, period)).toBe(to)
    expect(startOfNext(day, period)).toBe(addDays(to, 1))
    expect(startOfNext(day, period, 0)).toBe(from)
  })

  it('starts weeks on Monday', () => {
    expect(startOfWeek('2017-07-16')).toBe('2017-07-10')
    expect(startOfWeek('2017-07-17')).toBe('2017-07-17')
  })
})

describe('zones', () => {
  it("reads the office's day and clock", () => {
    expect(dayOf(new Date('2017-07-19T16:30:00Z'), 'Asia/Shanghai')).toBe('2017-07-20')
    expect(timeOf(new Date('2017-07-19T16:30:00Z'), 'Asia/Shanghai')).toBe('00:30')
    expect(dayOf(new Date('2017-07-19T02:00:00Z'), 'America/New_York')).toBe('2017-07-18')
  })

  it('finds the instant of a wall time, also on days when the clocks change', () => {
    expect(atOffice('2017-07-20', '09:00', 'Asia/Shanghai').toISOString()).toBe('2017-07-20T01:00:00.000Z')
    expect(atOffice('2017-03-26', '09:00', 'Europe/Berlin').toISOString()).toBe('2017-03-26T07:00:00.000Z')
    expect(atOffice('2017-10-29', '09:00', 'Europe/Berlin').toISOString()).toBe('2017-10-29T08:00:00.000Z')
  })

  it('comes back to the day and time it was given', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 1439 }), (day, minute) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
        const instant = atOffice(day, time, 'Asia/Urumqi')
        expect([dayOf(instant, 'Asia/Urumqi'), timeOf(instant, 'Asia/Urumqi')]).toEqual([day, time])
      }),
    )
  })
})
