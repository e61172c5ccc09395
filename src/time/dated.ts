import type { Day } from '../model/deadline.ts'
import { dayFrom } from './day.ts'
import { type Found, matchAt, type Reading, type Scene } from './found.ts'
import { isLimit, type Suffix } from './limit.ts'
import { type Frame, type Span, spanAt } from './span.ts'
import { timesAfter } from './times.ts'

/** One of the days of a phrase such as 6月底、12月底前, with the index at which its words begin. */
type Item = Span & { start: number }

interface Series {
  items: Item[]
  end: number
  ranged: boolean
  /** From the first of January to the last of December. */
  wholeYear: boolean
}

const dash = '(?:-{1,2}|至|到)'
const shortRange = new RegExp(`((?:19|20)\\d\\d年)?(?:第)?(\\d{1,2})${dash}(?=第?\\d{1,2}(?:月|季度))`, 'y')
const shortList = /((?:19|20)\d\d年)?((?:第?\d{1,2}、){1,11})(?=第?\d{1,2}(月|季度))/y
const yearRange = new RegExp(`((?:19|20)\\d\\d)年?${dash}(?=(?:19|20)\\d\\d年)`, 'y')
const joint = /[、和及与或]|以及/y
const rangeJoint = new RegExp(`(?:（含）)?(?:起|开始)?${dash}`, 'y')
const dateOnly = /(\d{1,2})[日号]/y
const partOnly = /(上中旬|中下旬|上旬|中旬|下旬|[底末])/y

/** A bare number that borrows the unit of the last of its list: 6、12月底. */
function shorthand(
  scene: Scene,
  index: number,
  frame: Frame,
): { items: Item[]; end: number; year?: number } | undefined {
  const list = matchAt(shortList, scene.text, index)
  if (!list) return undefined
  const [year, numbers, unit] = [list[1] ?? '', list[2] ?? '', list[3] ?? '']
  const items: Item[] = []
  let start = index + year.length
  for (const number of numbers.split('、').filter(Boolean)) {
    const span = spanAt(`${year}${number.replace('第', '')}${unit}`, 0, frame)
    if (span) items.push({ ...span, start, end: start + number.length })
    start += number.length + 1
  }
  return { items, end: index + list[0].length, ...(year ? { year: Number(year.slice(0, 4)) } : {}) }
}

function seriesAt(scene: Scene, index: number): Series | undefined {
  const { text } = scene
  const frame: Frame = { asOf: scene.asOf, year: scene.year, carried: scene.carried }
  const numbered = /[\d第]/.test(text[index] ?? '')
  const range = numbered ? (matchAt(shortRange, text, index) ?? matchAt(yearRange, text, index)) : undefined
  if (range) {
    const year = /^\d{4}年/.test(range[0]) ? Number(range[0].slice(0, 4)) : undefined
    const last = spanAt(text, index + range[0].length, year ? { ...frame, carried: year } : frame)
    if (!last) return undefined
    const wholeYear = range[2] === '1' && last.last.endsWith('-12-31') && last.grain === 'month'
    const item = { ...last, start: index, ...(year && !last.year ? { year } : {}) }
    return extended({ items: [item], end: last.end, ranged: true, wholeYear }, scene, frame)
  }
  const short = numbered ? shorthand(scene, index, frame) : undefined
  const at = short?.end ?? index
  const first = spanAt(text, at, short?.year ? { ...frame, carried: short.year } : frame)
  if (!first) return undefined
  const items = [...(short?.items ?? []), { ...first, start: at }]
  return extended({ items, end: first.end, ranged: false, wholeYear: false }, scene, frame)
}

/** Reads on over 、 and 至 as long as further times follow. */
function extended(series: Series, scene: Scene, frame: Frame): Series {
  for (;;) {
    const last = series.items.at(-1)
    if (!last) return series
    const carried = last.year ?? frame.carried
    const range = matchAt(rangeJoint, scene.text, series.end)
    const link = range ?? matchAt(joint, scene.text, series.end)
    if (!link) return series
    const start = series.end + link[0].length
    const next = dateInMonth(scene.text, start, last) ?? spanAt(scene.text, start, { ...frame, carried })
    if (!next || (next.grain === 'year' && last.grain !== 'year')) return series
    const kept = next.year === undefined && carried !== undefined ? { ...next, year: carried } : next
    series.end = next.end
    if (range) {
      const from = scene.text.slice(last.start, last.end).replace(/^\d{4}年/, '')
      series.wholeYear = /^1月(?:份|1日)?$/.test(from) && next.last.endsWith('-12-31') && sameYear(last.last, next.last)
      series.ranged = true
      series.items[series.items.length - 1] = { ...kept, start: last.start }
    } else series.items.push({ ...kept, start })
  }
}

const sameYear = (one: Day, other: Day) => one.slice(0, 4) === other.slice(0, 4)

/** A frame for words that state their year. */
const fixed: Frame = { asOf: '2000-01-01', year: 2000 }

/** A date or a part that leaves its month to the one before it: 3月1日至10日, 12月中旬至下旬. */
function dateInMonth(text: string, index: number, before: Span): Span | undefined {
  const part = before.grain === 'day' || before.grain === 'part' ? matchAt(partOnly, text, index) : null
  const whole = part && spanAt(`${before.last.slice(0, 4)}年${Number(before.last.slice(5, 7))}月${part[0]}`, 0, fixed)
  if (whole) return { ...whole, end: index + part[0].length, year: before.year }
  const match = before.grain === 'day' ? matchAt(dateOnly, text, index) : null
  const last = match && dayFrom(Number(before.last.slice(0, 4)), Number(before.last.slice(5, 7)), Number(match[1]))
  return last ? { end: index + match[0].length, last, grain: 'day', edged: false, year: before.year } : undefined
}

const suffix = new RegExp(
  '(?:（(?:星期|周)[一二三四五六日天]）)?(?:上午|下午|中午|晚上?|晚间)?(?:\\d{1,2}(?:：\\d{2}|[时点](?:整|半|\\d{1,2}分)?))?(?:下班)?' +
    '(?:(（含）)?(?:之前|以前|节前|前夕|前(?!后|期|[一二三1-9]|往|沿|瞻|景|端|述|置))|(之内|以内|内(?!容|部|外|涵))|止(?!损))?',
  'y',
)

function suffixAt(text: string, index: number): { end: number; suffix: Suffix } {
  const match = matchAt(suffix, text, index)
  const words = match?.[0] ?? ''
  const end = index + words.length
  if (/(?:前夕?|止)$/.test(words)) return { end, suffix: 'before' }
  return { end, suffix: /内$/.test(words) ? 'within' : 'none' }
}

const dateBefore =
  /(\d{1,2})[日号](?:（(?:星期|周)[一二三四五六日天]）)?(?:\d{1,2}(?:：\d{2}|[时点])|下班)?(?:之前|以前|前(?!后|期))/y
const opening = /(?:^|[，。；：、（\n]|于|在|请|务必|分别)$/

/** 15日前 that says no month is of the month of asOf. */
function dateOfThisMonth(scene: Scene, index: number): Reading | undefined {
  const match = matchAt(dateBefore, scene.text, index)
  if (!match || !opening.test(scene.text.slice(Math.max(0, index - 2), index))) return undefined
  const by = dayFrom(Number(scene.asOf.slice(0, 4)), Number(scene.asOf.slice(5, 7)), Number(match[1]))
  const end = index + match[0].length
  return by ? { end, found: [{ start: index, end, deadline: { kind: 'date', by } }] } : undefined
}

const dotted = /(\d{1,2})\.(\d{1,2})(?![\d.%])(?=[底前，、；]|之前|$)(?:之?前)?/y

/** A cell for time limits also writes a day as 6.30. */
function dateInCell(scene: Scene, index: number): Reading | undefined {
  const match =
    scene.column && !/[\d.]$/.test(scene.text.slice(0, index).slice(-1)) ? matchAt(dotted, scene.text, index) : null
  const by = match && dayFrom(scene.carried ?? scene.year, Number(match[1]), Number(match[2]))
  const end = index + (match?.[0].length ?? 0)
  return by ? { end, found: [{ start: index, end, deadline: { kind: 'date', by } }] } : undefined
}

/** Reads a stated day, range or list of days; an empty finding where the words only name a time. */
export function datedAt(scene: Scene, index: number): Reading | undefined {
  const series = seriesAt(scene, index)
  if (!series) return dateInCell(scene, index) ?? dateOfThisMonth(scene, index)
  const { end, suffix: put } = suffixAt(scene.text, series.end)
  const last = series.items.at(-1)
  if (!last || !isLimit({ scene, start: index, end, span: last, suffix: put, ranged: series.ranged })) {
    return { end: Math.max(series.end, index + 1), found: [] }
  }
  if (series.wholeYear) {
    return { end, found: [{ start: index, end, deadline: { kind: 'ongoing', year: Number(last.last.slice(0, 4)) } }] }
  }
  const count = isYearOf(last) ? timesAfter(scene.text, end) : undefined
  if (
    count &&
    count.times > 1 &&
    Number(last.last.slice(0, 4)) === scene.year &&
    /(?:内|今年|本年度?|\d年)$/.test(scene.text.slice(index, end))
  ) {
    return { end, found: [{ start: index, end, deadline: { kind: 'recurring', every: 'year', times: count.times } }] }
  }
  return { end, found: withLead(scene.text, series.items, end) }
}

const isYearOf = (span: Span) => span.last.endsWith('-12-31') && (span.grain === 'part' || span.grain === 'year')
const lead = /(?:不晚于|不迟于|(?<![达收接直做得受提回遇找看])到)$/

function withLead(text: string, items: readonly Item[], end: number): Found[] {
  return items.map((item, index) => {
    const led = index === 0 ? lead.exec(text.slice(Math.max(0, item.start - 3), item.start)) : null
    return {
      start: item.start - (led?.[0].length ?? 0),
      end: index === items.length - 1 ? end : item.end,
      deadline: { kind: 'date', by: item.last },
    }
  })
}
