import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { nodeCrypto } from '../adapters/crypto.node.ts'
import type { AdapterDeps } from '../adapters/deps.ts'
import { createKeepAliveFetch, createSend } from '../adapters/transport.node.ts'
import { createModel } from './ask-model.ts'
import type { Office } from './config.ts'
import { createDraw } from './draw/draw.ts'
import type { Deps } from './flow/deps.ts'
import { createLinkCheck } from './flow/link-check.ts'
import { createFolderBlobs } from './node/blobs.ts'
import { createLook } from './node/look.ts'
import { readIndicatorsInThread, readInThread } from './node/read-plan.ts'
import { createThreadSend } from './node/send.ts'
import { isBuilt } from './node/thread.ts'
import { type OfficeGiven, officeDeps } from './office-deps.ts'

/** One office on this machine. */
export interface NodeDeps extends OfficeGiven {
  /** Its name, where its row is yet to be made. */
  name?: string
  /** The office above it, and which of its units it is. */
  above?: Office['above']
}

const POOL = 4096

/** 0 ≤ x < 1 in steps of 1/256 from the system's randomness, fetched in handfuls: a call for each byte takes longer than all else of an id. */
const createChance = (): (() => number) => {
  let pool = randomBytes(0)
  let at = 0
  return () => {
    if (at === pool.length) [pool, at] = [randomBytes(POOL), 0]
    return pool.readUInt8(at++) / 256
  }
}

/** Holds what runs in the background until it is settled. */
export const keptIn =
  (pending: Set<Promise<unknown>>) =>
  (promise: Promise<unknown>): void => {
    pending.add(promise)
    void promise.finally(() => pending.delete(promise))
  }

/** What the flow of one office lives on, on this machine. `pending` is what runs in the background. */
export const nodeDeps = (given: NodeDeps, pending: Set<Promise<unknown>>): Deps => {
  const { config, now, log, office } = given
  return {
    ...officeDeps(given, createChance()),
    salt: () => randomBytes(12).toString('hex'),
    secureRandom: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    parseFile: readInThread,
    readIndicators: readIndicatorsInThread,
    checkLink: createLinkCheck({ look: createLook(), hosts: config.evidenceHosts }),
    draw: createDraw(config.dataDir),
    blobs: createFolderBlobs(join(config.dataDir, 'files'), office),
    ...(config.languageModel && { askModel: createModel(config.languageModel, { fetch, log, now }).ask }),
    background: keptIn(pending),
  }
}

/** One thread and its connections serve all offices of a process. */
const send = isBuilt ? createThreadSend() : createSend()

/** What the platforms' adapters live on, on this machine: the network, and a hand that draws. */
export const nodeAdapterDeps = ({ config, now, log }: Pick<NodeDeps, 'config' | 'now' | 'log'>): AdapterDeps => ({
  fetch: createKeepAliveFetch(),
  send,
  crypto: nodeCrypto,
  now,
  log,
  draw: createDraw(config.dataDir),
})
