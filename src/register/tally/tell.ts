import type { Day } from '../../model/deadline.ts'
import { BadInput } from '../../model/problem.ts'
import { type Channel, channels, channelWords, type Figure, MOST_COUNTED, type Place } from '../../model/tally.ts'
import type { Part } from './parts.ts'
import { checkPeriod, lastMonth } from './period.ts'
import { sumOfYear, toldIn, totalApart, unitYear } from './sum.ts'
import { counted, periodWords, totalWords } from './words.ts'

/** A figure's row as it was read; `count` null: taken back. */
export interface Known extends Place {
  id: string
  count: number | null
  version: number
  head: string
}

/** A figure that is to be stored: its place, what it is from now on, and the row as it was. `part`: what a duty's report brought to it. */
export interface Tallied extends Place {
  count: number | null
  on: Day
  was: Known | null
  part?: Part
}

/** What somebody tells for a unit, a period and a theme: counts by channel, null takes one back. */
export interface Telling {
  unit: string
  period: string
  theme: string
  counts: Partial<Record<Channel, number | null>>
}

/** What comes of it. With `asks` nothing is to be stored before somebody said yes to them. */
export interface Decision {
  tallied: Tallied[]
  /** Told already with the same figure. */
  same: Channel[]
  asks: string[]
  notes: string[]
}

/** So many months are looked back on, and so few are no rule yet. */
const LOOK_BACK = 12
const FEWEST = 3
/** So many times more or less than usual is asked about. */
const FACTOR = 5

const THEME_LENGTH = 40

const checkCount = (channel: Channel, count: number | null): void => {
  if (count === null) return
  const right = `${channelWords[channel]}的数应是不小于0的整数`
  if (count < 0) throw new BadInput(`${right}，不能是负数（${count}）；报错了的，直接再报一次正确的数`)
  if (!Number.isInteger(count)) throw new BadInput(`${right}，不能是${count}`)
  if (count > MOST_COUNTED) throw new BadInput(`${right}，不超过${MOST_COUNTED}`)
}

const median = (counts: readonly number[]): number => {
  const sorted = [...counts].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** What a unit usually tells of a channel in a month: the median of its last months before, where there are enough. */
const usualOf = (place: Place, known: readonly Figure[]): number | undefined => {
  const before = known
    .filter(
      ({ channel, theme, period }) =>
        channel === place.channel && theme === place.theme && period.length > 4 && period < place.period,
    )
    .sort((a, b) => (a.period < b.period ? 1 : -1))
    .slice(0, LOOK_BACK)
    .map(({ count }) => count)
  return before.length >= FEWEST ? median(before) : undefined
}

/** Is it far from what is usual? Of a handful, few or none is nothing strange. */
export const isOutlier = (count: number, usual: number): boolean =>
  count >= FACTOR * Math.max(usual, 1) || (usual >= FACTOR && count * FACTOR <= usual)

const standing = (known: readonly Known[]): Figure[] =>
  known.flatMap(({ count, ...place }) => (count === null ? [] : [{ ...place, count }]))

const keyOf = ({ unit, period, channel, theme }: Place): string => `${unit} ${period} ${channel} ${theme}`

/** The rows as they stand once these are stored, for what is told next. */
export const withTold = (known: readonly Known[], tallied: readonly Tallied[]): Known[] => {
  const moved = new Map(tallied.map((one) => [keyOf(one), one]))
  const isOld = ({ period, channel, theme, unit }: Known) => !moved.has(keyOf({ period, channel, theme, unit }))
  const told = tallied.map(({ was, on: _, part: __, ...one }) => ({
    ...(was ?? { id: '', version: 0, head: '' }),
    ...one,
  }))
  return [...known.filter(isOld), ...told]
}

const askedOf = (one: Tallied, known: readonly Known[]): string[] => {
  const { channel, period, count, was } = one
  const what = `${periodWords(period)}${channelWords[channel]}`
  if (count === null) return was === null ? [] : [`${what}原报${counted(channel, was.count ?? 0)}，撤回吗？`]
  const corrected =
    was !== null && was.count !== null
      ? [`${what}原报${counted(channel, was.count)}，改成${counted(channel, count)}吗？`]
      : []
  const usual = period.length > 4 ? usualOf(one, standing(known)) : undefined
  const strange =
    usual !== undefined && isOutlier(count, usual)
      ? [`${what}报${counted(channel, count)}，前几个月一般是${counted(channel, usual)}，相差5倍以上，没有报错吗？`]
      : []
  return [...corrected, ...strange]
}

/** A year of which months and the whole are told, and do not agree. */
const yearAsked = (one: Tallied, figures: readonly Figure[]): string[] => {
  const year = Number(one.period.slice(0, 4))
  const own = toldIn(
    figures.filter(({ theme, channel }) => theme === one.theme && channel === one.channel),
    year,
  )
  const told = own.get(one.unit)?.get(one.channel)
  const apart = told && sumOfYear(told, one.channel)?.apart
  if (!apart) return []
  const [whole, months] = [counted(one.channel, apart.year), counted(one.channel, apart.months)]
  return [
    `${year}年${channelWords[one.channel]}：全年数${whole}，各月${one.channel === 'points' ? '最后一个月' : '合计'}${months}，两个数不一样，都对吗？`,
  ]
}

/** 各渠道合计…，比总数…: of the very period that was told. */
const totalNote = ({ unit, period, theme }: Telling, figures: readonly Figure[]): string[] => {
  const own = figures.filter((one) => one.period === period && one.theme === theme)
  const by = toldIn(own, Number(period.slice(0, 4))).get(unit)
  const apart = by && totalApart(unitYear(by))
  return apart ? [`${periodWords(period)}${totalWords(apart)}，请核对。`] : []
}

/** What the unit told of the month before and not of this one. */
const leftOutNote = ({ unit, period, theme }: Telling, figures: readonly Figure[]): string[] => {
  if (period.length === 4 || theme !== '') return []
  const before = lastMonth(`${period}-01`)
  const of = (month: string) =>
    new Set(
      figures.flatMap((one) => (one.unit === unit && one.theme === '' && one.period === month ? one.channel : [])),
    )
  const [then, now] = [of(before), of(period)]
  const lacking = channels.filter((channel) => channel !== 'total' && then.has(channel) && !now.has(channel))
  return lacking.length > 0
    ? [`上一个月还报了${lacking.map((channel) => channelWords[channel]).join('、')}，这个月没有报；有的话请补报。`]
    : []
}

/** Months of the year between the first and this one for which the unit told nothing. */
const gapNote = ({ unit, period, theme }: Telling, figures: readonly Figure[]): string[] => {
  if (period.length === 4) return []
  const year = period.slice(0, 4)
  const told = figures.filter((one) => one.unit === unit && one.theme === theme && one.period.startsWith(year))
  if (told.some((one) => one.period.length === 4)) return []
  const months = new Set(told.map((one) => Number(one.period.slice(5))))
  const [first, last] = [Math.min(...months), Number(period.slice(5))]
  const lacking = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i).filter((m) => !months.has(m))
  return lacking.length > 0 ? [`还缺${lacking.map((month) => `${month}月`).join('、')}的数，补报即可。`] : []
}

/**
 * What becomes of figures that are told, with everything that the unit has told before (`known`, its rows of all periods).
 * @throws BadInput with what would be right; then nothing is stored
 */
export const tell = (telling: Telling, known: readonly Known[], today: Day): Decision => {
  const { unit, period, theme, counts } = telling
  checkPeriod(period, today)
  if ([...theme].length > THEME_LENGTH) throw new BadInput(`类别的名称太长：不超过${THEME_LENGTH}个字`)
  const said = channels.filter((channel) => counts[channel] !== undefined)
  for (const channel of said) checkCount(channel, counts[channel] ?? null)
  const all = said.map((channel): Tallied => {
    const was = known.find((one) => one.period === period && one.channel === channel && one.theme === theme)
    return { unit, period, channel, theme, count: counts[channel] ?? null, on: today, was: was ?? null }
  })
  const isSame = ({ was, count }: Tallied) => count === (was?.count ?? null)
  const tallied = all.filter((one) => !isSame(one))
  const figures = standing(withTold(known, tallied))
  return {
    tallied,
    same: all.filter(isSame).map(({ channel }) => channel),
    asks: tallied.flatMap((one) => [...askedOf(one, known), ...yearAsked(one, figures)]),
    notes: [totalNote, leftOutNote, gapNote].flatMap((note) => note(telling, figures)),
  }
}
