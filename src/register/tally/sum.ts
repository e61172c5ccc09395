import { type ByChannel, type Channel, channels, type Figure, flows } from '../../model/tally.ts'

/** What one unit told of a channel and theme in one year. */
interface Told {
  /** The year's own figure. */
  year?: number
  /** By month, `01` to `12`. */
  months: ReadonlyMap<string, number>
}

/** A year's figure; `apart` where the months come to something else than the year's own figure. */
interface Sum {
  count: number
  apart?: { year: number; months: number }
}

const NOTHING: Told = { months: new Map() }

const sumOf = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count, 0)

/** The latest month's figure: of a stock there is no sum. */
const lastOf = (months: ReadonlyMap<string, number>): number => {
  const last = [...months.keys()].sort().pop() ?? ''
  return months.get(last) ?? 0
}

/** A year's figure of a channel: its own where it was given, else its months added, or the last one's of a stock. */
export const sumOfYear = ({ year, months }: Told, channel: Channel): Sum | undefined => {
  const added = months.size === 0 ? undefined : channel === 'points' ? lastOf(months) : sumOf(months.values())
  if (year === undefined) return added === undefined ? undefined : { count: added }
  return added === undefined || added === year ? { count: year } : { count: year, apart: { year, months: added } }
}

/** Figures of one year and theme, by unit and channel. */
export type YearTold = ReadonlyMap<string, ReadonlyMap<Channel, Told>>

/** Sorts figures of one theme and one year out, by unit and channel. */
export const toldIn = (figures: readonly Figure[], year: number): YearTold => {
  const units = new Map<string, Map<Channel, { year?: number; months: Map<string, number> }>>()
  for (const { unit, period, channel, count } of figures) {
    if (!period.startsWith(`${year}`)) continue
    const own = units.get(unit) ?? new Map()
    units.set(unit, own)
    const told = own.get(channel) ?? { months: new Map<string, number>() }
    own.set(channel, told)
    if (period.length === 4) told.year = count
    else told.months.set(period.slice(5), count)
  }
  return units
}

/** By month: what was told in all, else what the flows of that month add up to. */
const monthTotals = (own: ReadonlyMap<Channel, Told>): Map<string, number> => {
  const total = own.get('total')?.months ?? NOTHING.months
  const sums = new Map<string, number>()
  for (const flow of flows)
    for (const [month, count] of own.get(flow)?.months ?? []) sums.set(month, (sums.get(month) ?? 0) + count)
  return new Map([...sums, ...total])
}

const flowsOf = (by: ByChannel): number | null => {
  const told = flows.flatMap((flow) => by[flow] ?? [])
  return told.length > 0 ? sumOf(told) : null
}

const countOf = (own: ReadonlyMap<Channel, Told>, channel: Channel): number | null =>
  sumOfYear(own.get(channel) ?? NOTHING, channel)?.count ?? null

const eachChannel = (count: (channel: Channel) => number | null): ByChannel =>
  Object.fromEntries(channels.map((channel) => [channel, count(channel)])) as ByChannel

/** A unit's year by channel. */
export const unitYear = (own: ReadonlyMap<Channel, Told>): ByChannel => {
  const by = eachChannel((channel) => countOf(own, channel))
  const total = own.get('total')
  if (total?.year !== undefined) return by
  const ofYears = flows.some((flow) => own.get(flow)?.year !== undefined)
  const months = monthTotals(own)
  return { ...by, total: ofYears ? flowsOf(by) : months.size > 0 ? sumOf(months.values()) : null }
}

/** The whole area's year by channel: what was entered for it, else what the units add up to. */
export const areaYear = (told: YearTold): ByChannel => {
  const own = told.get('') ?? new Map<Channel, Told>()
  const units = unitsYears(told)
  const by = eachChannel((channel) => countOf(own, channel) ?? unitsSum(units, channel))
  if (own.has('total')) return by
  return flows.some((flow) => own.has(flow)) ? { ...by, total: flowsOf(by) } : by
}

const unitsYears = (told: YearTold): ByChannel[] =>
  [...told.entries()].flatMap(([unit, own]) => (unit === '' ? [] : [unitYear(own)]))

const unitsSum = (units: readonly ByChannel[], channel: Channel): number | null => {
  const counts = units.flatMap((by) => by[channel] ?? [])
  return counts.length > 0 ? sumOf(counts) : null
}

/** What does not fit together in a year. `apart`: a unit's months against its year; `below`: the area against its units' sum. */
export interface Mismatch {
  kind: 'apart' | 'below' | 'total'
  unit: string
  channel: Channel
  /** What stands there, and what the parts come to. */
  said: number
  parts: number
}

/** A total that is not what its flows come to; none where there are no flows to compare. */
export const totalApart = (by: ByChannel): { said: number; parts: number } | undefined => {
  const parts = flowsOf(by)
  return parts === null || by.total === null || by.total === parts ? undefined : { said: by.total, parts }
}

/** Everything of a year that does not add up: area first, then unit by unit. */
export const mismatches = (told: YearTold): Mismatch[] => {
  const area = areaYear(told)
  const own = told.get('') ?? new Map<Channel, Told>()
  const units = unitsYears(told)
  const total = totalApart(area)
  const below = channels.flatMap((channel): Mismatch[] => {
    const [said, parts] = [countOf(own, channel), unitsSum(units, channel)]
    return said !== null && parts !== null && parts > said ? [{ kind: 'below', unit: '', channel, said, parts }] : []
  })
  const apart = [...told.entries()].flatMap(([unit, channelsTold]) =>
    [...channelsTold.entries()].flatMap(([channel, one]): Mismatch[] => {
      const found = sumOfYear(one, channel)?.apart
      return found ? [{ kind: 'apart', unit, channel, said: found.year, parts: found.months }] : []
    }),
  )
  return [
    ...(total ? [{ kind: 'total' as const, unit: '', channel: 'total' as const, ...total }] : []),
    ...below,
    ...apart,
  ]
}

/** Months between a unit's first and last told month of the year for which it told nothing, `YYYY-MM`. */
export const gapsOf = (own: ReadonlyMap<Channel, Told>, year: number): string[] => {
  const months = [...new Set([...own.values()].flatMap((one) => [...one.months.keys()]))].map(Number)
  const [first, last] = [Math.min(...months), Math.max(...months)]
  const between = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i)
  return between.filter((month) => !months.includes(month)).map((month) => `${year}-${String(month).padStart(2, '0')}`)
}
