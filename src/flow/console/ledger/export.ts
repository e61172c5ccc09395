import { countLedger, ledgerIds } from '../../../../db/queries/ledger.ts'
import { officeRow } from '../../../../db/queries/office.ts'
import type { Body, Json } from '../../../model/fact.ts'
import {
  type LedgerColumn,
  type LedgerFilter,
  type LedgerRow,
  ledgerColumns,
  ledgerStateWords,
  lightWords,
  roleOfDuty,
} from '../../../model/ledger.ts'
import type { Actor } from '../../../model/person.ts'
import { BadInput } from '../../../model/problem.ts'
import { dayOf } from '../../../time/day.ts'
import type { Deps } from '../../deps.ts'
import { happeningWrites, type Stamp } from '../../ledger.ts'
import { type Asker, askOf, openRows, ROWS_AT_ONCE } from '../ledger.ts'
import { personHappens } from '../sign-in.ts'
import { type Cell, type SheetOut, workbookBytes } from '../workbook.ts'

/** More rows than this are no table for a person, and take a server minutes. */
const MOST = 200_000

export interface LedgerFile {
  /** 台账-云岭市-2026-04-20.xlsx */
  name: string
  rows: number
  pieces: AsyncGenerator<Uint8Array>
}

/** What is exported: which rows, and in which columns; no column named means all. */
export interface Exported {
  filter: LedgerFilter
  columns: readonly LedgerColumn[]
}

const dayCell = (day: string | null): Cell => (day === null ? '' : { day })

const cells: Record<LedgerColumn, (row: LedgerRow) => Cell> = {
  light: ({ light }) => (light ? lightWords[light] : ''),
  code: ({ code }) => code,
  text: ({ text }) => text,
  unit: ({ unit }) => unit,
  role: ({ role }) => roleOfDuty[role],
  round: ({ round }) => round,
  due: ({ dueOn }) => dayCell(dueOn),
  state: ({ state }) => ledgerStateWords[state],
  reported: ({ reportedOn }) => dayCell(reportedOn),
  closed: ({ closedOn }) => dayCell(closedOn),
  plan: ({ plan }) => plan,
  section: ({ section }) => section,
  // A cell that is a day has no room for the word beside it.
  remark: ({ remark, provisional, dueOn }) =>
    [provisional && dueOn ? '到期日暂定' : '', remark].filter(Boolean).join('；'),
}

const parted = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / ROWS_AT_ONCE) }, (_, i) =>
    list.slice(i * ROWS_AT_ONCE, (i + 1) * ROWS_AT_ONCE),
  )

const inOrder = (wanted: readonly LedgerColumn[]): LedgerColumn[] =>
  (Object.keys(ledgerColumns) as LedgerColumn[]).filter((one) => wanted.length === 0 || wanted.includes(one))

/** A workbook of what is seen: all rows, and where they are of several units a sheet for each. @throws BadInput where they are too many */
const fileOf = async (deps: Deps, asker: Asker, { filter, columns }: Exported): Promise<LedgerFile> => {
  const office = await deps.cache(deps.store)
  const ask = await askOf(deps, office, asker, filter)
  const total = await countLedger(deps.store, ask)
  if (total > MOST) throw new BadInput(`一次最多导出${MOST}行，现在有${total}行：请先按单位、方案或时间筛选`)
  // Which rows they are is settled at once; each is then read as it stands when its turn comes.
  const found = await ledgerIds(deps.store, ask, { sort: filter.sort, offset: 0, limit: MOST })
  const byUnit = new Map<string, string[]>()
  for (const { id, unit } of found) {
    const known = byUnit.get(unit)
    if (known) known.push(id)
    else byUnit.set(unit, [id])
  }
  const read = openRows(deps, office)
  const keys = inOrder(columns)
  const sheetOf = (name: string, ids: readonly string[]): SheetOut => ({
    name,
    columns: keys.map((key) => ledgerColumns[key]),
    count: ids.length,
    async *rows() {
      for (const part of parted(ids)) yield (await read(part)).map((row) => keys.map((key): Cell => cells[key](row)))
    },
  })
  const order = new Map(office.view.units.map(({ id, name }, i) => [id, { name, i }]))
  const units = [...byUnit].sort(([a], [b]) => (order.get(a)?.i ?? order.size) - (order.get(b)?.i ?? order.size))
  const named = units.map(([id, ids]) => sheetOf(order.get(id)?.name ?? id.replace(/^class:/, ''), ids))
  const [only] = named
  const all = sheetOf(
    '全部',
    found.map(({ id }) => id),
  )
  const place = office.view.name.replace(/[\\/:*?"<>|]/g, '')
  return {
    name: `${['台账', place, dayOf(deps.now(), deps.zone)].filter(Boolean).join('-')}.xlsx`,
    rows: found.length,
    pieces: workbookBytes(only && named.length === 1 ? [only] : [all, ...named]),
  }
}

/** What of the filter is set, for the record; what was typed stands apart. */
const factOf = (rows: number, { filter: { q, ...filter }, columns }: Exported): { body: Body; words?: Body } => {
  const set = Object.entries(filter).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  )
  return {
    body: { what: 'ledger', rows, filters: Object.fromEntries(set) as Record<string, Json>, columns: inOrder(columns) },
    ...(q && { words: { q } }),
  }
}

/** Exports what a person sees; that they did is a fact of theirs, written before the first byte leaves. @throws BadInput */
export const exportLedger = async (deps: Deps, actor: Actor, asked: Exported): Promise<LedgerFile> => {
  const file = await fileOf(deps, actor, asked)
  const { body, words } = factOf(file.rows, asked)
  await personHappens(deps, actor.id, 'exported', body, words && { words })
  return file
}

/** The same by the machine's administrator, who is on no register: a fact of the office. @throws BadInput */
export const exportLedgerAs = async (deps: Deps, stamp: Stamp, asked: Exported): Promise<LedgerFile> => {
  const row = await officeRow(deps.store)
  if (!row) throw new BadInput('还没有这个机关：请先 roster import 或 import 方案')
  const file = await fileOf(deps, { role: 'admin', units: [] }, asked)
  const { body, words } = factOf(file.rows, asked)
  await deps.store.atomic((q) =>
    happeningWrites(deps, q, [{ row, kind: 'exported', body, ...(words && { words }) }], stamp),
  )
  return file
}
