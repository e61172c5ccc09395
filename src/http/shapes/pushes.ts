import { z } from 'zod'
import { Day } from '../../model/deadline.ts'
import { Role } from '../../model/person.ts'
import { RegisterSettings, Retention, Settings } from '../../model/settings.ts'
import { Content } from '../../model/subscription.ts'
import { listed, Paging } from './shared.ts'

const Named = z.object({ id: z.string(), name: z.string() })
export const PushState = z.enum(['sent', 'waiting', 'dropped', 'dead', 'unsure'])
export type PushState = z.infer<typeof PushState>

/** targets = sent + waiting + dropped + dead + unsure. */
export const Account = z.object({
  targets: z.number(),
  sent: z.number(),
  waiting: z.number(),
  dropped: z.number(),
  dead: z.number(),
  unsure: z.number(),
})
export type Account = z.infer<typeof Account>

/** Days of pushes; absent: the two weeks that end today. */
export const Span = z.object({
  from: Day.optional(),
  to: Day.refine((day) => day < '9999-12-31', { error: '没有再往后的日子' }).optional(),
})
export const Accounts = z.object({
  asOf: z.iso.datetime(),
  from: Day,
  to: Day,
  whole: Account,
  batches: z.array(z.object({ batch: z.string(), words: z.string(), account: Account })),
  /** Rooms that the bot has lost or in which nobody speaks. */
  ailing: z.array(z.string()),
})
export type Accounts = z.infer<typeof Accounts>

/** `batch`: as the accounts name it; `caused` for what people's doing caused. */
export const MessagesAsked = Span.extend(Paging.shape).extend({
  batch: z.string().max(80).optional(),
  state: listed,
  unit: z.string().max(80).optional(),
  room: z.string().max(200).optional(),
})
export const PushMessage = z.object({
  id: z.string(),
  batch: z.string(),
  room: z.string(),
  place: z.string(),
  units: z.array(z.string()),
  state: PushState,
  words: z.string(),
  /** Why it has not arrived, and what to do about it; empty for one that has. */
  why: z.string(),
  remedy: z.string(),
  at: z.iso.datetime(),
  attempts: z.number(),
})
export type PushMessage = z.infer<typeof PushMessage>
export const Messages = z.object({ asOf: z.iso.datetime(), total: z.number(), rows: z.array(PushMessage) })
export type Messages = z.infer<typeof Messages>

/** What will be pushed in the days to come, as the ledger stands now. */
export const Ahead = z.object({
  asOf: z.iso.datetime(),
  days: z.array(
    z.object({
      day: Day,
      rest: z.boolean(),
      pushes: z.array(
        z.object({ id: z.string(), at: z.string(), words: z.string(), place: z.string(), units: z.array(z.string()) }),
      ),
    }),
  ),
})
export type Ahead = z.infer<typeof Ahead>
export const PreviewAsked = z.object({ day: Day, id: z.string().max(300) })
/** `card` is as `src/model/card.ts` has it; null where there would be nothing to say. */
export const Preview = z.object({ card: z.unknown().nullable() })

export const PushSubscription = z.object({
  id: z.string(),
  room: z.string(),
  place: z.string(),
  content: Content,
  every: z.enum(['day', 'workday', 'week', 'month']),
  on: z.number().nullable(),
  at: z.string(),
  rhythm: z.string(),
  says: z.string(),
  next: z.iso.datetime(),
  person: z.string(),
})
export type PushSubscription = z.infer<typeof PushSubscription>
export const Subscriptions = z.object({
  asOf: z.iso.datetime(),
  rows: z.array(PushSubscription),
  /** The list that every unit's room hears without being asked for. */
  usual: z.string(),
  /** Places that a push may go into. */
  places: z.array(z.object({ room: z.string(), words: z.string() })),
})
export type Subscriptions = z.infer<typeof Subscriptions>

/** When papers are drafted is set where they are; how long things are kept, beside this. */
export const SettingsShown = z.object({
  version: z.number(),
  settings: Settings.omit({ papers: true, retention: true, registers: true }),
})
export type SettingsShown = z.infer<typeof SettingsShown>

export const RetentionShown = z.object({ version: z.number(), retention: Retention })
export type RetentionShown = z.infer<typeof RetentionShown>

/** Of the other clocks; `people`: who may be told of an hour clock that runs out. */
export const RegistersSet = z.object({ version: z.number(), registers: RegisterSettings })
export const RegistersShown = RegistersSet.extend({ people: z.array(Named.extend({ role: Role })) })
export type RegistersShown = z.infer<typeof RegistersShown>

export const NoiseAsked = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
})
export const Noise = z.object({
  asOf: z.iso.datetime(),
  month: z.string(),
  rows: z.array(
    z.object({
      unit: Named,
      unasked: z.number(),
      caused: z.number(),
      answers: z.number(),
      asks: z.number(),
    }),
  ),
})
export type Noise = z.infer<typeof Noise>
