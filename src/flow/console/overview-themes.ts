import { judgedUpTo } from '../../../commands/rate.ts'
import { countsByHeading } from '../../../db/queries/overview.ts'
import { momentOf, type Scope } from './overview-scope.ts'

type Row = Awaited<ReturnType<typeof countsByHeading>>[number]

const columns = ['due', 'done', 'doneLate', 'review', 'reviewLate', 'overdue'] as const

/** A chapter that holds more than this share of a plan (二、重点任务) says nothing by itself: its own sections are the themes. */
const MOST_OF_A_PLAN = 2 / 3

/** By which heading each row is told. */
const themesIn = (rows: readonly Row[]): { theme: string; row: Row }[] => {
  const whole = rows.reduce((n, { all }) => n + all, 0)
  const chapters = new Map<string | null, number>()
  for (const { upper, all } of rows) chapters.set(upper, (chapters.get(upper) ?? 0) + all)
  const isMost = (upper: string | null) => (chapters.get(upper) ?? 0) > whole * MOST_OF_A_PLAN
  return rows.map((row) => ({ theme: (isMost(row.upper) && row.lower) || row.upper || '', row }))
}

/** What was due by the themes of each plan, in the plans' order. */
export const themesOf = async (scope: Scope) => {
  const { c, units, plans, window } = scope
  const classes = c.office.units.filter(({ kind }) => kind === 'class').map(({ id }) => id)
  const days = { from: window?.from ?? '1000-01-01', to: judgedUpTo(window, c.today) }
  const rows = await countsByHeading(c.db, { units, plans, classes, ...days, ...momentOf(scope) })
  const themes = c.office.plans.flatMap(({ id, code }) => {
    const own = rows.filter(({ plan }) => plan === id).sort((a, b) => a.ord - b.ord)
    const sums = new Map<string, Pick<Row, (typeof columns)[number]>>()
    for (const { theme, row } of themesIn(own)) {
      const sum = sums.get(theme) ?? { due: 0, done: 0, doneLate: 0, review: 0, reviewLate: 0, overdue: 0 }
      for (const column of columns) sum[column] += row[column]
      sums.set(theme, sum)
    }
    return [...sums].map(([theme, sum]) => ({
      ...{ plan: { id, code }, theme, ...sum },
      open: sum.due - sum.done - sum.review,
    }))
  })
  return { asOf: c.now.toISOString(), themes: themes.filter(({ due }) => due > 0) }
}
