import { judgedUpTo } from '../../../../commands/rate.ts'
import { ledgerSections } from '../../../../db/queries/ledger.ts'
import { countsBySection } from '../../../../db/queries/overview.ts'
import { themesIn } from '../../../plan/themes.ts'
import { daysOf, momentOf, type Scope } from './scope.ts'

type Counts = Omit<Awaited<ReturnType<typeof countsBySection>>[number], 'plan' | 'section' | 'secret' | 'ord'>

const sum = (a: Counts, b: Counts): Counts => ({
  due: a.due + b.due,
  done: a.done + b.done,
  doneLate: a.doneLate + b.doneLate,
  review: a.review + b.review,
  reviewLate: a.reviewLate + b.reviewLate,
  overdue: a.overdue + b.overdue,
})

/** What was due by the themes of each plan, in the plans' order; what stands under no heading has an empty one. */
export const themesOf = async (scope: Scope) => {
  const { c, units, plans, window } = scope
  const classes = c.office.units.filter(({ kind }) => kind === 'class').map(({ id }) => id)
  const days = { from: daysOf(scope).from, to: judgedUpTo(window, c.today) }
  const rows = await countsBySection(c.db, { units, plans, classes, ...days, ...momentOf(scope) })
  // By all tasks of a plan, so that its themes are the same for everybody who looks at a part of it.
  const sections = await ledgerSections(c.db, plans)
  const themes = c.office.plans.flatMap(({ id, code }) => {
    const themeOf = themesIn(sections.filter(({ plan }) => plan === id))
    const byName = new Map<string, { whole: boolean; counts: Counts }>()
    for (const { plan, section, secret, ord: _, ...counts } of [...rows].sort((a, b) => a.ord - b.ord)) {
      if (plan !== id || counts.due === 0) continue
      // The heading over a 工作秘密 task says what it is about.
      const { name, whole } = (secret ? undefined : themeOf(section)) ?? { name: '', whole: false }
      const before = byName.get(name)
      byName.set(name, { whole, counts: before ? sum(before.counts, counts) : counts })
    }
    return [...byName].map(([theme, { whole, counts }]) => ({
      ...{ plan: { id, code }, theme, whole, ...counts },
      open: counts.due - counts.done - counts.review,
    }))
  })
  return { asOf: c.now.toISOString(), themes }
}
