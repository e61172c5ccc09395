import { type DutyView, factsOf, findDuties, findTasks, numbersUnder, type TaskView } from '../db/queries/duties.ts'
import type { Block, Card } from '../src/model/card.ts'
import type { Intent } from '../src/model/intent.ts'
import { isOffice, readsAll } from '../src/model/person.ts'
import { openHeirs, withPredecessors } from '../src/unit/succession.ts'
import { closedTasks } from './closed.ts'
import type { Context, Outcome } from './command.ts'
import { codeOf, firstWords, textOf, unitName } from './present.ts'
import { problem } from './problem.ts'

/** What a search came to: the value, or the outcome to give back as it is (a refusal, a question). */
export type Found<T> = { ok: T } | { outcome: Outcome }

const seesAll = (c: Context): boolean => readsAll(c.actor)

/**
 * Unit ids of full names; a name that is not on the roster is dropped by understand before. An older question may still
 * hold a name that others answer for since.
 */
const idsOf = (c: Context, names: readonly string[]): string[] => {
  const heirsOf = openHeirs(c.office.units)
  const wanted = new Set(names)
  const named = c.office.units.filter((unit) => wanted.has(unit.name)).flatMap(heirsOf)
  return [...new Set(named.map((unit) => unit.id))]
}

export const HOW_TO_BIND = '请向主管科室领取绑定码，然后回复：绑定 绑定码'

/** What a stranger hears: how to be bound. */
export const tellHowToBind: Card = {
  title: '还不认识您',
  tone: 'warn',
  blocks: [
    { kind: 'text', text: '本账号尚未登记为联络员或领导，不能查看任务。' },
    { kind: 'note', text: HOW_TO_BIND },
  ],
}

/**
 * Whose duties the speaker may read: `undefined` is every unit. With a unit come those whose work it took over alone, and
 * what they closed under their own names. A liaison reads its own units'; an unknown sender reads
 * the one unit to which the room is bound; in a unit's room nobody reads other units' without naming them.
 */
export const readScope = (
  c: Context,
  names: readonly string[] | undefined,
  mine = false,
): Found<string[] | undefined> => {
  const scope = livingScope(c, names, mine)
  return 'ok' in scope && scope.ok ? { ok: withPredecessors(c.office.units, scope.ok) } : scope
}

const livingScope = (c: Context, names: readonly string[] | undefined, mine: boolean): Found<string[] | undefined> => {
  const named = names && names.length > 0 ? idsOf(c, names) : undefined
  const roomUnits = c.place.scope === 'units' ? c.place.units : undefined
  if (seesAll(c) && mine && c.actor.charge.length === 0)
    return {
      outcome: {
        reply: problem(
          '还没有登记您分管的单位',
          '通讯录里没有您分管哪些单位。',
          '请主管科室在通讯录的“分管市领导”一栏写上您的姓名后重新导入。',
        ),
      },
    }
  if (seesAll(c)) return { ok: mine ? c.actor.charge : (named ?? roomUnits) }
  const own = c.actor.role === 'unknown' ? (roomUnits?.length === 1 ? roomUnits : []) : c.actor.units
  if (own.length === 0) return { outcome: { reply: tellHowToBind, refused: 'unbound' } }
  const foreign = named?.filter((id) => !own.includes(id)) ?? []
  if (foreign.length === 0) return { ok: named ?? own }
  return {
    outcome: {
      reply: problem(
        '不能查看其他单位的任务',
        `您登记在${own.map((id) => unitName(c, id)).join('、')}，只能查看本单位的任务。`,
        '例：本月有哪些到期任务',
      ),
      refused: 'other-unit',
    },
  }
}

const unitsInWords = (c: Context) =>
  c.registry.find(c.message.text).flatMap(({ of, units }) => (of === 'one' ? units : []))

/** Names of the units that the words name: whoever tells of another's must not be heard as telling of their own. */
export const namesInWords = (c: Context): string[] => [...new Set(unitsInWords(c).map(({ name }) => name))]

/** The one unit that the office's own words name: 市财政局电话：4号申请延期到9月8日. */
const unitInWords = (c: Context): string[] | undefined => {
  const ids = [...new Set(unitsInWords(c).map((unit) => unit.id))]
  return ids.length === 1 ? ids : undefined
}

/** The units that the speaker answers for; the office names one to speak for it, and is asked where it does not. */
export const ownUnits = (c: Context, names: readonly string[] | undefined): Found<string[]> => {
  const named = names && names.length > 0 ? idsOf(c, names) : undefined
  if (isOffice(c.actor)) {
    const units = named ?? unitInWords(c)
    if (units) return { ok: units }
    return {
      outcome: {
        reply: problem('请说明代哪个单位填报', '主管科室代填时要写明单位。', '例：市财政局电话报：4号7月已公开'),
        lacks: 'unit',
      },
    }
  }
  if (c.actor.units.length === 0) return { outcome: { reply: tellHowToBind, refused: 'unbound' } }
  const own = named ? c.actor.units.filter((id) => named.includes(id)) : c.actor.units
  return own.length > 0 ? { ok: own } : { outcome: notYours(c, `不能代${namesOf(c, named ?? [])}办理`) }
}

const namesOf = (c: Context, ids: readonly string[]): string => ids.map((id) => unitName(c, id)).join('、')

const notYours = (c: Context, why: string): Outcome => ({
  reply: problem('这不是本单位的任务', `您登记在${namesOf(c, c.actor.units)}，${why}，本次没有登记。`),
  refused: 'other-unit',
})

/** Somebody who reads one unit alone asks for a task that is none of that unit's: refused, without a word of the task. */
export const tellNotOwn = (task: TaskView): Outcome => ({
  reply: problem(
    '不是本单位的任务',
    `${codeOf(task)} 不是本单位的任务，不能查看。`,
    '回复“任务清单”可查看本单位全部任务。',
  ),
  refused: 'other-unit',
})

/** The first of the tasks in which the speaker's units have no share, where it reads those alone. */
export const foreignTask = async (
  c: Context,
  tasks: readonly TaskView[],
  scope: readonly string[] | undefined,
): Promise<TaskView | undefined> => {
  if (scope === undefined || seesAll(c)) return undefined
  const own = new Set((await dutiesOfTasks(c, tasks, scope)).map((duty) => duty.task))
  return tasks.find((task) => !own.has(task.id))
}

/** What a question about one task leaves untouched of a message that named several: said, so that nothing is lost unseen. */
export const leftOut = (intent: { tasks?: string[] }, asked: string | undefined): Block[] => {
  const others = intent.tasks?.filter((number) => number !== asked) ?? []
  return others.length > 0 ? [{ kind: 'note', text: `${others.join('、')} 还没有登记，请另发一条。` }] : []
}

const askPlan = (intent: Intent & { tasks?: string[] }, tasks: TaskView[]): Outcome => ({
  reply: {
    title: '有几份方案都有这个编号',
    tone: 'plain',
    blocks: [
      {
        kind: 'list',
        lines: tasks.map((task, i) => ({ text: `${i + 1}. ${codeOf(task)} ${firstWords(textOf(task))}` })),
      },
      { kind: 'note', text: '回复序号即可，或带上方案简称再说一次。' },
      ...leftOut(intent, tasks[0]?.number),
    ],
  },
  ask: {
    intent,
    want: 'task',
    options: tasks.map((task) => ({ ...intent, tasks: [task.number], plan: task.planCode }) as Intent),
  },
})

/** Unknown numbers that an answer names. */
const MISSING = 12

/** Of tasks that share a number those in which the units have a share; all where they have one in none. */
const ofUnits = async (c: Context, tasks: TaskView[], units: readonly string[] | undefined): Promise<TaskView[]> => {
  const shared = new Set(tasks.map((task) => task.number)).size < tasks.length
  if (!shared || units === undefined) return tasks
  const own = new Set((await dutiesOfTasks(c, tasks, units)).map((duty) => duty.task))
  return tasks.filter(
    (task) => own.has(task.id) || !tasks.some((other) => other.number === task.number && own.has(other.id)),
  )
}

/** Of tasks that share a number those of the room's plan, where it has that number. */
const ofRoom = (c: Context, tasks: TaskView[]): TaskView[] => {
  const { plan } = c.place
  const own = new Set(tasks.filter((task) => task.plan === plan).map(({ number }) => number))
  return own.size === 0 ? tasks : tasks.filter((task) => task.plan === plan || !own.has(task.number))
}

const noSuchNumber = async (c: Context, missing: readonly string[]): Promise<Outcome> => {
  // A person says 12号 where the plan counts 12-1 and 12-2.
  const near = await numbersUnder(c.db, missing[0] ?? '')
  return {
    reply: problem(
      '没有这个编号',
      `台账里没有 ${missing.slice(0, MISSING).join('、')}${missing.length > MISSING ? '等' : ''} 号任务。`,
      near.length > 0 ? `您要的是不是 ${near.join('、')}？` : '回复“任务清单”可查看全部编号。',
    ),
  }
}

/**
 * The tasks with the printed numbers, one for each number, and what is to be said of the numbers that no task has or that
 * two plans share, where `units`, whose tasks are meant, do not tell which.
 */
export const tasksSorted = async (
  c: Context,
  intent: Intent & { tasks?: string[]; plan?: string },
  units?: readonly string[],
): Promise<{ tasks: TaskView[]; unclear: Outcome[] }> => {
  const numbers = intent.tasks ?? []
  const known = await findTasks(c.db, numbers, intent.plan)
  const gone = numbers.filter((number) => !known.some((task) => task.number === number))
  const closed = gone.length > 0 ? await closedTasks(c, gone, intent.plan) : { moved: [], told: [], numbers: [] }
  // What was said by an old number goes on under its new one.
  const found = [...(await ofUnits(c, ofRoom(c, known), units)), ...closed.moved]
  const of = (number: string) => found.filter((task) => task.number === number)
  const missing = gone.filter((number) => !closed.numbers.includes(number))
  const doubled = [...new Set(numbers)].filter((number) => of(number).length > 1)
  return {
    tasks: found.filter((task) => !doubled.includes(task.number) || closed.moved.includes(task)),
    unclear: [
      ...closed.told.map((card): Outcome => ({ reply: card })),
      ...(missing.length > 0 ? [await noSuchNumber(c, missing)] : []),
      ...doubled.map((number) => askPlan({ ...intent, tasks: [number] } as Intent & { tasks: string[] }, of(number))),
    ],
  }
}

/** The same where nothing is done unless every number is clear. */
export const tasksNamed = async (
  c: Context,
  intent: Intent & { tasks?: string[]; plan?: string },
  units?: readonly string[],
): Promise<Found<TaskView[]>> => {
  const { tasks, unclear } = await tasksSorted(c, intent, units)
  const [first] = unclear
  if (!first?.reply) return { ok: tasks }
  const asked = first.ask && 'tasks' in first.ask.intent ? first.ask.intent.tasks?.[0] : undefined
  const others = asked === undefined ? [] : leftOut(intent, asked)
  return { outcome: { ...first, reply: { ...first.reply, blocks: [...first.reply.blocks, ...others] } } }
}

/** Without the duties that ended in another of the unit that took the work over: that one tells how it stands. */
export const withoutMerged = async (c: Context, duties: DutyView[]): Promise<DutyView[]> => {
  const former = new Set(c.office.units.filter(({ succession }) => succession).map(({ id }) => id))
  const ended = duties.filter(({ state, unit }) => state === 'waived' && former.has(unit)).map(({ id }) => id)
  const facts = await factsOf(c.db, 'duty', ended)
  const merged = new Set(facts.filter(({ kind }) => kind === 'merged').map(({ id }) => id))
  return merged.size === 0 ? duties : duties.filter(({ id }) => !merged.has(id))
}

/**
 * Duties of the tasks that the speaker may read: those of the scope, and to a liaison the 配合 parts of what its unit leads.
 * Who reads all is narrowed by a unit's room only to what that unit has a share in.
 */
export const dutiesRead = async (
  c: Context,
  tasks: readonly { id: string }[],
  scope: readonly string[] | undefined,
): Promise<DutyView[]> => {
  if (scope === undefined || c.actor.role !== 'liaison') {
    const duties = await dutiesOfTasks(c, tasks, scope)
    return duties.length === 0 && seesAll(c) ? dutiesOfTasks(c, tasks) : duties
  }
  const all = await dutiesOfTasks(c, tasks)
  const own = (duty: DutyView) => scope.includes(duty.unit)
  const led = new Set(all.filter((duty) => duty.role === 'lead' && own(duty)).map((duty) => duty.task))
  return all.filter((duty) => own(duty) || (duty.role === 'support' && led.has(duty.task)))
}

/** All duties of the tasks that the speaker may act on for the units. */
export const dutiesOfTasks = (
  c: Context,
  tasks: readonly { id: string }[],
  units?: readonly string[],
): Promise<DutyView[]> => findDuties(c.db, { tasks: tasks.map((task) => task.id), ...(units && { units }) })
