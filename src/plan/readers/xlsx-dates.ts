import { attr, numeric, readXml } from './xml.ts'
import type { Zip } from './zip.ts'

/** How a number of a cell is shown. */
export type Shown = 'date' | 'year-month' | 'month-day' | 'year' | 'date-time' | 'time' | 'percent' | 'number'

/** Formats that every workbook has without saying so (ECMA-376, 18.8.30), with those of Chinese Excel. */
const BUILT_IN: [ids: number[], shown: Shown][] = [
  [[14, 15, 29, 31, 51, 54], 'date'],
  [[17, 27, 36, 50, 52, 57], 'year-month'],
  [[16, 28, 30, 53, 58], 'month-day'],
  [[22], 'date-time'],
  [[18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56], 'time'],
  [[9, 10], 'percent'],
]
const builtIn = new Map(BUILT_IN.flatMap(([ids, shown]) => ids.map((id) => [id, shown] as const)))

/** What the code of a number format shows; the words in quotes and brackets in it say nothing of that. */
export function shownBy(code: string): Shown {
  const [positive = ''] = bareFormat(code).split(';')
  const has = (letters: RegExp): boolean => letters.test(positive)
  const [year, day, hour] = [has(/[ye]/), has(/d/), has(/h|s/)]
  const month = has(/m/) && (year || day || !hour)
  if (year && day) return hour ? 'date-time' : 'date'
  if (year) return month ? 'year-month' : 'year'
  if (day || month) return 'month-day'
  if (hour) return 'time'
  return positive.includes('%') ? 'percent' : 'number'
}

/** A format's code in small letters without what it only prints; `General` shows a number. */
function bareFormat(code: string): string {
  let out = ''
  for (let i = 0; i < code.length; i++) {
    const c = code[i] as string
    const until = c === '"' ? '"' : c === '[' ? ']' : ''
    if (until !== '') {
      const end = code.indexOf(until, i + 1)
      i = end < 0 ? code.length : end
    } else if (c === '\\' || c === '_' || c === '*') i++
    else out += c
  }
  return out.replace(/general|red|am\/pm|a\/p|上午\/下午/gi, '').toLowerCase()
}

/** What each style of cells shows its numbers as, from styles.xml. */
export function readCellStyles(zip: Zip, part: string): Shown[] {
  const codes = new Map<number, string>()
  const styles: Shown[] = []
  let inside = false
  readXml(zip, part, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(numeric(attributes, 'numFmtId', 0), attr(attributes, 'formatCode') ?? '')
      else if (name === 'cellXfs') inside = true
      else if (name === 'xf' && inside) {
        const id = numeric(attributes, 'numFmtId', 0)
        const code = codes.get(id)
        styles.push(code === undefined ? (builtIn.get(id) ?? 'number') : shownBy(code))
      }
    },
    close(name) {
      if (name === 'cellXfs') inside = false
    },
  })
  return styles
}

const DAY = 86_400_000

/**
 * A number of a cell as words: days since 1900 (or 1904) as 2026年8月15日, a share as 95%, any other without the noise
 * of binary fractions.
 */
export function numberWords(value: number, shown: Shown, from1904: boolean): string {
  if (shown === 'number' || value < 0 || value > 2_958_465) return plain(value)
  if (shown === 'percent') return `${plain(value * 100)}%`
  // Excel counts a 29 February 1900 that never was.
  const days = from1904 ? value + 1462 : value < 60 ? value + 1 : value
  const at = new Date(Date.UTC(1899, 11, 30) + Math.round(days * 86_400) * 1000)
  return dateWords(at, shown, value % 1 !== 0)
}

/** A day as words; `hasTime` where a part of a day belongs to it. */
export function dateWords(at: Date, shown: Shown, hasTime: boolean): string {
  const [year, month, day] = [`${at.getUTCFullYear()}年`, `${at.getUTCMonth() + 1}月`, `${at.getUTCDate()}日`]
  const rest = at.getTime() % DAY
  const time = `${Math.floor((rest % DAY) / 3_600_000)}:${String(at.getUTCMinutes()).padStart(2, '0')}`
  if (shown === 'time') return time
  if (shown === 'year') return year
  if (shown === 'year-month') return year + month
  if (shown === 'month-day') return month + day
  return year + month + day + (shown === 'date-time' && hasTime ? ` ${time}` : '')
}

const plain = (value: number): string => String(Number(value.toPrecision(15)))
