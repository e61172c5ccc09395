import type { CommonDemand, PlanDraft, Question } from '../model/plan.ts'
import { BadInput } from '../model/problem.ts'
import { type Acting, type Moment, readDemands } from './closing.ts'
import { distinct } from './distinct.ts'
import type { FoundTask } from './found.ts'
import { isFurniture } from './furniture.ts'
import { groupsOf } from './groups.ts'
import { type Head, readHead } from './head.ts'
import { idsOf } from './ids.ts'
import { readLines } from './lines.ts'
import { unlisted } from './list-notes.ts'
import { commonDemand, handedTo, readLoose } from './loose.ts'
import { markerOf } from './marker.ts'
import { refuseSecrets } from './marks.ts'
import { type Loose, readStretches, type Stretch } from './narrative.ts'
import { type Node, numbersOf, outline } from './outline.ts'
import { joinLines } from './passages.ts'
import { readText } from './read.ts'
import { regionsOf } from './regions.ts'
import { restLimitsOf, withRestLimits } from './rest-limits.ts'
import type { Passage, Sheet } from './sheet.ts'
import { refuseEndless, refuseEndlessSheet, refuseEndlessTasks } from './size.ts'
import { readTable, type TableTasks } from './table.ts'
import { brief, draftOf, questionsOf, strayUnits } from './tasks.ts'
import { type ListRules, readUnits } from './units.ts'

/**
 * Reads a plan: bytes or text → its head, its tasks with units, time limits and the line of each value, the demands it
 * hands to everybody, and what it leaves open. Throws BadInput (one line in Chinese) where the input is empty, is no
 * text, is longer than any plan, bears a mark of secrecy, is a report, or holds no task.
 */
export function parse(input: Uint8Array | string, options: { name?: string } = {}): PlanDraft {
  const text = readText(input)
  refuseEndless(text)
  const sheet = readLines(text, options.name ?? '')
  refuseEndlessSheet(sheet)
  return parseSheet(sheet)
}

/** The same from the lines and tables that any reader gives. */
export function parseSheet(sheet: Sheet): PlanDraft {
  refuseSecrets(sheet)
  const head = readHead(sheet)
  const blocks = joinLines(sheet)
  const rules = rulesOf(sheet)
  const { year, issuedOn } = head.document
  const moment: Moment = { asOf: issuedOn || `${year || 1970}-01-01`, year }
  const passages = blocks.flatMap((b) => (b.kind === 'passage' && !isFurniture(b, head) ? [b] : []))
  const start = passages.findIndex((p) => head.planLine > 0 && p.starts[0]?.line === head.planLine)
  const notice = outline(start > 0 ? passages.slice(0, start) : introduction(passages, head), rules)
  const plan = outline(start > 0 ? passages.slice(start) : passages, rules)

  const tables = distinct(blocks.flatMap((b) => (b.kind === 'table' ? [readTable(b, rules, moment)] : [])))
  const inTables = tables.some((t) => t.tasks.length > 0)
  const regions = regionsOf(plan, inTables, rules)
  const handed = handedTo(regions.closing)
  const stretches = readStretches(regions.work, rules)
  const receivers = receiversOf(head)
  const tail = readDemands(tailOf(stretches), moment, receivers).length ? tailOf(stretches) : []
  const { tasks, loose } = narrative(tail.length ? stretches.slice(0, -tail.length) : stretches, regions.open)
  const rows = tables.flatMap((t: TableTasks) => t.tasks)
  const grouped = inTables || regions.work.some((n) => n.body.some((p) => groupsOf(p, rules).length > 0))
  if (rows.length + tasks.length === 0 || (!grouped && isReport(sheet, head))) refuse(sheet, head)

  const ids = idsOf(tasks.map((t) => t.numbers))
  const demands = readDemands([...notice, ...tail, ...regions.closing], moment, receivers)
  const found = [...tasks.map((t, i) => ({ ...t, id: ids[i] ?? '' })), ...rows, ...demands]
  const drafts = withRestLimits(
    found.map((t) => draftOf(t, t.id, moment)),
    restLimitsOf(passages, moment),
  )
  const common: CommonDemand[] = handed.length ? loose.map((l) => commonDemand(l, handed, moment)) : []
  const questions: Question[] = [
    ...headQuestions(head),
    ...unlisted(sheet),
    ...(sheet.unread ?? []).map((u): Question => ({ kind: 'unsure-row', ...u, proposal: '不读入' })),
    ...tables.flatMap((t) => t.questions),
    ...drafts.flatMap((d) => questionsOf(d)),
    ...found.flatMap((t) => strayUnits(t)),
    ...(handed.length ? [] : loose.map(noUnit)),
  ]
  return {
    document: head.document,
    tasks: drafts,
    common,
    questions: onceEach(questions).sort((a, b) => a.line - b.line),
  }
}

const ASKS = /请|务必|须|应|要|于|前/

/** What a notice says to those it speaks to before its first number, where it carries no plan of its own. */
function introduction(passages: Passage[], head: Head): Passage[] {
  if (head.receivers === '') return []
  const to = passages.findIndex((p) => markerOf(p.text))
  const from = passages.findIndex((p) => /[：:]$/.test(p.text) && p.text.slice(0, -1) === head.receivers)
  if (from < 0) return []
  return passages.slice(from + 1, to < 0 ? undefined : to).filter((p) => ASKS.test(p.text))
}

/** The last paragraphs below the last task, which close the plan without a heading of their own. */
function tailOf(stretches: Stretch[]): Node[] {
  const last = stretches.findLastIndex((s) => 'task' in s)
  const before = stretches[last]
  if (!before || !('task' in before)) return []
  const numbers = before.task.numbers.join()
  const tail = stretches.slice(last + 1).flatMap((s) => ('loose' in s ? [s.loose] : []))
  if (tail.some(({ node }) => numbersOf(node).join() !== numbers)) return []
  return tail.map(({ node, text }) => ({ heading: '', line: text.starts[0]?.line ?? node.line, body: [text] }))
}

/** Tasks in their order, and what no unit answers for; of loose stretches outside items nothing is kept. */
function narrative(
  stretches: ReturnType<typeof readStretches>,
  open: Set<unknown>,
): { tasks: FoundTask[]; loose: Loose[] } {
  const tasks: FoundTask[] = []
  const loose: Loose[] = []
  for (const stretch of stretches) {
    if ('task' in stretch) tasks.push(stretch.task)
    else if (open.has(stretch.loose.node.marker)) {
      const read = readLoose(stretch.loose)
      for (const task of read.tasks) tasks.push(task)
      refuseEndlessTasks(tasks.length)
      for (const text of read.left) loose.push({ node: stretch.loose.node, text })
    }
  }
  return { tasks, loose }
}

const FIRST_LEADS =
  /(?:第一|首位|首个|首家|排|列)[^。；，]{0,14}(?:为|是|系)(?:该项任务的?)?牵头|牵头(?:单位|部门)[^。；，]{0,6}(?:排|列)[^。；，]{0,4}(?:第一|首位|最前)/

const MARKED_LEADS = /(?:带|标|标有|标注|加)[^。；，]{0,6}[★☆*▲△※#][^。；，]{0,12}(?:为|是)[^。；，]{0,6}牵头/

/** A rule that the document gives once for all its lists (括号内第一个单位为牵头单位，下同). */
function rulesOf(sheet: Sheet): ListRules {
  const says = sheet.blocks.some((b) => b.kind === 'line' && FIRST_LEADS.test(b.text))
  if (says) return { firstLeads: true }
  return sheet.blocks.some((b) => b.kind === 'line' && MARKED_LEADS.test(b.text)) ? { marked: true } : {}
}

/** Those whom a notice speaks to, with the line that does. */
function receiversOf(head: Head): Acting {
  const said: Passage = { kind: 'passage', text: head.receivers, starts: [{ at: 0, line: head.lines.receivers || 1 }] }
  return { units: readUnits(head.receivers).lead.map((u) => u.name), support: [], said }
}

const REPORT = /(?:报告|总结|通报|汇报|综述)(?:\s|》|$)/

function isReport(sheet: Sheet, head: Head): boolean {
  const top = sheet.blocks
    .slice(0, 8)
    .map((b) => (b.kind === 'line' ? b.text : b.rows.map((r) => r.cells.join('')).join('')))
  return REPORT.test(head.document.title) || top.some((t) => /(?:报告|总结|汇报)\s*$/.test(t.slice(0, 80)))
}

function refuse(sheet: Sheet, head: Head): never {
  if (isReport(sheet, head))
    throw new BadInput('看起来是报告，不是工作方案：里面没有写明责任单位的任务；请导入方案、要点或分工表')
  throw new BadInput('没有读到任务：方案的每项任务后应写明责任单位，如“（市财政局）”，或用带“责任单位”一栏的表')
}

/** A merged cell asks once, for the first of its rows. */
function onceEach(questions: Question[]): Question[] {
  const seen = new Set<string>()
  return questions.filter((q) => {
    const key = q.kind === 'vague-day' ? `${q.line} ${q.proposal}` : `${q.line} ${q.kind} ${q.text}`
    return !seen.has(key) && seen.add(key)
  })
}

const LABELS = { title: '标题', number: '文号', issuer: '发文机关', issuedOn: '印发日期' } as const

function headQuestions(head: Head): Question[] {
  const missing = (Object.keys(LABELS) as (keyof typeof LABELS)[]).filter((k) => head.document[k] === '')
  const out = missing.map(
    (k): Question => ({ kind: 'head', line: 1, text: `文中没有${LABELS[k]}，请补上`, proposal: '留空' }),
  )
  if (head.document.year === 0)
    out.push({ kind: 'head', line: 1, text: '文中没有写明是哪一年的方案，请补上', proposal: '留空' })
  return out
}

const noUnit = ({ node, text }: Loose): Question => ({
  kind: 'no-unit',
  line: text.starts[0]?.line ?? node.line,
  text: `没有写责任单位：${brief(text.text)}`,
  proposal: '不单列任务',
})
