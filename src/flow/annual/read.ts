import { type AnnualRow, annualOf, annualYears, casesOfYear } from '../../../db/queries/annuals.ts'
import { figuresOfYear } from '../../../db/queries/tallies.ts'
import type { Reader } from '../../../db/store.ts'
import { checksOf, type Finding } from '../../annual/checks.ts'
import { countedIn } from '../../annual/counted.ts'
import { type AnnualDue, annualDues } from '../../annual/due.ts'
import { type Figures, figuresOf, valuesOf } from '../../annual/figures.ts'
import type { AnnualInputs, TallyFigure } from '../../annual/inputs.ts'
import { partsOf, type ToldPart } from '../../annual/parts.ts'
import { questionsOf } from '../../annual/questions.ts'
import type { AnnualContent, AnnualForm } from '../../model/annual.ts'
import type { Day } from '../../model/deadline.ts'
import { channels, flows } from '../../model/tally.ts'
import { applicationFigures } from '../../register/application/figures.ts'
import { caseIn } from '../case/context.ts'
import { yearFigures } from '../tally/year.ts'

/** A year's report as it stands on a day. */
export interface AnnualReport {
  year: number
  /** Nothing was entered for it yet: version 0. */
  version: number
  row: AnnualRow | undefined
  inputs: AnnualInputs
  figures: Figures
  findings: Finding[]
  questions: string[]
  parts: ToldPart[]
  dues: AnnualDue[]
  /** Whether the figures of the year before come out of its own report. */
  hasBefore: boolean
}

const nothing: AnnualContent = { v: 1, cells: {}, last: {}, texts: {} }

/** The form that a year is reported in where nobody has chosen one: the reports up to 2018 have the older. */
const usualForm = (year: number): AnnualForm => (year < 2019 ? '2014' : '2021')

const tallied = async (db: Reader, year: number): Promise<Pick<AnnualInputs, 'channels' | 'themes' | 'questions'>> => {
  const [told, rows] = [await yearFigures(db, year), await figuresOfYear(db, year)]
  const idsOf = (theme: string, of: readonly string[]) =>
    rows.filter((row) => row.theme === theme && of.includes(row.channel)).map(({ id }) => id)
  const byChannel = channels.flatMap((channel): [string, TallyFigure][] => {
    const count = told.byChannel[channel]
    // A total that nobody told is what the flows add up to.
    const own = idsOf('', [channel])
    const ids = channel === 'total' && own.length === 0 ? idsOf('', flows) : own
    return count === null ? [] : [[channel, { count, ids }]]
  })
  return {
    channels: Object.fromEntries(byChannel),
    themes: told.byTheme.map(({ theme, title, count }) => ({
      ...{ theme, words: title, count, ids: idsOf(theme, channels) },
    })),
    questions: told.questions,
  }
}

const registered = async (
  db: Reader,
  year: number,
  asOf: Day,
): Promise<Pick<AnnualInputs, 'applications' | 'counted'>> => {
  const rows = await casesOfYear(db, { from: `${year}-01-01`, to: asOf })
  return {
    applications: rows.flatMap((row) => {
      const figures = row.kind === 'application' ? applicationFigures(caseIn(row)) : undefined
      return figures ? [{ id: row.id, ...figures }] : []
    }),
    counted: rows.flatMap((row) => countedIn(caseIn(row)).map((one) => ({ id: row.id, ...one }))),
  }
}

interface Asked {
  year: number
  /** The day as of which it is told; the year's last one where that has passed. */
  today: Day
  /** Only to look at it so: the form that is kept is in the row. */
  form?: AnnualForm
}

const inputsOf = async (
  db: Reader,
  { year, today, form }: Asked,
  row: AnnualRow | undefined,
): Promise<AnnualInputs> => {
  const last = `${year}-12-31`
  const asOf = today < last ? today : last
  const base = { year, asOf, form: form ?? row?.form ?? usualForm(year), content: row?.content ?? nothing }
  return { ...base, ...(await registered(db, year, asOf)), ...(await tallied(db, year)) }
}

/** Figures of a year whose report is in the database, without looking further back. */
const figuresOfReport = async (db: Reader, asked: Asked): Promise<ReadonlyMap<string, number> | undefined> => {
  const row = await annualOf(db, asked.year)
  return row && valuesOf(figuresOf(await inputsOf(db, asked, row)))
}

/** A year's report on a day, made anew from cases, tallies and what was entered. */
export const annualReport = async (db: Reader, asked: Asked): Promise<AnnualReport> => {
  const { year, today } = asked
  const row = await annualOf(db, year)
  const before = await figuresOfReport(db, { year: year - 1, today })
  const inputs = { ...(await inputsOf(db, asked, row)), ...(before && { before }) }
  const figures = figuresOf(inputs)
  return {
    ...{ year, row, version: row?.version ?? 0, inputs, figures, hasBefore: before !== undefined },
    findings: checksOf(inputs.form, { figures, texts: inputs.content.texts }),
    questions: questionsOf(inputs, figures),
    parts: partsOf(inputs, figures),
    dues: annualDues(year),
  }
}

/** Years that people may look at: those entered, this one and the one before. */
export const reportYears = async (db: Reader, thisYear: number): Promise<number[]> =>
  [...new Set([...(await annualYears(db)), thisYear - 1, thisYear])].sort((a, b) => b - a)
