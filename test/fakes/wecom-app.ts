import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { Hono } from 'hono'
import type { WecomAppConfig } from '../../adapters/wecom/app/index.ts'
import { type Fault, fetchOf, type Wire } from './wire.ts'

export const wecomAppConfig: WecomAppConfig = {
  corpId: 'ww6a112864f8022910',
  agentId: '1000002',
  secret: 'app-secret-of-a-test',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  apiBase: 'https://qyapi.weixin.test',
}

interface FakeCard {
  card_type: string
  main_title: { title: string; desc?: string }
  sub_title_text?: string
  horizontal_content_list?: { keyname: string; value: string }[]
  button_list: { text: string; style: number; key: string }[]
  task_id: string
}

/** What a member got. */
export interface SentToMember {
  ref: string
  to: string
  words: string
  card?: FakeCard
}

interface Body {
  touser?: string
  agentid?: unknown
  msgtype?: string
  markdown?: { content: string }
  template_card?: FakeCard
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

function wrongCard(card: FakeCard): number | undefined {
  if (card.card_type !== 'button_interaction' || !card.main_title?.title) return 40058
  const keys = card.button_list.map((button) => button.key)
  if (keys.length < 1 || keys.length > 6 || new Set(keys).size !== keys.length) return 40058
  if (keys.some((key) => Buffer.byteLength(key) > 1024)) return 42018
  if (card.button_list.some((button) => button.text.length > 10 || button.text === '')) return 40058
  if (card.main_title.title.length > 36 || (card.sub_title_text ?? '').length > 160) return 45002
  const rows = card.horizontal_content_list ?? []
  if (rows.length > 6 || rows.some(({ keyname, value }) => keyname.length > 5 || value.length > 30)) return 45002
  return /^[0-9A-Za-z_@-]{1,128}$/.test(card.task_id) ? undefined : 42014
}

function wrongBody(body: Body): number | undefined {
  if (typeof body.agentid !== 'number') return 40056
  if (!body.touser || body.touser.includes('|') || body.touser === '@all') return 82001
  if (body.msgtype === 'template_card') return body.template_card ? wrongCard(body.template_card) : 40058
  if (body.msgtype !== 'markdown') return 40008
  if (!body.markdown?.content) return 44004
  return Buffer.byteLength(body.markdown.content) > 2048 ? 45002 : undefined
}

const wordsOf = ({ markdown, template_card: card }: Body): string =>
  markdown?.content ??
  [
    card?.main_title.title,
    card?.main_title.desc,
    card?.sub_title_text,
    ...(card?.horizontal_content_list ?? []).map(({ keyname, value }) => `${keyname}：${value}`),
    ...(card?.button_list ?? []).map(({ text }) => text),
  ]
    .filter((each) => each !== undefined)
    .join('\n')

/** A small platform around one self-built app: its token, sending with the check for duplicates, and callbacks. */
export function createFakeWecomApp(
  config: WecomAppConfig = wecomAppConfig,
  now: () => Date = () => new Date(1_700_000_000_000),
) {
  const sent: SentToMember[] = []
  const calls = { token: 0, send: 0, repeat: 0 }
  const faults: { path: string; fault: Fault | 'pass' }[] = []
  /** Members that the platform does not know or the app must not see. */
  const strangers = new Set<string>()
  /** Bodies with their receiver, till when a second one is dropped. */
  const known = new Map<string, number>()
  const tasks = new Set<string>()
  let valid = new Set<string>()
  let count = 0
  const ok = { errcode: 0, errmsg: 'ok' }

  const app = new Hono().basePath('/cgi-bin')
  app.get('/gettoken', (c) => {
    calls.token++
    if (c.req.query('corpid') !== config.corpId) return c.json({ errcode: 40013, errmsg: 'invalid corpid' })
    if (c.req.query('corpsecret') !== config.secret) return c.json({ errcode: 40001, errmsg: 'invalid credential' })
    const token = `token-${++count}`
    valid.add(token)
    return c.json({ ...ok, access_token: token, expires_in: 7200 })
  })
  app.use('*', async (c, next) =>
    valid.has(c.req.query('access_token') ?? '') ? next() : c.json({ errcode: 40014, errmsg: 'invalid access_token' }),
  )
  app.post('/message/send', async (c) => {
    calls.send++
    const raw = await c.req.text()
    const body = JSON.parse(raw) as Body
    const wrong = wrongBody(body)
    if (wrong) return c.json({ errcode: wrong, errmsg: 'refused' })
    const to = body.touser ?? ''
    if (strangers.has(to)) return c.json({ ...ok, invaliduser: to.toLowerCase() })
    const time = now().getTime()
    if (body.enable_duplicate_check === 1 && (known.get(raw) ?? 0) > time) {
      calls.repeat++
      return c.json({ ...ok, msgid: 'dropped' })
    }
    const card = body.template_card
    if (card && tasks.has(card.task_id)) return c.json({ errcode: 42014, errmsg: 'task_id' })
    if (card) tasks.add(card.task_id)
    known.set(raw, time + (body.duplicate_check_interval ?? 1800) * 1000)
    const ref = `msg-${++count}`
    sent.push({ ref, to, words: wordsOf(body), ...(card ? { card } : {}) })
    return c.json({ ...ok, msgid: ref, ...(card ? { response_code: `code-${count}` } : {}) })
  })

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
    calls,
    strangers,
    callback,
    fetch: fetchOf(app, (path) => {
      const at = faults.findIndex((each) => path.includes(each.path))
      const fault = at < 0 ? 'pass' : faults.splice(at, 1)[0]?.fault
      return fault === 'pass' ? undefined : fault
    }),
    /** The next call to a path that holds `path` goes wrong; `pass`: that one does not, but perhaps the one after it. */
    fail: (path: string, fault: Fault | 'pass') => void faults.push({ path, fault }),
    /** The platform takes every token back before its time. */
    revoke: () => {
      valid = new Set()
    },
    says: ({ from, text, id }: { from: string; text: string; id?: string }): Wire =>
      callback(from, { MsgType: 'text', Content: text, MsgId: id ?? String(++messages) }),
    presses: (from: string, key: string, task = 'task-1'): Wire =>
      callback(from, {
        MsgType: 'event',
        Event: 'template_card_event',
        EventKey: key,
        TaskId: task,
        CardType: 'button_interaction',
        ResponseCode: 'RC1',
      }),
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
