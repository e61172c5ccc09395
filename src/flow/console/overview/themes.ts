import { judgedUpTo } from '../../../../commands/rate.ts'
import { countsByTheme } from '../../../../db/queries/overview.ts'
import { daysOf, momentOf, type Scope } from './scope.ts'

/** What was due by the themes of each plan, in the plans' order; what stands under no heading has an empty one. */
export const themesOf = async (scope: Scope) => {
  const { c, units, plans, window } = scope
  const classes = c.office.units.filter(({ kind }) => kind === 'class').map(({ id }) => id)
  const days = { from: daysOf(scope).from, to: judgedUpTo(window, c.today) }
  const rows = await countsByTheme(c.db, { units, plans, classes, ...days, ...momentOf(scope) })
  const themes = c.office.plans.flatMap(({ id, code }) =>
    rows
      .filter(({ plan, due }) => plan === id && due > 0)
      .sort((a, b) => a.ord - b.ord)
      .map(({ theme, plan: _, ord: __, ...sum }) => ({
        ...{ plan: { id, code }, theme: theme ?? '', ...sum },
        open: sum.due - sum.done - sum.review,
      })),
  )
  return { asOf: c.now.toISOString(), themes }
}
