import { z } from 'zod'
import { Intent } from '../../model/intent.ts'
import { Role } from '../../model/person.ts'

/** Somebody as whom one can speak in the simulated group. */
export const TryPerson = z.object({
  account: z.string(),
  name: z.string(),
  role: Role,
  units: z.array(z.string()),
  /** Whether the console lets them in: a stranger has no session. */
  known: z.boolean(),
  /** The key of the single chat with the bot. */
  room: z.string(),
})
export type TryPerson = z.infer<typeof TryPerson>

export const TryRoom = z.object({ key: z.string(), name: z.string(), about: z.string() })
export type TryRoom = z.infer<typeof TryRoom>

export const TryHint = z.object({ account: z.string(), room: z.string(), text: z.string(), why: z.string() })
export type TryHint = z.infer<typeof TryHint>

export const TryState = z.object({
  /** Another one: the demo began anew. */
  epoch: z.string(),
  office: z.string(),
  botName: z.string(),
  zone: z.string(),
  people: z.array(TryPerson),
  rooms: z.array(TryRoom),
  hints: z.array(TryHint),
})
export type TryState = z.infer<typeof TryState>

/** The demo's own day and time, as the office reads them. */
export const TryClock = z.object({ now: z.iso.datetime(), today: z.iso.date(), time: z.string(), workday: z.boolean() })
export type TryClock = z.infer<typeof TryClock>

export const TryMessage = z.object({
  ref: z.string(),
  seq: z.number().int(),
  room: z.string(),
  /** Day and time of the office: 4月20日 09:00. */
  at: z.string(),
  from: z.object({ account: z.string(), name: z.string() }).optional(),
  text: z.string(),
  /** As `src/model/card.ts` has it. */
  card: z.unknown().optional(),
  mention: z.array(z.string()),
  file: z.object({ name: z.string(), size: z.number() }).optional(),
  turned: z.boolean().optional(),
})
export type TryMessage = z.infer<typeof TryMessage>

/** `wait`: seconds to wait for something new. */
export const TryAsk = z.object({
  epoch: z.string().default(''),
  after: z.coerce.number().int().min(0).default(0),
  wait: z.coerce.number().int().min(0).max(30).default(0),
})
export const TryNews = z.object({
  epoch: z.string(),
  seq: z.number().int(),
  clock: TryClock,
  messages: z.array(TryMessage),
})
export type TryNews = z.infer<typeof TryNews>

const spoken = {
  /** Made by the browser, so that what is sent again is heard once. */
  id: z.string().min(8).max(64),
  account: z.string().max(40),
  room: z.string().max(200),
}
export const TrySay = z.object({ ...spoken, text: z.string().trim().min(1).max(4000), mention: z.boolean() })
export const TryPress = z.object({ ...spoken, button: Intent, filled: z.record(z.string(), z.unknown()).optional() })
/** Of a form: what is no file is text. */
export const TryDrop = z.object({ ...spoken, mention: z.enum(['yes', 'no']), file: z.instanceof(File) })
export const TryHeard = z.object({ status: z.string() })
export const TryMove = z.object({ to: z.string().max(40) })
export const TryEnter = z.object({ account: z.string().max(40) })
