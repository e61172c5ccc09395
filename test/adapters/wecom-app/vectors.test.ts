import { getSignature } from '@wecom/crypto'
import { describe, expect, it } from 'vitest'
import { createWecomAppAdapter } from '../../../adapters/wecom/app/index.ts'
import { wecomAppConfig } from '../../fakes/wecom-app.ts'
import { toRequest } from '../../fakes/wire.ts'
import { vectors } from '../wecom-bot/vectors.ts'

/** When they were signed: older ones are refused. */
const now = () => new Date(1_409_659_813_000)

const vector = (id: string) => {
  const found = vectors.find((each) => each.id === id)
  if (!found) throw new Error(id)
  return found
}

const adapterOf = ({ token, aes, receiveid }: { token: string; aes: string; receiveid: string }) =>
  createWecomAppAdapter({ ...wecomAppConfig, corpId: receiveid, token, aesKey: aes, agentId: '218' }, { fetch, now })

const url = (query: Record<string, string>) => `http://duban.test/webhooks/wecom?${new URLSearchParams(query)}`

describe("the platform's samples through the app", () => {
  it('A: the address is checked, also where a proxy made spaces of its pluses', async () => {
    const { signature, timestamp, nonce, encrypt, plain, ...keys } = vector('A-url-verify')
    for (const echostr of [encrypt, encrypt.replaceAll('+', ' ')]) {
      const wire = { method: 'GET' as const, url: url({ msg_signature: signature, timestamp, nonce, echostr }) }
      const received = await adapterOf(keys).receive?.(toRequest({ ...wire, headers: {}, body: '' }))
      const response = await received?.answer([])
      expect([response?.status, await response?.text()]).toEqual([200, plain])
    }
  })

  it('B: a text, its number of 64 bits kept as it is', async () => {
    const { signature, timestamp, nonce, encrypt, ...keys } = vector('B-app-text')
    const received = await adapterOf(keys).receive?.(
      toRequest({
        method: 'POST',
        url: url({ msg_signature: signature, timestamp, nonce }),
        headers: { 'content-type': 'text/xml' },
        body: `<xml><ToUserName><![CDATA[${keys.receiveid}]]></ToUserName><AgentID><![CDATA[218]]></AgentID><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
      }),
    )
    expect(received?.messages).toEqual([
      {
        id: '4561255354251345929',
        platform: 'wecom',
        route: '218',
        at: new Date('2014-09-02T12:10:13.000Z'),
        from: { id: 'mycreate', name: '' },
        room: { platform: 'wecom', route: '218', kind: 'person', id: 'mycreate' },
        addressed: true,
        text: 'hello',
      },
    ])
    expect(await (await received?.answer([]))?.text()).toBe('')
  })

  it('D: a check of the address under another corporation’s key', async () => {
    const aes = '4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws'
    const encrypt = '6KmUQuPVu7UhjyVqRdbo5SfcRqaHvbUlKSHFvBV2ZuR6TIlKsygcfeSd1GDplg1C5KSKr6UPHCaC/nIX3ZNt9w=='
    const keys = { token: 'Tokenofatest', aes, receiveid: 'ww6a112864f8022910' }
    const signature = getSignature(keys.token, '1', 'n', encrypt)
    const asked = url({ msg_signature: signature, timestamp: '1', nonce: 'n', echostr: encrypt })
    const wire = { method: 'GET' as const, url: asked, headers: {}, body: '' }
    const received = await adapterOf(keys).receive?.(toRequest(wire))
    expect(await (await received?.answer([]))?.text()).toBe('94966531020182955848408')
    const other = adapterOf({ ...keys, receiveid: 'wx5823bf96d3bd56c7' })
    await expect(other.receive?.(toRequest(wire))).rejects.toMatchObject({ status: 401 })
  })
})
