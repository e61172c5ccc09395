import { z } from 'zod'
import { Intent, type IntentName } from '../model/intent.ts'

/** A request that a sentence may be guessed to be, as its command calls it, with an example of how it is said. */
export interface Guessable {
  intent: IntentName
  title: string
  example: string
}

/**
 * What is never guessed: who may do what, where and when somebody is told, and what reads its own form (新增任务, 更正).
 * These are said in so many words or not at all.
 */
const NEVER: readonly IntentName[] = [
  ...(['none', 'answer', 'help', 'console', 'bind', 'handover', 'mute', 'show'] as const),
  ...([
    'subscribe',
    'unsubscribe',
    'subscriptions',
    'assign',
    'amend',
    'export',
    'tally',
    'request',
    'sentiment',
    'publication',
    'activity',
  ] as const),
]

export const isEverGuessed = (intent: IntentName): boolean => !NEVER.includes(intent)

const LONGEST = 60
const MOST = 20

const copied = (what: string) => z.string().min(1).max(LONGEST).describe(what)
const several = (what: string) => z.array(z.string().min(1).max(LONGEST)).min(1).max(MOST).describe(what)

/** Of these slots the model copies the sentence's own words; what they come to our own rules say. */
const copiedSlots = {
  tasks: several('任务编号，照抄'),
  not: several('不涉及或除外的任务编号，照抄'),
  units: several('单位，照抄'),
  to: copied('交给或改由谁，照抄'),
  by: copied('审查人姓名，照抄'),
  window: copied('问的是哪一段时间，照抄'),
  until: copied('到什么时候为止，照抄'),
  on: copied('哪一天发生的，照抄'),
  period: copied('哪一期，照抄'),
  keyword: copied('任务名里的词，照抄'),
  proof: copied('交了哪一样材料，照抄'),
  parts: several('科室，照抄'),
}
export type CopiedSlot = keyof typeof copiedSlots

/** These are of few values, so that the frame's own schema is all that they need. */
const CHOSEN = ['state', 'mine', 'rest', 'zero', 'all', 'grant', 'back'] as const

const shapeOf = (intent: IntentName): Record<string, z.ZodType> =>
  Intent.options.find((option) => option.shape.intent.value === intent)?.shape ?? {}

const schemaOf = (intent: IntentName) => {
  const shape = shapeOf(intent)
  const words = Object.entries(copiedSlots).filter(([slot]) => slot in shape)
  return z.strictObject({
    intent: z.literal(intent),
    ...Object.fromEntries(words.map(([slot, schema]) => [slot, schema.optional()])),
    ...Object.fromEntries(CHOSEN.flatMap((slot) => (shape[slot] ? [[slot, shape[slot]]] : []))),
  })
}

/** Of each frame what reads it and how it is told, made when it is first wanted: that takes longer than all else of a question. */
const made = new Map<IntentName, { schema: z.ZodType; told: Record<string, unknown> }>()
const madeOf = (intent: IntentName) => {
  const before = made.get(intent)
  if (before) return before
  const schema = schemaOf(intent)
  const { $schema: _, ...told } = z.toJSONSchema(schema)
  const now = { schema, told }
  made.set(intent, now)
  return now
}

/** A frame as the model may fill it in: the slots that a sentence tells, and no other. */
export type Guessed = { intent: IntentName } & Partial<Record<CopiedSlot, string | string[]>> &
  Partial<Record<(typeof CHOSEN)[number], unknown>>

/** What the model may answer, as a JSON schema: one of the frames that are offered, or none of them. */
export const jsonSchemaOf = (offered: readonly Guessable[]): Record<string, unknown> => ({
  type: 'object',
  properties: { frame: { anyOf: [...offered.map(({ intent }) => madeOf(intent).told), madeOf('none').told] } },
  required: ['frame'],
  additionalProperties: false,
})

/** Models fill what they do not know with null, '' or []: all of them mean that it was not said. */
const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

const withoutEmpty = (frame: unknown): unknown =>
  typeof frame === 'object' && frame !== null && !Array.isArray(frame)
    ? Object.fromEntries(Object.entries(frame).filter(([, value]) => !isEmpty(value)))
    : frame

/** Nobody's answer is longer. */
const LONGEST_ANSWER = 8000

const parsed = (text: string): unknown => {
  if (text.length > LONGEST_ANSWER) return undefined
  // Some put their JSON between words or fences.
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** The frame in an answer, by its shape alone; undefined where it is none of those that were offered. */
export const frameIn = (answer: string, offered: readonly Guessable[]): Guessed | undefined => {
  const read = parsed(answer)
  if (typeof read !== 'object' || read === null) return undefined
  const bare = withoutEmpty('frame' in read ? read.frame : read)
  const named = offered.find(({ intent }) => intent === (bare as Partial<Guessed> | null)?.intent)
  return named && (madeOf(named.intent).schema.safeParse(bare).data as Guessed | undefined)
}
