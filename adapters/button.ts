import { z } from 'zod'
import { Intent } from '../src/model/intent.ts'
import type { Address } from '../src/model/message.ts'
import { readShape } from './read.ts'

/**
 * What a button carries through the platform and back. `in` tells a single chat from a group where the platform's
 * callback does not.
 */
export const Pressed = z.object({ v: z.literal(1), intent: Intent, in: z.literal('person').optional() })
export type Pressed = z.infer<typeof Pressed>

export const pressed = (intent: Intent, kind: Address['kind']): Pressed =>
  kind === 'person' ? { v: 1, intent, in: 'person' } : { v: 1, intent }

/** @throws Refused 400 where it is not a button of ours */
export const readPressed = (value: unknown): Pressed => readShape(Pressed, value)
