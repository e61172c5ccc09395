import { describe, expect, it } from 'vitest'
import { openCalendar } from '../../src/time/calendar.ts'
import { lastListDay } from '../../src/time/remind.ts'

const calendar = openCalendar([])

describe('the list day before this week', () => {
  const days: [today: string, last: string, why: string][] = [
    ['2017-08-21', '2017-08-14', 'a Monday after a usual week'],
    ['2017-08-25', '2017-08-14', 'the same all through the week'],
    ['2017-05-02', '2017-04-24', 'a Tuesday after May Day'],
    ['2017-05-08', '2017-05-02', 'a week that began on a Tuesday'],
    ['2017-10-09', '2017-09-25', 'a whole week of National Day between'],
    ['2017-02-06', '2017-02-03', 'Spring Festival left one workday'],
  ]
  it.each(days)('of %s is %s: %s', (today, last) => {
    expect(lastListDay(today, calendar)).toBe(last)
  })
})
