import { z } from 'zod'
import { Day } from '../../model/deadline.ts'

/** Plans as the console shows and corrects them. */

const PlanState = z.enum(['draft', 'released', 'closed'])

/** How a plan's duties stand; a draft has none. */
export const PlanLine = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string(),
  number: z.string(),
  state: PlanState,
  issuedOn: z.string(),
  releasedOn: z.string(),
  tasks: z.number(),
  duties: z.number(),
  /** Due up to today, and of these done: the rate is none where nothing is due. */
  due: z.number(),
  done: z.number(),
})
export type PlanLine = z.infer<typeof PlanLine>
export const PlanList = z.object({
  plans: z.array(PlanLine),
  asOf: z.iso.datetime(),
  /** Whether files are read here. */ reads: z.boolean(),
})
export type PlanList = z.infer<typeof PlanList>

export const DocumentLines = z.object({ lines: z.array(z.object({ line: z.number(), text: z.string() })) })

export const PlanQuestion = z.object({
  key: z.string(),
  task: z.string().optional(),
  line: z.number(),
  /** Of which kind, in words. */
  kind: z.string(),
  place: z.string(),
  text: z.string(),
  proposal: z.string(),
  /** Further answers that a press gives. */
  choices: z.array(z.string()),
  form: z.enum(['units', 'day', 'limit', 'words']),
})
export type PlanQuestion = z.infer<typeof PlanQuestion>

const Raw = z.object({ line: z.number(), raw: z.string() })

export const PlanTask = z.object({
  number: z.string(),
  version: z.number(),
  kind: z.enum(['demand', 'check', 'common']),
  section: z.array(z.string()),
  text: z.string(),
  lead: z.array(z.string()),
  support: z.array(z.string()),
  openEnded: z.boolean(),
  divided: z.boolean(),
  limits: z.array(z.object({ words: z.string(), raw: z.string() })),
  note: z.string(),
  source: Raw,
  /** Further lines of the document that one of its values stands on. */
  lines: z.array(z.number()),
  /** Of a released plan: its duties by what people see of them. */
  duties: z
    .object({
      red: z.number(),
      yellow: z.number(),
      green: z.number(),
      done: z.number(),
      other: z.number(),
    })
    .optional(),
})
export type PlanTask = z.infer<typeof PlanTask>

export const PlanHead = z.object({
  title: z.string(),
  number: z.string(),
  issuer: z.string(),
  issuedOn: z.string(),
  year: z.number(),
  code: z.string(),
})
export type PlanHead = z.infer<typeof PlanHead>

export const PlanPage = z.object({
  id: z.string(),
  state: PlanState,
  version: z.number(),
  head: PlanHead,
  startOn: z.string(),
  releasedOn: z.string(),
  asOf: z.iso.datetime(),
  tasks: z.array(PlanTask),
  common: z.array(
    z.object({ text: z.string(), units: z.array(z.string()), limits: z.array(z.string()), line: z.number() }),
  ),
  questions: z.array(PlanQuestion),
  /** Names that may be picked: the roster's units and classes; of a draft alone. */
  units: z.array(z.string()),
  /** Its file is here and may be saved. */
  kept: z.boolean(),
})
export type PlanPage = z.infer<typeof PlanPage>

export const PlanAnswer = z.object({ key: z.string().max(2000), answer: z.string().max(2000) })

const names = z.array(z.string().max(80)).max(200)
export const TaskCorrection = z.object({
  version: z.number().int(),
  number: z.string().max(40).optional(),
  text: z.string().max(20_000).optional(),
  lead: names.optional(),
  support: names.optional(),
  openEnded: z.boolean().optional(),
  divided: z.boolean().optional(),
  limits: z
    .array(z.object({ was: z.number().int().min(0).optional(), words: z.string().max(200) }))
    .max(50)
    .optional(),
})
export type TaskCorrection = z.infer<typeof TaskCorrection>

export const TaskAddition = TaskCorrection.omit({ version: true }).required({ number: true, text: true })

const HeadParts = z
  .object({
    title: z.string().trim().min(1).max(200),
    number: z.string().trim().max(80),
    issuer: z.string().trim().max(80),
    issuedOn: z.union([Day, z.literal('')]),
    year: z.number().int().min(0).max(2999),
    code: z.string().trim().max(20),
  })
  .partial()
export const HeadCorrection = z.object({ was: HeadParts, now: HeadParts })

export const LimitPreview = z.object({ task: z.string(), limits: TaskCorrection.shape.limits.unwrap() })
/** What written time limits come to; `wrong` where one is none. */
export const LimitRounds = z.object({
  wrong: z.string().optional(),
  rules: z.array(z.string()),
  rounds: z.array(z.object({ round: z.string(), dueOn: z.string(), provisional: z.boolean(), state: z.string() })),
})
export type LimitRounds = z.infer<typeof LimitRounds>

export const ReleaseAsk = z.object({ startOn: Day })
/** What a release would do. */
export const ReleaseOutlook = z.object({
  version: z.number(),
  duties: z.number(),
  units: z.number(),
  dueThisMonth: z.number(),
  unclaimed: z.number(),
  unconfirmed: z.number(),
  standing: z.number(),
  waiting: z.number(),
  asleep: z.number(),
  questions: z.number(),
  entered: z.array(z.string()),
  noLiaison: z.array(z.string()),
  noRoom: z.array(z.string()),
})
export type ReleaseOutlook = z.infer<typeof ReleaseOutlook>
export const Release = z.object({ version: z.number().int(), startOn: Day })
export const Released = z.object({ code: z.string(), duties: z.number(), units: z.number() })

const JobStage = z.enum(['waiting', 'reading', 'recognising', 'storing', 'done', 'failed'])
export const ImportJob = z.object({
  id: z.string(),
  name: z.string(),
  stage: JobStage,
  /** Why it failed. */
  error: z.string().optional(),
  result: z
    .object({
      plan: z.string(),
      code: z.string(),
      status: z.enum(['new', 'same', 'replaced', 'differs']),
      state: PlanState,
      tasks: z.number(),
      questions: z.number(),
    })
    .optional(),
})
export type ImportJob = z.infer<typeof ImportJob>

export const ReissueAnswers = z.object({ answers: z.array(PlanAnswer).max(500).default([]) })
export const ReissueDifference = z.object({
  plan: z.string(),
  code: z.string(),
  /** Of the plan as it was compared: confirmed for that. */
  version: z.number(),
  added: z.number(),
  changed: z.number(),
  dropped: z.number(),
  head: z.array(z.object({ name: z.string(), before: z.string(), after: z.string() })),
  commonMoved: z.boolean(),
  tasks: z.array(
    z.object({
      sign: z.string(),
      number: z.string(),
      text: z.string(),
      fields: z.array(z.object({ name: z.string(), before: z.string(), after: z.string() })),
      units: z.string(),
      limits: z.string(),
      effect: z.string(),
      kept: z.number(),
    }),
  ),
  questions: z.array(PlanQuestion),
})
export type ReissueDifference = z.infer<typeof ReissueDifference>
export const ReissueConfirm = ReissueAnswers.extend({ version: z.number().int() })
export const ReissueApplied = z.object({
  code: z.string(),
  added: z.number(),
  changed: z.number(),
  dropped: z.number(),
  opened: z.number(),
  amended: z.number(),
  waived: z.number(),
})
