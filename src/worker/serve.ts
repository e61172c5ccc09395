import { waitUntil } from 'cloudflare:workers'
import type { Store } from '../../db/store.ts'
import { createModel } from '../ask-model.ts'
import type { Office } from '../config.ts'
import type { Deps } from '../flow/deps.ts'
import { createLinkCheck } from '../flow/link-check.ts'
import type { Log } from '../log.ts'
import { officeDeps } from '../office-deps.ts'
import { platformAdapters, type Served } from '../platforms.ts'
import { createR2Blobs } from './blobs.ts'
import { look } from './look.ts'
import { readHere, readIndicatorsHere } from './read-plan.ts'

/** What all offices of a Worker share. */
export interface Common {
  store: Store
  files?: R2Bucket | undefined
  now(): Date
  log: Log
}

const hex = (bytes: number): string =>
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** One office on Workers: what its messages need, and the platforms that are on for it. @throws BadInput for a long connection */
export const servedHere = async (
  { office, config }: Office,
  { store, files, now, log }: Common,
): Promise<Served<Deps>> => {
  const network = { fetch: ((input, init) => fetch(input, init)) as typeof fetch, now, log }
  const platforms = await platformAdapters(config, network)
  const deps: Deps = {
    ...officeDeps({ config, store, now, log, office }, Math.random),
    salt: () => hex(12),
    secureRandom: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    adapters: platforms.map(({ adapter }) => adapter),
    parseFile: readHere,
    readIndicators: readIndicatorsHere,
    checkLink: createLinkCheck({ look, hosts: config.evidenceHosts }),
    ...(files && { blobs: createR2Blobs(files, office) }),
    ...(config.languageModel && { askModel: createModel(config.languageModel, network).ask }),
    // What runs on after the answer belongs to the invocation that began it.
    background: waitUntil,
  }
  return { office, deps, platforms }
}
