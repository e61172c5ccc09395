import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, Sink } from '../../../adapters/adapter.ts'
import { createLarkSocketAdapter } from '../../../adapters/lark/socket.node.ts'
import type { Incoming } from '../../../src/model/message.ts'
import { BadInput } from '../../../src/model/problem.ts'
import { createFakeLark, larkConfig } from '../../fakes/lark.ts'
import { checkLarkCard, type FakeLarkCard, larkWords } from '../../fakes/lark-card.ts'
import { until } from '../../fakes/until.ts'
import { asJson, recorded } from '../recorded.ts'
import { openGateway } from './gateway.ts'

const now = () => new Date(1_700_000_000_000)
const { appId, appSecret } = larkConfig
const events = recorded(new URL('./recorded/', import.meta.url))
const plainOf = (name: string) => events.find(([each]) => each === name)?.[1].plain ?? ''

describe('the long connection of Lark, through the platform’s own SDK', () => {
  let gateway: Awaited<ReturnType<typeof openGateway>>
  let fake: ReturnType<typeof createFakeLark>
  let adapter: Adapter
  let messages: Incoming[]
  let sink: Sink
  let quit: AbortController
  let listening: Promise<void> | undefined
  let said: string[]

  beforeEach(async () => {
    gateway = await openGateway(larkConfig)
    fake = createFakeLark(larkConfig, now)
    said = []
    const log = ({ outcome }: { outcome: string }) => void said.push(outcome)
    const times = { pongSeconds: 0.5, againMs: 20, mostMs: 40 }
    adapter = createLarkSocketAdapter(
      { appId, appSecret, domain: gateway.domain },
      { fetch: fake.fetch, now, log },
      times,
    )
    messages = []
    sink = taken
    quit = new AbortController()
  })
  afterEach(async () => {
    quit.abort()
    await listening
    await gateway.close()
  })
  const taken: Sink = async (message) => {
    messages.push(message)
    return { message, status: 'silent' }
  }
  const connect = async () => {
    listening = adapter.listen?.((...heard) => sink(...heard), quit.signal)
    await until(() => said.includes('ready'))
  }

  it('hears of every recorded event what the webhook hears, and acknowledges each', async () => {
    await connect()
    for (const [name, { plain, expect: wanted }] of events) {
      messages = []
      expect((await gateway.push(plain)).code, name).toBe(200)
      expect(asJson(messages), name).toEqual(wanted)
    }
  })

  it('puts an event together that came in parts', async () => {
    await connect()
    await gateway.push(plainOf('group-text'), 3)
    expect(messages).toHaveLength(1)
  })

  it('answers a press over the connection: a toast, and the card as it now stands', async () => {
    await connect()
    const card = {
      title: '审核通过',
      tone: 'good' as const,
      blocks: [{ kind: 'text' as const, text: '公开17-4 已办结' }],
    }
    const inlines: unknown[] = []
    sink = async (message, inline) => {
      inlines.push(inline)
      return { message, status: 'answered', reply: card }
    }
    const { code, data } = await gateway.push(plainOf('press-in-group'))
    const { toast, card: shown } = data as { toast: object; card: { type: string; data: FakeLarkCard } }
    expect([code, toast, shown.type]).toEqual([200, { type: 'success', content: '审核通过' }, 'raw'])
    expect(checkLarkCard(shown.data)).toBeUndefined()
    expect(larkWords(shown.data)).toContain('公开17-4 已办结')
    expect(await gateway.push(plainOf('group-text'))).toEqual({ code: 200, data: {} })
    expect(inlines).toEqual([true, false])
  })

  it('leaves a pressed card as it is where nothing is to be said, or nothing of ours was pressed', async () => {
    await connect()
    expect(await gateway.push(plainOf('press-in-group'))).toEqual({ code: 200, data: {} })
    expect(messages.map(({ button }) => button)).not.toContain(undefined)
    const strange = plainOf('press-in-group').replace('"approve"', '"format-disk"')
    expect(await gateway.push(strange)).toEqual({ code: 200, data: {} })
    expect(said).toContain('undecodable')
  })

  it('acknowledges only what was stored: what failed comes again', async () => {
    await connect()
    sink = () => Promise.reject(new Error('the database is away'))
    expect((await gateway.push(plainOf('group-text'))).code).toBe(500)
    sink = taken
    expect((await gateway.push(plainOf('group-text'))).code).toBe(200)
    expect([messages.length, said]).toEqual([1, ['ready', 'failed']])
  })

  it('acknowledges what nobody could ever read, so that the next one comes', async () => {
    await connect()
    const broken = plainOf('group-text').replace('"message_id"', '"message_no"')
    expect((await gateway.push(broken)).code).toBe(200)
    expect(said).toContain('undecodable')
    await gateway.push(plainOf('group-text'))
    expect(messages).toHaveLength(1)
  })

  it('connects again when the line breaks, and when nothing comes any more', async () => {
    await connect()
    gateway.drop()
    await until(() => said.includes('reconnected') && gateway.connected() === 1)
    gateway.deafen()
    await until(() => gateway.seen.connections >= 3)
    gateway.hear()
    // The SDK hears what comes once it says so; what came the moment before is lost to it.
    const again = () => said.filter((outcome) => outcome === 'reconnected').length
    await until(() => again() === gateway.seen.connections - 1 && gateway.connected() === 1)
    // A connection that is as good as dead may still have taken it: what was heard twice has one name.
    await gateway.push(plainOf('group-text'))
    expect(new Set(messages.map(({ id }) => id)).size).toBe(1)
  })

  it('asks again where the SDK gives up: the platform was busy', async () => {
    gateway.refusals.push(1, 514, 1000040350)
    await connect()
    expect(said).toEqual(['given-up', 'given-up', 'given-up', 'ready'])
    expect([gateway.seen.discoveries, gateway.connected()]).toEqual([4, 1])
  })

  it('asks for one token, whoever needs it', async () => {
    await connect()
    await gateway.push(plainOf('group-text'))
    const to = { platform: 'lark' as const, route: appId, kind: 'room' as const, id: 'oc_work' }
    await adapter.deliver({ to, key: 'k', card: { title: '已收到', tone: 'good', blocks: [] } })
    expect(fake.calls).toMatchObject({ token: 1, info: 1, send: 1 })
  })

  it('ends when it is told to, and hangs up', async () => {
    await connect()
    quit.abort()
    await listening
    expect(said).toEqual(['ready', 'ended'])
    await until(() => gateway.connected() === 0)
  })

  it('ends also while it is refused, and does not begin where it was told before', async () => {
    gateway.refusals.push(...Array.from({ length: 1000 }, () => 514))
    listening = adapter.listen?.(sink, quit.signal)
    await until(() => said.length > 1)
    quit.abort()
    await listening
    await adapter.listen?.(sink, quit.signal)
    const { discoveries } = gateway.seen
    await new Promise((done) => setTimeout(done, 100))
    expect(gateway.seen.discoveries).toBe(discoveries)
  })

  it('sends as by webhook, and has no door', async () => {
    expect(adapter.receive).toBeUndefined()
    const to = { platform: 'lark' as const, route: appId, kind: 'room' as const, id: 'oc_work' }
    await adapter.deliver({ to, key: 'k', card: { title: '已收到', tone: 'good', blocks: [] } })
    expect(fake.sent.map((sent) => sent.to)).toEqual(['oc_work'])
  })

  it('refuses an app id that the SDK would pass over in silence', () => {
    const create = () =>
      createLarkSocketAdapter({ appId: 'cli_short', appSecret, domain: gateway.domain }, { fetch: fake.fetch, now })
    expect(create).toThrow(BadInput)
  })
})
