import { z } from 'zod'
import { NoAnswer } from '../../call.ts'
import { jsonOf } from '../../read.ts'

/** What comes over the connection: somebody's message or event (`cmd`), or the answer to a call of ours (`errcode`). */
const Frame = z.object({
  cmd: z.string().optional(),
  headers: z.object({ req_id: z.string() }),
  errcode: z.number().optional(),
  body: z.unknown().optional(),
})
export type Frame = z.infer<typeof Frame>

/** Undefined where it is none: nothing is done about it. */
export const readFrame = (text: string): Frame | undefined => jsonOf(Frame, text)

interface Waiting {
  answer(code: number): void
  broke(): void
}

/** Calls over one connection at a time: each waits for its answer, and those of one request id for each other. */
export interface Calls {
  /** A connection stands from now on; `send`: false where it does not any more. */
  open(send: (text: string) => boolean): void
  /** What was called and not answered may have arrived. */
  close(): void
  /** An answer, if it is one that somebody waits for. */
  heard(frame: Frame): void
  /** The errcode that it was answered with, 0 for done. @throws NoAnswer */
  call(cmd: string, body?: unknown, reqId?: string): Promise<number>
}

/** Frames by page 101463: `{cmd, headers: {req_id}, body}`, answered by `{headers: {req_id}, errcode}`. */
export function createCalls(ackMs: number): Calls {
  let send: ((text: string) => boolean) | undefined
  const waiting = new Map<string, Waiting>()
  /** The last call of each request id: the platform refuses two at once. */
  const lasts = new Map<string, Promise<unknown>>()

  const one = (cmd: string, body: unknown, reqId: string) =>
    new Promise<number>((resolve, reject) => {
      const frame = { cmd, headers: { req_id: reqId }, ...(body !== undefined && { body }) }
      if (!send?.(JSON.stringify(frame))) return reject(new NoAnswer(false, false))
      const end = () => {
        clearTimeout(timer)
        waiting.delete(reqId)
      }
      const broke = (timedOut: boolean) => {
        end()
        reject(new NoAnswer(true, timedOut))
      }
      const timer = setTimeout(() => broke(true), ackMs)
      waiting.set(reqId, {
        answer(code) {
          end()
          resolve(code)
        },
        broke: () => broke(false),
      })
    })

  return {
    open(to) {
      send = to
    },
    close() {
      send = undefined
      for (const { broke } of [...waiting.values()]) broke()
    },
    heard({ headers, errcode }) {
      if (errcode !== undefined) waiting.get(headers.req_id)?.answer(errcode)
    },
    async call(cmd, body, reqId = `${cmd}_${crypto.randomUUID()}`) {
      const before = lasts.get(reqId)
      const mine = before ? before.then(() => one(cmd, body, reqId)) : one(cmd, body, reqId)
      const settled = mine.catch(() => undefined)
      lasts.set(reqId, settled)
      try {
        return await mine
      } finally {
        if (lasts.get(reqId) === settled) lasts.delete(reqId)
      }
    },
  }
}
