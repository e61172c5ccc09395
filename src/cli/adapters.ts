import type { Config } from '../config.ts'
import type { Deps } from '../flow/deps.ts'
import { sockets } from '../node/sockets.ts'
import { nodeAdapterDeps } from '../node-deps.ts'
import { type Platformed, platformAdapters } from '../platforms.ts'

/** The platforms of the configuration for one command: it sends and asks, and listens to none. */
export const adaptersOf = (config: Config, deps: Pick<Deps, 'now' | 'log'>): Promise<Platformed[]> =>
  platformAdapters(config, nodeAdapterDeps({ config, now: deps.now, log: deps.log }), sockets)
