import { describe, expect, it } from 'vitest'
import { createWecomAppAdapter } from '../../../adapters/wecom/app/index.ts'
import { wecomAppConfig, wecomAppWire } from '../../fakes/wecom-app.ts'
import { toRequest } from '../../fakes/wire.ts'
import { asJson, recorded } from '../recorded.ts'

const now = () => new Date(1_700_000_000_000)

describe("recorded callbacks of WeCom's self-built app", () => {
  it.each(recorded(new URL('./recorded/', import.meta.url)))('%s', async (_, { headers, plain, expect: wanted }) => {
    const adapter = createWecomAppAdapter(wecomAppConfig, { fetch, now })
    const wire = wecomAppWire(wecomAppConfig, plain, now())
    const received = await adapter.receive?.(toRequest({ ...wire, headers: { ...wire.headers, ...headers } }))
    expect(asJson(received?.messages)).toEqual(wanted)
  })
})
