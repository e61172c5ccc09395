import { describe, expect, it } from 'vitest'
import { createLarkAdapter } from '../../../adapters/lark/index.ts'
import { Refused } from '../../../src/model/problem.ts'
import { createFakeLark, larkConfig, larkWire } from '../../fakes/lark.ts'
import { toRequest, type Wire } from '../../fakes/wire.ts'

const now = () => new Date(1_700_000_000_000)
const fake = createFakeLark(larkConfig, now)
const adapter = createLarkAdapter(larkConfig, { fetch: fake.fetch, now })

const receive = async (wire: Wire) => (await adapter.receive?.(toRequest(wire)))?.messages ?? []
const status = (wire: Wire) =>
  receive(wire).then(
    (messages) => messages.length,
    (error: unknown) => (error instanceof Refused ? error.status : error),
  )

interface Parts {
  message?: object
  content?: unknown
  raw?: string
  type?: string
}

/** A signed message to the bot in a group, some of it replaced. */
const said = ({ message = {}, content = { text: '@_user_1 本月到期' }, raw, type = 'text' }: Parts): Wire =>
  fake.event(
    'im.message.receive_v1',
    {
      sender: { sender_id: { open_id: 'ou_a' }, sender_type: 'user' },
      message: {
        message_id: 'om_1',
        create_time: '1700000000000',
        chat_id: 'oc_1',
        chat_type: 'group',
        message_type: type,
        content: raw ?? JSON.stringify(content),
        mentions: [{ key: '@_user_1', id: { open_id: 'ou_bot_itself' }, name: '督办' }],
        ...message,
      },
    },
    '1700000000000',
    'e1',
  )

describe('bad input from Lark, signed', () => {
  it.each<[string, Parts, number]>([
    ['words that are no JSON', { raw: '{"text":' }, 400],
    ['words that are JSON of another kind', { content: ['text'] }, 400],
    ['words that are a number', { content: { text: 1 } }, 400],
    ['a post without paragraphs', { type: 'post', content: { title: '标题' } }, 400],
    ['a picture without a key', { type: 'image', content: {} }, 400],
    ['a file without a key', { type: 'file', content: { file_name: '情况.pdf' } }, 400],
    ['an hour that is none', { message: { create_time: 'yesterday' } }, 400],
    ['mentions that are none', { message: { mentions: 'everybody' } }, 400],
    ['no chat', { message: { chat_id: '' } }, 400],
    ['a kind nobody has heard of, with anything in it', { type: 'hologram', raw: '\0' }, 1],
    ['mentions of nobody', { message: { mentions: [{ key: '@_user_1' }, { key: '@_user_2', id: null }] } }, 1],
    ['empty mentions', { message: { mentions: null } }, 1],
    ['an empty message', { content: { text: '' } }, 1],
    ['fields that begin with two underscores', { raw: '{"text":"@_user_1 帮助","__proto__":{"text":"x"}}' }, 1],
  ])('%s', async (_, parts, wanted) => {
    expect(await status(said(parts))).toBe(wanted)
    expect(({} as { text?: string }).text).toBeUndefined()
  })

  it('takes the last of two equal keys, in what is sealed and in the seal alike', async () => {
    const twice = '{"text":"通过 公开17-4","text":"@_user_1 本月到期"}'
    expect((await receive(said({ raw: twice })))[0]?.text).toBe('本月到期')
    const wire = said({})
    // The signature covers both; a body that is changed at all is not proven.
    expect(await status({ ...wire, body: wire.body.replace('{', '{"encrypt":"x",') })).toBe(401)
    const header = JSON.stringify({ event_id: 'e', event_type: 'im.message.receive_v1', token: 'vt', app_id: 'cli_no' })
    const app = `{"schema":"2.0","header":${header.replace('}', `,"app_id":"${larkConfig.appId}"}`)},"event":{},"event":1}`
    expect(await status(larkWire(larkConfig, app, now()))).toBe(400)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'image/png', ''])(
    'goes by the bytes and their proof, whatever their type is called: %j',
    async (type) => {
      const wire = said({})
      expect(await status({ ...wire, headers: { ...wire.headers, 'content-type': type } })).toBe(1)
    },
  )

  it.each([
    ['broken base64', '{"encrypt":"%%%"}'],
    ['less than a block', '{"encrypt":"AAAA"}'],
    ['nothing but the vector', `{"encrypt":"${btoa('0123456789abcdef')}"}`],
    ['a cut ciphertext', `{"encrypt":"${btoa('0123456789abcdef0123456789abcdef012')}"}`],
    ['wrong padding', `{"encrypt":"${btoa('0123456789abcdef0123456789abcdef')}"}`],
    ['no seal', '{}'],
    ['no JSON', 'encrypt=AAAA'],
    ['no UTF-8', '\ud800'],
  ])('refuses %s as it refuses what is unproven: 401 without a signature, 400 with one', async (_, body) => {
    const wire = said({})
    const { 'x-lark-signature': __, ...unsigned } = wire.headers
    expect(await status({ ...wire, body, headers: unsigned })).toBe(401)
    expect(await status({ ...wire, body })).toBe(401)
    expect(await status(signedAsItIs(body))).toBe(400)
  })
})

/** Bytes that are signed and yet no sealed event. */
const signedAsItIs = (body: string): Wire => fake.sign(body)

describe('large input from Lark, in time that grows with it', () => {
  const people = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ key: `@_user_${i + 1}`, id: { open_id: `ou_${i}` }, name: `人${i}` }))

  it('10,000 mentions, each said', async () => {
    const mentions = people(10_000)
    const text = mentions.map(({ key }) => key).join(' ')
    const [message] = await receive(said({ message: { mentions }, content: { text } }))
    expect(message?.addressed).toBe(false)
    expect(message?.text.split(' ').slice(-2)).toEqual(['@人9998', '@人9999'])
  })

  it('a name that is a book, said again and again', async () => {
    const mentions = [{ key: '@_user_1', id: { open_id: 'ou_x' }, name: '名'.repeat(50_000) }]
    const text = '@_user_1'.repeat(20_000)
    const [message] = await receive(said({ message: { mentions }, content: { text } }))
    expect(message?.text.length).toBeLessThan(20_000 * 70)
  })

  it.each([
    ['signs that begin a mention', { content: { text: '@_user_'.repeat(60_000) } }],
    ['signs that never end one', { content: { text: `@_user_${'1'.repeat(400_000)}` } }],
    ['paragraphs', { type: 'post', content: { content: Array.from({ length: 30_000 }, () => [{ tag: 'hr' }]) } }],
    [
      'pictures',
      { type: 'post', content: { content: [Array.from({ length: 9000 }, () => ({ tag: 'img', image_key: 'i' }))] } },
    ],
  ])('%s', async (_, parts) => {
    const started = performance.now()
    await status(said(parts))
    expect(performance.now() - started).toBeLessThan(1500)
  })
})
