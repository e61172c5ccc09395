import { type DutyFilter, type DutyView, factsOf, findDuties } from '../db/queries/duties.ts'
import { roomsOf } from '../db/queries/people.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { answered, change, tellUnits } from './change.ts'
import type { Command, Context } from './command.ts'
import { dutiesOfTasks, type Found, readScope, tasksNamed } from './find.ts'
import { may } from './happen.ts'
import { asShown } from './meant.ts'
import { answerRow, codeOf, isClassLine, type Seen, seen, unitName } from './present.ts'
import { problem } from './problem.ts'

const example = '例：催一下市财政局12号；催办所有逾期单位'

type State = NonNullable<IntentOf<'urge'>['state']>

const isOwed = ({ state }: Seen): boolean => state === 'open' || state === 'returned'

/** Which duties an urging that names none is for. */
const picks: Partial<Record<State, (c: Context, item: Seen) => boolean>> = {
  returned: (_, { state }) => state === 'returned',
  unclaimed: (_, { state }) => state === 'unclaimed',
  unsigned: (_, item) => isOwed(item) && item.duty.acceptedOn === null,
  open: (c, item) => isOwed(item) && item.duty.dueOn !== null && item.duty.dueOn <= c.today,
}

const urgeable = (c: Context, duty: DutyView): boolean => may(c, 'urged', duty) && !isClassLine(c, duty.unit)

/** What is late, and where a unit is named that has nothing late what is due soon. */
const pressing = (items: readonly Seen[], named: boolean): Seen[] => {
  const late = items.filter((item) => isOwed(item) && item.overdue)
  return late.length > 0 || !named ? late : items.filter((item) => isOwed(item) && item.light === 'yellow')
}

/** What is urged: the tasks that are named, else what is late (or unsigned, unclaimed, sent back), of the units named. */
const meant = async (c: Context, intent: IntentOf<'urge'>): Promise<Found<DutyView[]>> => {
  const scope = readScope(c, intent.units)
  if ('outcome' in scope) return scope
  const units = intent.units?.length ? scope.ok : undefined
  if (intent.tasks?.length) {
    const tasks = await tasksNamed(c, intent)
    if ('outcome' in tasks) return tasks
    const duties = await dutiesOfTasks(c, tasks.ok, units)
    const owed = duties.filter((duty) => urgeable(c, duty) && isOwed(seen(c, duty)))
    if (intent.reports) return asShown(c, intent.reports, owed, duties)
    if (owed.length > 0) return { ok: hasBegun(c, owed) }
    return {
      outcome: {
        reply: problem(
          '没有需要催办的任务',
          `${tasks.ok.map(codeOf).join('、')} 已经反馈、办结，或还没有开始。`,
          example,
        ),
        rows: duties.map((duty) => answerRow(c, seen(c, duty))),
      },
    }
  }
  const states: DutyFilter['states'] = ['open', 'returned', 'unclaimed']
  const items = (await findDuties(c.db, { ...(units && { units }), states, role: 'lead' }))
    .filter((duty) => urgeable(c, duty))
    .map((duty) => seen(c, duty))
  const pick = intent.state && picks[intent.state]
  const found = pick ? items.filter((item) => pick(c, item)) : pressing(items, units !== undefined)
  return { ok: found.map(({ duty }) => duty) }
}

/** Of a task with many rounds those that are late or due next; a month to come is not urged. */
const hasBegun = (c: Context, duties: readonly DutyView[]): DutyView[] => {
  const next = new Map<string, string>()
  for (const { unit, task, dueOn } of duties) {
    const key = `${unit} ${task}`
    if (dueOn !== null && dueOn >= c.today && dueOn < (next.get(key) ?? '9999')) next.set(key, dueOn)
  }
  return duties.filter(
    ({ unit, task, dueOn }) => dueOn === null || dueOn < c.today || dueOn === next.get(`${unit} ${task}`),
  )
}

/** Those that the speaker has urged today already: said once a day is enough. */
const urgedToday = async (c: Context, duties: readonly DutyView[]): Promise<Set<string>> => {
  const facts = await factsOf(
    c.db,
    'duty',
    duties.map((duty) => duty.id),
  )
  return new Set(
    facts
      .filter(({ kind, body, by }) => kind === 'urged' && body.on === c.today && by === c.actor.id)
      .map(({ id }) => id),
  )
}

/** 催办 by a leader or the office: one message a unit into its room, at once; the same again on one day is not sent twice. */
export const urge: Command<'urge'> = {
  intent: 'urge',
  title: '催办',
  usage: '催办 [单位] [编号] / 催办所有逾期单位',
  example: '催一下市财政局12号',
  roles: ['leader', 'office', 'admin'],
  run: async (c, intent) => {
    const found = await meant(c, intent)
    if ('outcome' in found) return found.outcome
    if (found.ok.length === 0)
      return { reply: problem('没有需要催办的任务', '要催的任务已经反馈、办结，或没有逾期的。', example) }
    const before = await urgedToday(c, found.ok)
    const fresh = found.ok.filter((duty) => !before.has(duty.id))
    if (fresh.length === 0)
      return {
        reply: problem('今天已经催过', `这${found.ok.length}项今天已经催办，没有重复发送。`, example),
        rows: found.ok.map((duty) => answerRow(c, seen(c, duty))),
      }
    const changed = change(c, fresh, 'urged', {}, { text: c.message.text })
    const reached = new Set((await roomsOf(c.db)).flatMap((room) => (room.scope === 'units' ? room.units : [])))
    const units = [...new Set(fresh.map((duty) => duty.unit))]
    const deaf = units.filter((unit) => !reached.has(unit)).map((unit) => unitName(c, unit))
    return {
      ...answered(c, changed, {
        title: `已催办${units.length}家、${changed.length}项`,
        tone: 'good',
        notes: [
          ...(before.size > 0 ? [`另有${before.size}项今天已经催过，没有重复发送。`] : []),
          ...(deaf.length > 0 ? [`还没有绑定群、收不到催办的：${deaf.join('、')}`] : []),
        ],
      }),
      notices: tellUnits(c, 'urged', changed, {
        title: `${c.actor.name || '主管科室'}催办，请抓紧办理`,
        tone: 'late',
      }),
    }
  },
}
