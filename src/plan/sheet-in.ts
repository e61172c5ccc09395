import { unzipSync } from 'fflate'
import type { CommonDemand, DocumentHead, PlanDraft, Question, TaskDraft } from '../model/plan.ts'
import { BadInput } from '../model/problem.ts'
import { dayFrom } from '../time/day.ts'
import { LIMIT_EXAMPLES, limitWords, readLimits } from './limit-words.ts'
import { readWorkbook } from './readers/xlsx.ts'
import {
  type Column,
  commonKey,
  kindWords,
  placeWords,
  type SheetKey,
  sharing,
  sheetNames,
  sheets,
  slotWords,
  splitNames,
} from './workbook.ts'

/** A question with what the clerk wrote beside it, and where. */
export interface WrittenAnswer {
  question: Question
  answer: string
  /** Row of the sheet 问题, from 1. */
  row: number
}

export interface CorrectedDraft {
  draft: PlanDraft
  answers: WrittenAnswer[]
}

interface Row<K extends SheetKey> {
  at: number
  get(column: Column<K>): string
}
type Rows = { [K in SheetKey]: Row<K>[] }

const LARGEST = 64_000_000
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

/** Whether the file is a workbook whose sheets are those of ours; only its list of sheets is unpacked. */
function isOurs(bytes: Uint8Array): boolean {
  if (!isZip(bytes)) return false
  let size = 0
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        size += originalSize
        return name === 'xl/workbook.xml' && originalSize < 1_000_000
      },
    })
    const list = new TextDecoder().decode(files['xl/workbook.xml'])
    return size <= LARGEST && Object.values(sheetNames).every((name) => list.includes(`name="${name}"`))
  } catch {
    return false
  }
}

function readRows(bytes: Uint8Array): Rows {
  const found = readWorkbook(bytes)
  const rowsOf = <K extends SheetKey>(key: K): Row<K>[] => {
    const [heads, ...rows] = found.find(({ name }) => name === sheetNames[key])?.rows ?? []
    const columns = (heads?.cells ?? []).map((head) => head.trim())
    const missing = sheets[key].filter((name) => !columns.includes(name))
    if (missing.length > 0)
      throw new BadInput(
        `工作表“${sheetNames[key]}”缺少“${missing.join('”“')}”一栏：第1行应是${sheets[key].join('、')}`,
      )
    return rows.flatMap(({ line, cells }) => {
      if (cells.every((cell) => cell.trim() === '')) return []
      return [{ at: line, get: (column: Column<K>) => cells[columns.indexOf(column)] ?? '' }]
    })
  }
  return {
    tasks: rowsOf('tasks'),
    questions: rowsOf('questions'),
    document: rowsOf('document'),
    common: rowsOf('common'),
    sources: rowsOf('sources'),
  }
}

/** Collects what is wrong with cells, each with its place and what would be right. */
type Wrong = <K extends SheetKey>(sheet: K, row: number, column: Column<K>, right: string) => void

const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/

/** The day of a cell, `undefined` where it is none. */
export function readDay(text: string): string | undefined {
  const [, year, month, date] = DAY.exec(text.trim()) ?? []
  return year ? dayFrom(Number(year), Number(month), Number(date)) : undefined
}

function documentOf(row: Row<'document'> | undefined, wrong: Wrong): DocumentHead {
  const at = row?.at ?? 2
  const of = (column: Column<'document'>) => row?.get(column) ?? ''
  const yearOf = (column: '年度' | '截止年度'): number => {
    const text = of(column)
      .trim()
      .replace(/年度?$/, '')
    if (text === '') return 0
    if (!/^(?:19|20)\d\d$/.test(text)) wrong('document', at, column, '应是四位年份，如 2017')
    return Number(text)
  }
  const written = of('印发日期').trim()
  const issuedOn = written === '' ? '' : readDay(written)
  if (issuedOn === undefined) wrong('document', at, '印发日期', '应是日期，如 2017-07-11')
  const untilYear = yearOf('截止年度')
  return {
    title: of('标题'),
    number: of('文号'),
    issuer: of('发文机关'),
    issuedOn: issuedOn ?? '',
    year: yearOf('年度'),
    ...(untilYear > 0 && { untilYear }),
  }
}

function lineOf<K extends SheetKey>(sheet: K, row: Row<K>, column: Column<K>, wrong: Wrong): number {
  const text = row.get(column).trim()
  if (!/^-?\d{1,9}$/.test(text)) wrong(sheet, row.at, column, '应是原文的行号（整数），新增的一行写 0')
  return Number(text)
}

interface Place {
  line: number
  raw: string
  from: 'text' | 'column'
}

/** Takes the source of a value of a task: each is given once, in order, so that equal values keep theirs. */
function openSources(rows: readonly Row<'sources'>[], wrong: Wrong) {
  const known = new Map<string, Place[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.get('编号'), row.get('栏目'), row.get('内容')])
    const from = row.get('位置') === placeWords.column ? 'column' : 'text'
    const place = { line: lineOf('sources', row, '行号', wrong), raw: row.get('原文'), from } as const
    known.set(key, [...(known.get(key) ?? []), place])
  }
  return (task: string, slot: keyof typeof slotWords, words: string): Place | undefined =>
    known.get(JSON.stringify([task, slotWords[slot], words]))?.shift()
}

const lines = (text: string): string[] => (text === '' ? [] : text.split(/\r?\n/))

const placed = (place: Place | undefined, at: number, raw: string) => ({
  line: place?.line ?? at,
  raw: place?.raw ?? raw,
})

interface Reader {
  sourceOf: ReturnType<typeof openSources>
  moment: { asOf: string; year: number }
  wrong: Wrong
}

/** The time limits of a row with their sources; `key` is what 出处 calls the row. */
function datedIn<K extends 'tasks' | 'common'>(
  sheet: K,
  row: Row<K>,
  { key, line }: { key: string; line: number },
  { sourceOf, moment, wrong }: Reader,
) {
  const of = row as Row<'tasks' | 'common'>
  const limits = readLimits(of.get('时限'), moment)
  if (!limits) wrong(sheet, row.at, '时限', `每行写一个时限，如 ${LIMIT_EXAMPLES}`)
  const raws = lines(of.get('时限原文'))
  return (limits ?? []).map((limit, i) => {
    const place = sourceOf(key, 'deadlines', limitWords(limit))
    const source = { ...placed(place, line, limit.raw), from: place?.from ?? ('column' as const) }
    // What is not as it was written out is the clerk's own words, unless these stand beside it.
    const raw = (limits?.length ?? 0) === Math.max(1, raws.length) ? (raws[i] ?? '') : (place?.raw ?? limit.raw)
    return { deadline: { ...limit, raw }, source }
  })
}

function taskOf(
  row: Row<'tasks'>,
  sourceOf: ReturnType<typeof openSources>,
  moment: { asOf: string; year: number },
  wrong: Wrong,
): TaskDraft {
  const id = row.get('编号').trim()
  if (id === '') wrong('tasks', row.at, '编号', '不能空，如 1-2')
  const text = row.get('任务内容')
  const line = lineOf('tasks', row, '原文行号', wrong)
  const unitsOf = (slot: 'lead' | 'support') => {
    const names = splitNames(row.get(slot === 'lead' ? '牵头单位' : '配合单位'))
    return { names, sources: names.map((name) => placed(sourceOf(id, slot, name), line, name)) }
  }
  const [lead, support] = [unitsOf('lead'), unitsOf('support')]
  const way = row.get('分工方式').trim() || '共同承办'
  const shared = sharing.find(({ words }) => words === way.replace(/,/g, '，'))
  if (!shared) wrong('tasks', row.at, '分工方式', `应是“${sharing.map(({ words }) => words).join('”“')}”之一`)
  const dated = datedIn('tasks', row, { key: id, line }, { sourceOf, moment, wrong })
  return {
    id,
    section: lines(row.get('章节')),
    text,
    lead: lead.names,
    support: support.names,
    openEnded: shared?.openEnded ?? false,
    divided: shared?.divided ?? false,
    deadlines: dated.map(({ deadline }) => deadline),
    note: row.get('备注'),
    source: { line, raw: row.get('原文') },
    sources: { lead: lead.sources, support: support.sources, deadlines: dated.map(({ source }) => source) },
  }
}

function commonOf(row: Row<'common'>, reader: Reader): CommonDemand {
  const line = lineOf('common', row, '原文行号', reader.wrong)
  const dated = datedIn('common', row, { key: commonKey(line), line }, reader)
  return {
    section: lines(row.get('章节')),
    text: row.get('内容'),
    units: splitNames(row.get('单位')),
    deadlines: dated.map(({ deadline }) => deadline),
    source: { line, raw: row.get('原文') },
    sources: { deadlines: dated.map(({ source }) => source) },
  }
}

function answerOf(row: Row<'questions'>, wrong: Wrong): WrittenAnswer {
  const words = row.get('类别').trim()
  const kind = (Object.keys(kindWords) as Question['kind'][]).find((each) => kindWords[each] === words)
  if (!kind) wrong('questions', row.at, '类别', `应是“${Object.values(kindWords).join('”“')}”之一`)
  const task = row.get('编号').trim()
  const line = lineOf('questions', row, '行号', wrong)
  const question: Question = {
    kind: kind ?? 'unsure-row',
    ...(task !== '' && { task }),
    line,
    text: row.get('问题'),
    proposal: row.get('建议'),
  }
  return { question, answer: row.get('处理').trim(), row: row.at }
}

const SHOWN = 5

/**
 * Reads back the workbook of `parse --xlsx` with its corrections; undefined where the file is no such workbook.
 * @throws BadInput, one line, that names sheet, row and column of each bad cell and what would be right
 */
export async function readDraftWorkbook(bytes: Uint8Array): Promise<CorrectedDraft | undefined> {
  if (!isOurs(bytes)) return undefined
  let rows: Rows
  try {
    rows = readRows(bytes)
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw new BadInput('工作簿打不开：请用 Excel 或 WPS 重新存为 .xlsx，或从 parse --xlsx 重新导出')
  }
  const bad: string[] = []
  const wrong: Wrong = (sheet, row, column, right) => {
    bad.push(`“${sheetNames[sheet]}”第${row}行“${column}”${right}`)
  }
  const document = documentOf(rows.document[0], wrong)
  const moment = { asOf: document.issuedOn || `${document.year || 1970}-01-01`, year: document.year }
  const sourceOf = openSources(rows.sources, wrong)
  const tasks = rows.tasks.map((row) => taskOf(row, sourceOf, moment, wrong))
  const seen = new Map<string, number>()
  for (const [i, { id }] of tasks.entries()) {
    const at = rows.tasks[i]?.at ?? 0
    const first = seen.get(id)
    if (first !== undefined && id !== '')
      wrong('tasks', at, '编号', `“${id}”与第${first}行重复，每项任务应有自己的编号`)
    else seen.set(id, at)
  }
  const common = rows.common.map((row) => commonOf(row, { sourceOf, moment, wrong }))
  const asked = rows.questions.map((row) => answerOf(row, wrong))
  if (tasks.length === 0 && common.length === 0) bad.push(`“${sheetNames.tasks}”里没有任务：每项任务一行`)
  if (bad.length > 0) {
    const more = bad.length > SHOWN ? `；……共${bad.length}处` : ''
    throw new BadInput(`工作簿有${bad.length}处要改：${bad.slice(0, SHOWN).join('；')}${more}`)
  }
  const answers = asked.filter(({ answer }) => answer !== '')
  return { draft: { document, tasks, common, questions: asked.map(({ question }) => question) }, answers }
}
