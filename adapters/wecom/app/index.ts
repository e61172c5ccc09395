import type { Card } from '../../../src/model/card.ts'
import { DeliveryError } from '../../../src/model/problem.ts'
import type { Adapter, Received } from '../../adapter.ts'
import { readBody } from '../../body.ts'
import { digest, toHex } from '../../crypto.ts'
import type { AdapterDeps } from '../../deps.ts'
import { createWecomCipher } from '../cipher.ts'
import { verifyUrl } from '../echo.ts'
import { createPace } from '../pace.ts'
import type { PlainId } from '../plain.ts'
import { writeFields } from '../xml.ts'
import { createWecomClient, DUPLICATE_SECONDS } from './client.ts'
import { createWecomContacts } from './contacts.ts'
import { decode } from './decode.ts'
import { fetchMedia } from './media.ts'
import { sendPicture } from './pictures.ts'
import { type AppMessage, MOST_PARTS, render } from './render.ts'
import { greyText, placedAnswer, placedState } from './render-placed.ts'
import { createWecomSession, type WecomAccount } from './session.ts'
import { verifyMessage } from './verify.ts'

export interface WecomAppConfig extends WecomAccount {
  token: string
  /** EncodingAESKey: 43 characters. */
  aesKey: string
}

/** The app, and what a smart bot of the same corporation asks of it. */
export type WecomAppAdapter = Adapter & { plainId: PlainId }

const MOST_BYTES = 1 << 20
/** The platform takes 10,000 calls a minute of a corporation, and one of our messages may be four of its. */
const PER_MINUTE = 2000
/** What one app may send to one member; the platform drops the rest without a word (path 90312). */
const TO_ONE: [most: number, ms: number][] = [
  [30, 60_000],
  [1000, 3_600_000],
]
/** Five minutes are left for the call itself and for clocks that differ. */
const ONCE_MS = DUPLICATE_SECONDS * 1000 - 5 * 60_000

/** After so long no further part is begun: the whole must end within the lease of who delivers. */
const SLOW_MS = 20_000

const UNREADABLE = '目前只看得懂文字、图片和文件。语音、视频、位置没有读，请用文字说明。'

const empty = () => new Response(null, { status: 200 })
const nothing: Received = { messages: [], inline: false, answer: empty }

/** One member and no more: `@all` and a list would reach others. */
const isMember = (id: string) => /^[^\s|@][^\s|]{0,63}$/.test(id)

/** Made of the letters that a task id may have. */
const idOf = async (key: string) => toHex(await digest('SHA-256', key)).slice(0, 32)

/** A self-built app of WeCom (企业微信自建应用): single chats with its members, `route` being the agent id. */
export function createWecomAppAdapter(config: WecomAppConfig, deps: AdapterDeps): WecomAppAdapter {
  const route = config.agentId
  const secrets = { token: config.token, aesKey: config.aesKey, receiveId: config.corpId }
  const log = (event: string) => (outcome: string) => deps.log?.({ event, platform: 'wecom', outcome })
  const refused = log('refused')
  const cipher = createWecomCipher(secrets, refused)
  const session = createWecomSession(config, deps)
  const client = createWecomClient(session, config.agentId)
  const contacts = createWecomContacts(session, deps)
  const pace = createPace(TO_ONE, deps.now)

  /** Said in the response itself: there is nothing to store of it, and nothing to repeat. */
  const sayUnreadable = async (to: string, nonce: string): Promise<Response> => {
    const seconds = Math.floor(deps.now().getTime() / 1000)
    const reply = { ToUserName: to, FromUserName: config.corpId, CreateTime: seconds, MsgType: 'text' }
    const sealed = await cipher.seal(writeFields({ ...reply, Content: UNREADABLE }), seconds, nonce)
    const { encrypt: Encrypt, msgsignature: MsgSignature, timestamp: TimeStamp, nonce: Nonce } = sealed
    const body = writeFields({ Encrypt, MsgSignature, TimeStamp, Nonce })
    return new Response(body, { headers: { 'content-type': 'application/xml; charset=utf-8' } })
  }

  const send = (userId: string, message: AppMessage) => {
    pace.took(userId)
    return client.send(userId, message)
  }

  /** All parts in their order. @returns the codes by which its cards can be changed */
  const sendParts = async (userId: string, card: Card, id: string): Promise<string[]> => {
    const began = deps.now().getTime()
    const codes: string[] = []
    for (const [i, message] of render(card, id).entries()) {
      if (deps.now().getTime() - began > SLOW_MS) throw new DeliveryError('unsure', 'wecom too slow for all parts')
      const { code } = await send(userId, message).catch((error: unknown) => {
        // A part has arrived; sent again as a whole, the platform drops that part as a duplicate.
        throw i > 0 && error instanceof DeliveryError ? new DeliveryError('unsure', error.message, error.after) : error
      })
      if (code) codes.push(code)
    }
    return codes
  }

  /** Changes a card where nothing hangs on it: whether it is done. */
  const changeCard = async (userId: string, code: string, card: Parameters<typeof client.update>[2]) => {
    try {
      await client.update(userId, code, card)
      return true
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      log('update')(error.message)
      return false
    }
  }

  return {
    platform: 'wecom',
    route,
    perMinute: PER_MINUTE,
    once: ONCE_MS,
    sameWords: true,
    canStart: { room: false, person: true },

    async receive(request) {
      const query = new URL(request.url).searchParams
      if (request.method === 'GET') {
        const echo = await verifyUrl(cipher, query)
        return { ...nothing, answer: () => new Response(echo, { headers: { 'content-type': 'text/plain' } }) }
      }
      const callback = await verifyMessage(cipher, query, await readBody(request, MOST_BYTES), config, refused)
      const decoded = await decode(callback, { route })
      if (!decoded) return nothing
      if ('message' in decoded) return { ...nothing, messages: [decoded.message] }
      return { ...nothing, answer: () => sayUnreadable(decoded.unreadable, query.get('nonce') ?? '') }
    },

    readyAt: ({ id }) => pace.readyAt(id, MOST_PARTS),

    async deliver({ to, card, key, replyBy, again }) {
      if (to.kind === 'room') throw new DeliveryError('no-route', 'wecom 自建应用只能发给个人')
      if (!isMember(to.id)) throw new DeliveryError('malformed', 'wecom userid')
      const pressed = replyBy && replyBy.until > deps.now() ? replyBy.handle : undefined
      const placed = pressed ? placedAnswer(card) : undefined
      if (pressed && placed && (await changeCard(to.id, pressed, placed))) return {}
      const ref = await idOf(key)
      const codes = await sendParts(to.id, card, ref)
      if (pressed && !placed && card.tone !== 'warn') await changeCard(to.id, pressed, greyText(card))
      // A picture is another one each time it is uploaded: what may be there already is not sent again.
      if (!again) await sendPicture(card, client, (message) => send(to.id, message), deps)
      return { ref, ...(codes.length > 0 ? { edit: codes.join(' ') } : {}) }
    },

    async update({ to, edit = '', card }) {
      if (to.kind === 'room' || !isMember(to.id)) throw new DeliveryError('no-route', 'wecom 自建应用只能发给个人')
      const codes = edit.split(' ').filter((code) => code !== '')
      if (codes.length === 0) throw new DeliveryError('gone', 'wecom：这条消息没有可更新的卡片')
      const states = placedState(card)
      for (const [i, code] of codes.entries()) {
        const state = states[i] ?? greyText(card)
        // A code is good once: where the first card is in place, no later try could put it there again.
        if (i === 0) await client.update(to.id, code, state)
        else await changeCard(to.id, code, state)
      }
    },

    fetchFile: ({ handle }) => fetchMedia(handle, config, session, deps),
    find: contacts.find,
    plainId: contacts.plainId,

    async probe() {
      try {
        const { name, problems } = await client.self()
        return { identity: `自建应用“${name}”（AgentId ${route}）`, problems }
      } catch (error) {
        return { problems: [error instanceof DeliveryError ? error.message : '没有查到应用：原因不明'] }
      }
    },
  }
}
