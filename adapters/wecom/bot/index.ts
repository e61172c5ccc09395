import { DeliveryError, Refused } from '../../../src/model/problem.ts'
import type { Adapter, Outcome, Received } from '../../adapter.ts'
import { readBody } from '../../body.ts'
import type { AdapterDeps } from '../../deps.ts'
import { idOf } from '../../id.ts'
import { isForgotten } from '../../replay.ts'
import { createWecomCipher, type Seal } from '../cipher.ts'
import { verifyUrl } from '../echo.ts'
import { respond } from './client.ts'
import { type BotMessage, decode } from './decode.ts'
import { isWayBack } from './hosts.ts'
import { withAlias } from './identity.ts'
import { fetchMedia } from './media.ts'
import { isSaid } from './outcome.ts'
import { type PassiveReply, render, renderReply, renderUpdate, renderWelcome } from './render.ts'
import { verifyMessage } from './verify.ts'

export interface WecomBotConfig {
  /** The route; `bot` where absent. It is not held against the callback's `aibotid`: no page says that they are one. */
  botId?: string
  token: string
  /** EncodingAESKey: 43 characters. */
  aesKey: string
  tokenOld?: string
  aesKeyOld?: string
  /** The name that people @ in groups, to be taken out of their words. */
  botName?: string
  /** A private edition's own host, where it is not the official one: response_urls lead there. */
  apiBase?: string
  /** The plain id behind an encrypted one, as the corporation's own app may ask for it. */
  plainId?(id: string): Promise<string | undefined>
}

const MOST_BYTES = 1 << 20
/** No limit is documented for response_url; this is the platform's for any one call of a corporation, with room left. */
const PER_MINUTE = 1000

const empty = () => new Response(null, { status: 200 })
const nothing: Received = { messages: [], inline: false, answer: empty }

/** What goes back in the response: an answer, a welcome, or the pressed card as it now stands. */
async function passive(
  { message, taskId }: BotMessage,
  outcome: Outcome | undefined,
): Promise<PassiveReply | undefined> {
  if (!isSaid(outcome)) return undefined
  if (message.happened) return renderWelcome(outcome.reply)
  if (taskId === undefined) return renderReply(outcome.reply, await idOf(message.id))
  return renderUpdate(outcome.reply, taskId, message.room.kind)
}

/** WeCom's smart bot (智能机器人) by callback: it answers what is said to it and can start no conversation. */
export function createWecomBotAdapter(config: WecomBotConfig, deps: AdapterDeps): Adapter {
  const route = config.botId ?? 'bot'
  const self = { route, ...(config.botName ? { botName: config.botName } : {}) }
  const { token, aesKey, tokenOld, aesKeyOld } = config
  const cipher = createWecomCipher({ token, aesKey, tokenOld, aesKeyOld, receiveId: '' }, (outcome) =>
    deps.log?.({ event: 'refused', platform: 'wecom', outcome }),
  )

  const sealed = async (plain: PassiveReply | undefined, nonce: string, seal: Seal) => {
    if (!plain) return empty()
    const seconds = Math.floor(deps.now().getTime() / 1000)
    return Response.json(await seal(JSON.stringify(plain), seconds, nonce))
  }

  const received = (said: BotMessage, nonce: string, seal: Seal): Received => ({
    messages: [said.message],
    // What a press is answered with is too long for its card, and comes through the response_url.
    inline: said.taskId === undefined,
    answer: async ([outcome]) => sealed(await passive(said, outcome), nonce, seal),
  })

  return {
    platform: 'wecom',
    route,
    perMinute: PER_MINUTE,
    canStart: { room: false, person: false },
    numbered: true,

    async receive(request) {
      const query = new URL(request.url).searchParams
      if (request.method === 'GET') {
        const echo = await verifyUrl(cipher, query)
        return { ...nothing, answer: () => new Response(echo, { headers: { 'content-type': 'text/plain' } }) }
      }
      const { json, seal } = await verifyMessage(cipher, query, await readBody(request, MOST_BYTES))
      if (isForgotten(query.get('timestamp'), 'wecom', deps)) throw new Refused(401)
      const decoded = decode(json, self, deps.now())
      if (!decoded) return nothing
      const message = await withAlias(decoded.message, config.plainId)
      return received({ ...decoded, message }, query.get('nonce') ?? '', seal)
    },

    async deliver({ to, card, replyBy }) {
      if (!replyBy || replyBy.until <= deps.now()) {
        throw new DeliveryError('no-route', 'wecom-bot answers only what was just said to it')
      }
      if (!isWayBack(replyBy.handle, config.apiBase))
        throw new DeliveryError('no-route', 'wecom-bot：response_url 不在企业微信的主机上（私有版请设 WECOM_API_BASE）')
      await respond(deps, replyBy.handle, render(card, to.kind))
      return {}
    },
    fetchFile: (file) => fetchMedia(deps, file, config.aesKey),
    probe: async () => ({ identity: config.botId ?? '没有填 WECOM_BOT_ID', unasked: true, problems: [] }),
  }
}
