import type { Card } from '../../src/model/card.ts'
import type { Address } from '../../src/model/message.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import type { Adapter, Outcome, Received } from '../adapter.ts'
import { readBody } from '../body.ts'
import { digest, toHex } from '../crypto.ts'
import type { AdapterDeps } from '../deps.ts'
import { clip } from '../escape.ts'
import { createLarkClient, type LarkMessage } from './client.ts'
import { decode, eventOf, isPress, needsSelf } from './decode.ts'
import { escapePlain } from './escape.ts'
import { uploadCharts } from './pictures.ts'
import { type Pictures, render } from './render.ts'
import { createLarkVerify } from './verify.ts'

export interface LarkConfig {
  appId: string
  appSecret: string
  encryptKey: string
  verificationToken: string
  domain: string
  /** Sends that the platform allows the app; those of the public edition where absent. */
  perSecond?: number
  perMinute?: number
}

const MOST_BYTES = 1 << 20
/** Of im/v1/messages, for an app in a tenant. */
const PER_MINUTE = 1000
const PER_SECOND = 50
/** A uuid is remembered for an hour; five minutes are left for the call itself and for clocks that differ. */
const ONCE_MS = 55 * 60_000

const TOAST = { plain: 'info', good: 'success', warn: 'warning', late: 'error' } as const

/** Taken, and no more to say. Not `Response.json`, which Node is slow at. */
const taken = () => new Response('{}', { headers: { 'content-type': 'application/json' } })

const nothing: Received = { messages: [], inline: false, answer: taken }

/** A pressed button's card as it now stands; a card without a body is only a toast and leaves the pressed one alone. */
function pressAnswer(outcome: Outcome | undefined): Response {
  const card = outcome?.reply
  if (!card || outcome.status === 'silent') return Response.json({})
  const toast = { type: TOAST[card.tone], content: escapePlain(clip(card.title, 100)) }
  if (card.blocks.length === 0 && !card.buttons?.length) return Response.json({ toast })
  return Response.json({ toast, card: { type: 'raw', data: render(card, outcome.message.room.kind) } })
}

async function messageOf(card: Card, kind: Address['kind'], key: string, pictures: Pictures): Promise<LarkMessage> {
  // 40 of the 50 characters that a uuid may have.
  const uuid = toHex(await digest('SHA-256', key)).slice(0, 40)
  return { msg_type: 'interactive', content: JSON.stringify(render(card, kind, pictures)), uuid }
}

/** Feishu / Lark by webhook, `route` being the app id. */
export function createLarkAdapter(config: LarkConfig, deps: AdapterDeps): Adapter {
  const verify = createLarkVerify(
    config,
    (outcome) => deps.log?.({ event: 'refused', platform: 'lark', outcome }),
    deps.aes,
  )
  const client = createLarkClient(config, deps)

  return {
    platform: 'lark',
    route: config.appId,
    perMinute: config.perMinute ?? PER_MINUTE,
    perSecond: config.perSecond ?? PER_SECOND,
    once: ONCE_MS,
    canStart: { room: true, person: true },

    async receive(request) {
      const proven = await verify(await readBody(request, MOST_BYTES), request.headers)
      if ('challenge' in proven) {
        return { ...nothing, answer: () => Response.json({ challenge: proven.challenge }) }
      }
      const event = eventOf(proven.event)
      if (!event) return nothing
      // Where it cannot be learnt now, the request fails as a whole and the platform sends it again in 15 seconds.
      const openId = needsSelf(event) ? await client.self() : undefined
      const messages = decode(event, { route: config.appId, ...(openId ? { openId } : {}) }, deps.now())
      if (!isPress(event)) return { ...nothing, messages }
      return { messages, inline: true, answer: (outcomes) => pressAnswer(outcomes[0]) }
    },

    async deliver({ to, card, key, replyBy, again }) {
      const message = await messageOf(card, to.kind, key, await uploadCharts(card, client, deps))
      if (replyBy && replyBy.until > deps.now()) {
        try {
          return refOf(await client.reply(replyBy.handle, message))
        } catch (error) {
          // The message was recalled, perhaps: the group is still there. What is to be tried again stays a reply.
          const refused = error instanceof DeliveryError && error.reason !== 'later' && error.reason !== 'unsure'
          if (!refused || again) throw error
        }
      }
      return refOf(await client.create(to.kind === 'room' ? 'chat_id' : 'open_id', to.id, message))
    },
  }
}

const refOf = (ref: string | undefined): { ref?: string } => (ref === undefined ? {} : { ref })
