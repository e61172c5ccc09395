import { setOwnDays } from '../flow/calendar/days.ts'
import { turnCalendar } from '../flow/calendar/turn.ts'
import type { OfficeNow } from '../flow/office.ts'
import type { Day } from '../model/deadline.ts'
import { BadInput } from '../model/problem.ts'
import { readText } from '../plan/read.ts'
import { dayOf, daysBetween, weekday } from '../time/day.ts'
import { type DaysOff, daysOff } from '../time/days-off.ts'
import { type DayDraft, readDayRows, readDaysJson } from '../time/own-days.ts'
import { readArgs } from './args.ts'
import { readInput } from './files.ts'
import { err, out } from './print.ts'
import { type Runtime, stampOf, withRuntime } from './runtime.ts'

const usage = 'calendar import FILE（json、xlsx、csv、txt） | calendar show [YEAR]'

const parsedJson = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadInput(`${path} 不是 JSON：应写成 {"2027":{"off":["2027-02-05"],"work":["2027-02-20"]}}`)
  }
}

const linesOf = (text: string) =>
  text.split(/\r?\n/).map((words, i) => ({ line: i + 1, cells: words.split(/[,\t]/).map((cell) => cell.trim()) }))

/** The days of a file in any layout that offices have them in. @throws BadInput */
const readDays = async (path: string, bytes: Uint8Array): Promise<DayDraft[]> => {
  if (path.endsWith('.xlsx')) {
    const { readWorkbook } = await import('../plan/readers/xlsx.ts')
    try {
      return readDayRows(readWorkbook(bytes)[0]?.rows ?? [])
    } catch (error) {
      if (error instanceof BadInput) throw error
      throw new BadInput(`${path} 打不开：应是 Excel 工作簿（.xlsx），没有加密`)
    }
  }
  const text = readText(bytes)
  return path.endsWith('.json') ? readDaysJson(parsedJson(path, text)) : readDayRows(linesOf(text))
}

const kindWords = (kind: DayDraft['kind']): string => (kind === null ? '照常' : kind === 'off' ? '休' : '班')
const week = ['一', '二', '三', '四', '五', '六', '日']
const dayWords = (day: Day): string =>
  `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日（周${week[weekday(day) - 1]}）`

/** All of it at once, whatever the number of chunks. */
const turned = async ({ deps }: Pick<Runtime, 'deps'>): Promise<void> => {
  for (let passes = 0; passes < 1000; passes++) if (await turnCalendar(deps)) return
  throw new BadInput('台账正忙，到期日还没有重算完：服务运行时会接着算，也可以再执行一次同样的命令')
}

const importDays = async (runtime: Runtime, drafts: readonly DayDraft[]): Promise<void> => {
  const { deps } = runtime
  const changes = await setOwnDays(deps, drafts, stampOf(deps))
  for (const { day, was, now } of changes) out(`${day} ${was ? `${kindWords(was)} → ` : ''}${kindWords(now)}`)
  await turned(runtime)
  if (changes.length === 0) out('本机关的日期没有变化')
  else err(`日历：${changes.length}天变动；按工作日计算的到期日已重算，变动的列入推送`)
}

const offWords = ({ from, to, festivals }: DaysOff): string => {
  const days = daysBetween(from, to) + 1
  const span = from === to ? dayWords(from) : `${dayWords(from)}至${dayWords(to)}`
  return `${festivals.join('、') || '放假'}：${span}，${days}天`
}

const showYear = ({ view, calendar, notices }: OfficeNow, year: number): void => {
  const own = view.days.filter(({ day }) => day.startsWith(`${year}-`))
  const by = notices.off.has(`${year}-10-01`) ? '按国务院办公厅通知' : '按本机关导入的安排'
  out(
    `${year}年：${calendar.provisional(year) ? '放假安排尚未公布，暂按周末和法定假日，按工作日计算的到期日为暂定' : by}`,
  )
  const { off, work } = daysOff(year, calendar)
  for (const one of off) out(offWords(one))
  if (work.length > 0) out(`周末上班：${work.map(dayWords).join('、')}`)
  if (own.length > 0)
    out(`其中本机关的：${own.map(({ day, kind }) => `${dayWords(day)}${kindWords(kind)}`).join('、')}`)
}

const yearArg = (text: string | undefined, today: Day): number => {
  if (text === undefined) return Number(today.slice(0, 4))
  if (!/^20\d\d$/.test(text)) throw new BadInput(`“${text}”不是年份：应是四位数字，例如 calendar show 2027`)
  return Number(text)
}

/** The office's own days over the national ones: taken from a file, or shown with them. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, {}, usage)
  const [verb, what, ...rest] = positionals
  if (rest.length > 0) throw new BadInput(`用法：duban ${usage}`)
  if (verb === 'import') {
    const drafts = await readDays(what ?? '', await readInput(what, usage))
    return withRuntime(values, (runtime) => importDays(runtime, drafts))
  }
  if (verb !== 'show') throw new BadInput(`用法：duban ${usage}`)
  await withRuntime(values, async ({ deps }) =>
    showYear(await deps.cache(deps.store), yearArg(what, dayOf(deps.now(), deps.zone))),
  )
}
