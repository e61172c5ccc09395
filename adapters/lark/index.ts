import type { Card } from '../../src/model/card.ts'
import { DeliveryError, Refused } from '../../src/model/problem.ts'
import type { Adapter, Delivery, Outcome, Received } from '../adapter.ts'
import { readBody } from '../body.ts'
import type { AdapterDeps } from '../deps.ts'
import { clip } from '../escape.ts'
import { idOf } from '../id.ts'
import { createPace, type Limit } from '../pace.ts'
import { isForgotten } from '../replay.ts'
import { createLarkClient, type LarkMessage } from './client.ts'
import { decode, eventOf, isPress, needsSelf } from './decode.ts'
import { escapePlain } from './escape.ts'
import { fetchFile } from './fetch-file.ts'
import { probeLark } from './probe.ts'
import { mentioned, render, renderText } from './render.ts'
import { createLarkSignOn } from './sign-on.ts'
import { createLarkVerify } from './verify.ts'

export interface LarkConfig {
  appId: string
  appSecret: string
  encryptKey: string
  verificationToken: string
  encryptKeyOld?: string
  verificationTokenOld?: string
  domain: string
  /** Sends that the platform allows the app; those of the public edition where absent. */
  perSecond?: number
  perMinute?: number
  /** Sends a second into one group or to one person. */
  perPlace?: number
}

const MOST_BYTES = 1 << 20
/** Of im/v1/messages, for an app in a tenant. */
const PER_MINUTE = 1000
const PER_SECOND = 50
/** A group and a person take 5 a second, of all bots together. */
const toOne = (most = 2): Limit[] => [[most, 1000]]
/** A uuid is remembered for an hour; five minutes are left for the call itself and for clocks that differ. */
const ONCE_MS = 55 * 60_000

const TOAST = { plain: 'info', good: 'success', warn: 'warning', late: 'error' } as const

/** Taken, and no more to say. Not `Response.json`, which Node is slow at. */
const taken = () => new Response('{}', { headers: { 'content-type': 'application/json' } })

const nothing: Received = { messages: [], inline: false, answer: taken }

const asToast = (tone: Card['tone'], text: string) => ({ type: TOAST[tone], content: escapePlain(clip(text, 100)) })

/** What a refused press comes to, in a line: the pressed card, which may be a whole group's, stays as it is. */
const refusal = ({ title, blocks }: Card): string =>
  [title, ...blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []))].join('：')

/** A pressed button's card as it now stands; a card without a body is only a toast and leaves the pressed one alone. */
export function pressAnswer(outcome: Outcome | undefined): Response {
  const card = outcome?.reply
  if (!card || outcome.status === 'silent') return Response.json({})
  if (outcome.refused) return Response.json({ toast: asToast(card.tone, refusal(card)) })
  const toast = asToast(card.tone, card.title)
  if (card.blocks.length === 0 && !card.buttons?.length && !card.form) return Response.json({ toast })
  return Response.json({ toast, card: { type: 'raw', data: render(card, outcome.message.room.kind) } })
}

async function messageOf({ card, to, key, mention }: Delivery): Promise<LarkMessage> {
  // 40 of the 50 characters that a uuid may have.
  const uuid = await idOf(key, 40)
  const people = to.kind === 'room' ? mentioned(mention, to.route) : []
  return { msg_type: 'interactive', content: renderText(card, to.kind, people), uuid }
}

/** Feishu / Lark by webhook, `route` being the app id. One `client` an app: it holds the app's token. */
export function createLarkAdapter(
  config: LarkConfig,
  deps: AdapterDeps,
  client = createLarkClient(config, deps),
): Adapter {
  const refused = (outcome: string) => deps.log?.({ event: 'refused', platform: 'lark', outcome })
  const verify = createLarkVerify(config, refused, deps.crypto)
  const pace = createPace(toOne(config.perPlace), deps.now)

  return {
    platform: 'lark',
    route: config.appId,
    perMinute: config.perMinute ?? PER_MINUTE,
    perSecond: config.perSecond ?? PER_SECOND,
    once: ONCE_MS,
    canStart: { room: true, person: true },
    readyAt: ({ id }) => pace.readyAt(id),

    async receive(request) {
      const proven = await verify(await readBody(request, MOST_BYTES), request.headers)
      if ('challenge' in proven) {
        return { ...nothing, answer: () => Response.json({ challenge: proven.challenge }) }
      }
      if (isForgotten(request.headers.get('x-lark-request-timestamp'), 'lark', deps)) throw new Refused(401)
      const event = eventOf(proven.event)
      if (!event) return nothing
      // Where it cannot be learnt now, the request fails as a whole and the platform sends it again in 15 seconds.
      const openId = needsSelf(event) ? await client.self() : undefined
      const messages = decode(event, { route: config.appId, ...(openId ? { openId } : {}) }, deps.now())
      if (!isPress(event)) return { ...nothing, messages }
      return { messages, inline: true, answer: (outcomes) => pressAnswer(outcomes[0]) }
    },

    async deliver(delivery) {
      const { to, replyBy, again } = delivery
      const message = await messageOf(delivery)
      if (replyBy && replyBy.until > deps.now()) {
        try {
          pace.took(to.id)
          return refOf(await client.reply(replyBy.handle, message))
        } catch (error) {
          // The message was recalled, perhaps: the group is still there. What is to be tried again stays a reply.
          const refused = error instanceof DeliveryError && error.reason !== 'later' && error.reason !== 'unsure'
          if (!refused || again) throw error
        }
      }
      pace.took(to.id)
      return refOf(await client.create(to.kind === 'room' ? 'chat_id' : 'open_id', to.id, message))
    },

    update: ({ to, ref, card }) => client.patch(ref, renderText(card, to.kind)),
    fetchFile: (file) => fetchFile(client, file),
    find: (mobiles) => client.find(mobiles),
    signOn: createLarkSignOn(config, deps),
    probe: () => probeLark(client, config.domain),
  }
}

const refOf = (ref: string | undefined): { ref?: string } => (ref === undefined ? {} : { ref })
