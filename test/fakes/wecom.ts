import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { Hono } from 'hono'
import type { WecomBotConfig } from '../../adapters/wecom/bot/index.ts'
import { type FakeBotCard, wrongBotCard } from './wecom-buttons.ts'
import { type Fault, fetchOf, type Wire } from './wire.ts'

export const wecomBotConfig: WecomBotConfig & { botId: string; botName: string } = {
  botId: 'AIB001',
  token: 'Spamtoken9',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE',
  botName: '督办助手',
  apiBase: 'https://qyapi.weixin.test',
}

export interface BotSay {
  from: string
  /** A group; a single chat where absent. The platform passes on only what mentions the bot. */
  chat?: string
  text: string
  id?: string
  quote?: string
}

/** What the bot answered in the response itself. */
export interface PassiveReply {
  msgtype?: string
  response_type?: string
  text?: { content: string }
  stream?: { id: string; finish: boolean; content: string }
  template_card?: FakeBotCard
}

const RESPONSE = 'https://qyapi.weixin.test/cgi-bin/aibot/response?response_code='
const MOST_MARKDOWN = 20_480
const HOUR = 3_600_000

/** Signs and encrypts with Tencent's own package, which is not the code under test. */
export function wecomWire(config: WecomBotConfig, plain: string, now: Date, receiveId = ''): Wire {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const nonce = 'nonce123'
  const sealed = encrypt(config.aesKey, plain, receiveId)
  const query = { msg_signature: getSignature(config.token, timestamp, nonce, sealed), timestamp, nonce }
  return {
    method: 'POST',
    url: `http://duban.test/webhooks/wecom-bot?${new URLSearchParams(query)}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ encrypt: sealed }),
  }
}

/** What the platform waits for an answer to: somebody's coming, which alone takes a text, a card of that id that was pressed, or words. */
interface Asked {
  entered: boolean
  pressed: string | undefined
}

/** @param told the streams by the ids of their cards: a second answer to a message may come again, another one may not take its id */
function checkReply(reply: PassiveReply, { entered, pressed }: Asked, told: Map<string, string>): string | undefined {
  const card = reply.template_card
  if ((reply.response_type === 'update_template_card') !== (pressed !== undefined))
    return 'a press is answered by its card'
  if (pressed !== undefined && card?.task_id !== pressed) return 'another card than the pressed one'
  if (entered !== (reply.msgtype === 'text')) return 'a text is a welcome, and a welcome is no stream'
  if (entered) return reply.text?.content ? undefined : 'an empty welcome'
  if (reply.stream && Buffer.byteLength(reply.stream.content) > MOST_MARKDOWN) return 'the stream is too long'
  if (reply.stream && (!reply.stream.id || !reply.stream.finish)) return 'an unfinished stream'
  if (!card) return reply.stream ? undefined : 'an empty answer'
  const wrong = wrongBotCard(card)
  if (wrong !== undefined) return `a card that is refused with ${wrong}`
  if (!reply.stream) return undefined
  const before = told.get(card.task_id) ?? reply.stream.id
  told.set(card.task_id, before)
  return before === reply.stream.id ? undefined : 'a task id that was given to another card'
}

/** A small platform around one smart bot in callback mode. */
export function createFakeWecomBot(
  config: WecomBotConfig = wecomBotConfig,
  now: () => Date = () => new Date(1_700_000_000_000),
) {
  /** Markdown that came through response_urls. */
  const sent: { code: string; content: string }[] = []
  const faults: Fault[] = []
  /** Codes that were not used yet, and until when each is good. */
  const open = new Map<string, number>()
  let count = 0
  /** Of what was last handed in. */
  let asked: Asked = { entered: false, pressed: undefined }
  const told = new Map<string, string>()

  const app = new Hono()
  app.post('/cgi-bin/aibot/response', async (c) => {
    const code = c.req.query('response_code') ?? ''
    const body = await c.req.json()
    const until = open.get(code) ?? 0
    open.delete(code)
    if (until < now().getTime()) return c.json({ errcode: 60140, errmsg: 'used' })
    if (body.msgtype !== 'markdown') return c.json({ errcode: 40008, errmsg: 'msgtype' })
    if (Buffer.byteLength(body.markdown.content) > MOST_MARKDOWN) return c.json({ errcode: 45002, errmsg: 'too long' })
    sent.push({ code, content: body.markdown.content })
    return c.json({ errcode: 0, errmsg: 'ok' })
  })

  const message = (body: Record<string, unknown>, { from, chat, id }: Pick<BotSay, 'from' | 'chat' | 'id'>): Wire => {
    const code = `RC${++count}`
    open.set(code, now().getTime() + HOUR)
    const event = body.event as { eventtype?: string; template_card_event?: { task_id: string } } | undefined
    asked = { entered: event?.eventtype === 'enter_chat', pressed: event?.template_card_event?.task_id }
    const common = {
      msgid: id ?? `MSG${count}`,
      aibotid: config.botId,
      ...(chat ? { chatid: chat } : {}),
      chattype: chat ? 'group' : 'single',
      from: { userid: from },
      response_url: RESPONSE + code,
    }
    return wecomWire(config, JSON.stringify({ ...common, ...body }), now())
  }

  return {
    config,
    sent,
    message,
    fetch: fetchOf(app, () => faults.shift()),
    fail: (fault: Fault) => void faults.push(fault),
    says({ text, quote, ...where }: BotSay): Wire {
      const content = where.chat ? `@${config.botName} ${text}` : text
      const quoted = quote === undefined ? {} : { quote: { msgtype: 'text', text: { content: quote } } }
      return message({ msgtype: 'text', text: { content }, ...quoted }, where)
    },
    presses(where: { from: string; chat?: string; id?: string }, key: string, taskId = 'task-1'): Wire {
      const pressed = { card_type: 'button_interaction', event_key: key, task_id: taskId }
      return message(
        { msgtype: 'event', event: { eventtype: 'template_card_event', template_card_event: pressed } },
        where,
      )
    },
    challenge(echo: string): Wire {
      const { url, body } = wecomWire(config, echo, now())
      const sealed = JSON.parse(body).encrypt
      return { method: 'GET', url: `${url}&echostr=${encodeURIComponent(sealed)}`, headers: {}, body: '' }
    },
    /** Opens the answer as the platform does; undefined where the bot kept silent. @throws where it is wrong */
    async read(response: Response): Promise<PassiveReply | undefined> {
      if (response.status !== 200) throw new Error(`status ${response.status}`)
      const text = await response.text()
      if (text === '') return undefined
      const { encrypt: sealed, msgsignature, timestamp, nonce } = JSON.parse(text)
      if (typeof timestamp !== 'number' || nonce !== 'nonce123') throw new Error('timestamp or nonce')
      if (getSignature(config.token, timestamp, nonce, sealed) !== msgsignature) throw new Error('signature')
      const { message: plain, id } = decrypt(config.aesKey, sealed)
      if (id !== '') throw new Error('receive id')
      const reply = JSON.parse(plain) as PassiveReply
      const wrong = checkReply(reply, asked, told)
      if (wrong) throw new Error(wrong)
      return reply
    },
  }
}
