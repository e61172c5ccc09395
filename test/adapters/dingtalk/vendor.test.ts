import { DWClient, type DWClientDownStream, TOPIC_CARD, TOPIC_ROBOT } from 'dingtalk-stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeDingtalk, dingtalkConfig } from '../../fakes/dingtalk.ts'
import { openDingtalkGateway } from '../../fakes/dingtalk-gateway.ts'

const now = () => new Date(1_700_000_000_000)

/** The platform's own client against our fake of the platform: what it understands, the fake says rightly. */
describe('the fake gateway, through the platform’s own client', () => {
  let fake: ReturnType<typeof createFakeDingtalk>
  let gateway: Awaited<ReturnType<typeof openDingtalkGateway>>
  let client: DWClient
  let heard: unknown[]

  const clientOf = (secret = dingtalkConfig.clientSecret) => {
    const made = new DWClient({ clientId: dingtalkConfig.clientId, clientSecret: secret })
    // Of its own: the default is one list for all clients of the process.
    Object.assign(made.config, { autoReconnect: false, subscriptions: [{ type: 'EVENT', topic: '*' }] })
    // Where it asks is a constant in there, so the same question is asked of the fake.
    Object.assign(made, {
      getEndpoint: async () => {
        const { clientId, clientSecret, subscriptions } = made.getConfig()
        const answer = await fake.fetch(`${dingtalkConfig.apiBase}/v1.0/gateway/connections/open`, {
          method: 'POST',
          headers: { accept: 'application/json', 'content-type': 'application/json' },
          body: JSON.stringify({ clientId, clientSecret, subscriptions, ua: '' }),
        })
        const { endpoint, ticket } = (await answer.json()) as { endpoint?: string; ticket?: string }
        if (!endpoint || !ticket) throw new Error('no endpoint')
        Object.assign(made, { dw_url: `${endpoint}?ticket=${encodeURIComponent(ticket)}` })
        return made
      },
    })
    return made
  }
  const take = (frame: DWClientDownStream) => {
    client.socketCallBackResponse(frame.headers.messageId, { seen: true })
    heard.push(JSON.parse(frame.data))
  }

  beforeEach(async () => {
    // It talks to the console whatever one asks of it.
    for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => undefined)
    fake = createFakeDingtalk(dingtalkConfig, now)
    gateway = await openDingtalkGateway(fake)
    heard = []
    client = clientOf()
  })
  afterEach(async () => {
    client.disconnect()
    vi.restoreAllMocks()
    await gateway.close()
  })

  it('a message and a pressed card come in and are acknowledged, a ping and an event are answered', async () => {
    client.registerCallbackListener(TOPIC_ROBOT, take).registerCallbackListener(TOPIC_CARD, take)
    await client.connect()
    expect(client.connected).toBe(true)
    const message = fake.payload({ from: 'user123', chat: 'cidA', text: '收到', id: 'm1' })
    const press = { type: 'actionCallback', outTrackId: 'o1', corpId: 'ding1', userId: 'user123', content: '{}' }
    const seen = { code: 200, data: { response: { seen: true } } }
    expect(await gateway.push('CALLBACK', TOPIC_ROBOT, message)).toEqual(seen)
    expect(await gateway.push('CALLBACK', TOPIC_CARD, press)).toEqual(seen)
    expect(heard).toEqual([message, press])
    expect(await gateway.push('SYSTEM', 'ping', { opaque: 'x' })).toEqual({ code: 200, data: { opaque: 'x' } })
    expect(await gateway.push('EVENT', '*', {})).toEqual({ code: 200, data: { status: 'SUCCESS' } })
  })

  it('a ticket opens one connection, and a wrong secret none', async () => {
    await client.connect()
    await Reflect.apply(Reflect.get(client, '_connect'), client, []).catch(() => undefined)
    expect(gateway.seen.connections).toBe(1)
    const other = clientOf('guessed')
    await other.connect()
    expect(other.connected).toBe(false)
  })
})
