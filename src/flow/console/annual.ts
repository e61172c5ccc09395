import { casesById } from '../../../db/queries/annuals.ts'
import { figuresOfYear, unitNames } from '../../../db/queries/tallies.ts'
import { dueWords, usualYear } from '../../annual/due.ts'
import { differenceOf, type Figure } from '../../annual/figures.ts'
import { rowsWith } from '../../annual/form2014.ts'
import { type FormGrid, grid2, grid3, grid4, grid2014 } from '../../annual/tables.ts'
import type { AnnualForm } from '../../model/annual.ts'
import { type Actor, isOffice } from '../../model/person.ts'
import { channelWords } from '../../model/tally.ts'
import { registers } from '../../register/index.ts'
import { numberOf } from '../../register/register.ts'
import { dayOf } from '../../time/day.ts'
import { checkYear, enterAnnual } from '../annual/change.ts'
import { annualFile } from '../annual/export.ts'
import { type AnnualReport, annualReport, reportYears } from '../annual/read.ts'
import type { Deps } from '../deps.ts'
import { personHappens, sessionStamp } from './sign-in.ts'

interface Asked {
  /** Absent: the one whose report is being written. */
  year?: number | undefined
  form?: AnnualForm | undefined
}

const yearOf = (deps: Deps, { year }: Asked): number => checkYear(deps, year ?? usualYear(dayOf(deps.now(), deps.zone)))

const reportOf = (deps: Deps, asked: Asked): Promise<AnnualReport> =>
  annualReport(deps.store, {
    ...{ year: yearOf(deps, asked), today: dayOf(deps.now(), deps.zone) },
    ...(asked.form && { form: asked.form }),
  })

const cellOf = (figure: Figure) => {
  const { words, unit, value, source, last, lastFrom, aside } = figure
  const moved = differenceOf(figure)
  return {
    ...{ words, unit, value, last, lastFrom, from: source.from, behind: 'ids' in source ? source.ids.length : 0 },
    ...{ by: moved?.by ?? null, permille: moved?.permille ?? null, aside: aside ?? false },
  }
}

/** A grid's rows with the names of their cells. */
const tableOf = (title: string, { rows, cells }: FormGrid, unconfirmed: ReadonlySet<string> = new Set()) => ({
  title,
  rows: rows.map((row, at) =>
    row.map((piece, i) => {
      const cell = cells.get(`${at}.${i}`)
      return { ...piece, ...(cell !== undefined && { cell, unconfirmed: unconfirmed.has(cell) }) }
    }),
  ),
})

const tablesOf = ({ inputs, figures }: AnnualReport) => {
  if (inputs.form === '2021')
    return [
      tableOf('二、主动公开政府信息情况', grid2(figures)),
      tableOf('三、收到和处理政府信息公开申请情况', grid3(figures)),
      tableOf('四、政府信息公开行政复议、行政诉讼情况', grid4(figures)),
    ]
  const rows = rowsWith(inputs.content.rows ?? {})
  const unconfirmed = new Set(rows.filter(({ confirmed }) => !confirmed).map(({ cell }) => cell))
  return [tableOf('政府信息公开情况统计表', grid2014(rows, figures), unconfirmed)]
}

const order = { fired: 0, open: 1, ok: 2 } as const

/** A year's report as it stands today: tables, texts, checks and what has to be looked at. @throws BadInput */
export const annualPage = async (deps: Deps, actor: Actor, asked: Asked) => {
  const report = await reportOf(deps, asked)
  const { year, version, inputs, figures, findings, questions, parts, dues, hasBefore } = report
  const today = dayOf(deps.now(), deps.zone)
  return {
    ...{ year, version, form: inputs.form, asOf: inputs.asOf, may: isOffice(actor), hasBefore, questions, parts },
    years: await reportYears(deps.store, Number(today.slice(0, 4))),
    dues: dues.map(dueWords),
    cells: Object.fromEntries([...figures].map(([cell, figure]) => [cell, cellOf(figure)])),
    tables: tablesOf(report),
    findings: findings
      .map((one) => ({ ...one, cells: [...one.cells] }))
      .sort((a, b) => order[a.state] - order[b.state]),
  }
}

/** What stands behind a number; nothing where it was entered. @throws BadInput */
export const annualBehind = async (deps: Deps, { cell, ...asked }: Asked & { cell: string }) => {
  const { figures, inputs } = await reportOf(deps, asked)
  const source = figures.get(cell)?.source
  const ids = source && 'ids' in source ? source.ids : []
  if (source?.from === 'tallies') {
    const [rows, names] = [await figuresOfYear(deps.store, inputs.year), await unitNames(deps.store)]
    return {
      cases: [],
      tallies: rows
        .filter(({ id }) => ids.includes(id))
        .map(({ id, unit, period, channel, theme, count }) => ({
          ...{ id, period, theme, count, channel: channelWords[channel] },
          unit: unit === '' ? '全域' : (names.get(unit) ?? unit),
        })),
    }
  }
  const rows = await casesById(deps.store, ids)
  return {
    tallies: [],
    cases: rows.map(({ id, kind, year, ord, title, openedOn }) => ({
      ...{ id, title, on: openedOn, number: numberOf(registers[kind], { year, ord }) },
    })),
  }
}

/** Enters what the office typed. @returns undefined where the report moved on since @throws BadInput: nothing is changed */
export const annualEnter = async (
  deps: Deps,
  actor: Actor,
  entered: Parameters<typeof enterAnnual>[1],
): Promise<Awaited<ReturnType<typeof annualPage>> | undefined> =>
  (await enterAnnual(deps, entered, sessionStamp(deps, actor.id)))
    ? annualPage(deps, actor, { year: entered.year })
    : undefined

/** The draft as a Word file; that somebody took it is a fact of theirs. @throws BadInput */
export const annualDocx = async (deps: Deps, actor: Actor, asked: Asked) => {
  const [year, { form }] = [yearOf(deps, asked), asked]
  const { title, bytes, report } = await annualFile(deps, { year, ...(form && { form }) })
  await personHappens(deps, actor.id, 'exported', { what: 'annual', year, form: report.inputs.form })
  return { name: `${title}（草稿）.docx`, bytes }
}
