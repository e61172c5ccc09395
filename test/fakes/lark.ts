import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import type { LarkConfig } from '../../adapters/lark/index.ts'
import { createLarkWorld } from './lark-calls.ts'
import { allOf, checkLarkCard, type FakeElement, type FakeLarkCard } from './lark-card.ts'
import { createRate } from './rate.ts'
import { createTokens } from './tokens.ts'
import { type Fault, fetchOf, type Wire } from './wire.ts'

export const larkConfig: LarkConfig = {
  appId: 'cli_0123456789abcdef',
  appSecret: 'app secret of a test',
  encryptKey: 'test key',
  verificationToken: 'vt',
  domain: 'https://open.feishu.test',
}

/** A private edition whose limits nobody meets: for what is not about them. */
export const freeLark: LarkConfig = { ...larkConfig, perSecond: 1_000_000, perMinute: 60_000_000, perPlace: 1_000_000 }

/** The same, as the environment says it. */
export const freeLarkEnv = {
  LARK_PER_SECOND: String(freeLark.perSecond),
  LARK_PER_MINUTE: String(freeLark.perMinute),
  LARK_PER_PLACE: String(freeLark.perPlace),
  // Nor has the office any patience to be measured.
  RATE_PER_SENDER: '0',
  RATE_PER_ROOM: '0',
}

/** The environment of a program whose platform is this one, at `domain`. */
export const larkEnv = (domain: string) => ({
  LARK_APP_ID: larkConfig.appId,
  LARK_APP_SECRET: larkConfig.appSecret,
  LARK_ENCRYPT_KEY: larkConfig.encryptKey,
  LARK_VERIFICATION_TOKEN: larkConfig.verificationToken,
  LARK_DOMAIN: domain,
  ...freeLarkEnv,
})

const BOT_OPEN_ID = 'ou_bot_itself'
const HOUR_MS = 3_600_000

export interface SentCard {
  ref: string
  /** chat_id or open_id, absent in a reply. */
  to?: string
  replyTo?: string
  /** The reply stays in the topic of what it answers. */
  inThread?: boolean
  uuid: string
  card: FakeLarkCard
}

export interface Say {
  from: string
  /** A group; a single chat where absent. */
  chat?: string
  text: string
  /** Mentions the bot in front of the text. */
  at?: boolean
  id?: string
  quotes?: string
  senderType?: 'user' | 'bot'
  /** The topic in which it is said. */
  thread?: string
  /** Another kind of message than text. */
  as?: { type: string; content: unknown }
  /** The event under which it comes, where that is not the message's own. */
  event?: string
}

const sha256 = (...parts: string[]) => createHash('sha256').update(parts.join('')).digest()

/** The other side's cipher, on Node's own crypto and not on ours. */
export function larkEncrypt(key: string, plain: string): string {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', sha256(key), iv)
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64')
}

/** Signs a body as it is. */
function larkSigned(config: LarkConfig, body: string, now: Date, headers: Record<string, string> = {}): Wire {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const nonce = randomBytes(8).toString('hex')
  return {
    method: 'POST',
    url: 'http://duban.test/webhooks/lark',
    headers: {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': sha256(timestamp, nonce, config.encryptKey, body).toString('hex'),
    },
    body,
  }
}

/** Signs and encrypts as the open platform does when an Encrypt Key is set. */
export const larkWire = (config: LarkConfig, plain: string, now: Date, headers: Record<string, string> = {}): Wire =>
  larkSigned(config, JSON.stringify({ encrypt: larkEncrypt(config.encryptKey, plain) }), now, headers)

/** A small open platform: tokens, the bot's own id, sending with its checks, and events back to the bot. */
export function createFakeLark(config: LarkConfig = larkConfig, now: () => Date = () => new Date(1_700_000_000_000)) {
  const sent: SentCard[] = []
  const calls = { token: 0, info: 0, send: 0, repeat: 0 }
  /** Sends by their uuid, which the platform remembers for an hour. */
  const known = new Map<string, { ref: string; at: number }>()
  const faults: { path: string; fault: Fault }[] = []
  /** Rooms that the bot was thrown out of. */
  const gone = new Set<string>()
  const world = createLarkWorld({ sent, now })
  /** As the console has it: 2 is switched on. */
  const bot = { activate_status: 2, app_name: '督办', open_id: BOT_OPEN_ID }
  /** Below 30 minutes there is a new one. */
  const tokens = createTokens(now, 1800)
  /** A group and a person take five a second, the app fifty, and a thousand a minute. */
  const { perPlace = 5, perSecond = 50, perMinute = 1000 } = config
  const toOne = createRate([[perPlace, 1000]], now)
  const inAll = createRate(
    [
      [perSecond, 1000],
      [perMinute, 60_000],
    ],
    now,
  )
  let count = 0
  const nextId = (prefix: string) => `${prefix}_${++count}`

  /** What a browser that said yes brings back: each code once, for whoever asked for it and with what was asked. */
  const codes = new Map<string, { openId: string; back: string; challenge: string }>()
  const accounts = new Map<string, string>()

  const app = new Hono().basePath('/open-apis')
  app.post('/authen/v2/oauth/token', async (c) => {
    if (!c.req.header('content-type')?.startsWith('application/json'))
      return c.json({ code: 20063, error: 'invalid_request', error_description: 'JSON' }, 400)
    const body = await c.req.json()
    const known = codes.get(body.code)
    codes.delete(body.code)
    const challenge = createHash('sha256').update(String(body.code_verifier)).digest('base64url')
    const mine = body.client_id === config.appId && body.client_secret === config.appSecret
    if (!mine) return c.json({ code: 20002, error: 'invalid_client', error_description: 'secret' }, 400)
    if (body.grant_type !== 'authorization_code' || known?.back !== body.redirect_uri || known?.challenge !== challenge)
      return c.json({ code: 20003, error: 'invalid_grant', error_description: 'code' }, 400)
    const token = nextId('user-token')
    accounts.set(token, known?.openId ?? '')
    return c.json({ code: 0, access_token: token, expires_in: 7200, token_type: 'Bearer', scope: '' })
  })
  app.get('/authen/v1/user_info', (c) => {
    const openId = accounts.get((c.req.header('authorization') ?? '').replace('Bearer ', ''))
    if (!openId) return c.json({ code: 20005, msg: 'invalid access token' }, 400)
    return c.json({ code: 0, msg: 'success', data: { open_id: openId, name: '某人', tenant_key: 'tenant' } })
  })
  app.post('/auth/v3/tenant_access_token/internal', async (c) => {
    calls.token++
    const body = await c.req.json()
    if (body.app_id !== config.appId || body.app_secret !== config.appSecret) return c.json({ code: 10014, msg: 'bad' })
    const { token, seconds } = tokens.issue()
    return c.json({ code: 0, msg: 'ok', tenant_access_token: token, expire: seconds })
  })
  app.use('*', async (c, next) => {
    const token = (c.req.header('authorization') ?? '').replace('Bearer ', '')
    return tokens.isGood(token) ? next() : c.json({ code: 99991663, msg: 'token invalid' }, 400)
  })
  app.get('/bot/v3/info', (c) => {
    calls.info++
    return c.json({ code: 0, msg: 'ok', bot })
  })
  world.addTo(app)

  const accept = (raw: string, where: Pick<SentCard, 'to' | 'replyTo' | 'inThread'>) => {
    calls.send++
    const body = JSON.parse(raw) as { msg_type: string; content: string; uuid: string }
    if (Buffer.byteLength(raw) > 30_000) return { code: 230025, msg: 'too long' }
    if (body.msg_type !== 'interactive' || !body.uuid || body.uuid.length > 50)
      return { code: 230001, msg: 'bad field' }
    if (where.to && gone.has(where.to)) return { code: 230002, msg: 'not in group' }
    const before = known.get(body.uuid)
    if (before && now().getTime() - before.at < HOUR_MS) {
      calls.repeat++
      return { code: 0, msg: 'success', data: { message_id: before.ref } }
    }
    if (inAll.isFull('')) return { code: 99991400, msg: 'request trigger frequency limit' }
    if (toOne.isFull(where.to ?? where.replyTo ?? '')) return { code: 230020, msg: 'frequency limit of the chat' }
    const card = JSON.parse(body.content) as FakeLarkCard
    const wrong = checkLarkCard(card)
    if (wrong) return { code: 230099, msg: wrong }
    const ref = nextId('om')
    inAll.count('')
    toOne.count(where.to ?? where.replyTo ?? '')
    sent.push({ ref, ...where, uuid: body.uuid, card })
    known.set(body.uuid, { ref, at: now().getTime() })
    world.wasSent(ref)
    return { code: 0, msg: 'success', data: { message_id: ref } }
  }
  app.post('/im/v1/messages', async (c) => {
    const raw = await c.req.text()
    const id = String(JSON.parse(raw).receive_id)
    const prefix = { chat_id: 'oc_', open_id: 'ou_' }[c.req.query('receive_id_type') ?? '']
    if (!prefix || !id.startsWith(prefix)) return c.json({ code: 230001, msg: 'receive_id' })
    return c.json(accept(raw, { to: id }))
  })
  app.post('/im/v1/messages/:id/reply', async (c) => {
    const raw = await c.req.text()
    const inThread: unknown = JSON.parse(raw).reply_in_thread
    if (inThread !== undefined && typeof inThread !== 'boolean') return c.json({ code: 230001, msg: 'bad field' }, 400)
    const replyTo = c.req.param('id')
    return c.json(accept(raw, inThread === undefined ? { replyTo } : { replyTo, inThread }))
  })

  const event = (type: string, body: unknown, created: string, id: string): Wire =>
    larkWire(
      config,
      JSON.stringify({
        schema: '2.0',
        header: {
          event_id: id,
          event_type: type,
          create_time: created,
          token: config.verificationToken,
          app_id: config.appId,
          tenant_key: 'tenant',
        },
        event: body,
      }),
      now(),
    )

  return {
    config,
    sent,
    calls,
    gone,
    world,
    bot,
    event,
    /** Any bytes under a good signature. */
    sign: (body: string): Wire => larkSigned(config, body, now()),
    fetch: fetchOf(app, (path) => {
      const at = faults.findIndex((each) => path.includes(each.path))
      return at < 0 ? undefined : faults.splice(at, 1)[0]?.fault
    }),
    /** The next call to a path that holds `path` goes wrong. */
    fail: (path: string, fault: Fault) => void faults.push({ path, fault }),
    /** The platform takes every token back before its time. */
    revoke: tokens.revoke,
    /** Somebody says yes on the page of an address that we sent them to (or no): the address to which they are sent back. */
    consents(asked: string, openId?: string): string {
      const url = new URL(asked)
      const given = Object.fromEntries(url.searchParams)
      if (url.host !== 'accounts.feishu.test' || url.pathname !== '/open-apis/authen/v1/authorize')
        throw new Error(`no page of ours: ${asked}`)
      if (given.client_id !== config.appId || given.response_type !== 'code' || given.code_challenge_method !== 'S256')
        throw new Error(`not as documented: ${asked}`)
      const back = given.redirect_uri ?? ''
      const state = given.state ?? ''
      if (openId === undefined) return `${back}?${new URLSearchParams({ error: 'access_denied', state })}`
      const code = nextId('code')
      codes.set(code, { openId, back, challenge: given.code_challenge ?? '' })
      return `${back}?${new URLSearchParams({ code, state })}`
    },
    /** A person's words, on their way to the webhook. */
    says({ from, chat, text, at, id, quotes, senderType, thread, as, event: eventId }: Say): Wire {
      const messageId = id ?? nextId('om')
      const mention = { key: '@_user_1', id: { open_id: BOT_OPEN_ID }, mentioned_type: 'bot', name: '督办' }
      const message = {
        message_id: messageId,
        ...(quotes ? { root_id: quotes, parent_id: quotes } : {}),
        create_time: String(now().getTime()),
        chat_id: chat ?? `oc_single_${from}`,
        chat_type: chat ? 'group' : 'p2p',
        ...(thread ? { thread_id: thread } : {}),
        message_type: as?.type ?? 'text',
        content: JSON.stringify(as?.content ?? { text: at ? `@_user_1 ${text}` : text }),
        ...(at ? { mentions: [mention] } : {}),
      }
      const sender = { sender_id: { open_id: from, union_id: 'on_x' }, sender_type: senderType ?? 'user' }
      return event(
        'im.message.receive_v1',
        { sender, message },
        String(now().getTime()),
        eventId ?? `event of ${messageId}`,
      )
    },
    /** Somebody presses what a button of a card that was sent carries. */
    presses(by: string, card: SentCard, label: string): Wire {
      const value = buttonsOf(card.card).find((button) => button.text.content === label)?.behaviors[0]?.value
      if (value === undefined) throw new Error(`no button ${label}`)
      return this.pressesValue(by, card.to ?? 'oc_group', value, undefined, card.ref)
    },
    /** Somebody fills a form of a card that was sent and sends it off; inputs that were left alone are empty. */
    submits(by: string, card: SentCard, values: Record<string, unknown>): Wire {
      const form = card.card.body.elements.find(({ tag }) => tag === 'form')
      const inner = allOf(form?.elements ?? [])
      const button = inner.find((each) => 'form_action_type' in each)
      if (!button) throw new Error('no form')
      const names = inner.flatMap(({ tag, name }) => (tag !== 'button' && name ? [name] : []))
      const strange = Object.keys(values).find((name) => !names.includes(name))
      if (strange) throw new Error(`the form does not ask for ${strange}`)
      const filled = { ...Object.fromEntries(names.map((name) => [name, ''])), ...values }
      return this.pressesValue(by, card.to ?? 'oc_group', button.behaviors?.[0]?.value, filled, card.ref)
    },
    pressesValue(
      by: string,
      chat: string,
      value: unknown,
      form_value?: Record<string, unknown>,
      ref = 'om_card',
    ): Wire {
      const body = {
        operator: { open_id: by, union_id: 'on_x' },
        token: 'c-update',
        action: { tag: 'button', value, timezone: 'Asia/Shanghai', ...(form_value && { name: 'submit', form_value }) },
        host: 'im_message',
        context: { open_message_id: ref, open_chat_id: chat.startsWith('oc_') ? chat : `oc_single_${by}` },
      }
      return event('card.action.trigger', body, String(now().getTime() * 1000), nextId('click'))
    },
    /** Unsigned, as the platform sends it when the address is saved. */
    challenge(challenge: string, token = config.verificationToken): Wire {
      const wire = larkWire(config, JSON.stringify({ type: 'url_verification', token, challenge }), now())
      return { ...wire, headers: { 'content-type': 'application/json; charset=utf-8' } }
    },
  }
}

const buttonsOf = (card: FakeLarkCard) =>
  allOf(card.body.elements).flatMap((each) => (each.behaviors ? [each as Required<FakeElement>] : []))
