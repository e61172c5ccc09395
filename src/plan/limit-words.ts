import type { Deadline, DeadlineOf } from '../model/deadline.ts'
import { readDeadlines } from '../time/deadline.ts'

/** Time limits as a clerk reads and corrects them in a cell; each rule has one wording, which reads back as that rule. */

type Every = DeadlineOf<'recurring'>['every']

const everyWords: Record<Every, string> = {
  day: '每日',
  week: '每周',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
}
const unitWords = { hour: '小时', day: '日', workday: '个工作日', week: '周', month: '个月' } as const
const startWords = { 'period-start': '期初', 'next-period-start': '期后' } as const

/** What a cell for time limits may hold, for the message about one that holds something else. */
export const LIMIT_EXAMPLES =
  '2017年8月25日前、每月、每季度，期后20日内、每年，6月30日前、每半年，不少于2次、“批复”后20个工作日内、2017年全年、及时'

const dayWords = (day: string): string => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')

/** The rule in words, without the document's own. */
export function limitWords(deadline: Deadline): string {
  switch (deadline.kind) {
    case 'date':
      return `${dayWords(deadline.by)}前`
    case 'ongoing':
      return `${deadline.year}年全年`
    case 'prompt':
      return '及时'
    case 'relative':
      return `“${deadline.event}”后${deadline.n}${unitWords[deadline.unit]}内`
    case 'recurring': {
      const { every, within, by, times } = deadline
      const parts = [
        everyWords[every],
        within && `${startWords[within.of]}${within.n}${unitWords[within.unit]}内`,
        by && `${by.replace(/^0?(\d+)-0?(\d+)$/, '$1月$2日')}前`,
        times && `不少于${times}次`,
      ]
      return parts.filter(Boolean).join('，')
    }
  }
}

const keyOf = <T extends string>(words: Record<T, string>, word: string | undefined): T | undefined =>
  (Object.keys(words) as T[]).find((key) => words[key] === word)

const DATE = /^(\d{1,4})年(\d{1,2})月(\d{1,2})日前?$/
const ISO = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})前?$/
const ONGOING = /^(\d{1,4})年全年$/
const CLOCK = /^“([^\n]*)”后(\d{1,6})(个工作日|小时|日)内$/
const EVERY = /^(每日|每周|每月|每季度|每半年|每年)$/
const WITHIN = /^(期初|期后)(\d{1,4})(个工作日|个月|日|周)内$/
const BY = /^(\d{1,2})月(\d{1,2})日前$/
const TIMES = /^不少于(\d{1,4})次$/

const pad = (text: string | undefined, length = 2): string => (text ?? '').padStart(length, '0')

function recurring(words: string): DeadlineOf<'recurring'> | undefined {
  const [head = '', ...parts] = words.split('，')
  const every = keyOf(everyWords, EVERY.exec(head)?.[1])
  if (!every) return undefined
  const rule: DeadlineOf<'recurring'> = { kind: 'recurring', raw: words, every }
  for (const part of parts) {
    const [, of, n, unit] = WITHIN.exec(part) ?? []
    const [, month, date] = BY.exec(part) ?? []
    const [, times] = TIMES.exec(part) ?? []
    const start = keyOf(startWords, of)
    const counted = keyOf(unitWords, unit)
    if (start && counted && counted !== 'hour') rule.within = { n: Number(n), unit: counted, of: start }
    else if (month) rule.by = `${pad(month)}-${pad(date)}`
    else if (times) rule.times = Number(times)
    else return undefined
  }
  return rule
}

/** One line in exactly our wording; its raw words are the line. Undefined for any other. */
function exactly(line: string): Deadline | undefined {
  const raw = line
  const [, year, month, date] = DATE.exec(line) ?? ISO.exec(line) ?? []
  if (year) return { kind: 'date', raw, by: `${pad(year, 4)}-${pad(month)}-${pad(date)}` }
  const [, ongoing] = ONGOING.exec(line) ?? []
  if (ongoing) return { kind: 'ongoing', raw, year: Number(ongoing) }
  if (line === '及时') return { kind: 'prompt', raw }
  const [, event, n, unit] = CLOCK.exec(line) ?? []
  const counted = keyOf(unitWords, unit)
  if (event !== undefined && (counted === 'hour' || counted === 'day' || counted === 'workday'))
    return { kind: 'relative', raw, event, n: Number(n), unit: counted }
  return recurring(line)
}

/**
 * The time limits of a cell: a line each in our own wording, else whatever a document may say (8月底前；每季度).
 * Undefined where a line holds no time limit.
 */
export function readLimits(cell: string, moment: { asOf: string; year: number }): Deadline[] | undefined {
  const found: Deadline[] = []
  for (const line of cell.split(/\r?\n/).map((each) => each.trim())) {
    if (line === '') continue
    const own = exactly(line)
    const read = own ? [own] : readDeadlines(line, { ...moment, column: true }).map((one) => one.deadline)
    if (read.length === 0) return undefined
    found.push(...read)
  }
  return found
}
