import writeWorkbook from 'write-excel-file/universal'
import { subjectWords } from '../../../model/fact-words.ts'
import { roleWords } from '../../../model/person.ts'
import { cell, head } from '../../../plan/sheet-out.ts'
import type { Deps } from '../../deps.ts'
import { type AuditQuery, allSeals, auditLines } from '../audit.ts'
import { personHappens } from '../sign-in.ts'

const sheetOf = async (name: string, columns: readonly [title: string, width: number][], rows: string[][]) => {
  const blob = await writeWorkbook([
    {
      sheet: name,
      data: [columns.map(([title]) => head(title)), ...rows.map((row) => row.map(cell))],
      columns: columns.map(([, width]) => ({ width })),
      stickyRowsCount: 1,
    },
  ]).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

/** What is seen on the audit page as a workbook; that it was taken out is itself a fact. @throws BadInput */
export const exportAudit = async (deps: Deps, person: string, query: AuditQuery): Promise<Uint8Array<ArrayBuffer>> => {
  const lines = await auditLines(deps, query)
  const bytes = await sheetOf(
    '审计',
    [
      ['时间', 18],
      ['人员', 12],
      ['身份', 12],
      ['途径', 10],
      ['对象', 10],
      ['名称', 30],
      ['事情', 14],
      ['内容', 50],
      ['文字', 50],
    ],
    lines.map(({ when, who, way, subject, about, kind, body, words, erased }) => [
      ...[when, who.name, who.role ? roleWords[who.role] : '', way, subjectWords[subject], about, kind, body],
      erased ? '（文字已清除）' : words,
    ]),
  )
  const { q, ...asked } = query
  await personHappens(
    deps,
    person,
    'exported',
    { what: '审计', rows: lines.length, ...(JSON.parse(JSON.stringify(asked)) as Record<string, string>) },
    q ? { words: { q } } : {},
  )
  return bytes
}

/** All seals with their hashes, to be kept where nobody of the office can change them. */
export const exportSeals = async (deps: Deps, person: string): Promise<Uint8Array<ArrayBuffer>> => {
  const seals = await allSeals(deps)
  const bytes = await sheetOf(
    '封印',
    [
      ['日期', 14],
      ['对象数', 10],
      ['算法', 10],
      ['封印', 70],
      ['前一封印', 70],
    ],
    seals.map(({ day, heads, alg, hash, prev }) => [day, String(heads), alg, hash, prev]),
  )
  await personHappens(deps, person, 'exported', { what: '封印', rows: seals.length })
  return bytes
}
