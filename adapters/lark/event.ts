import type { z } from 'zod'
import { Refused } from '../../src/model/problem.ts'

/** A proven event, its fields not yet read. */
export interface LarkEvent {
  id: string
  type: string
  /** Milliseconds for events, microseconds for callbacks. */
  created: string | undefined
  event: unknown
}

/** @throws Refused 400 where they are not of that shape */
export function fields<T extends z.ZodType>(shape: T, value: unknown): z.infer<T> {
  const read = shape.safeParse(value)
  if (!read.success) throw new Refused(400)
  return read.data
}
