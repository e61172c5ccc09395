import { Worker } from 'node:worker_threads'
import type { Outgoing, Returned, Send } from '../../adapters/deps.ts'
import { NoAnswer } from '../../adapters/no-answer.ts'
import { threadProgram } from './thread.ts'

export interface Asked {
  id: number
  outgoing: Outgoing
}
export type Told = { id: number } & ({ incoming: Returned } | { failed: { sent: boolean; timedOut: boolean } })

interface Waiting {
  resolve(incoming: Returned): void
  reject(error: NoAnswer): void
}

/** It holds a call's words for a moment, and no more. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 }

/**
 * Calls to the platforms by a thread of their own, begun with the first: while one core speaks HTTP and TLS, another decides
 * what is said next. Calls of one turn of the loop go over together. A thread that ends leaves its calls in doubt, and the
 * next call begins another.
 */
export const createThreadSend = (): Send => {
  const waiting = new Map<number, Waiting>()
  let open: Asked[] = []
  let last = 0
  let worker: Worker | undefined

  const ended = (): void => {
    worker = undefined
    const lost = [...waiting.values()]
    waiting.clear()
    for (const { reject } of lost) reject(new NoAnswer(true, false))
  }
  const heard = (told: readonly Told[]): void => {
    for (const one of told) {
      const call = waiting.get(one.id)
      waiting.delete(one.id)
      if ('incoming' in one) call?.resolve(one.incoming)
      else call?.reject(new NoAnswer(one.failed.sent, one.failed.timedOut))
    }
    // Nobody waits: it keeps no process alive.
    if (waiting.size === 0) worker?.unref()
  }
  const begin = (): Worker => {
    const begun = new Worker(threadProgram('send'), { execArgv: [], resourceLimits: LIMITS })
    begun.on('message', heard)
    begun.on('error', () => undefined)
    begun.once('exit', ended)
    return begun
  }
  const post = (): void => {
    worker ??= begin()
    worker.ref()
    worker.postMessage(open)
    open = []
  }
  return (outgoing) =>
    new Promise((resolve, reject) => {
      if (open.length === 0) setImmediate(post)
      const id = ++last
      open.push({ id, outgoing })
      waiting.set(id, { resolve, reject })
    })
}
