import { register, seedsFor } from '../../../commands/assign.ts'
import type { AddedTask, Context } from '../../../commands/command.ts'
import { dayWords, firstWords, seen, unitName } from '../../../commands/present.ts'
import { type DutyView, findDuties, lastOrd } from '../../../db/queries/duties.ts'
import { factsOfKind } from '../../../db/queries/paper-rows.ts'
import type { Reader } from '../../../db/store.ts'
import type { Day, Deadline } from '../../model/deadline.ts'
import type { DutyState } from '../../model/duty.ts'
import type { Matter, PaperFacts, SkipReason } from '../../model/paper-life.ts'

/** What no unit owes any more, or never will under this number. */
const over: readonly DutyState[] = ['done', 'waived']

export interface Opened {
  paper: string
  /** The duty that the paper named, and the task that was opened for it. */
  duty: string
  task: string
  until: Day | null
}

/** Every 整改 that a signed paper opened, the oldest first. */
const openedByPapers = async (db: Reader): Promise<Opened[]> =>
  (await factsOfKind(db, 'paper', 'signed')).flatMap(({ id: paper, body }) => {
    const { opened, until } = body as unknown as PaperFacts['signed']
    return opened.map(({ duty, task }) => ({ paper, duty, task, until }))
  })

/** The duties of tasks, by task. */
const dutiesByTask = async (db: Reader, tasks: readonly string[]): Promise<Map<string, DutyView[]>> => {
  const found = tasks.length > 0 ? await findDuties(db, { tasks }) : []
  const byTask = new Map<string, DutyView[]>()
  for (const duty of found) byTask.set(duty.task, [...(byTask.get(duty.task) ?? []), duty])
  return byTask
}

/** A 整改 as it stands today, with the matter that it is about; undefined parts are gone from the ledger. */
export interface Rectification extends Opened {
  own: DutyView[]
  about: DutyView | undefined
}

export const rectifications = async (db: Reader, paper?: string): Promise<Rectification[]> => {
  const opened = (await openedByPapers(db)).filter((one) => paper === undefined || one.paper === paper)
  const own = await dutiesByTask(
    db,
    opened.map(({ task }) => task),
  )
  const ids = opened.map(({ duty }) => duty)
  const about = new Map((ids.length > 0 ? await findDuties(db, { ids }) : []).map((duty) => [duty.id, duty]))
  return opened.map((one) => ({ ...one, own: own.get(one.task) ?? [], about: about.get(one.duty) }))
}

export interface Foreseen {
  matter: Matter
  /** Why it opens none; undefined where it opens one. */
  skip: SkipReason | undefined
  now: DutyView | undefined
}

/** What signing would open: none for what is done by now, and none while an earlier one is open or the matter is a 整改 itself. */
export const rectifyOutlook = async (db: Reader, matters: readonly Matter[]): Promise<Foreseen[]> => {
  if (matters.length === 0) return []
  const now = new Map((await findDuties(db, { ids: matters.map(({ duty }) => duty) })).map((duty) => [duty.id, duty]))
  const open = (await rectifications(db)).filter(({ own }) => own.some(({ state }) => !over.includes(state)))
  const known = new Set(open.flatMap(({ duty, own }) => [duty, ...own.map(({ id }) => id)]))
  return matters.map((matter) => {
    const duty = now.get(matter.duty)
    const skip = !duty || over.includes(duty.state) ? 'done' : duty.state === 'review' ? 'review' : undefined
    return { matter, now: duty, skip: skip ?? (known.has(matter.duty) ? 'open' : undefined) }
  })
}

/** What it says: a 工作秘密 matter by its code alone. */
const textOf = ({ matter, now }: Foreseen): string =>
  now && !now.secret ? `整改：${firstWords(now.text, 60)}（${matter.code}）` : `整改：${matter.code}`

/** The tasks that the signature opens in the office's own register of the year, one a matter, for the unit that answers for it now. */
export const rectifyTasks = async (
  c: Context,
  { paper, number, until }: { paper: string; number: string; until: Day },
  foreseen: readonly Foreseen[],
): Promise<{ task: AddedTask; duty: string; code: string; unit: string }[]> => {
  const { code, title, year } = register(c.today.slice(0, 4))
  const plan = c.office.plans.find((one) => one.code === code)
  const last = plan ? await lastOrd(c.db, plan.id) : 0
  const deadline: Deadline = { kind: 'date', by: until, raw: `${dayWords(until, c.today)}前` }
  const due = foreseen.filter(({ skip }) => skip === undefined)
  return due.map((one, i) => {
    const unit = one.now?.unit ?? one.matter.unit
    const [text, duty, n] = [textOf(one), one.matter.duty, String(last + i + 1)]
    const task: AddedTask = {
      plan: plan ? { id: plan.id, version: plan.version } : { code, title, year },
      ...{ number: n, text, deadlines: [deadline], proofs: [] },
      ...{ source: `${number} ${one.matter.code}`, lead: [unitName(c, unit)], support: [] },
      rectifies: { paper, duty },
      seeds: seedsFor(c, { text, lead: [unit], support: [], deadlines: [deadline] }),
    }
    return { task, duty, unit, code: `${code}-${n}` }
  })
}

/** The light of a 整改: that of its worst duty. */
export const lightOfRectification = (c: Context, { own }: Rectification) => {
  const shown = own.map((duty) => seen(c, duty))
  return shown.find(({ light }) => light === 'red') ?? shown.find(({ light }) => light === 'yellow') ?? shown[0]
}
