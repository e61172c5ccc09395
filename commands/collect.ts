import type { DutyView } from '../db/queries/duties.ts'
import type { Day } from '../src/model/deadline.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { workdaysBefore } from '../src/time/calendar.ts'
import { answered, change, tellUnits } from './change.ts'
import type { Command, Context } from './command.ts'
import { dutiesOfTasks, tasksNamed } from './find.ts'
import { may } from './happen.ts'
import { ownMeant } from './meant.ts'
import { withRest } from './partly.ts'
import { codeOf, unitName } from './present.ts'
import { dayGone, problem } from './problem.ts'

const example = '例：向配合单位收13号材料，周五前'
/** Without a day a part is wanted so many workdays before the lead's own. */
const AHEAD = 3

/** The parts of a lead's duty: those of the same demand and round, or of the task where the lead's has no round. */
export const partsOf = (lead: DutyView, duties: readonly DutyView[]): DutyView[] =>
  duties.filter(
    (duty) =>
      duty.task === lead.task &&
      duty.role === 'support' &&
      duty.demand === lead.demand &&
      (duty.round === lead.round || lead.round === 'standing'),
  )

/** Parts that the lead has asked for and that are not in. */
export const outstanding = (lead: DutyView, duties: readonly DutyView[]): DutyView[] =>
  lead.role === 'lead' ? partsOf(lead, duties).filter(({ state }) => state === 'open' || state === 'returned') : []

const dayFor = (c: Context, lead: DutyView, until: Day | undefined): Day => {
  if (until) return until
  const ahead = lead.dueOn ? workdaysBefore(lead.dueOn, AHEAD, c.calendar) : c.calendar.addWorkdays(c.today, AHEAD)
  return ahead > c.today ? ahead : c.calendar.addWorkdays(c.today, 1)
}

/**
 * The units that are named: who leads, and whose parts are wanted. A liaison speaks for its own; where the office names
 * none that leads, it speaks for the only one that does.
 */
const named = async (c: Context, intent: IntentOf<'collect'>): Promise<{ leads: string[]; asked: string[] }> => {
  const said = intent.units ?? []
  if (c.actor.role === 'liaison') {
    const own = c.actor.units.map((id) => unitName(c, id))
    return { leads: said.filter((unit) => own.includes(unit)), asked: said.filter((unit) => !own.includes(unit)) }
  }
  const tasks = await tasksNamed(c, intent)
  const duties = 'ok' in tasks ? await dutiesOfTasks(c, tasks.ok) : []
  const leading = new Set(duties.filter(({ role }) => role === 'lead').map(({ unit }) => unitName(c, unit)))
  const leads = said.filter((unit) => leading.has(unit))
  const asked = said.filter((unit) => !leading.has(unit))
  return { leads: leads.length > 0 || leading.size > 1 ? leads : [...leading], asked }
}

/** A lead asks the 配合 units for their parts by a day; from then on they have a duty of their own. */
export const collect: Command<'collect'> = {
  intent: 'collect',
  title: '向配合单位收材料',
  usage: '向配合单位收 编号 材料，日期前',
  example: '向配合单位收13号材料，周五前',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    if (intent.until && intent.until < c.today) return { reply: dayGone(c, intent.until, example) }
    const { leads, asked } = await named(c, intent)
    const { units: _, ...bare } = intent
    const found = await ownMeant(c, leads.length > 0 ? { ...bare, units: leads } : bare, {
      kind: ['reported', 'progressed'],
      also: (duty) => duty.role === 'lead',
      rounds: 'one',
      example,
      none: '由本单位牵头的部分不在办理中，不能收材料。',
    })
    if ('outcome' in found) return found.outcome
    const all = await dutiesOfTasks(
      c,
      found.ok.map(({ task }) => ({ id: task })),
    )
    const wanted = found.ok.flatMap((lead) =>
      partsOf(lead, all)
        .filter((part) => asked.length === 0 || asked.includes(unitName(c, part.unit)))
        .map((part) => ({ part, until: dayFor(c, lead, intent.until) })),
    )
    const codes = [...new Set(found.ok.map(codeOf))].join('、')
    if (wanted.length === 0)
      return withRest({ reply: problem('没有配合单位', `${codes} 没有这样的配合单位。`, example) }, found.rest)
    const asleep = wanted.filter(({ part }) => may(c, 'collected', part))
    const changed = asleep.flatMap(({ part, until }) => change(c, [part], 'collected', { until }))
    const sent = wanted.filter(({ part }) => ['review', 'done'].includes(part.state)).map(({ part }) => part.unit)
    const missing = wanted.filter(({ part }) => ['open', 'returned'].includes(part.state)).map(({ part }) => part.unit)
    const names = (units: string[]) => [...new Set(units)].map((unit) => unitName(c, unit)).join('、')
    const fields: [string, string][] = [
      ['此前已收、还没有交的', names(missing)],
      ['已经交的', names(sent)],
    ]
    const done = answered(c, changed, {
      title: changed.length > 0 ? `已向${changed.length}家配合单位收材料` : '都已经收过',
      tone: 'good',
      fields,
      notes: changed.length === 0 && missing.length > 0 ? ['收过的不再改时限；要改请联系主管科室。'] : [],
    })
    const notices = tellUnits(c, 'collected', changed, { title: '牵头单位向本单位收配合材料', tone: 'plain' })
    return withRest({ ...done, notices }, found.rest)
  },
}
