import { DeliveryError } from '../../../src/model/problem.ts'
import type { Adapter, Received } from '../../adapter.ts'
import { readBody } from '../../body.ts'
import { digest, toHex } from '../../crypto.ts'
import type { AdapterDeps } from '../../deps.ts'
import { createWecomCipher } from '../cipher.ts'
import { verifyUrl } from '../echo.ts'
import { writeFields } from '../xml.ts'
import { createWecomClient, DUPLICATE_SECONDS, type WecomAccount } from './client.ts'
import { decode } from './decode.ts'
import { render } from './render.ts'
import { verifyMessage } from './verify.ts'

export interface WecomAppConfig extends WecomAccount {
  token: string
  /** EncodingAESKey: 43 characters. */
  aesKey: string
}

const MOST_BYTES = 1 << 20
/** The platform takes 10,000 calls a minute of a corporation, and one of our messages may be four of its. */
const PER_MINUTE = 2000
/** Five minutes are left for the call itself and for clocks that differ. */
const ONCE_MS = DUPLICATE_SECONDS * 1000 - 5 * 60_000

/** After so long no further part is begun: the whole must end within the lease of who delivers. */
const SLOW_MS = 20_000

const UNREADABLE = '目前只看得懂文字。图片、语音、文件没有读，请用文字说明。'

const empty = () => new Response(null, { status: 200 })
const nothing: Received = { messages: [], inline: false, answer: empty }

/** One member and no more: `@all` and a list would reach others. */
const isMember = (id: string) => /^[^\s|@][^\s|]{0,63}$/.test(id)

/** Made of the letters that a task id may have. */
const idOf = async (key: string) => toHex(await digest('SHA-256', key)).slice(0, 32)

/** A self-built app of WeCom (企业微信自建应用): single chats with its members, `route` being the agent id. */
export function createWecomAppAdapter(config: WecomAppConfig, deps: AdapterDeps): Adapter {
  const route = config.agentId
  const secrets = { token: config.token, aesKey: config.aesKey, receiveId: config.corpId }
  const refused = (outcome: string) => deps.log?.({ event: 'refused', platform: 'wecom', outcome })
  const cipher = createWecomCipher(secrets, refused)
  const client = createWecomClient(config, deps)

  /** Said in the response itself: there is nothing to store of it, and nothing to repeat. */
  const sayUnreadable = async (to: string, nonce: string): Promise<Response> => {
    const seconds = Math.floor(deps.now().getTime() / 1000)
    const reply = { ToUserName: to, FromUserName: config.corpId, CreateTime: seconds, MsgType: 'text' }
    const sealed = await cipher.seal(writeFields({ ...reply, Content: UNREADABLE }), seconds, nonce)
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
      const fields = await verifyMessage(cipher, query, await readBody(request, MOST_BYTES), config, refused)
      const decoded = await decode(fields, { route })
      if (!decoded) return nothing
      if ('message' in decoded) return { ...nothing, messages: [decoded.message] }
      return { ...nothing, answer: () => sayUnreadable(decoded.unreadable, query.get('nonce') ?? '') }
    },

    async deliver({ to, card, key }) {
      if (to.kind === 'room') throw new DeliveryError('no-route', 'wecom 自建应用只能发给个人')
      if (!isMember(to.id)) throw new DeliveryError('malformed', 'wecom userid')
      const ref = await idOf(key)
      const began = deps.now().getTime()
      for (const [i, message] of render(card, ref).entries()) {
        if (deps.now().getTime() - began > SLOW_MS) throw new DeliveryError('unsure', 'wecom too slow for all parts')
        await client.send(to.id, message).catch((error: unknown) => {
          // A part has arrived; sent again as a whole, the platform drops that part as a duplicate.
          throw i > 0 && error instanceof DeliveryError
            ? new DeliveryError('unsure', error.message, error.after)
            : error
        })
      }
      return { ref }
    },
  }
}
