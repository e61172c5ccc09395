import { z } from 'zod'
import { Day } from '../../model/deadline.ts'
import { DutyState } from '../../model/duty.ts'
import { EvidenceKind, EvidenceState } from '../../model/evidence.ts'
import { Intent } from '../../model/intent.ts'

const Light = z.enum(['green', 'yellow', 'red']).nullable()
const Role = z.enum(['lead', 'support'])
const day = Day.nullable()
const words = z.string()

/** A duty of the same task, as it stands beside the one that is shown. */
const Share = z.object({
  ...{ id: words, unit: words, role: Role, state: DutyState, stateWords: words, light: Light, due: words },
})
export type Share = z.infer<typeof Share>

export const Told = z.object({
  seq: z.number().int(),
  kind: words,
  what: words,
  day: Day,
  time: words,
  who: words,
  way: words,
  said: z.array(z.object({ label: words, text: words })),
  links: z.array(words),
  erased: z.boolean(),
})
export type Told = z.infer<typeof Told>

const ReportTold = z.object({
  ...Told.shape,
  fate: z.enum(['waiting', 'approved', 'returned', 'withdrawn']),
  fateWords: words,
})
export type ReportTold = z.infer<typeof ReportTold>

/** What came with a report, and what was found of it: a hint. */
export const Brought = z.object({
  ...{ id: words, report: z.number().int(), kind: EvidenceKind, state: EvidenceState, name: words },
  ...{ words, when: words, copy: z.boolean(), hash: words },
})
export type Brought = z.infer<typeof Brought>

const deedNames = [
  ...(['approve', 'return', 'extension', 'keep', 'urge', 'instruct', 'amend', 'reassign'] as const),
  ...(['suspend', 'resume', 'waive', 'accept', 'claim', 'report', 'progress', 'secrecy', 'tick'] as const),
  ...(['extend', 'decline', 'withdraw', 'collect', 'split', 'event'] as const),
] as const

/** What may be done to a duty now: its form completes the frame. */
export const DutyDeed = z.object({
  name: z.enum(deedNames),
  intent: Intent,
  /** The office does it for the unit. */
  onBehalf: z.boolean(),
  options: z.array(words),
})
export type DutyDeed = z.infer<typeof DutyDeed>

const Asked = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('extension'), on: Day, until: Day, late: z.boolean() }),
    z.object({ kind: z.literal('decline'), on: Day, to: words }),
  ])
  .nullable()

export const DutyPage = z.object({
  asOf: z.iso.datetime(),
  ...{ id: words, version: z.number().int(), code: words, unit: words, role: Role, isClass: z.boolean() },
  ...{ part: words, round: words, text: words, secret: z.boolean(), state: DutyState, stateWords: words },
  ...{ light: Light, lightReason: words, dueOn: day, dueTime: words, due: words, whyDue: words },
  ...{ provisional: z.boolean(), firstDueOn: day, claimBy: day, late: z.boolean(), reportedOn: day, closedOn: day },
  ...{ clearedOn: day, acceptedOn: day, times: z.number().int(), approved: z.number().int() },
  ...{ wanted: z.array(words), proofs: z.array(words), asked: Asked },
  parts: z.array(z.object({ name: words, until: day, doneOn: day })),
  plan: z.object({ id: words, code: words, title: words }),
  task: z.object({
    ...{
      section: z.array(words),
      deadlines: z.array(words),
      lead: z.array(words),
      support: z.array(words),
      note: words,
    },
  }),
  leads: z.array(Share),
  supports: z.array(Share),
  rounds: z.array(z.object({ ...Share.shape, round: words })),
  /** How the task that this one goes on from ended, the year before it: 去年, 公开17-12，按时3次. */
  before: z.array(z.object({ label: words, text: words })),
  facts: z.array(Told),
  reports: z.array(ReportTold),
  evidence: z.array(Brought),
  source: z.object({
    kept: z.boolean(),
    lines: z.array(
      z.object({
        line: z.number().int(),
        text: words,
        marks: z.array(
          z.object({
            ...{ from: z.number().int(), to: z.number().int(), of: z.enum(['task', 'lead', 'support', 'deadline']) },
          }),
        ),
      }),
    ),
  }),
  deeds: z.array(DutyDeed),
  /** Names of units, where one may be chosen. */
  units: z.array(words),
})
export type DutyPage = z.infer<typeof DutyPage>

/** Of a duty's links those that are to be looked at: the client names none of its own. */
export const LinksChecked = z.object({
  links: z.array(
    z.object({
      link: words,
      /** 可打开, 打不开, 被拒绝 (by the site), or not looked at because this server may not. */
      outcome: z.enum(['open', 'broken', 'refused', 'skipped']),
      status: z.number().int().nullable(),
      why: words,
      at: z.iso.datetime(),
    }),
  ),
})
export type LinksChecked = z.infer<typeof LinksChecked>
