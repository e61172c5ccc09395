import { type Assessed, assessed, ledgerOf } from '../../../commands/assessed.ts'
import { officeRow } from '../../../db/queries/office.ts'
import { type AssessmentRow, assessments } from '../../../db/queries/scores.ts'
import { assessedWords, usualRules } from '../../model/assessment.ts'
import type { Body } from '../../model/fact.ts'
import type { Paper } from '../../model/paper.ts'
import type { Actor } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { paperDocx } from '../../paper/docx.ts'
import { pointWords } from '../../score/points.ts'
import { unitResult } from '../../score/result.ts'
import { ruleWords } from '../../score/score.ts'
import { dayOf } from '../../time/day.ts'
import { personHappens } from '../console/sign-in.ts'
import { type Cell, type SheetOut, workbookBytes } from '../console/workbook.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, type Stamp } from '../ledger.ts'
import { machineContext } from '../machine.ts'
import { scoresPaper } from './paper.ts'

/** What is exported: one assessment, or those of a year; of all units or one. */
interface ScoresAsked {
  assessment?: string | undefined
  year?: number | undefined
  unit?: string | undefined
  /** A paper to be read, or a workbook to go on with. */
  as: 'xlsx' | 'docx'
}

interface ScoresFile {
  name: string
  /** 2017年政务公开考核（公示中） */
  title: string
  units: number
  pieces: AsyncGenerator<Uint8Array>
}

const YEAR = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` })

/** The newest assessment that ends in the year; the newest of all where no year is named. */
const rowOf = (all: readonly AssessmentRow[], { assessment, year }: ScoresAsked): AssessmentRow | undefined =>
  assessment === undefined
    ? all.find(({ to }) => year === undefined || to.startsWith(`${year}-`))
    : all.find(({ id }) => id === assessment)

const TRIAL = {
  number: '1',
  theme: '',
  name: '督办事项办理情况',
  points: 10_000,
  standard: '',
  units: [],
  by: 'rules' as const,
}

/** How every unit stands by the ledger and the usual rules alone, where the office holds no assessment. */
const trial = async (deps: Deps, year: number, unit: string | undefined): Promise<Assessed[]> => {
  const c = machineContext(deps, await deps.cache(deps.store))
  const asked = unit === undefined ? undefined : [unit]
  const ledger = await ledgerOf(c, YEAR(year), usualRules, c.now, asked)
  return c.office.units
    .filter(({ id, kind, succession }) => kind === 'unit' && !succession && (asked?.includes(id) ?? ledger.has(id)))
    .map(({ id }) => {
      const own = ledger.get(id)
      return { result: unitResult(id, [TRIAL], usualRules, { ledger: own, given: new Map() }), ledger: own, rows: [] }
    })
}

const count = (points: number | null | undefined): string =>
  points === null || points === undefined ? '' : pointWords(points)

const once = (name: string, columns: SheetOut['columns'], rows: Cell[][]): SheetOut => ({
  ...{ name, columns, count: rows.length },
  async *rows() {
    yield rows
  },
})

const totals = (all: readonly Assessed[], nameOf: (unit: string) => string): SheetOut => {
  const indicators = [
    ...new Map(all.flatMap(({ result }) => result.indicators.map(({ indicator }) => [indicator.number, indicator]))),
  ]
  const columns = [
    ...[
      ['责任单位', 24],
      ['得分', 10],
      ['满分', 10],
      ['折合百分', 10],
      ['计入绩效', 10],
    ].map(([title, width]) => ({ title: String(title), width: Number(width) })),
    ...indicators.map(([number, { name, points }]) => ({
      title: `${number} ${name}（${pointWords(points)}）`,
      width: 18,
    })),
    { title: '说明', width: 24 },
  ]
  const rows = all.map(({ result }): Cell[] => [
    nameOf(result.unit),
    ...(result.percent === null ? ['', ''] : [count(result.total), count(result.full)]),
    count(result.percent?.value),
    count(result.contributes?.value),
    ...indicators.map(([number]) =>
      count(result.indicators.find(({ indicator }) => indicator.number === number)?.result),
    ),
    result.percent === null ? '没有应计事项' : result.waiting > 0 ? `还有${result.waiting}项没有评分` : '',
  ])
  return once('得分汇总', columns, rows)
}

const LINES = [
  { title: '指标或事项', width: 22 },
  { title: '期次', width: 14 },
  { title: '规则', width: 18 },
  { title: '分', width: 10 },
  { title: '说明', width: 60 },
  { title: '依据日期', width: 13 },
]

const linesOf = ({ result, ledger }: Assessed, name: string): SheetOut => {
  const rows: Cell[][] = [
    ...result.indicators.map(({ indicator, result: points, how }): Cell[] => [
      `${indicator.number} ${indicator.name}`,
      ...['', `满分${pointWords(indicator.points)}`, count(points), how, ''],
    ]),
    ...(ledger?.lines ?? []).map(({ rule, points, why, code, round, day }): Cell[] => [
      ...[code, round, ruleWords[rule], pointWords(points), why],
      day === null ? '' : { day },
    ]),
    ...(ledger && ledger.score !== null ? [['台账得分', '', '以上各行之和', pointWords(ledger.score), '', '']] : []),
    ...(ledger?.left ?? []).map(({ code, round, why }): Cell[] => [code, round, '不计', '', why, '']),
  ]
  return once(name, LINES, rows)
}

async function* docxBytes(paper: Paper): AsyncGenerator<Uint8Array> {
  yield await paperDocx(paper, { state: 'draft', number: '', signer: '', signedOn: null })
}

const fileOf = async (deps: Deps, asked: ScoresAsked): Promise<ScoresFile & { body: Body }> => {
  const { view } = await deps.cache(deps.store)
  const now = dayOf(deps.now(), deps.zone)
  const row = rowOf(await assessments(deps.store), asked)
  if (asked.assessment !== undefined && !row) throw new BadInput('没有这次考核')
  const year = asked.year ?? Number(now.slice(0, 4))
  const c = machineContext(deps, await deps.cache(deps.store))
  const all = row
    ? await assessed(c, row, asked.unit === undefined ? undefined : [asked.unit])
    : await trial(deps, year, asked.unit)
  const names = new Map(view.units.map(({ id, name }) => [id, name]))
  const nameOf = (unit: string) => names.get(unit) ?? unit
  const title = row ? `${row.title}（${assessedWords[row.state]}）` : `${year}年台账得分（按通行规则试算）`
  return {
    name: `${['考核得分', view.name.replace(/[\\/:*?"<>|]/g, ''), now].filter(Boolean).join('-')}.${asked.as}`,
    ...{ title, units: all.length },
    pieces:
      asked.as === 'docx'
        ? docxBytes(scoresPaper(all, { title, asOf: now, issuer: view.name, nameOf }))
        : workbookBytes([totals(all, nameOf), ...all.map((one) => linesOf(one, nameOf(one.result.unit)))]),
    body: { what: 'scores', units: all.length, ...(row && { assessment: row.id }), ...(!row && { year }) },
  }
}

/** Points as a workbook: one sheet of totals, one a unit of lines. That somebody took it is a fact of theirs. @throws BadInput */
export const exportScores = async (deps: Deps, actor: Pick<Actor, 'id'>, asked: ScoresAsked): Promise<ScoresFile> => {
  const { body, ...file } = await fileOf(deps, asked)
  await personHappens(deps, actor.id, 'exported', body, {})
  return file
}

/** The same by the machine's administrator: a fact of the office. @throws BadInput */
export const exportScoresAs = async (deps: Deps, stamp: Stamp, asked: ScoresAsked): Promise<ScoresFile> => {
  const row = await officeRow(deps.store)
  if (!row) throw new BadInput('还没有这个机关：请先 roster import 或 import 方案')
  const { body, ...file } = await fileOf(deps, asked)
  await deps.store.atomic((q) => happeningWrites(deps, q, [{ row, kind: 'exported', body }], stamp))
  return file
}
