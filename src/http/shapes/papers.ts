import { z } from 'zod'
import { Day } from '../../model/deadline.ts'
import { Window } from '../../model/intent.ts'
import { Paper, PaperKind, PaperState } from '../../model/paper.ts'
import { Settings } from '../../model/settings.ts'

const Named = z.object({ id: z.string(), name: z.string() })

/** When papers are drafted by themselves, with the version that a change is guarded by. */
export const PaperSettings = z.object({ version: z.number(), papers: Settings.shape.papers })
export type PaperSettings = z.infer<typeof PaperSettings>

export const PaperLine = z.object({
  id: z.string(),
  kind: PaperKind,
  state: PaperState,
  title: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  number: z.string(),
  signer: z.string(),
  signedOn: z.string().nullable(),
  /** The day on which it was first drafted. */
  draftedOn: z.string(),
  /** When it was told to units, where it was. */
  issuedOn: z.string().nullable(),
})
export type PaperLine = z.infer<typeof PaperLine>

export const PaperList = z.object({
  asOf: z.string(),
  papers: z.array(PaperLine),
  /** Kinds that whoever asks may draft. */
  may: z.array(PaperKind),
  units: z.array(Named),
  plans: z.array(z.object({ id: z.string(), code: z.string() })),
  /** Only for the office. */
  settings: PaperSettings.nullable(),
})
export type PaperList = z.infer<typeof PaperList>

export const PaperDraft = z.object({
  kind: PaperKind,
  /** The usual one where absent. */
  window: Window.optional(),
  plan: z.string().max(64).default(''),
  units: z.array(z.string().max(64)).max(500).default([]),
})
export type PaperDraft = z.infer<typeof PaperDraft>

const Happened = z.object({ what: z.string(), who: z.string(), at: z.string(), words: z.string() })

export const RectificationLine = z.object({
  paper: z.string(),
  paperTitle: z.string(),
  number: z.string(),
  /** The 整改 and the duty that shows it; what it is about. */
  code: z.string(),
  duty: z.string(),
  about: z.string(),
  aboutDuty: z.string(),
  unit: z.string(),
  dueOn: z.string().nullable(),
  state: z.string(),
  light: z.enum(['green', 'yellow', 'red']).nullable(),
  reason: z.string(),
})
export type RectificationLine = z.infer<typeof RectificationLine>

export const PaperPage = PaperLine.extend({
  version: z.number().int(),
  content: Paper,
  unitNames: z.array(z.string()),
  /** What may be done to it now by whoever asks. */
  deeds: z.array(z.enum(['redraft', 'submit', 'sign', 'void', 'push'])),
  /** What a signature would open or has opened, and what it would not and why. */
  outlook: z.array(z.object({ code: z.string(), unit: z.string(), skip: z.string() })),
  until: z.string(),
  rectifications: z.array(RectificationLine),
  talks: z.array(z.string()),
  history: z.array(Happened),
})
export type PaperPage = z.infer<typeof PaperPage>

const seen = { version: z.number().int() }
export const PaperSeen = z.object(seen)
export const PaperSign = z.object({
  ...seen,
  /** Of the office: who signed. A leader signs for themself. */
  signer: z.string().max(60).default(''),
  number: z.string().max(60),
  on: Day,
  until: Day.optional(),
})
export type PaperSign = z.infer<typeof PaperSign>
export const PaperVoid = z.object({ ...seen, reason: z.string().max(500) })

/** What became of it: `notes` are told to whoever did it. */
export const PaperDone = z.object({ id: z.string(), notes: z.array(z.string()) })
export type PaperDone = z.infer<typeof PaperDone>

const Talk = z.object({
  unit: z.string(),
  day: z.string(),
  words: z.string(),
})
export const TalkList = z.object({ talks: z.array(Talk), units: z.array(Named) })
export type TalkList = z.infer<typeof TalkList>

export const TalkNew = z.object({
  units: z.array(z.string().max(64)).min(1).max(50),
  day: Day,
  by: z.string().trim().min(1, '请写明谁约谈').max(60),
  whom: z.string().trim().min(1, '请写明约谈了谁').max(60),
  text: z.string().trim().min(1, '请写明事由').max(500),
  tasks: z.array(z.string().max(60)).max(50).default([]),
})
export type TalkNew = z.infer<typeof TalkNew>
