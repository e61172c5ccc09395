import { z } from 'zod'
import { Intent } from '../../model/intent.ts'

/** No press carries more: a whole screen of rows with what was put in. */
const LONGEST = 20_000
const isShort = (value: unknown): boolean => JSON.stringify(value).length <= LONGEST

/**
 * A frame that a button or form of the console sends off, in the name of whoever is signed in; or words alone, which answer
 * what the bot asked back.
 */
export const Act = z
  .object({
    /** Made by the browser for each press, so that one that is sent again is done once. */
    id: z.string().min(8).max(64),
    intent: Intent.refine(isShort, { error: '一次选得太多，请分几次' }).optional(),
    /** The words that go with it: a reason, a note. */
    text: z.string().max(4000).default(''),
    /** What was put into the form that the button sends off. */
    filled: z.record(z.string(), z.unknown()).refine(isShort, { error: '填得太长' }).optional(),
  })
  .refine(({ intent, text }) => intent !== undefined || text.trim() !== '', { error: '没有写要办什么', path: ['text'] })
export type Act = z.infer<typeof Act>

/** What the bot answered. `card` is as `src/model/card.ts` has it; `asks`: it asks back, and words may answer it. */
export const Acted = z.object({
  ...{ status: z.string(), refused: z.boolean(), asks: z.boolean() },
  card: z.unknown().optional(),
})
