import type { z } from 'zod'
import { Intent } from './intent.ts'

/** The frame with what was put in, or the names of the slots that cannot hold what was. */
export type Completed = { intent: Intent } | { wrong: string[] }

/** What one input takes, as the forms themselves say. */
const LONGEST = 1000
const MOST = 20

/** Between things of one list; a half-width comma may be part of an address. */
const BETWEEN = /[\s，；、]+/

const slotsOf = (intent: Intent): Record<string, z.ZodType> | undefined =>
  Intent.options.find((option) => option.shape.intent.value === intent.intent)?.shape

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST

/** What the value may mean, the likeliest first; none for what no input gives, undefined for one that was left empty. */
const readings = (value: unknown): unknown[] | undefined => {
  if (value === null || value === undefined) return undefined
  const several = Array.isArray(value)
  if (several ? value.length > MOST || !value.every(isText) : !isText(value)) return []
  const list = (several ? value : String(value).split(BETWEEN)).map((each: string) => each.trim()).filter(Boolean)
  if (list.length === 0) return undefined
  return several ? [list] : list.length > MOST ? [] : [String(value).trim(), list]
}

/**
 * A button's frame with the answers of its form, by the names of its slots: texts as they are, lists divided at spaces and
 * full-width commas, empty ones left out. What is none of the frame's slots is dropped; what does not fit one is named, and
 * then nothing is to be done.
 */
export const completedBy = (intent: Intent, values: Record<string, unknown>): Completed => {
  const slots = Object.entries(slotsOf(intent) ?? {}).filter(
    ([name]) => name !== 'intent' && Object.hasOwn(values, name),
  )
  const filled: Record<string, unknown> = {}
  const wrong: string[] = []
  for (const [name, slot] of slots) {
    const read = readings(values[name])?.map((reading) => slot.safeParse(reading))
    if (!read) continue
    const fits = read.find(({ success }) => success)
    if (fits) filled[name] = fits.data
    else wrong.push(name)
  }
  return wrong.length > 0 ? { wrong } : { intent: { ...intent, ...filled } as Intent }
}

/** All words that were put in, for whoever has to read them before anything is done with them. */
export const wordsIn = (values: Record<string, unknown>): string =>
  Object.values(values).flat().filter(isText).join('\n')
