import { DeliveryError } from '../../../src/model/problem.ts'
import type { Adapter, Outcome, Received } from '../../adapter.ts'
import { readBody } from '../../body.ts'
import { digest, toHex } from '../../crypto.ts'
import type { AdapterDeps } from '../../deps.ts'
import { createWecomCipher } from '../cipher.ts'
import { verifyUrl } from '../echo.ts'
import { respond } from './client.ts'
import { type BotMessage, decode } from './decode.ts'
import { type PassiveReply, render, renderButtons, renderReply } from './render.ts'
import { verifyMessage } from './verify.ts'

export interface WecomBotConfig {
  /** The route; `bot` where absent. It is not held against the callback's `aibotid`: no page says that they are one. */
  botId?: string
  token: string
  /** EncodingAESKey: 43 characters. */
  aesKey: string
  /** The name that people @ in groups, to be taken out of their words. */
  botName?: string
}

const MOST_BYTES = 1 << 20
/** No limit is documented for response_url; this is the platform's for any one call of a corporation, with room left. */
const PER_MINUTE = 1000

const empty = () => new Response(null, { status: 200 })
const nothing: Received = { messages: [], inline: false, answer: empty }

/** Equal on a redelivery, and made of the letters that a task id may have. */
const idOf = async (messageId: string) => toHex(await digest('SHA-256', messageId)).slice(0, 32)

async function reply(outcome: Outcome | undefined): Promise<PassiveReply | undefined> {
  if (!outcome?.reply || outcome.status === 'silent') return undefined
  return renderReply(outcome.reply, await idOf(outcome.message.id))
}

/** The pressed card gets the answer's buttons; its words are too many for a card and go through the response_url. */
function update(outcome: Outcome | undefined, taskId: string): PassiveReply | undefined {
  if (!outcome?.reply || outcome.status === 'silent') return undefined
  const card = renderButtons(outcome.reply, taskId)
  return card && { response_type: 'update_template_card', template_card: card }
}

/** WeCom's smart bot (智能机器人) by callback: it answers what is said to it and can start no conversation. */
export function createWecomBotAdapter(config: WecomBotConfig, deps: AdapterDeps): Adapter {
  const route = config.botId ?? 'bot'
  const self = { route, ...(config.botName ? { botName: config.botName } : {}) }
  const cipher = createWecomCipher({ token: config.token, aesKey: config.aesKey, receiveId: '' }, (outcome) =>
    deps.log?.({ event: 'refused', platform: 'wecom', outcome }),
  )

  const sealed = async (plain: PassiveReply | undefined, nonce: string) => {
    if (!plain) return empty()
    const seconds = Math.floor(deps.now().getTime() / 1000)
    return Response.json(await cipher.seal(JSON.stringify(plain), seconds, nonce))
  }

  const received = ({ message, taskId }: BotMessage, nonce: string): Received => ({
    messages: [message],
    inline: taskId === undefined,
    answer: async ([outcome]) => sealed(taskId === undefined ? await reply(outcome) : update(outcome, taskId), nonce),
  })

  return {
    platform: 'wecom',
    route,
    perMinute: PER_MINUTE,
    canStart: { room: false, person: false },

    async receive(request) {
      const query = new URL(request.url).searchParams
      if (request.method === 'GET') {
        const echo = await verifyUrl(cipher, query)
        return { ...nothing, answer: () => new Response(echo, { headers: { 'content-type': 'text/plain' } }) }
      }
      const json = await verifyMessage(cipher, query, await readBody(request, MOST_BYTES))
      const decoded = decode(json, self, deps.now())
      return decoded ? received(decoded, query.get('nonce') ?? '') : nothing
    },

    async deliver({ card, replyBy }) {
      if (!replyBy || replyBy.until <= deps.now()) {
        throw new DeliveryError('no-route', 'wecom-bot answers only what was just said to it')
      }
      await respond(deps, replyBy.handle, render(card))
      return {}
    },
  }
}
