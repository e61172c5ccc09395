import { countCases, lookedThrough } from '../../../../db/queries/cases.ts'
import { caseWords } from '../../../model/case.ts'
import type { Json } from '../../../model/fact.ts'
import type { Actor } from '../../../model/person.ts'
import { BadInput } from '../../../model/problem.ts'
import { dayOf } from '../../../time/day.ts'
import type { Deps } from '../../deps.ts'
import { allLines, type CaseAsked, filterOf, openLook } from '../cases.ts'
import { personHappens } from '../sign-in.ts'
import { type Cell, workbookBytes } from '../workbook.ts'

const MOST = 20_000

const columns = [
  ...[
    { title: '编号', width: 18 },
    { title: '登记簿', width: 12 },
    { title: '事由', width: 50 },
  ],
  ...[
    { title: '承办单位', width: 22 },
    { title: '状态', width: 14 },
    { title: '登记日期', width: 12 },
  ],
  ...[
    { title: '到期', width: 17 },
    { title: '时限', width: 16 },
    { title: '办结日期', width: 12 },
  ],
]

/** What is seen as a workbook; that it was taken out is a fact of whoever did, written before the first byte leaves. @throws BadInput */
export const exportCases = async (deps: Deps, actor: Actor, asked: CaseAsked) => {
  const look = await openLook(deps, actor)
  const meant = await lookedThrough(deps.store, filterOf(look, asked))
  const total = await countCases(deps.store, meant)
  if (total > MOST) throw new BadInput(`一次最多导出${MOST}行，现在有${total}行：请先按年度或单位筛选`)
  const lines = await allLines(look, meant)
  const rows = lines.map((line): Cell[] => [
    ...[line.number, caseWords[line.kind], line.title, line.unit, line.stateWord, { day: line.openedOn }],
    ...[`${line.due}${line.provisional ? '（暂定）' : ''}`, line.left, line.closedOn ? { day: line.closedOn } : ''],
  ])
  const { q, ...filter } = asked
  const set = Object.entries(filter).filter(([, value]) => value !== undefined && value.toString() !== '')
  const body = { what: '办件', rows: rows.length, filters: Object.fromEntries(set) as Record<string, Json> }
  await personHappens(deps, actor.id, 'exported', body, q ? { words: { q } } : {})
  const place = look.c.office.name?.replace(/[\\/:*?"<>|]/g, '')
  return {
    name: `${['办件', place, dayOf(deps.now(), deps.zone)].filter(Boolean).join('-')}.xlsx`,
    pieces: workbookBytes([
      {
        ...{ name: asked.kind ? caseWords[asked.kind] : '办件', columns, count: rows.length },
        async *rows() {
          yield rows
        },
      },
    ]),
  }
}
