import { describe, expect, it } from 'vitest'
import { createWecomBotAdapter } from '../../../adapters/wecom/bot/index.ts'
import { wecomBotConfig, wecomWire } from '../../fakes/wecom.ts'
import { toRequest } from '../../fakes/wire.ts'
import { asJson, recorded } from '../recorded.ts'

const now = () => new Date(1_700_000_000_000)

describe("recorded callbacks of WeCom's smart bot", () => {
  it.each(recorded(new URL('./recorded/', import.meta.url)))('%s', async (_, { headers, plain, expect: wanted }) => {
    const adapter = createWecomBotAdapter(wecomBotConfig, { fetch, now })
    const wire = wecomWire(wecomBotConfig, plain, now())
    const received = await adapter.receive?.(toRequest({ ...wire, headers: { ...wire.headers, ...headers } }))
    expect(asJson(received?.messages[0])).toEqual(wanted)
  })
})
