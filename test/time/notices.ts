import type { Day } from '../../src/model/deadline.ts'
import { type Notices, published } from '../../src/time/calendar.ts'

/** What was known before: the published notices without some days that they name. */
const without = (left: (day: Day) => boolean): Notices => ({
  off: new Set([...published.off].filter((day) => !left(day))),
  work: new Set([...published.work].filter((day) => !left(day))),
})

/** Days of December that the next year's notice names: 元旦 2019 took Monday the 31st for Saturday the 29th. */
const ahead = ['2018-12-29', '2018-12-30', '2018-12-31']

/** The notices as they stood in November: none of that year or later. */
export const knownBefore = (year: number): Notices =>
  without((day) => day >= `${year}-01-01` || (year === 2019 && ahead.includes(day)))

/** The notices as they stood at the end of a year's January: its own and none later. */
export const knownIn = (year: number): Notices =>
  without((day) => day >= `${year + 1}-01-01` || (year === 2018 && ahead.includes(day)))

/** 2019 as announced in December 2018: 劳动节 was one day, before it was made four in March. */
export const firstOf2019: Notices = (() => {
  const known = knownIn(2019)
  const later = ['2019-04-28', '2019-05-02', '2019-05-03', '2019-05-04', '2019-05-05']
  return {
    off: new Set([...known.off].filter((day) => !later.includes(day))),
    work: new Set([...known.work].filter((day) => !later.includes(day))),
  }
})()

/** 2020 as announced in November 2019: 春节 to 30 January, Saturday 1 February worked, before it was made longer. */
export const firstOf2020: Notices = (() => {
  const known = knownIn(2020)
  const later = ['2020-01-31', '2020-02-01', '2020-02-02']
  return {
    off: new Set([...known.off].filter((day) => !later.includes(day))),
    work: new Set([...known.work, '2020-02-01']),
  }
})()
