import { createHmac } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { DingtalkAccount } from '../../adapters/dingtalk/client.ts'
import { createRate } from './rate.ts'
import { createTokens } from './tokens.ts'
import { type Fault, fetchOf, type Wire } from './wire.ts'

export const dingtalkConfig: DingtalkAccount = {
  clientId: 'dingclient',
  clientSecret: 'app secret of a test',
  robotCode: 'dingrobot',
  apiBase: 'https://api.dingtalk.test',
}

const BOT = '$:LWCP_v1:$bot'
const MINUTE_MS = 60_000
const SESSION_MS = 90 * MINUTE_MS
const MOST_PARAM = 15_000
const PER_MINUTE = 20

export interface DingSay {
  /** The userid inside the organisation. */
  from: string
  /** A group; a single chat where absent. */
  chat?: string | undefined
  text: string
  id?: string
  /** Other fields of the payload, or other values of the same. */
  more?: Record<string, unknown>
}

export interface DingSent {
  by: 'session' | 'group' | 'person'
  to: string
  title: string
  text: string
  /** Who is pinged. */
  at: string[]
  ref?: string
}

/** As the platform signs: the headers alone. */
export function dingtalkWire(
  config: DingtalkAccount,
  body: string,
  now: Date,
  more: Record<string, string> = {},
): Wire {
  const timestamp = String(now.getTime())
  const sign = createHmac('sha256', config.clientSecret).update(`${timestamp}\n${config.clientSecret}`).digest('base64')
  return {
    method: 'POST',
    url: 'http://duban.test/webhooks/dingtalk',
    headers: { 'content-type': 'application/json; charset=utf-8', ...more, timestamp, sign },
    body,
  }
}

type Refusal = { status: 400 | 403 | 429; code: string }
const refuse = (c: Context, { status, code }: Refusal) =>
  c.json({ code, message: 'no', requestid: 'R1', accessdenieddetail: {} }, status)

/** Why the platform would take no such message. */
function wrongSample(body: Record<string, unknown>, robotCode: string): Refusal | undefined {
  if (body.robotCode !== robotCode) return { status: 400, code: 'invalidParameter.robotCode.auth' }
  if (body.msgKey !== 'sampleMarkdown') return { status: 400, code: 'invalidParameter.msgKey.invalid' }
  const { msgParam } = body
  const fits = typeof msgParam === 'string' && Buffer.byteLength(msgParam) <= MOST_PARAM
  const { title, text } = fits ? JSON.parse(msgParam) : {}
  const whole = typeof title === 'string' && title !== '' && typeof text === 'string' && text !== ''
  return whole ? undefined : { status: 400, code: 'invalidParameter.msgParam.invalid' }
}

/** A small platform around one robot: tokens, sending with its checks, files, numbers, and messages to the robot. */
export function createFakeDingtalk(
  config: DingtalkAccount = dingtalkConfig,
  now: () => Date = () => new Date(1_700_000_000_000),
) {
  const oapi = config.apiBase.replace('//api.', '//oapi.')
  const sent: DingSent[] = []
  const calls = { token: 0, open: 0 }
  const faults: { path: string; fault: Fault }[] = []
  const tokens = createTokens(now)
  const rate = createRate([[PER_MINUTE, MINUTE_MS]], now)
  /** Ways back: whom they lead to and when they end. */
  const sessions = new Map<string, { to: string; until: number }>()
  /** Groups that the robot was thrown out of, members who left. */
  const gone = new Set<string>()
  const controlled = new Set<string>()
  const mobiles = new Map<string, string>()
  const files = new Map<string, Uint8Array>()
  let count = 0
  const nextId = (prefix: string) => `${prefix}${++count}`

  /** What is refused counts as well. */
  const tooMany = (place: string): boolean => {
    const full = rate.isFull(place)
    rate.count(place)
    return full
  }

  const api = new Hono()
  api.post('/v1.0/oauth2/accessToken', async (c) => {
    calls.token++
    const { appKey, appSecret } = await c.req.json()
    if (appKey !== config.clientId || appSecret !== config.clientSecret)
      return refuse(c, { status: 400, code: 'invalidClientIdOrSecret' })
    const { token, seconds } = tokens.issue()
    return c.json({ accessToken: token, expireIn: seconds })
  })
  api.use('/v1.0/robot/*', async (c, next) => {
    const known = tokens.isGood(c.req.header('x-acs-dingtalk-access-token'))
    return known ? next() : refuse(c, { status: 400, code: 'InvalidAuthentication' })
  })
  api.post('/v1.0/robot/groupMessages/send', async (c) => {
    const body = await c.req.json()
    const to = String(body.openConversationId)
    const wrong = wrongSample(body, config.robotCode)
    if (wrong) return refuse(c, wrong)
    if (gone.has(to)) return refuse(c, { status: 400, code: 'invalidParameter.openConversationId.notExist' })
    if (tooMany(to)) return refuse(c, { status: 429, code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' })
    const ref = nextId('pqk')
    sent.push({ by: 'group', to, ...JSON.parse(body.msgParam), at: [], ref })
    return c.json({ processQueryKey: ref })
  })
  api.post('/v1.0/robot/oToMessages/batchSend', async (c) => {
    const body = await c.req.json()
    const wrong = wrongSample(body, config.robotCode)
    if (wrong) return refuse(c, wrong)
    const ids: string[] = body.userIds
    if (!Array.isArray(ids) || ids.length === 0 || ids.length > 20)
      return refuse(c, { status: 400, code: 'invalidParameter.userIds.overMax' })
    const ref = nextId('pqk')
    // Encrypted ids are those of outsiders.
    const invalid = ids.filter((id) => gone.has(id) || id.startsWith('$'))
    const later = ids.filter((id) => controlled.has(id))
    for (const to of ids)
      if (!invalid.includes(to) && !later.includes(to))
        sent.push({ by: 'person', to, ...JSON.parse(body.msgParam), at: [], ref })
    return c.json({ processQueryKey: ref, invalidStaffIdList: invalid, flowControlledStaffIdList: later })
  })
  api.post('/v1.0/robot/messageFiles/download', async (c) => {
    const { downloadCode, robotCode } = await c.req.json()
    if (robotCode !== config.robotCode || !files.has(downloadCode))
      return refuse(c, { status: 400, code: 'invalidParameter.downloadCode' })
    return c.json({ downloadUrl: `https://files.dingtalk.test/${downloadCode}` })
  })

  const old = new Hono()
  old.post('/robot/sendBySession', async (c) => {
    const session = sessions.get(c.req.query('session') ?? '')
    const { msgtype, markdown, at } = await c.req.json()
    if (!session || session.until < now().getTime()) return c.json({ errcode: 300005, errmsg: 'session 已过期' })
    if (msgtype !== 'markdown' || !markdown?.title || !markdown.text)
      return c.json({ errcode: 400402, errmsg: '缺参数' })
    if (Buffer.byteLength(JSON.stringify(markdown)) > MOST_PARAM) return c.json({ errcode: 460101, errmsg: '太长' })
    const named: string[] = at?.atUserIds ?? []
    if (at?.isAtAll || named.some((id) => !markdown.text.includes(`@${id}`))) return c.json({ errcode: 400403 })
    if (tooMany(session.to)) return c.json({ errcode: 130101, errmsg: 'send too fast' })
    sent.push({ by: 'session', to: session.to, title: markdown.title, text: markdown.text, at: named })
    return c.json({ errcode: 0, errmsg: 'ok' })
  })
  old.post('/topapi/v2/user/getbymobile', async (c) => {
    if (!tokens.isGood(c.req.query('access_token'))) return c.json({ errcode: 40014, errmsg: '不合法的access_token' })
    const userid = mobiles.get((await c.req.json()).mobile)
    return userid === undefined
      ? c.json({ errcode: 60121, errmsg: '找不到该用户' })
      : c.json({ errcode: 0, errmsg: 'ok', result: userid.startsWith('own:') ? ownAccount(userid) : { userid } })
  })
  const ownAccount = (userid: string) => ({ exclusive_account_userid_list: [userid.slice('own:'.length)] })

  const store = new Hono()
  store.get('/:code', (c) => {
    const bytes = files.get(c.req.param('code'))
    return bytes ? new Response(bytes as Uint8Array<ArrayBuffer>) : c.notFound()
  })
  const hosts: Record<string, Hono> = {
    [new URL(config.apiBase).host]: api,
    [new URL(oapi).host]: old,
    'files.dingtalk.test': store,
  }
  const whole = {
    fetch: (request: Request) => {
      const host = hosts[new URL(request.url).host]
      if (!host) throw new TypeError(`fetch failed: nobody is at ${new URL(request.url).host}`)
      return host.fetch(request)
    },
  }

  /** A message as it stands in a callback's body and in a frame's data. */
  const payload = ({ from, chat, text, id, more = {} }: DingSay): Record<string, unknown> => {
    const at = now().getTime()
    const session = nextId('s')
    sessions.set(session, { to: chat ?? from, until: at + SESSION_MS })
    const group = { conversationTitle: '信息公开工作群', atUsers: [{ dingtalkId: BOT }], isInAtList: true }
    return {
      conversationId: chat ?? `cid_single_${from}`,
      conversationType: chat ? '2' : '1',
      ...(chat ? group : {}),
      chatbotCorpId: 'ding1',
      chatbotUserId: BOT,
      msgId: id ?? nextId('msg'),
      senderNick: '张三',
      isAdmin: false,
      senderStaffId: from,
      senderCorpId: 'ding1',
      senderId: `$:LWCP_v1:$${from}`,
      sessionWebhookExpiredTime: at + SESSION_MS,
      createAt: at,
      sessionWebhook: `${oapi}/robot/sendBySession?session=${session}`,
      robotCode: config.robotCode,
      msgtype: 'text',
      // Where the mention stood, a space is left.
      text: { content: chat ? ` ${text}` : text },
      ...more,
    }
  }

  return {
    config,
    api,
    sent,
    calls,
    gone,
    controlled,
    mobiles,
    files,
    sessions,
    payload,
    fetch: fetchOf(whole, (path) => {
      const at = faults.findIndex((each) => path.includes(each.path))
      return at < 0 ? undefined : faults.splice(at, 1)[0]?.fault
    }),
    /** The next call to a path that holds `path` goes wrong. */
    fail: (path: string, fault: Fault) => void faults.push({ path, fault }),
    /** The platform takes every token back before its time. */
    revoke: tokens.revoke,
    /** A person's words, on their way to the callback. */
    says: (say: DingSay): Wire => dingtalkWire(config, JSON.stringify(payload(say)), now()),
  }
}
