import { together } from '../../../commands/figures.ts'
import { isClassLine, unitName } from '../../../commands/present.ts'
import { nothing, type Standing, standings } from '../../../commands/rate.ts'
import { lightsByUnit, reviewsAfterDay } from '../../../db/queries/overview.ts'
import type { Light } from '../../model/duty.ts'
import { overdueOn } from '../../time/schedule.ts'
import { daysOf, momentOf, type Scope } from './overview/scope.ts'

type Lights = Record<Light, number>
interface InHand {
  lights: Lights
  reviewing: number
}

const dark = (): InHand => ({ lights: { red: 0, yellow: 0, green: 0 }, reviewing: 0 })

/** The lights of what each unit has in hand, parts for others too, as `lightOf` gives them one by one. */
const inHand = async (scope: Scope): Promise<Map<string, InHand>> => {
  const { c, units, plans } = scope
  const asked = { units, plans, ...daysOf(scope) }
  const found = new Map<string, InHand>()
  for (const { unit, owing, red, yellow, review } of await lightsByUnit(c.db, { ...asked, ...momentOf(scope) }))
    found.set(unit, { lights: { red, yellow, green: owing - red - yellow + review }, reviewing: review })
  for (const { unit, dueOn, reportedOn, n } of await reviewsAfterDay(c.db, asked)) {
    const lights = found.get(unit)?.lights
    if (!lights || !dueOn || !reportedOn || !overdueOn(dueOn, reportedOn, c.calendar)) continue
    lights.green -= n
    lights.yellow += n
  }
  return found
}

const countsOf = ({ due, done, doneLate, review, reviewLate, red }: Standing) => ({
  ...{ due, done, doneLate, review, reviewLate },
  open: due - done - review,
  overdue: red,
})

const worstOf = ({ red, yellow, green }: Lights): Light | null =>
  red > 0 ? 'red' : yellow > 0 ? 'yellow' : green > 0 ? 'green' : null

/** The board: every unit that has anything, worst first, then as on the roster. */
const boardOf = ({ c }: Scope, all: ReadonlyMap<string, Standing>, hands: ReadonlyMap<string, InHand>) => {
  const place = new Map(c.office.units.map(({ id }, i) => [id, i]))
  return [...new Set([...all.keys(), ...hands.keys()])]
    .filter((id) => !isClassLine(c, id))
    .map((id) => {
      const { lights } = hands.get(id) ?? dark()
      return { id, name: unitName(c, id), ...countsOf(all.get(id) ?? nothing()), lights, worst: worstOf(lights) }
    })
    .sort(
      ({ lights: a, ...x }, { lights: b, ...y }) =>
        b.red - a.red || b.yellow - a.yellow || b.green - a.green || (place.get(x.id) ?? 0) - (place.get(y.id) ?? 0),
    )
}

/** The units that still are, of those that whoever looks may see. */
const choicesOf = ({ c, own }: Scope) =>
  c.office.units
    .filter(({ id, kind, succession }) => kind === 'unit' && !succession && (!own || own.includes(id)))
    .map(({ id, name }) => ({ id, name }))

/** Headline figures and light board. What was due and done is what `standings` counts for the chat, so they never disagree. */
export const overviewOf = async (scope: Scope) => {
  const { c, units, plans, window } = scope
  const all = await standings(c, { units, plans, window })
  const hands = await inHand(scope)
  const sum = together(all.values())
  const board = boardOf(scope, all, hands)
  const lit = (light: Light) => board.reduce((n, { lights }) => n + lights[light], 0)
  const aside = (state: keyof Standing['aside']) => sum.aside[state] ?? 0
  return {
    asOf: c.now.toISOString(),
    today: c.today,
    ...(units && { units: units.map((id) => ({ id, name: unitName(c, id) })) }),
    choices: choicesOf(scope),
    plans: c.office.plans
      .filter(({ state }) => state === 'released')
      .map(({ id, code, document }) => ({ id, name: code, title: document.title, year: document.year })),
    drafts: c.office.plans.filter(({ state }) => state === 'draft').length,
    figures: {
      ...countsOf(sum),
      later: sum.later,
      reviewing: [...hands.values()].reduce((n, { reviewing }) => n + reviewing, 0),
      ...{ unclaimed: aside('unclaimed'), standing: aside('standing'), waiting: aside('waiting') },
      ...{ suspended: aside('suspended'), waived: aside('waived'), unconfirmed: aside('unconfirmed') },
    },
    lights: { red: lit('red'), yellow: lit('yellow'), green: lit('green') },
    board,
  }
}
