import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { Hono } from 'hono'
import type { WecomAppConfig } from '../../adapters/wecom/app/index.ts'
import { createRate } from './rate.ts'
import { createTokens } from './tokens.ts'
import { type FakeCard, wordsOfCard, wrongCard } from './wecom-app-cards.ts'
import { type Fault, fetchOf, type Wire } from './wire.ts'

export const wecomAppConfig: WecomAppConfig = {
  corpId: 'ww6a112864f8022910',
  agentId: '1000002',
  secret: 'app-secret-of-a-test',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  apiBase: 'https://qyapi.weixin.test',
}

/** What a member got. */
export interface SentToMember {
  ref: string
  to: string
  words: string
  card?: FakeCard
  /** Of an image. */
  media?: string
  /** By which its card can be changed, once and for 72 hours. */
  code?: string
}

/** A card that was changed: into another one, or its buttons greyed under a text. */
export interface Changed {
  code: string
  to: string
  words: string
  card?: FakeCard
  greyed?: string
}

/** A member of the corporation, in the app's visible range. */
export interface Member {
  userid: string
  mobile?: string
  /** As which a smart bot knows the member. */
  open?: string
}

interface Body {
  touser?: string
  agentid?: unknown
  msgtype?: string
  markdown?: { content: string }
  template_card?: FakeCard
  image?: { media_id: string }
  enable_duplicate_check?: number
  duplicate_check_interval?: number
}

/** An envelope as the platform writes it, sealed and signed with Tencent's own package, which is not the code under test. */
export function wecomAppWire(config: WecomAppConfig, plain: string, now: Date, receiveId = config.corpId): Wire {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const nonce = '1372623149'
  const sealed = encrypt(config.aesKey, plain, receiveId)
  const query = { msg_signature: getSignature(config.token, timestamp, nonce, sealed), timestamp, nonce }
  return {
    method: 'POST',
    url: `http://duban.test/webhooks/wecom?${new URLSearchParams(query)}`,
    headers: { 'content-type': 'text/xml' },
    body: xmlOf({ ToUserName: config.corpId, AgentID: config.agentId, Encrypt: sealed }),
  }
}

const cdata = (value: string) => `<![CDATA[${value}]]>`

/** Texts in CDATA, numbers plain, as the platform has it; a value that is XML already is left as it is. */
export const xmlOf = (fields: Record<string, string | number | undefined>): string =>
  `<xml>${Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${typeof value === 'number' ? value : cdata(value ?? '')}</${name}>`)
    .join('')}</xml>`

function wrongBody(body: Body, agentId: string): number | undefined {
  if (typeof body.agentid !== 'number') return 40056
  if (body.agentid !== Number(agentId)) return 301002
  if (!body.touser || Buffer.byteLength(body.touser) > 64 || body.touser.includes('|') || body.touser === '@all')
    return 82001
  if ((body.duplicate_check_interval ?? 0) > 14_400) return 40058
  if (body.msgtype === 'template_card') return body.template_card ? wrongCard(body.template_card, false) : 40058
  if (body.msgtype === 'image') return body.image?.media_id ? undefined : 40007
  if (body.msgtype !== 'markdown') return 40008
  if (!body.markdown?.content) return 44004
  return Buffer.byteLength(body.markdown.content) > 2048 ? 45002 : undefined
}

const wordsOf = ({ markdown, template_card: card }: Body): string =>
  markdown?.content ?? (card ? wordsOfCard(card) : '')

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** What one member gets; the surplus is dropped without a word. */
const TO_ONE = [
  [30, MINUTE],
  [1000, HOUR],
] as const

/** A small platform around one self-built app: its token, sending with the check for duplicates, and callbacks. */
export function createFakeWecomApp(
  config: WecomAppConfig = wecomAppConfig,
  now: () => Date = () => new Date(1_700_000_000_000),
) {
  const sent: SentToMember[] = []
  const changed: Changed[] = []
  const calls = { token: 0, send: 0, repeat: 0, surplus: 0, convert: 0, mobile: 0 }
  const members: Member[] = []
  /** What the platform keeps for three days, by media_id. */
  const media = new Map<string, { name: string; type: string; bytes: Uint8Array }>()
  /** By which a card may still be changed, and until when; each once. */
  const codes = new Map<string, number>()
  const agent = { name: '督办', close: 0, allow_userinfos: { user: [{ userid: 'zhangsan' }] } }
  const faults: { path: string; fault: Fault | 'pass' }[] = []
  /** Members that the platform does not know or the app must not see. */
  const strangers = new Set<string>()
  /** Bodies with their receiver, till when a second one is dropped. */
  const known = new Map<string, number>()
  /** Who comes back from the sign-on page by which code, each once: a member, or somebody from outside. */
  const visits = new Map<string, { userid: string } | { openid: string }>()
  const tasks = new Set<string>()
  const rate = createRate(TO_ONE, now)
  const tokens = createTokens(now)
  let count = 0
  const ok = { errcode: 0, errmsg: 'ok' }
  const newCode = (): string => {
    const code = `code-${++count}`
    codes.set(code, now().getTime() + 72 * HOUR)
    return code
  }

  const app = new Hono().basePath('/cgi-bin')
  app.get('/gettoken', (c) => {
    calls.token++
    if (c.req.query('corpid') !== config.corpId) return c.json({ errcode: 40013, errmsg: 'invalid corpid' })
    if (c.req.query('corpsecret') !== config.secret) return c.json({ errcode: 40001, errmsg: 'invalid credential' })
    const { token, seconds } = tokens.issue()
    return c.json({ ...ok, access_token: token, expires_in: seconds })
  })
  app.use('*', async (c, next) =>
    tokens.isGood(c.req.query('access_token')) ? next() : c.json({ errcode: 40014, errmsg: 'invalid access_token' }),
  )
  app.get('/auth/getuserinfo', (c) => {
    const visitor = visits.get(c.req.query('code') ?? '')
    visits.delete(c.req.query('code') ?? '')
    return c.json(visitor ? { ...ok, ...visitor } : { errcode: 40029, errmsg: 'invalid code' })
  })
  app.post('/message/send', async (c) => {
    calls.send++
    const raw = await c.req.text()
    const body = JSON.parse(raw) as Body
    const wrong = wrongBody(body, config.agentId)
    if (wrong) return c.json({ errcode: wrong, errmsg: 'refused' })
    const to = body.touser ?? ''
    // With one receiver all are invalid.
    if (strangers.has(to)) return c.json({ errcode: 81013, errmsg: 'all invalid', invaliduser: to.toLowerCase() })
    const time = now().getTime()
    if (body.enable_duplicate_check === 1 && (known.get(raw) ?? 0) > time) {
      calls.repeat++
      return c.json({ ...ok, msgid: 'dropped' })
    }
    if (body.image && !media.has(body.image.media_id)) return c.json({ errcode: 40007, errmsg: 'media_id' })
    const card = body.template_card
    if (card && tasks.has(card.task_id)) return c.json({ errcode: 42014, errmsg: 'task_id' })
    if (card) tasks.add(card.task_id)
    known.set(raw, time + (body.duplicate_check_interval ?? 1800) * 1000)
    if (rate.isFull(to)) {
      calls.surplus++
      return c.json({ ...ok, msgid: 'dropped' })
    }
    rate.count(to)
    const ref = `msg-${++count}`
    const code = card && newCode()
    sent.push({
      ref,
      to,
      words: wordsOf(body),
      ...(card ? { card, code } : {}),
      ...(body.image ? { media: body.image.media_id } : {}),
    })
    return c.json({ ...ok, msgid: ref, ...(code ? { response_code: code } : {}) })
  })
  app.post('/message/update_template_card', async (c) => {
    const body = await c.req.json()
    if (body.agentid !== Number(config.agentId) || !Array.isArray(body.userids) || body.userids.length !== 1)
      return c.json({ errcode: 40058, errmsg: 'refused' })
    const card = body.template_card as FakeCard | undefined
    const wrong = card ? wrongCard(card, true) : body.button?.replace_name ? undefined : 40058
    if (wrong) return c.json({ errcode: wrong, errmsg: 'refused' })
    if ((codes.get(body.response_code) ?? 0) < now().getTime()) return c.json({ errcode: 60140, errmsg: 'code' })
    codes.delete(body.response_code)
    const [to] = body.userids
    if (strangers.has(to)) return c.json({ ...ok, invaliduser: [to] })
    const replaced = card ? { card, words: wordsOfCard(card) } : { greyed: body.button.replace_name, words: '' }
    changed.push({ code: body.response_code, to, ...replaced })
    return c.json({ ...ok, invaliduser: [] })
  })
  app.post('/media/upload', async (c) => {
    const file: unknown = (await c.req.formData()).get('media')
    if (c.req.query('type') !== 'image' || !(file instanceof Blob) || file.size < 6 || file.size > 10 << 20)
      return c.json({ errcode: 40004, errmsg: 'refused' })
    const id = `media-${++count}`
    const { name = '' } = file as Blob & { name?: string }
    media.set(id, { name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) })
    return c.json({ ...ok, type: 'image', media_id: id, created_at: '1700000000' })
  })
  app.get('/media/get', (c) => {
    const found = media.get(c.req.query('media_id') ?? '')
    if (!found) return c.json({ errcode: 40007, errmsg: 'invalid media_id' })
    const disposition = `attachment; filename="${Buffer.from(found.name).toString('latin1')}"`
    return new Response(found.bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': found.type, 'content-disposition': disposition },
    })
  })
  app.post('/user/getuserid', async (c) => {
    calls.mobile++
    const { mobile } = await c.req.json()
    const userid = members.find((each) => each.mobile === mobile)?.userid
    return c.json(userid === undefined ? { errcode: 46004, errmsg: 'user no exist' } : { ...ok, userid })
  })
  app.get('/user/get', (c) => {
    const userid = members.find((each) => each.userid === c.req.query('userid'))?.userid
    return c.json(userid === undefined ? { errcode: 60111, errmsg: 'userid not found' } : { ...ok, userid, name: '某' })
  })
  app.post('/batch/openuserid_to_userid', async (c) => {
    calls.convert++
    const ids = (await c.req.json()).open_userid_list as string[]
    if (ids.length < 1 || ids.length > 1000) return c.json({ errcode: 40058, errmsg: 'refused' })
    const found = ids.flatMap((id) => members.filter((each) => each.open === id))
    const invalid = ids.filter((id) => !members.some((each) => each.open === id))
    const list = found.map(({ open, userid }) => ({ open_userid: open, userid }))
    return c.json({ ...ok, userid_list: list, invalid_open_userid_list: invalid })
  })
  app.get('/agent/get', (c) =>
    c.json(
      c.req.query('agentid') === config.agentId
        ? { ...ok, agentid: Number(config.agentId), ...agent }
        : { errcode: 301002, errmsg: 'not allow' },
    ),
  )

  const seconds = () => Math.floor(now().getTime() / 1000)
  /** A callback of `from`; what the platform puts into every one of them is added. */
  const callback = (from: string, fields: Record<string, string | number | undefined>): Wire => {
    const common = { ToUserName: config.corpId, FromUserName: from, CreateTime: seconds() }
    return wecomAppWire(config, xmlOf({ ...common, ...fields, AgentID: Number(config.agentId) }), now())
  }
  let messages = 4_561_255_354_251_345_929n

  return {
    config,
    sent,
    changed,
    calls,
    strangers,
    members,
    media,
    agent,
    callback,
    fetch: fetchOf(app, (path) => {
      const at = faults.findIndex((each) => path.includes(each.path))
      const fault = at < 0 ? 'pass' : faults.splice(at, 1)[0]?.fault
      return fault === 'pass' ? undefined : fault
    }),
    /** The next call to a path that holds `path` goes wrong; `pass`: that one does not, but perhaps the one after it. */
    fail: (path: string, fault: Fault | 'pass') => void faults.push({ path, fault }),
    /** The platform takes every token back before its time. */
    revoke: tokens.revoke,
    says: ({ from, text, id }: { from: string; text: string; id?: string }): Wire =>
      callback(from, { MsgType: 'text', Content: text, MsgId: id ?? String(++messages) }),
    presses: (from: string, key: string, task = 'task-1'): Wire =>
      callback(from, {
        MsgType: 'event',
        Event: 'template_card_event',
        EventKey: key,
        TaskId: task,
        CardType: 'button_interaction',
        ResponseCode: newCode(),
      }),
    /** Somebody says yes on the page of an address that we sent them to (or no): the address to which they are sent back. */
    consents(asked: string, who?: { userid: string } | { openid: string }): string {
      const url = new URL(asked)
      const { appid, agentid, redirect_uri: back = '', state = '', ...rest } = Object.fromEntries(url.searchParams)
      const inside = url.origin + url.pathname === 'https://open.weixin.qq.com/connect/oauth2/authorize'
      const outside = url.origin + url.pathname === 'https://open.work.weixin.qq.com/wwopen/sso/qrConnect'
      const whole = inside
        ? rest.response_type === 'code' && rest.scope === 'snsapi_base' && url.hash === '#wechat_redirect'
        : outside
      if (!whole || appid !== config.corpId || agentid !== config.agentId || !/^[a-zA-Z0-9]{1,128}$/.test(state))
        throw new Error(`not as documented: ${asked}`)
      if (!who) return `${back}?${new URLSearchParams({ state })}`
      const code = `visit-${++count}`
      visits.set(code, who)
      return `${back}?${new URLSearchParams({ code, state })}`
    },
    /** Sends a form off with what was chosen, by question. */
    submits: (from: string, key: string, chosen: Record<string, string[]>, task = 'task-1'): Wire => {
      const common = { ToUserName: config.corpId, FromUserName: from, CreateTime: seconds(), MsgType: 'event' }
      const event = { Event: 'template_card_event', EventKey: key, TaskId: task, CardType: 'multiple_interaction' }
      const items = Object.entries(chosen).map(
        ([question, options]) =>
          `<SelectedItem><QuestionKey>${cdata(question)}</QuestionKey><OptionIds>${options.map((id) => `<OptionId>${cdata(id)}</OptionId>`).join('')}</OptionIds></SelectedItem>`,
      )
      const plain = xmlOf({ ...common, ...event, ResponseCode: newCode(), AgentID: Number(config.agentId) })
      const selected = `<SelectedItems>${items.join('\n')}</SelectedItems></xml>`
      return wecomAppWire(config, plain.replace('</xml>', selected), now())
    },
    challenge(echo: string): Wire {
      const { url } = wecomAppWire(config, echo, now())
      const sealed = encrypt(config.aesKey, echo, config.corpId)
      const query = new URL(url).searchParams
      const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? '']
      const signature = getSignature(config.token, timestamp, nonce, sealed)
      const asked = new URLSearchParams({ msg_signature: signature, timestamp, nonce, echostr: sealed })
      return { method: 'GET', url: `http://duban.test/webhooks/wecom?${asked}`, headers: {}, body: '' }
    },
    /** Opens an answer in the response as the platform does; undefined where it was empty. @throws where it is wrong */
    async read(response: Response): Promise<string | undefined> {
      const text = await response.text()
      if (text === '') return undefined
      const field = (name: string) =>
        new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, 's').exec(text)?.[1] ?? ''
      const sealed = field('Encrypt')
      const signature = getSignature(config.token, field('TimeStamp'), field('Nonce'), sealed)
      if (signature !== field('MsgSignature')) throw new Error('signature')
      const { message, id } = decrypt(config.aesKey, sealed)
      if (id !== config.corpId) throw new Error('receive id')
      return message
    },
  }
}
