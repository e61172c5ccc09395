import type { Day, Deadline } from '../model/deadline.ts'
import { datedAt } from './dated.ts'
import { byFirst, DIGITS, type Found, type Reading, type Scene } from './found.ts'
import { labelledParts } from './label.ts'
import { type Plain, plain } from './numerals.ts'
import { recurringAt } from './recurring.ts'
import { relativeAt } from './relative.ts'
import { routineAt } from './routine.ts'
import { standingIn } from './standing.ts'
import { timesAfter } from './times.ts'
import { unannouncedAt } from './unannounced.ts'

export { isTimeLabel } from './label.ts'

/** What the reader of a document knows beside the words. */
export interface DeadlineContext {
  /** The day of issue, or the day on which the words are said: 本周, 春节前 and the like count from it. */
  asOf: Day
  /** The document's year: a month without a year is of it. */
  year: number
  /** The text is the content of a time-limit column. */
  column?: boolean
}

/** A deadline and the offsets of its words in the text as given. */
export interface PlacedDeadline {
  deadline: Deadline
  start: number
  end: number
}

const worthwhile = /[春年月周季旬时节前内末底期日天长持常及即立适尽随按星\d]/
// Where the words of a time may begin; every recogniser is tried at these places and nowhere else.
const anchors =
  /第?\d+|[上下]半年|[每按逐分半]|[本当这今明次来翌后去前下上首末第]?(?:[年月季日]|个?(?:周|星期|礼拜))|[本当这下上次首](?:1?个)(?:月|季度|周|星期)|(?:本|当|明|次|今|去)年|首个?工作日|次1?个?工作日|节前|[“"‘]?十[一二三四五六七八]?五|规划期末|全年|今冬明春|[“"]?(?:元旦|新年|除夕|春节|农历新年|元宵|三八|妇女节|清明|劳动节|五一|六一|儿童节|七一|建党节|八一|建军节|教师节|端午|中秋|重阳|国庆|十一)/g

/**
 * The time limits that a text of an official document states, in the order of the text, by the rules of a careful clerk:
 * times that only name something (a report's period, a past document) give nothing. `raw` is `text.slice(start, end)`.
 */
export function readDeadlines(text: string, context: DeadlineContext): PlacedDeadline[] {
  if (!worthwhile.test(text)) return []
  const spelled = plain(text)
  const parts = context.column ? [{ from: 0, to: spelled.text.length }] : labelledParts(spelled.text)
  const scanned = scan(spelled.text, context, parts)
  const found = [...scanned]
  let next = 0
  for (const { from, to } of parts) {
    while ((scanned[next]?.start ?? from) < from) next++
    const first = next
    while ((scanned[next]?.end ?? Number.POSITIVE_INFINITY) <= to) next++
    found.push(...standingIn(spelled.text, from, to, context.year, scanned.slice(first, next)))
  }
  found.sort((one, other) => one.start - other.start || one.end - other.end)
  return found.map((one) => placed(text, spelled, one))
}

function placed(text: string, spelled: Plain, { start, end, deadline }: Found): PlacedDeadline {
  const from = spelled.at(start)
  const to = spelled.at(end - 1) + 1
  return { deadline: { ...deadline, raw: text.slice(from, to) }, start: from, end: to }
}

type Part = { from: number; to: number }

/** A scene on its way through the text. */
interface Walk extends Scene {
  /** The next end of a sentence, at or after the place. */
  nextEnd: number
  parts: readonly Part[]
  part: number
  /** What the sentence has stated so far. */
  said: Found[]
}

function scan(text: string, context: DeadlineContext, parts: readonly Part[]): Found[] {
  const found: Found[] = []
  const place = { carried: undefined, column: false, event: '', sentence: 0, nextEnd: -1, part: 0, said: [] }
  const scene: Walk = { text, asOf: context.asOf, year: context.year, parts, ...place }
  anchors.lastIndex = 0
  for (let match = anchors.exec(text); match; match = anchors.exec(text)) {
    const next = anchors.lastIndex
    enter(scene, match.index)
    const reading = readingAt(scene, match.index)
    if (reading) remember(scene, reading, found)
    anchors.lastIndex = reading ? Math.max(reading.end, match.index + 1) : /\d$/.test(match[0]) ? next : match.index + 1
  }
  return found
}

const sentenceEnd = /[。；\n!?！？]/g

/** Moves the scene to a place; a new sentence forgets what the one before said. */
function enter(scene: Walk, index: number): void {
  if (index > scene.nextEnd) {
    const from = Math.max(0, scene.nextEnd)
    scene.sentence = index
    while (scene.sentence > from && !'。；\n!?！？'.includes(scene.text[scene.sentence - 1] ?? '')) scene.sentence--
    scene.carried = undefined
    scene.event = ''
    scene.said = []
    sentenceEnd.lastIndex = index
    const end = sentenceEnd.exec(scene.text)
    scene.nextEnd = end ? end.index : scene.text.length
  }
  while ((scene.parts[scene.part]?.to ?? Number.POSITIVE_INFINITY) <= index) scene.part++
  scene.column = index >= (scene.parts[scene.part]?.from ?? Number.POSITIVE_INFINITY)
}

function remember(scene: Walk, reading: Reading, found: Found[]): void {
  for (const read of reading.found) {
    const one = inSlogan(scene.text, read) ? undefined : inContext(scene, read)
    if (!one) continue
    shareCount(scene, one)
    found.push(one)
    scene.said.push(one)
    if (one.deadline.kind === 'relative' && one.deadline.event) scene.event = one.deadline.event
    if (one.deadline.kind !== 'date') continue
    const year = Number(one.deadline.by.slice(0, 4))
    if (/(?:\d{4}年|\d{4}[-/.]|明年|次年)/.test(scene.text.slice(one.start, one.end))) scene.carried = year
  }
}

/** 县级每半年、乡镇每季度至少1次: the count is said once, for both periods. */
function shareCount({ said, text }: Walk, { start, deadline }: Found): void {
  const last = said.at(-1)
  if (deadline.kind !== 'recurring' || !deadline.times || last?.deadline.kind !== 'recurring') return
  const bare = last.start < start && !last.deadline.times && !last.deadline.within && !last.deadline.by
  if (bare && /^、[一-龥]{1,6}$/.test(text.slice(last.end, start)))
    last.deadline = { ...last.deadline, times: deadline.times }
}

/** “年初建账、年中查账、年底交账”: a slogan of the year's course sets no limit. */
function inSlogan(text: string, { start, end }: Found): boolean {
  const from = Math.max(0, start - 30)
  const opened = text.slice(from, start).lastIndexOf('“')
  if (opened < 0) return false
  const words = text.slice(from + opened, from + opened + 40)
  const closed = words.indexOf('”')
  return from + opened + closed >= end && /年初[^”]*年[中底末终]/.test(words.slice(0, closed))
}

/** 次年1月底前 after 每年, and 3月底前 after 每年2月底前, is every year's; a period already said in the clause is not said twice (每季度召开季度例会). */
function inContext(scene: Walk, one: Found): Found | undefined {
  const { deadline } = one
  if (deadline.kind === 'date' && /^[次翌]年/.test(scene.text.slice(one.start, one.end))) {
    const yearly = scene.said.some((other) => other.deadline.kind === 'recurring' && other.deadline.every === 'year')
    return yearly ? { ...one, deadline: { kind: 'recurring', every: 'year', by: deadline.by.slice(5) } } : one
  }
  const last = scene.said.at(-1)
  if (
    deadline.kind === 'date' &&
    last?.deadline.kind === 'recurring' &&
    last.deadline.every === 'year' &&
    last.deadline.by
  ) {
    const goesOn = /^\d{1,2}月[底末]?(?:之|以)?前$/.test(scene.text.slice(one.start, one.end))
    return goesOn ? { ...one, deadline: { kind: 'recurring', every: 'year', by: deadline.by.slice(5) } } : one
  }
  if (deadline.kind !== 'recurring' || last?.deadline.kind !== 'recurring' || last.start === one.start) return one
  const named = /^(?:周|月度?|季度?|年度?)$/.test(scene.text.slice(one.start, one.end))
  const same = last.deadline.every === deadline.every
  if (same && /^季度?末月/.test(scene.text.slice(one.start, one.end))) return undefined
  return named && same && !/[，。；、\n]/.test(scene.text.slice(last.end, one.start)) ? undefined : one
}

const readers = byFirst<(scene: Scene, index: number) => Reading | undefined>([
  ['每按逐分下', recurringAt],
  [`${DIGITS}月季半年学次下`, unannouncedAt],
  ['月季半周日年', routineAt],
  ['1本每年全', countedYearAt],
  [`${DIGITS}半第首次下`, relativeAt],
])

function readingAt(scene: Scene, index: number): Reading | undefined {
  for (const read of readers(scene.text[index] ?? '')) {
    const reading = read(scene, index)
    if (reading) return reading
  }
  return datedAt(scene, index)
}

const yearAsPeriod = /(?:本|每个?|1个?)?年度|全年度?/y

const demanded =
  /^[^，。；\n]{0,16}(?:至少|不少于|不低于)|^(?!共|累计|已)[^，。；\n了]{0,16}\d+[次场期批篇](?:以上)|^(?:组织|安排)?(?:召开|举办|开展|举行)\d+[次场]|^\d+次/

/** 年度至少1次 is a day, the year's last; 全年不少于4次 is a count per year. */
function countedYearAt(scene: Scene, index: number): Reading | undefined {
  yearAsPeriod.lastIndex = index
  const match = yearAsPeriod.exec(scene.text)
  if (!match || /\d$/.test(scene.text.slice(0, index).slice(-1))) return undefined
  const end = index + match[0].length
  const ahead = scene.text.slice(end, end + 40)
  const times = demanded.test(ahead) ? timesAfter(scene.text, end) : undefined
  if (!times) return undefined
  const deadline: Found['deadline'] =
    times.times === 1
      ? { kind: 'date', by: `${scene.year}-12-31` }
      : { kind: 'recurring', every: 'year', times: times.times }
  return { end, found: [{ start: index, end, deadline }] }
}
