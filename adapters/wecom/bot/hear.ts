import type { Incoming } from '../../../src/model/message.ts'
import { Refused } from '../../../src/model/problem.ts'
import type { Outcome, Sink } from '../../adapter.ts'
import type { AdapterDeps } from '../../deps.ts'
import { idOf } from '../../id.ts'
import type { Calls, Frame } from './calls.ts'
import { type BotMessage, decode } from './decode.ts'
import { withAlias } from './identity.ts'
import { isSaid } from './outcome.ts'
import { renderUpdate, renderWelcome } from './render.ts'

interface Self {
  route: string
  botName?: string
  plainId?(id: string): Promise<string | undefined>
}

/** A message may be answered for a day; an hour less, for clocks that differ. */
const RESPOND_LASTS = 23 * 60 * 60_000
const CALLBACKS = ['aibot_msg_callback', 'aibot_event_callback']
/** The platform sends no message twice: whoever was not heard must hear of it. */
const NOT_TAKEN = '系统暂时繁忙，这条消息没有登记，请稍后再发一次。'

/** The way back of a message is the id of its frame; presses and welcomes have ways of their own. */
function withWayBack({ message, taskId }: BotMessage, reqId: string, received: Date): Incoming {
  // An address for an answer by HTTP is of another way of life.
  const { replyBy: _, ...said } = message
  if (taskId !== undefined || said.happened) return said
  return { ...said, replyBy: { handle: reqId, until: new Date(received.getTime() + RESPOND_LASTS) } }
}

/** Takes what comes over the connection: stored first, then answered where the platform waits for it. Never throws. */
export function createHear(self: Self, deps: AdapterDeps, calls: Calls, sink: Sink): (frame: Frame) => void {
  const tell = (outcome: string) => deps.log?.({ event: 'socket', platform: 'wecom', outcome })

  const answer = async ({ message, taskId }: BotMessage, outcome: Outcome, reqId: string): Promise<void> => {
    if (!isSaid(outcome)) return
    if (message.happened) await calls.call('aibot_respond_welcome_msg', renderWelcome(outcome.reply), reqId)
    const update = taskId === undefined ? undefined : renderUpdate(outcome.reply, taskId, message.room.kind)
    if (update) await calls.call('aibot_respond_update_msg', update, reqId)
  }

  const notTaken = async (reqId: string): Promise<void> => {
    const stream = { id: await idOf(reqId), finish: true, content: NOT_TAKEN }
    await calls.call('aibot_respond_msg', { msgtype: 'stream', stream }, reqId)
  }

  /** A welcome is said over the connection alone; all other words go through the outbox, and are not lost with it. */
  const take = async (said: BotMessage, reqId: string): Promise<void> => {
    const message = await withAlias(said.message, self.plainId)
    const outcome = await sink(message, message.happened !== undefined).catch(async () => {
      tell('not-stored')
      if (message.replyBy) await notTaken(reqId)
    })
    if (outcome) await answer({ ...said, message }, outcome, reqId)
  }

  return ({ cmd = '', headers: { req_id: reqId }, body }) => {
    if (!CALLBACKS.includes(cmd)) return
    try {
      const received = deps.now()
      const said = decode(body, self, received)
      if (!said) return
      take({ ...said, message: withWayBack(said, reqId, received) }, reqId).catch(() => tell('not-answered'))
    } catch (error) {
      tell(error instanceof Refused ? 'undecodable' : 'failed')
    }
  }
}
