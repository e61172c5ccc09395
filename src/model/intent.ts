import { z } from 'zod'
import { Day } from './deadline.ts'
import { Clock } from './settings.ts'
import { Content } from './subscription.ts'

export const Window = z.object({ from: Day, to: Day })
export type Window = z.infer<typeof Window>

export const ListState = z.enum([
  'open',
  'overdue',
  'done',
  'review',
  'all',
  'unsigned',
  'unclaimed',
  'returned',
  'extension',
  'waiting',
  'unconfirmed',
])
export type ListState = z.infer<typeof ListState>

const names = z.array(z.string())
const tasks = names.optional()
const units = names.optional()
const window = Window.optional()
const plan = z.string().optional()
const until = Day.optional()
/** 我分管的: narrows to the units in the speaker's charge. */
const mine = z.boolean().optional()
/** The rest of a list that was cut, from this row on (from 0); pressed as “更多”. */
const offset = z.number().int().nonnegative().optional()
/** The very reports that were shown (`duty@version`), so that nothing is checked that nobody saw; only a choice carries them. */
const reports = names.optional()
/** A number as it was put into a form. */
const figure = z
  .string()
  .regex(/^-?\d{1,15}(?:\.\d{1,4})?$/)
  .optional()
/** How the unit told the office, which types it in on the unit's behalf (`units`). */
const via = z.enum(['phone', 'paper', 'oa', 'mail']).optional()

/**
 * What a message asks for (gold/UTTERANCES.md). Task numbers are text as printed in the plan; units are the roster's
 * full names; a slot that was not said is absent.
 */
export const Intent = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('list'),
    units,
    tasks,
    window,
    state: ListState.optional(),
    keyword: z.string().optional(),
    plan,
    offset,
    mine,
  }),
  z.object({ intent: z.literal('figures'), units, window, plan, mine }),
  z.object({ intent: z.literal('rank'), window, plan }),
  /** What became of the pushes. */
  z.object({ intent: z.literal('deliveries'), window, offset }),
  /** Points of an assessment: the speaker's own unit's, or with `all` every unit's. */
  z.object({ intent: z.literal('scores'), units, all: z.boolean().optional() }),
  /** A unit gives its own points (in hundredths) for an indicator, with its proof in words. */
  z.object({
    intent: z.literal('self-score'),
    indicator: z.string().max(20),
    points: z.number().int().min(0).max(1_000_000),
    proof: z.string().max(1000),
    units,
  }),
  /** How many messages each unit got. */
  z.object({ intent: z.literal('noise'), units, window, offset }),
  z.object({ intent: z.literal('task'), tasks, plan }),
  z.object({
    intent: z.literal('claim'),
    tasks,
    not: tasks,
    rest: z.enum(['claim', 'not']).optional(),
    units,
    via,
    plan,
  }),
  z.object({
    intent: z.literal('report'),
    tasks,
    reports,
    units,
    period: z.string().optional(),
    periods: tasks,
    links: tasks,
    keyword: z.string().optional(),
    zero: z.boolean().optional(),
    /** Who has looked at it for secrecy, and a word besides: of a form, which asks for them apart. */
    reviewer: z.string().max(60).optional(),
    /** Materials that are there already, and are for this report: of a choice alone. */
    evidence: names.optional(),
    note: z.string().optional(),
    via,
    plan,
  }),
  z.object({ intent: z.literal('progress'), tasks, reports, units, via, plan }),
  /** What is done so far of a task from the office above goes up; `done`: as its report, else as a word on the way. */
  z.object({ intent: z.literal('report-up'), tasks, done: z.boolean().optional(), links: tasks, plan }),
  z.object({ intent: z.literal('accept'), tasks, reports, all: z.boolean().optional(), units, via, plan }),
  z.object({ intent: z.literal('extend'), tasks, reports, until, units, via, plan }),
  z.object({ intent: z.literal('extension'), tasks, reports, units, grant: z.boolean().optional(), plan }),
  z.object({ intent: z.literal('decline'), tasks, reports, to: z.string().optional(), units, via, plan }),
  z.object({ intent: z.literal('reassign'), tasks, reports, units, to: z.string().optional(), plan }),
  z.object({ intent: z.literal('withdraw'), tasks, reports, units, via, plan }),
  z.object({ intent: z.literal('collect'), tasks, reports, units, until, plan }),
  z.object({ intent: z.literal('approve'), tasks, units, period: z.string().optional(), reports, plan }),
  z.object({ intent: z.literal('return'), tasks, units, period: z.string().optional(), reports, until, plan }),
  z.object({ intent: z.literal('suspend'), tasks, reports, units, plan }),
  z.object({ intent: z.literal('resume'), tasks, reports, units, plan }),
  z.object({ intent: z.literal('waive'), tasks, reports, units, plan }),
  z.object({ intent: z.literal('event'), tasks, reports, units, on: until, plan }),
  z.object({ intent: z.literal('assign'), units, until, plan }),
  z.object({ intent: z.literal('amend'), tasks, reports, units, period: z.string().optional(), plan }),
  z.object({ intent: z.literal('instruct'), units, tasks, reports, until, plan }),
  z.object({ intent: z.literal('urge'), tasks, reports, units, state: ListState.optional(), plan }),
  z.object({ intent: z.literal('secrecy'), tasks, reports, by: z.string().optional(), units, via, plan }),
  z.object({ intent: z.literal('absence'), until, to: z.string().optional(), back: z.boolean().optional() }),
  z.object({ intent: z.literal('contact'), units, tasks, plan }),
  z.object({
    intent: z.literal('subscribe'),
    every: z.enum(['day', 'workday', 'week', 'month']).optional(),
    on: z.number().int().min(1).max(31).optional(),
    at: Clock.optional(),
    /** What it says and where; of words both are read by the command, a button and the console carry them. */
    content: Content.optional(),
    room: z.string().optional(),
    /** The subscription that it takes the place of. */
    replaces: z.string().optional(),
    /** It comes beside another of the same content. */
    beside: z.boolean().optional(),
  }),
  /** `ids`: of a choice, those that were shown. */
  z.object({ intent: z.literal('unsubscribe'), ids: names.optional() }),
  /** Subscriptions, and what comes next. */
  z.object({ intent: z.literal('subscriptions') }),
  z.object({
    intent: z.literal('bind'),
    units,
    target: z.enum(['group', 'self']).optional(),
    code: z.string().optional(),
    /** The plan that a bare number means in this room, by its short name; empty where it is to mean none. */
    plan,
  }),
  z.object({
    intent: z.literal('export'),
    what: z
      .enum(['ledger', 'bulletin', 'annual', 'notice', 'summary', 'scores', 'dispatch', 'brief', 'list'])
      .optional(),
    units,
    window,
    plan,
  }),
  /** Papers that wait for their signature. */
  z.object({ intent: z.literal('papers') }),
  /** Words that are meant as a signature, which no chat is; `paper`: the one just spoken of. */
  z.object({ intent: z.literal('sign'), paper: z.string().optional() }),
  /** 约谈: it took place, with which units, on which day, about which tasks; `list`: those that are on record. */
  z.object({ intent: z.literal('talk'), units, tasks, on: until, plan, list: z.boolean().optional() }),
  z.object({
    intent: z.literal('tally'),
    period: z.string().optional(),
    counts: z.record(z.string(), z.number()).optional(),
    theme: z.string().optional(),
    units,
    /** What was asked back about these figures is right. */
    sure: z.boolean().optional(),
    /** Who has not told that month's yet. */
    list: z.boolean().optional(),
    /** Of a form: one number a channel. */
    ...{
      website: figure,
      wechat: figure,
      weibo: figure,
      conference: figure,
      points: figure,
      other: figure,
      total: figure,
    },
  }),
  /** `year` and `ord`: of a choice among applications of the same number. */
  z.object({
    intent: z.literal('request'),
    action: z.enum(['register', 'reply', 'extend', 'assign', 'note', 'list']).optional(),
    year: z.number().int().optional(),
    ord: z.number().int().optional(),
  }),
  z.object({
    intent: z.literal('sentiment'),
    action: z.enum(['register', 'statement', 'conference', 'list', 'hand', 'feedback', 'raise', 'finish']).optional(),
  }),
  /** A paper with its 公开属性; what is said of it stands in the words. */
  z.object({
    intent: z.literal('publication'),
    action: z
      .enum(['register', 'review', 'disclose', 'interpret', 'exempt', 'attribute', 'return', 'finish', 'show', 'list'])
      .optional(),
  }),
  /** What is counted. `feed`: that activities of a sort (none: no more) count for a demand of a task. */
  z.object({
    intent: z.literal('activity'),
    action: z.enum(['register', 'cancel', 'link', 'feed', 'count']).optional(),
    sort: z
      .enum(['conference', 'interpretation', 'interview', 'hearing', 'training', 'meeting', 'attendance'])
      .optional(),
    led: z.boolean().optional(),
    demand: z.number().int().min(-1).optional(),
    tasks,
    units,
    plan,
  }),
  /** The office leaves a duty with the unit that declined it. */
  z.object({ intent: z.literal('keep'), tasks, reports, units, plan }),
  /** A unit divides its duty among its own sections. */
  z.object({ intent: z.literal('split'), tasks, reports, parts: names.optional(), until, units, via, plan }),
  /** One of the proofs that a task asks for is there (纸质件已送); or one section's part is in (国库科已交). */
  z.object({ intent: z.literal('tick'), tasks, reports, units, proof: z.string().optional(), via, plan }),
  /** Nothing is pushed into this room for so many minutes; 0 ends it. */
  z.object({ intent: z.literal('mute'), minutes: z.number().int().nonnegative().optional() }),
  /** Whether the lists in a shared room also say who is late. */
  z.object({ intent: z.literal('show'), overdue: z.boolean().optional() }),
  /** Another person is a unit's liaison from now on. */
  z.object({ intent: z.literal('handover'), units, to: z.string().optional() }),
  /** A one-time link into the console, for the speaker alone. */
  z.object({ intent: z.literal('console') }),
  z.object({ intent: z.literal('help'), topic: z.string().optional() }),
  /** A button of a question that was guessed (`question`: the key of the message that it guesses at): yes or no. */
  z.object({ intent: z.literal('answer'), question: z.string(), yes: z.boolean() }),
  z.object({ intent: z.literal('none') }),
])
export type Intent = z.infer<typeof Intent>
/** What the answer to a question of the bot gives: one of its options, or what the frame lacks. */
export type Want = 'task' | 'period' | 'unit' | 'until' | 'confirm' | 'reason' | 'to'
export type IntentName = Intent['intent']
export type IntentOf<N extends IntentName> = Extract<Intent, { intent: N }>
