import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { createRate } from './rate.ts'
import { type FakeBotCard, type FakeButton, wrongBotCard } from './wecom-buttons.ts'

export const socketConfig = { botId: 'AIB001', secret: 'a-secret-of-the-bot', botName: '督办助手' }

interface Frame {
  cmd?: string
  headers: { req_id: string }
  errcode?: number
  errmsg?: string
  body?: Record<string, unknown>
}

/** What the bot said, wherever the platform would show it. */
export interface Shown {
  cmd: string
  /** The conversation: a group, or a person. */
  chat: string
  words: string
  buttons: FakeButton[]
  taskId?: string
}

interface Callback {
  chat: string
  kind: 'message' | 'enter_chat' | 'template_card_event'
  /** By the platform's clock. */
  at: number
  taskId?: string
  answered: boolean
}

interface Where {
  from: string
  /** A group; a single chat where absent. */
  chat?: string
  id?: string
}

const MOST_MARKDOWN = 20_480
const DAY = 24 * 60 * 60_000
const ANSWER_MS = 5000
/** Of one conversation, answers and pushes together. */
const RATES = [
  [30, 60_000],
  [1000, 3_600_000],
] as const

const cardShown = (card: FakeBotCard) => ({
  words: [card.main_title.title, card.sub_title_text ?? ''].join('\n').trim(),
  buttons: card.button_list,
  taskId: card.task_id,
})

/**
 * WeCom's end of a smart bot's long connection on a loopback port, by page 101463: one connection a bot, which it subscribes
 * to first; every command is checked and acknowledged; a way back is of one message, one answer at a time.
 */
export const openWecomGateway = async (now: () => Date = () => new Date(), config = socketConfig) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const shown: Shown[] = []
  const seen = { connections: 0, subscriptions: 0, kicks: 0, pings: 0, frames: [] as Frame[] }
  const callbacks = new Map<string, Callback>()
  const chats = new Set<string>()
  const groups = new Set<string>()
  const rate = createRate(RATES, now)
  const busy = new Set<string>()
  const taskIds = new Set<string>()
  /** Errcodes of what comes next, by command: they are not done. */
  const faults: { cmd: string; code: number }[] = []
  /** Commands that are done and not acknowledged. */
  const unacknowledged = new Set<string>()
  let ackDelay = 0
  let deaf = false
  let mine: WebSocket | undefined

  const put = (socket: WebSocket, frame: object) => socket.send(JSON.stringify(frame))

  const show = (cmd: string, chat: string, said: Omit<Shown, 'cmd' | 'chat'>): number => {
    if (rate.isFull(chat)) return 45009
    rate.count(chat)
    shown.push({ cmd, chat, ...said })
    return 0
  }

  const newCard = (cmd: string, chat: string, card: FakeBotCard | undefined): number => {
    const wrong = wrongBotCard(card)
    if (wrong || !card) return wrong ?? 40058
    if (taskIds.has(card.task_id)) return 42014
    taskIds.add(card.task_id)
    return show(cmd, chat, cardShown(card))
  }

  const respond = (cmd: string, { req_id }: Frame['headers'], body: Record<string, unknown>): number => {
    const back = callbacks.get(req_id)
    if (!back || now().getTime() - back.at > DAY) return 846605
    if (cmd === 'aibot_respond_msg') {
      const stream = body.stream as { id?: string; finish?: boolean; content?: string } | undefined
      if (back.kind !== 'message') return 846605
      if (body.msgtype !== 'stream' || !stream?.id || stream.finish !== true) return 40008
      if (Buffer.byteLength(stream.content ?? '') > MOST_MARKDOWN) return 45002
      return show(cmd, back.chat, { words: stream.content ?? '', buttons: [] })
    }
    if (back.answered || now().getTime() - back.at > ANSWER_MS) return 846605
    back.answered = true
    if (cmd === 'aibot_respond_welcome_msg') {
      const content = (body.text as { content?: string } | undefined)?.content
      if (back.kind !== 'enter_chat') return 846605
      return body.msgtype === 'text' && content ? show(cmd, back.chat, { words: content, buttons: [] }) : 40008
    }
    const card = body.template_card as FakeBotCard | undefined
    if (back.kind !== 'template_card_event') return 846605
    if (body.response_type !== 'update_template_card') return 40008
    if (wrongBotCard(card) || !card || card.task_id !== back.taskId) return 42014
    return show(cmd, back.chat, cardShown(card))
  }

  const start = (body: Record<string, unknown>): number => {
    const { chatid, chat_type: type, msgtype } = body as { chatid: string; chat_type?: number; msgtype: string }
    if (!chats.has(chatid)) return 93006
    const group = groups.has(chatid)
    if (type !== undefined && type !== 0 && type !== (group ? 2 : 1)) return 93006
    if (msgtype === 'template_card')
      return group ? 40008 : newCard('aibot_send_msg', chatid, body.template_card as FakeBotCard)
    const content = (body.markdown as { content?: string } | undefined)?.content
    if (msgtype !== 'markdown' || !content) return 40008
    if (Buffer.byteLength(content) > MOST_MARKDOWN) return 45002
    return show('aibot_send_msg', chatid, { words: content, buttons: [] })
  }

  const subscribe = (socket: WebSocket, body: Record<string, unknown>): number => {
    if (body.bot_id !== config.botId) return 93019
    if (body.secret !== config.secret) return 853000
    const older = mine
    mine = socket
    seen.subscriptions++
    if (older && older !== socket) {
      seen.kicks++
      event(older, { eventtype: 'disconnected_event' })
      older.close()
    }
    return 0
  }

  const done = (socket: WebSocket, { cmd = '', headers, body = {} }: Frame): number => {
    const fault = faults.findIndex((each) => each.cmd === cmd)
    if (fault >= 0) return faults.splice(fault, 1)[0]?.code ?? -1
    if (cmd === 'aibot_subscribe') return subscribe(socket, body)
    if (mine !== socket) return 846609
    if (cmd === 'ping') {
      seen.pings++
      return 0
    }
    if (cmd === 'aibot_send_msg') return start(body)
    return cmd.startsWith('aibot_respond_') ? respond(cmd, headers, body) : 40058
  }

  server.on('connection', (socket) => {
    seen.connections++
    socket.on('error', () => undefined)
    socket.on('close', () => {
      if (mine === socket) mine = undefined
    })
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame
      const { cmd = '', headers } = frame
      seen.frames.push(frame)
      const id = headers.req_id
      // Two at once on one way back meet each other.
      const errcode = busy.has(id) ? 6000 : done(socket, frame)
      if (unacknowledged.has(cmd) || (deaf && cmd === 'ping')) return
      const ack = () => {
        busy.delete(id)
        put(socket, { headers, errcode, errmsg: errcode === 0 ? 'ok' : 'refused' })
      }
      busy.add(id)
      if (ackDelay > 0) setTimeout(ack, ackDelay)
      else ack()
    })
  })

  const event = (socket: WebSocket, event: object) =>
    put(socket, {
      cmd: 'aibot_event_callback',
      headers: { req_id: randomUUID() },
      body: { msgid: randomUUID(), create_time: seconds(), aibotid: config.botId, msgtype: 'event', event },
    })
  const seconds = () => Math.floor(now().getTime() / 1000)

  /** Hands something to whoever is connected; returns its req_id. @throws where nobody is */
  const push = (where: Where, kind: Callback['kind'], more: Record<string, unknown>, taskId?: string): string => {
    if (!mine) throw new Error('nobody is connected')
    const reqId = randomUUID()
    const chat = where.chat ?? where.from
    chats.add(chat)
    if (where.chat) groups.add(where.chat)
    callbacks.set(reqId, { chat, kind, at: now().getTime(), answered: false, ...(taskId && { taskId }) })
    const body = {
      msgid: where.id ?? randomUUID(),
      create_time: seconds(),
      aibotid: config.botId,
      ...(where.chat && { chatid: where.chat }),
      chattype: where.chat ? 'group' : 'single',
      from: { userid: where.from },
      ...more,
    }
    const cmd = kind === 'message' ? 'aibot_msg_callback' : 'aibot_event_callback'
    put(mine, { cmd, headers: { req_id: reqId }, body })
    return reqId
  }

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    config,
    shown,
    seen,
    push,
    fail: (cmd: string, code: number) => void faults.push({ cmd, code }),
    unacknowledged,
    delayAcks: (ms: number) => {
      ackDelay = ms
    },
    /** Signs of life are no longer answered, or again. */
    deafen: (is: boolean) => {
      deaf = is
    },
    connected: () => mine !== undefined,
    says: ({ text, quote, ...where }: Where & { text: string; quote?: string }): string =>
      push(where, 'message', {
        msgtype: 'text',
        text: { content: where.chat ? `@${config.botName} ${text}` : text },
        ...(quote !== undefined && { quote: { msgtype: 'text', text: { content: quote } } }),
      }),
    enters: (from: string): string =>
      push({ from }, 'enter_chat', { msgtype: 'event', event: { eventtype: 'enter_chat' } }),
    /** `flat`: as Tencent's own package writes it. */
    presses: (where: Where, key: string, taskId: string, flat = false): string => {
      const pressed = { card_type: 'button_interaction', event_key: key, task_id: taskId }
      const eventtype = 'template_card_event'
      const event = flat ? { eventtype, ...pressed } : { eventtype, [eventtype]: pressed }
      return push(where, 'template_card_event', { msgtype: 'event', event }, taskId)
    },
    /** Something that is no frame of the protocol. */
    junk: (text: string | Buffer) => mine?.send(text),
    /** The network breaks. */
    drop: () => {
      for (const client of server.clients) client.terminate()
    },
    close: async () => {
      for (const client of server.clients) client.terminate()
      await new Promise((done) => server.close(done))
    },
  }
}
