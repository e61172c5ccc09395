import { z } from 'zod'
import { Day, Deadline } from './deadline.ts'

/** The line of the input (from 1) that says a value, and its words there. */
export const Source = z.object({ line: z.number().int(), raw: z.string() })
export type Source = z.infer<typeof Source>

/** A time limit's source also tells whether it stood in a column (or line) for time limits or in running text. */
export const DeadlineSource = Source.extend({ from: z.enum(['text', 'column']) })
export type DeadlineSource = z.infer<typeof DeadlineSource>

/** The head of a plan. What the document does not say is the empty string (`year`: 0). */
export const DocumentHead = z.object({
  title: z.string(),
  number: z.string(),
  issuer: z.string(),
  issuedOn: z.union([Day, z.literal('')]),
  year: z.number().int(),
  /** Last year of the span in the title (2021—2023年), where there is one. */
  untilYear: z.number().int().optional(),
})
export type DocumentHead = z.infer<typeof DocumentHead>

/** One demand of a plan as read from the document (gold/FORMAT.md, plus where each value stands). */
export const TaskDraft = z.object({
  id: z.string(),
  section: z.array(z.string()),
  text: z.string(),
  lead: z.array(z.string()),
  support: z.array(z.string()),
  openEnded: z.boolean(),
  /** The leads share the work without the text saying who does what: 按职责分工, 分别, 等. */
  divided: z.boolean(),
  deadlines: z.array(Deadline),
  note: z.string(),
  source: Source,
  sources: z.object({
    lead: z.array(Source),
    support: z.array(Source),
    deadlines: z.array(DeadlineSource),
  }),
})
export type TaskDraft = z.infer<typeof TaskDraft>

/** Items without units that the plan hands to a class as everyone's work (共性工作). What was stored without times has none. */
export const CommonDemand = z.object({
  section: z.array(z.string()),
  text: z.string(),
  units: z.array(z.string()),
  deadlines: z.array(Deadline).default([]),
  source: Source,
  sources: z.object({ deadlines: z.array(DeadlineSource) }).default({ deadlines: [] }),
})
export type CommonDemand = z.infer<typeof CommonDemand>

/** What the document leaves open: asked at import, with the proposal that `--yes` takes. */
export const Question = z.object({
  kind: z.enum([
    'contradiction',
    'unknown-unit',
    'succeeded-unit',
    'class-without-members',
    'relative-event',
    'vague-day',
    'no-unit',
    'no-time',
    'unsure-row',
    'narrower-subject',
    'head',
    'start-day',
  ]),
  task: z.string().optional(),
  line: z.number().int(),
  text: z.string(),
  proposal: z.string(),
})
export type Question = z.infer<typeof Question>

export const PlanDraft = z.object({
  document: DocumentHead,
  tasks: z.array(TaskDraft),
  common: z.array(CommonDemand),
  questions: z.array(Question),
})
export type PlanDraft = z.infer<typeof PlanDraft>

/** A line of the document that a plan was read from, numbered as every `Source` counts. Lines that hold nothing are left out. */
export interface DocumentLine {
  line: number
  text: string
}

export type PlanState = 'draft' | 'released' | 'closed'
