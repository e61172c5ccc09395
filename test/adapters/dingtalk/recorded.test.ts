import { describe, expect, it } from 'vitest'
import { createDingtalkAdapter } from '../../../adapters/dingtalk/index.ts'
import { dingtalkConfig, dingtalkWire } from '../../fakes/dingtalk.ts'
import { toRequest } from '../../fakes/wire.ts'
import { asJson, recorded } from '../recorded.ts'

const now = () => new Date(1_700_000_000_000)

describe("recorded callbacks of DingTalk's robot", () => {
  it.each(recorded(new URL('./recorded/', import.meta.url)))('%s', async (_, { headers, plain, expect: wanted }) => {
    const adapter = createDingtalkAdapter(dingtalkConfig, { fetch, now })
    const received = await adapter.receive?.(toRequest(dingtalkWire(dingtalkConfig, plain, now(), headers)))
    expect(asJson(received?.messages)).toEqual(wanted)
  })
})
