import writeWorkbook from 'write-excel-file/universal'
import type { Deadline } from '../model/deadline.ts'
import type { PlanDraft, TaskDraft } from '../model/plan.ts'
import { BadInput } from '../model/problem.ts'
import { limitWords } from './limit-words.ts'
import {
  type Column,
  commonKey,
  joinNames,
  kindWords,
  placeWords,
  type SheetKey,
  sharing,
  sheetNames,
  sheets,
  slotWords,
} from './workbook.ts'

type Cells<K extends SheetKey> = Record<Column<K>, string>

/** The most that a cell of Excel holds. */
const LONGEST = 32_767

/** Widths in characters: what is long wraps. */
const widths: Partial<Record<string, number>> = {
  ...{ 章节: 26, 任务内容: 60, 牵头单位: 24, 配合单位: 24, 分工方式: 16, 时限原文: 20, 时限: 26, 原文: 40, 备注: 20 },
  ...{ 问题: 60, 建议: 26, 处理: 26, 标题: 50, 文号: 24, 发文机关: 26, 印发日期: 14, 内容: 50, 单位: 30 },
}

const limitCells = (deadlines: readonly Deadline[]) => ({
  时限原文: deadlines.map(({ raw }) => raw).join('\n'),
  时限: deadlines.map(limitWords).join('\n'),
})

const taskCells = (task: TaskDraft): Cells<'tasks'> => ({
  编号: task.id,
  章节: task.section.join('\n'),
  任务内容: task.text,
  牵头单位: joinNames(task.lead),
  配合单位: joinNames(task.support),
  分工方式: sharing.find((one) => one.divided === task.divided && one.openEnded === task.openEnded)?.words ?? '',
  ...limitCells(task.deadlines),
  原文行号: String(task.source.line),
  原文: task.source.raw,
  备注: task.note,
})

type Slots = { lead: string[]; support: string[]; deadlines: Deadline[]; sources: TaskDraft['sources'] }

/** Where each unit and time limit of a task stands in the document. */
const sourceCells = (id: string, task: Slots): Cells<'sources'>[] => {
  const row = (slot: keyof typeof slotWords, words: string, line: number, raw: string, from?: 'text' | 'column') => ({
    编号: id,
    栏目: slotWords[slot],
    内容: words,
    行号: String(line),
    原文: raw,
    位置: from ? placeWords[from] : '',
  })
  const units = (['lead', 'support'] as const).flatMap((slot) =>
    task.sources[slot].map(({ line, raw }, i) => row(slot, task[slot][i] ?? '', line, raw)),
  )
  const limits = task.sources.deadlines.map(({ line, raw, from }, i) => {
    const deadline = task.deadlines[i]
    return row('deadlines', deadline ? limitWords(deadline) : '', line, raw, from)
  })
  return [...units, ...limits]
}

const NO_UNITS = { lead: [], support: [] }

const rowsOf = (draft: PlanDraft): { [K in SheetKey]: Cells<K>[] } => {
  const { title, number, issuer, issuedOn, year, untilYear } = draft.document
  const yearWords = (one: number | undefined) => (one ? String(one) : '')
  return {
    tasks: draft.tasks.map(taskCells),
    questions: draft.questions.map((one) => ({
      编号: one.task ?? '',
      行号: String(one.line),
      问题: one.text,
      建议: one.proposal,
      处理: '',
      类别: kindWords[one.kind],
    })),
    document: [
      {
        ...{ 标题: title, 文号: number, 发文机关: issuer, 印发日期: issuedOn },
        ...{ 年度: yearWords(year), 截止年度: yearWords(untilYear) },
      },
    ],
    common: draft.common.map(({ section, text, units, deadlines, source }) => ({
      ...{ 章节: section.join('\n'), 内容: text, 单位: joinNames(units), ...limitCells(deadlines) },
      ...{ 原文行号: String(source.line), 原文: source.raw },
    })),
    sources: [
      ...draft.tasks.flatMap((task) => sourceCells(task.id, task)),
      ...draft.common.flatMap(({ deadlines, source, sources }) =>
        sourceCells(commonKey(source.line), {
          ...{ lead: [], support: [], deadlines },
          sources: { ...NO_UNITS, ...sources },
        }),
      ),
    ],
  }
}

/** What XML cannot hold is written as OOXML writes it (`_x000B_`), and what looks like that too. */
const escaped = (text: string): string =>
  text.replace(
    /[^\t\n\r\u0020-\ufffd]|_(?=x[0-9A-Fa-f]{4}_)/g,
    (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  )

/** Text whatever is typed into it: Excel would make a date of 1-2. */
export const cell = (value: string) => ({
  value: escaped(value),
  type: String,
  format: '@',
  wrap: true,
  alignVertical: 'top' as const,
})
/** A cell of the row that names the columns. */
export const head = (value: string) => ({ ...cell(value), fontWeight: 'bold' as const, backgroundColor: '#E8EEF4' })

/**
 * A draft as a workbook (.xlsx) that a clerk corrects and `import` takes back; it holds all of the draft.
 * @throws BadInput where a text is longer than a cell can be
 */
export async function draftWorkbook(draft: PlanDraft): Promise<Uint8Array> {
  const rows = rowsOf(draft)
  const written = (Object.keys(sheets) as SheetKey[]).map((key) => {
    const columns: readonly string[] = sheets[key]
    const data = (rows[key] as Record<string, string>[]).map((row) =>
      columns.map((column) => {
        const value = row[column] ?? ''
        if (value.length > LONGEST)
          throw new BadInput(
            `编号${row.编号 ?? ''}的“${column}”有${value.length}字，一个单元格最多${LONGEST}字，写不成表`,
          )
        return cell(value)
      }),
    )
    return {
      sheet: sheetNames[key],
      data: [columns.map(head), ...data],
      columns: columns.map((column) => ({ width: widths[column] ?? 10 })),
      stickyRowsCount: 1,
    }
  })
  const blob = await writeWorkbook(written).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}
