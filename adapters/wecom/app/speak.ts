import type { Card } from '../../../src/model/card.ts'
import { DeliveryError } from '../../../src/model/problem.ts'
import type { Delivered, Delivery, Update } from '../../adapter.ts'
import type { AdapterDeps } from '../../deps.ts'
import { idOf } from '../../id.ts'
import type { Pace } from '../../pace.ts'
import type { WecomClient } from './client.ts'
import { sendPicture } from './pictures.ts'
import { type AppMessage, render } from './render.ts'
import { greyText, OVERTAKEN, type PlacedCard, placedAnswer, placedState } from './render-placed.ts'

/** After so long no further part is begun: the whole must end within the lease of who delivers. */
const SLOW_MS = 20_000

/** One member and no more: `@all` and a list would reach others. */
const isMember = (id: string) => /^[^\s|@][^\s|]{0,63}$/.test(id)

/** What the app says to its members, and how it changes what it said. */
export function createWecomSpeech(client: WecomClient, pace: Pace, deps: Pick<AdapterDeps, 'now' | 'log' | 'draw'>) {
  const member = ({ kind, id }: Delivery['to']): string => {
    if (kind === 'room') throw new DeliveryError('no-route', 'wecom 自建应用只能发给个人')
    if (!isMember(id)) throw new DeliveryError('malformed', 'wecom userid')
    return id
  }

  const send = (userId: string, message: AppMessage) => {
    pace.took(userId)
    return client.send(userId, message)
  }

  /** All parts in their order. @returns the codes by which its cards can be changed */
  const sendParts = async (userId: string, card: Card, id: string): Promise<string[]> => {
    const began = deps.now().getTime()
    const codes: string[] = []
    const parts = render(card, id)
    const ready = pace.readyAt(userId, parts.length)
    // Beyond its pace the platform says yes and drops what it was given.
    if (ready) throw new DeliveryError('later', 'wecom：给同一个人每分钟至多30条', ready.getTime() - began)
    for (const [i, message] of parts.entries()) {
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
  const changeCard = async (userId: string, code: string, card: PlacedCard | string): Promise<boolean> => {
    try {
      await client.update(userId, code, card)
      return true
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      deps.log?.({ event: 'update', platform: 'wecom', outcome: error.reason })
      return false
    }
  }

  return {
    /** The answer to a press takes the pressed card's place where it fits there; else it is a message, and the buttons are greyed. */
    async deliver({ to, card, key, replyBy, again }: Delivery): Promise<Delivered> {
      const userId = member(to)
      const pressed = replyBy && replyBy.until > deps.now() ? replyBy.handle : undefined
      const placed = pressed ? placedAnswer(card) : undefined
      if (pressed && placed && (await changeCard(userId, pressed, placed))) return {}
      const ref = await idOf(key)
      const codes = await sendParts(userId, card, ref)
      if (pressed && !placed && card.tone !== 'warn') await changeCard(userId, pressed, greyText(card))
      // A picture is another one each time it is uploaded: what may be there already is not sent again.
      if (!again) await sendPicture(card, client, (message) => send(userId, message), deps)
      return { ref, ...(codes.length > 0 ? { edit: codes.join(' ') } : {}) }
    },

    async update({ to, edit = '', card }: Update): Promise<void> {
      const userId = member(to)
      const [first, ...others] = edit.split(' ')
      if (!first) throw new DeliveryError('gone', 'wecom：这条消息没有可更新的卡片')
      const [state, ...states] = placedState(card)
      await client.update(userId, first, state ?? OVERTAKEN)
      // A code is good once: now that the first card is in place, no later try could put it there again.
      for (const [i, code] of others.entries()) await changeCard(userId, code, states[i] ?? OVERTAKEN)
    },
  }
}
