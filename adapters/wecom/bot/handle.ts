import { z } from 'zod'
import { jsonOf } from '../../read.ts'

/** What fetching a file takes: its address, the key of its own where it has one (base64), and the end of both. */
const Handle = z.object({ url: z.string(), key: z.string().optional(), until: z.number() })
export type Handle = z.infer<typeof Handle>

/** The address of a file lives five minutes (path 100719). */
const LIVES_MS = 5 * 60_000

export const handleOf = ({ url, key, received }: { url: string; key?: string | undefined; received: Date }): string =>
  JSON.stringify({ url, ...(key !== undefined && { key }), until: received.getTime() + LIVES_MS })

/** Undefined where it is none of ours. */
export const readHandle = (handle: string): Handle | undefined => jsonOf(Handle, handle)
