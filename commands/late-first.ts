import type { Standing } from './rate.ts'

type Place = [unit: string, sum: Standing]

/** Who has most overdue comes first, then who has most left to do. */
export const mostLateFirst = ([a, x]: Place, [b, y]: Place): number =>
  y.red - x.red || y.due - y.done - (x.due - x.done) || y.due - x.due || (a < b ? -1 : 1)
