import { Refused } from '../../../src/model/problem.ts'
import type { Adapter, Received } from '../../adapter.ts'
import { readBody } from '../../body.ts'
import type { AdapterDeps } from '../../deps.ts'
import { createPace, type Limit } from '../../pace.ts'
import { probeProblem } from '../../probe.ts'
import { isForgotten } from '../../replay.ts'
import { createWecomCipher, type Seal } from '../cipher.ts'
import { verifyUrl } from '../echo.ts'
import type { PlainId } from '../plain.ts'
import { writeFields } from '../xml.ts'
import { createWecomClient, DUPLICATE_SECONDS } from './client.ts'
import { createWecomContacts } from './contacts.ts'
import { decode } from './decode.ts'
import { fetchMedia } from './media.ts'
import { MOST_PARTS } from './render.ts'
import { createWecomSession, type WecomAccount } from './session.ts'
import { createWecomSignOn } from './sign-on.ts'
import { createWecomSpeech } from './speak.ts'
import { verifyMessage } from './verify.ts'

export interface WecomAppConfig extends WecomAccount {
  token: string
  /** EncodingAESKey: 43 characters. */
  aesKey: string
  tokenOld?: string
  aesKeyOld?: string
}

/** The app, and what a smart bot of the same corporation asks of it. */
export type WecomAppAdapter = Adapter & { plainId: PlainId }

const MOST_BYTES = 1 << 20
/** The platform takes 10,000 calls a minute of a corporation, and one of our messages may be four of its. */
const PER_MINUTE = 2000
/** What one app may send to one member; the platform drops the rest without a word (path 90312). */
const TO_ONE: Limit[] = [
  [30, 60_000],
  [1000, 3_600_000],
]
/** Five minutes are left for the call itself and for clocks that differ. */
const ONCE_MS = DUPLICATE_SECONDS * 1000 - 5 * 60_000

const UNREADABLE = '目前只看得懂文字、图片和文件。语音、视频、位置没有读，请用文字说明。'

const empty = () => new Response(null, { status: 200 })
const nothing: Received = { messages: [], inline: false, answer: empty }

/** A self-built app of WeCom (企业微信自建应用): single chats with its members, `route` being the agent id. */
export function createWecomAppAdapter(config: WecomAppConfig, deps: AdapterDeps): WecomAppAdapter {
  const route = config.agentId
  const { token, aesKey, tokenOld, aesKeyOld } = config
  const secrets = { token, aesKey, tokenOld, aesKeyOld, receiveId: config.corpId }
  const refused = (outcome: string) => deps.log?.({ event: 'refused', platform: 'wecom', outcome })
  const cipher = createWecomCipher(secrets, refused)
  const session = createWecomSession(config, deps)
  const client = createWecomClient(session, config.agentId)
  const contacts = createWecomContacts(session, deps)
  const pace = createPace(TO_ONE, deps.now)
  const speech = createWecomSpeech(client, pace, deps)

  /** Said in the response itself: there is nothing to store of it, and nothing to repeat. */
  const sayUnreadable = async (to: string, nonce: string, seal: Seal): Promise<Response> => {
    const seconds = Math.floor(deps.now().getTime() / 1000)
    const reply = { ToUserName: to, FromUserName: config.corpId, CreateTime: seconds, MsgType: 'text' }
    const sealed = await seal(writeFields({ ...reply, Content: UNREADABLE }), seconds, nonce)
    const { encrypt: Encrypt, msgsignature: MsgSignature, timestamp: TimeStamp, nonce: Nonce } = sealed
    const body = writeFields({ Encrypt, MsgSignature, TimeStamp, Nonce })
    return new Response(body, { headers: { 'content-type': 'application/xml; charset=utf-8' } })
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
      if (isForgotten(query.get('timestamp'), 'wecom', deps)) throw new Refused(401)
      const decoded = await decode(callback, { route })
      if (!decoded) return nothing
      if ('message' in decoded) return { ...nothing, messages: [decoded.message] }
      return { ...nothing, answer: () => sayUnreadable(decoded.unreadable, query.get('nonce') ?? '', callback.seal) }
    },

    readyAt: ({ id }) => pace.readyAt(id, MOST_PARTS),

    deliver: speech.deliver,
    update: speech.update,
    fetchFile: ({ handle }) => fetchMedia(handle, config, session, deps),
    find: contacts.find,
    plainId: contacts.plainId,
    signOn: createWecomSignOn(config, session),

    async probe() {
      try {
        const { name, problems } = await client.self()
        return { identity: `自建应用“${name}”（AgentId ${route}）`, problems }
      } catch (error) {
        return { problems: [probeProblem(error, config.apiBase, 'WECOM_API_BASE')] }
      }
    },
  }
}
