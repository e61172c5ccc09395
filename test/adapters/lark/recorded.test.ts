import { describe, expect, it } from 'vitest'
import { createLarkAdapter } from '../../../adapters/lark/index.ts'
import { createFakeLark, larkConfig, larkWire } from '../../fakes/lark.ts'
import { toRequest } from '../../fakes/wire.ts'
import { asJson, recorded } from '../recorded.ts'

const now = () => new Date(1_700_000_000_000)

describe('recorded callbacks of Lark', () => {
  it.each(recorded(new URL('./recorded/', import.meta.url)))('%s', async (_, { headers, plain, expect: wanted }) => {
    const adapter = createLarkAdapter(larkConfig, { fetch: createFakeLark(larkConfig, now).fetch, now })
    const received = await adapter.receive?.(toRequest(larkWire(larkConfig, plain, now(), headers)))
    expect(asJson(received?.messages)).toEqual(wanted)
  })
})
