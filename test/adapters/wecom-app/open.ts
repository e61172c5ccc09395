import type { AdapterDeps } from '../../../adapters/deps.ts'
import { createWecomAppAdapter } from '../../../adapters/wecom/app/index.ts'
import { createFakeWecomApp, wecomAppConfig } from '../../fakes/wecom-app.ts'
import { toRequest, type Wire } from '../../fakes/wire.ts'

/** An app with its platform around it and a clock that is moved by hand. */
export function openApp(more: Partial<AdapterDeps> = {}) {
  let time = 1_700_000_000_000
  const now = () => new Date(time)
  const log: string[] = []
  const fake = createFakeWecomApp(wecomAppConfig, now)
  const adapter = createWecomAppAdapter(wecomAppConfig, {
    ...{ fetch: fake.fetch, now, timeout: 40, ...more },
    log: ({ event, outcome }) => log.push(`${event} ${outcome}`),
  })
  const receive = async (wire: Wire) => {
    const received = await adapter.receive?.(toRequest(wire))
    const [message] = received?.messages ?? []
    if (!message) throw new Error('nothing was said')
    return message
  }
  const to = { platform: 'wecom' as const, route: wecomAppConfig.agentId, kind: 'person' as const, id: 'zhangsan' }
  const pass = (ms: number) => {
    time += ms
  }
  return { fake, adapter, receive, to, pass, log, now }
}
