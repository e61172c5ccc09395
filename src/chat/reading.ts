import type { Day } from '../model/deadline.ts'
import type { Role } from '../model/person.ts'
import type { Entities } from './entities.ts'
import type { Time } from './spans.ts'

/** Entities with who speaks and when: all that a rule may look at. */
export interface Reading extends Entities {
  asOf: Day
  role: Role
  /** Full names of the speaker's own units. */
  own: string[]
  /** Task numbers said, or those of the quoted message. */
  ids: string[]
  /** Task numbers said. */
  said: string[]
  /** Full names of the units said; 各单位, 市级各部门 mean everybody and narrow nothing. */
  named: string[]
  /** The speaker answers for a unit. */
  liaison: boolean
  /** The speaker checks, or is the machine's administrator. */
  office: boolean
  /** A city leader. */
  leader: boolean
}

/** The slots of tasks and plan, as they were said. */
export const tasksOf = (r: Reading): { tasks?: string[]; plan?: string } => ({
  ...(r.ids.length ? { tasks: r.ids } : {}),
  ...planOf(r),
})

export const planOf = (r: Reading): { plan?: string } => (r.plan === undefined ? {} : { plan: r.plan })

export const unitsOf = (r: Reading): { units?: string[] } => (r.named.length ? { units: r.named } : {})

/** The day that a text sets: the one with 前, or after 到, 至, 延; else its only one. */
export function untilOf(r: Reading, skip?: RegExp): { until?: Day } {
  const usable = r.times.filter((t) => !skip?.test(r.text.slice(Math.max(0, t.start - 3), t.start)))
  const led = usable.find((t) => /(?:到|至|延|于|为)\s*$/.test(r.text.slice(0, t.start)))
  const limit = usable.find((t) => t.before) ?? led ?? usable[0]
  return limit ? { until: limit.to } : {}
}

/** The stretch that a question selects by; what 截至 names is no window. */
export function windowOf(r: Reading): { window?: { from: Day; to: Day } } {
  const times = r.times.filter((t) => !/(?:来源|根据)\s*$/.test(r.text.slice(0, t.start)))
  const [time] = times
  if (!time) return {}
  if (/截[至止]到?$/.test(r.text.slice(0, time.start)) && time.to <= r.asOf && !time.before) {
    return { window: { from: `${time.to.slice(0, 4)}-01-01`, to: time.to } }
  }
  // 到5月底还有哪些: up to it, from today on.
  if (/(?:^|[,。:])到$/.test(r.text.slice(0, time.start)) && time.to >= r.asOf)
    return { window: { from: r.asOf, to: time.to } }
  return { window: { from: time.from, to: time.to } }
}

/** The words that a time stood for. */
export const wordsOf = (r: Reading, time: Time): string => r.text.slice(time.start, time.end)
