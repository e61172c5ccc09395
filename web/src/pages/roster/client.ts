import { hc } from 'hono/client'
import type { RosterApi } from '../../../../src/http/api/roster.ts'
import { options } from '../../lib/api.ts'

export const client = hc<RosterApi>('/api', options)

/** The body of an answer; what was refused has been thrown by then. */
export const bodyOf = async <T>(answer: Promise<{ json(): Promise<unknown> }>): Promise<T> =>
  (await (await answer).json()) as T
