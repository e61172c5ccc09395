import type { Question } from '../model/plan.ts'
import type { Moment } from './closing.ts'
import { type FoundTask, merge, NOBODY, place } from './found.ts'
import { readRows, type Theme } from './rows.ts'
import { lineAt, type Passage, type Table, trim } from './sheet.ts'
import { slotsOf } from './slots.ts'
import { type Spread, spreadCells } from './spread.ts'
import { pagesOf } from './table-pages.ts'
import type { ListRules } from './units.ts'

export interface TableTasks {
  tasks: FoundTask[]
  questions: Question[]
}

/** The tasks of a table, one a numbered row, and what its layout leaves in doubt. */
export function readTable(table: Table, rules: ListRules, moment: Moment): TableTasks {
  const pages = pagesOf(table).map((page) => ({ columns: page.columns, read: readRows(page, rules, moment) }))
  const tasks: FoundTask[] = []
  const questions: Question[] = []
  let before: Spread | undefined
  let themes: Theme[] = []
  let heading = ''
  let lastId = ''
  pages.forEach((page, index) => {
    const next = Number(pages[index + 1]?.read.rows.find((r) => r.number !== '')?.number ?? 0)
    const slots = slotsOf(page.read, next)
    if (restarts(lastId, slots[0]?.id ?? '')) before = undefined
    const cells = spreadCells(slots, before, moment, page.read)
    lastId = slots.at(-1)?.id ?? ''
    slots.forEach((slot, i) => {
      const cell = cells[i]
      if (!cell) return
      themes = under(slot.heading === '' || slot.heading === heading ? themes : [], slot.themes)
      heading = slot.heading || heading
      const [first = NOBODY, ...others] = cell.units.map((u) => place(u.list, u.passage, 0))
      const units = others.reduce(merge, first)
      const text = slot.text ? trim(slot.text) : empty(slot.line)
      const id = slot.id || String(tasks.length + 1)
      const names = themes.map((t) => t.text)
      const section = heading ? [heading, ...names] : names
      tasks.push({ id, numbers: [], section, text, units, limits: cell.time ? [cell.time] : [], note: cell.doubt })
      before = cell
    })
    questions.push(
      ...doubts(
        slots.map((s, i) => ({ id: s.id, line: s.text ? lineAt(s.text, 0) : s.line, doubt: cells[i]?.doubt ?? '' })),
      ),
    )
    const timeless = page.columns.includes('time') && slots.length > 1 && cells.every((c) => !c.time)
    if (timeless) questions.push(noTime(slots[0]?.id ?? '', slots.at(-1)?.id ?? '', slots[0]?.line ?? 0))
  })
  if (pages.length === 0) questions.push(...headless(table))
  return { tasks, questions }
}

/** Numbered rows below no head at all are not read, and that is said. */
function headless({ rows: [first] }: Table): Question[] {
  if (!first || first.cells.length < 3 || !/^\d{1,5}$/.test((first.cells[0] ?? '').trim())) return []
  const text = `第${first.line}行起的表没有表头，没有读入；请补上表头，或接到上面的表后再导入`
  return [{ kind: 'unsure-row', line: first.line, text, proposal: '不读入' }]
}

/** Whether a page's numbers begin again: it is a table of its own, and nothing of the one above holds for it. */
const restarts = (last: string, first: string): boolean => Number.parseInt(first, 10) <= Number.parseInt(last, 10)

const empty = (line: number): Passage => ({ kind: 'passage', text: '', starts: [{ at: 0, line }] })

/** The themes of a row: what it names takes the place of those as deep or deeper. */
function under(above: Theme[], own: Theme[]): Theme[] {
  let path = above
  for (const theme of own) path = [...path.filter((t) => t.depth < theme.depth && t.text !== theme.text), theme]
  return path
}

/** One question for each run of rows with the same doubt. */
function doubts(rows: { id: string; line: number; doubt: string }[]): Question[] {
  const out: Question[] = []
  let run: typeof rows = []
  const close = () => {
    const [first] = run
    const last = run.at(-1)
    if (!first || !last) return
    const range = first === last ? `第${first.id}号` : `第${first.id}—${last.id}号`
    out.push({
      kind: 'unsure-row',
      task: first.id,
      line: first.line,
      text: `${range}：${first.doubt}，请对照原文核实`,
      proposal: '按此读法',
    })
    run = []
  }
  for (const row of rows) {
    if (row.doubt === '' || (run[0] && run[0].doubt !== row.doubt)) close()
    if (row.doubt !== '') run.push(row)
  }
  close()
  return out
}

const noTime = (first: string, last: string, line: number): Question => ({
  kind: 'no-time',
  task: first,
  line,
  text: `第${first}—${last}号所在的页没有完成时限`,
  proposal: '不设时限，按持续推进',
})
