import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { festivalDay, openCalendar } from '../../src/time/calendar.ts'
import { addDays, dayFromNumber, dayNumber } from '../../src/time/day.ts'

const calendar = openCalendar()

describe('festivals', () => {
  it.each([
    ['春节', 2017, '2017-01-28'],
    ['春节', 2025, '2025-01-29'],
    ['春节', 2027, '2027-02-06'],
    ['春节', 2033, '2033-01-31'],
    ['元宵节', 2025, '2025-02-12'],
    ['清明节', 2017, '2017-04-04'],
    ['清明', 2027, '2027-04-05'],
    ['端午', 2025, '2025-05-31'],
    ['端午节', 2033, '2033-06-01'],
    ['中秋', 2020, '2020-10-01'],
    ['中秋节', 2033, '2033-09-08'],
    ['重阳节', 2025, '2025-10-29'],
    ['五一', 2026, '2026-05-01'],
    ['国庆节', 2026, '2026-10-01'],
    ['元旦', 2099, '2099-01-01'],
  ])('%s %i is %s', (name, year, day) => {
    expect(festivalDay(name, year)).toBe(day)
  })

  it('knows no others and no years out of range', () => {
    expect(festivalDay('植树节', 2025)).toBeUndefined()
    expect(festivalDay('toString', 2025)).toBeUndefined()
    expect(festivalDay('春节', 2003)).toBeUndefined()
    expect(festivalDay('春节', 2100)).toBeUndefined()
  })

  it('stays within a day of the platform, whose new moons near midnight fall on the wrong side', () => {
    const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' })
    const near = (day: string) => [-1, 0, 1].map((shift) => lunar.format(new Date(`${addDays(day, shift)}T12:00:00Z`)))
    for (let year = 2004; year <= 2056; year++) {
      expect(near(festivalDay('春节', year) ?? '')).toContain('1/1')
      expect(near(festivalDay('中秋', year) ?? '')).toContain('8/15')
    }
  })
})

describe('workdays', () => {
  it('counts past the days of rest and the made-up days', () => {
    expect(calendar.addWorkdays('2017-07-03', 30)).toBe('2017-08-14')
    expect(calendar.addWorkdays('2017-07-13', 30)).toBe('2017-08-24')
    for (let date = 1; date <= 8; date++) expect(calendar.isWorkday(`2017-10-0${date}`)).toBe(false)
    expect(calendar.isWorkday('2017-09-30')).toBe(true)
    expect(calendar.addWorkdays('2017-09-29', 1)).toBe('2017-09-30')
    expect(calendar.addWorkdays('2017-09-30', 1)).toBe('2017-10-09')
    expect(calendar.addWorkdays('2024-12-31', 1)).toBe('2025-01-02')
  })

  it('takes a year without a notice as weekends and statutory days off', () => {
    expect(calendar.provisional(2017)).toBe(false)
    expect(calendar.provisional(2098)).toBe(true)
    expect(calendar.isWorkday('2098-01-01')).toBe(false)
    const spring = festivalDay('春节', 2098) ?? ''
    expect([-2, -1, 0, 1, 2, 3].map((shift) => calendar.isWorkday(addDays(spring, shift))).slice(1, 5)).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(calendar.isWorkday('2098-05-02')).toBe(false)
    expect(calendar.isWorkday('2098-10-08')).toBe(true)
  })

  it("lays the office's own days over the national ones", () => {
    const office = openCalendar([
      { day: '2017-07-04', kind: 'off' },
      { day: '2017-07-08', kind: 'work' },
    ])
    expect(office.isWorkday('2017-07-04')).toBe(false)
    expect(office.isWorkday('2017-07-08')).toBe(true)
    expect(office.addWorkdays('2017-07-03', 1)).toBe('2017-07-05')
    expect(office.workdaysBetween('2017-07-03', '2017-07-09')).toBe(4)
    expect(calendar.isWorkday('2017-07-04')).toBe(true)
  })

  it('refuses to count from nothing', () => {
    expect(() => calendar.addWorkdays('2017-07-04', 0)).toThrow(RangeError)
  })

  const days = fc.integer({ min: dayNumber('2005-01-01'), max: dayNumber('2060-12-31') }).map(dayFromNumber)

  it('lands on a workday, with exactly n of them passed', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 400 }), (day, n) => {
        const end = calendar.addWorkdays(day, n)
        expect(calendar.isWorkday(end)).toBe(true)
        expect(calendar.workdaysBetween(day, end)).toBe(n)
        expect(calendar.workdaysBetween(end, day)).toBe(-n)
      }),
    )
  })

  it('counts the days that it calls workdays', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 40 }), (day, length) => {
        let counted = 0
        for (let step = 1; step <= length; step++) if (calendar.isWorkday(addDays(day, step))) counted++
        expect(calendar.workdaysBetween(day, addDays(day, length))).toBe(counted)
      }),
    )
  })
})
