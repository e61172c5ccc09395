import { parentPort } from 'node:worker_threads'
import { NoAnswer } from '../../adapters/no-answer.ts'
import { createSend } from '../../adapters/transport.node.ts'
import type { Asked, Told } from './send.ts'

/** A thread's work: calls to the platforms, TLS and all, and what came of them; those of one turn of the loop go back together. */

const send = createSend()
let open: Told[] = []

const tell = (told: Told): void => {
  if (open.length === 0)
    setImmediate(() => {
      parentPort?.postMessage(open)
      open = []
    })
  open.push(told)
}

const make = async ({ id, outgoing }: Asked): Promise<void> => {
  try {
    const { bytes, ...incoming } = await send(outgoing)
    // What a socket read is a piece of a larger buffer, which would go along.
    tell({ id, incoming: { ...incoming, bytes: bytes && new Uint8Array(bytes) } })
  } catch (error) {
    const { sent, timedOut } = error instanceof NoAnswer ? error : { sent: true, timedOut: false }
    tell({ id, failed: { sent, timedOut } })
  }
}

parentPort?.on('message', (asked: Asked[]) => {
  for (const one of asked) void make(one)
})
