import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openCalendar } from '../../src/time/calendar.ts'
import { addDays } from '../../src/time/day.ts'
import { lateUpTo, overdueOn } from '../../src/time/schedule.ts'

it('the last late day parts the days: up to it each is overdue, after it none', () => {
  const calendar = openCalendar()
  const ago = fc.integer({ min: -20, max: 40 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1200 }), ago, (start, days) => {
      const today = addDays('2016-06-01', start)
      const due = addDays(today, -days)
      expect(due <= lateUpTo(today, calendar)).toBe(overdueOn(due, today, calendar))
    }),
  )
})
