import type { Adapter } from '../adapters/adapter.ts'
import { callJson, NoAnswer } from '../adapters/call.ts'
import type { AdapterDeps } from '../adapters/deps.ts'
import { createLarkAdapter } from '../adapters/lark/index.ts'
import { createKeepAliveFetch, createSend } from '../adapters/transport.node.ts'
import { createWecomAppAdapter } from '../adapters/wecom/app/index.ts'
import { createWecomHookAdapter } from '../adapters/wecom/hook/index.ts'
import { openStore } from '../db/open.ts'
import { readConfig } from '../src/config.ts'
import { tick } from '../src/flow/tick.ts'
import { DeliveryError } from '../src/model/problem.ts'
import { openLog } from '../src/node/log.ts'
import { nodeDeps } from '../src/node-deps.ts'
import { larkConfig } from '../test/fakes/lark.ts'
import { wecomAppConfig } from '../test/fakes/wecom-app.ts'
import { sleep } from './chance.ts'
import { createClock } from './movable-clock.ts'

/** Can push, and takes no key: what was sent and never answered for is sent for all we know. */
const createKeyless = (domain: string, deps: AdapterDeps): Adapter => ({
  platform: 'dingtalk',
  route: 'bench',
  perMinute: 1000,
  canStart: { room: true, person: true },
  async deliver({ to, card }) {
    const answer = await callJson(deps, 'POST', `${domain}/send`, { to: to.id, title: card.title }).catch(
      (error: unknown) => {
        if (!(error instanceof NoAnswer)) throw error
        throw new DeliveryError(error.sent ? 'unsure' : 'later', error.message)
      },
    )
    if (answer.status === 429 || answer.status === 503) throw new DeliveryError('later', `keyless ${answer.status}`)
    if (answer.status >= 500 || answer.json === undefined) throw new DeliveryError('unsure', `keyless ${answer.status}`)
    return {}
  },
})

/** The app speaks to members alone: here each room stands for one. */
const createWecom = (domain: string, deps: AdapterDeps): Adapter => {
  const app = createWecomAppAdapter({ ...wecomAppConfig, apiBase: domain }, deps)
  const deliver: Adapter['deliver'] = (delivery) => app.deliver({ ...delivery, to: { ...delivery.to, kind: 'person' } })
  return { ...app, canStart: { room: true, person: true }, deliver }
}

const adaptersOf = (platform: string, domain: string, deps: AdapterDeps): Adapter[] => {
  if (platform === 'lark') return [createLarkAdapter({ ...larkConfig, domain }, deps)]
  if (platform === 'wecom') return [createWecom(domain, deps)]
  if (platform !== 'hook') return [createKeyless(domain, deps)]
  // The groups' own robots, and the app that tells people where those are gone.
  const app = { ...wecomAppConfig, apiBase: domain }
  return [createWecomHookAdapter(app, deps), createWecomAppAdapter(app, deps)]
}

/**
 * A process of the bench's own: the real store and the real tick, with an adapter that the program does not have yet, or
 * with a clock that the bench moves while it runs (`{ clock }` over the process's channel). Ticks without a pause.
 */
export const run = async ([platform = '', domain = '']: string[]): Promise<void> => {
  const clock = createClock(process.env.BENCH_NOW ?? '')
  process.on('message', (said: { clock: string }) => {
    clock.set(said.clock)
    process.send?.({ moved: said.clock })
  })
  process.on('disconnect', () => process.exit(0))
  const config = readConfig(process.env)
  const store = await openStore(process.env.DATABASE_URL ?? '')
  const log = openLog({ now: clock.now }).log
  const deps: AdapterDeps = { fetch: createKeepAliveFetch(), send: createSend(), now: clock.now }
  const flow = {
    ...nodeDeps({ config, store, now: clock.now, log, office: 'default' }, new Set()),
    adapters: adaptersOf(platform, domain, deps),
  }
  process.send?.({ ready: true })
  for (;;) {
    await tick(flow, 1000)
    await sleep(50)
  }
}
