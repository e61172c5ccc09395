import { DeliveryError } from '../../src/model/problem.ts'
import type { Adapter, Received } from '../adapter.ts'
import { readBody } from '../body.ts'
import { withOld } from '../crypto.ts'
import type { AdapterDeps } from '../deps.ts'
import { createPace, type Limit } from '../pace.ts'
import { probeProblem } from '../probe.ts'
import { readJson } from '../read.ts'
import { createDingtalkClient, type DingtalkAccount } from './client.ts'
import { isNameable } from './escape.ts'
import { splitWay } from './hosts.ts'
import { createRead, type Read } from './read.ts'
import { render } from './render.ts'
import { createDingtalkVerify } from './verify.ts'

const MOST_BYTES = 1 << 20
/** The standard edition's 20 a second of an app and an API, with room left for answers to what is asked besides. */
const PER_SECOND = 15
const PER_MINUTE = 900
/** Of custom robots a group takes 20 a minute; of ours no page says another number. */
const TO_ONE: Limit[] = [[20, 60_000]]

const received = (messages: Received['messages']): Received => ({
  messages,
  inline: false,
  answer: () => Response.json({}),
})

/** Encrypted ids are those of outsiders, to whom nothing can be sent but an answer. */
const isMember = (id: string) => !id.startsWith('$')

/** A robot of DingTalk's (企业内部应用的机器人) by HTTP callback, `route` being its robotCode. */
export function createDingtalkAdapter(
  config: DingtalkAccount,
  deps: AdapterDeps,
  read: Read = createRead(config, deps),
): Adapter & Required<Pick<Adapter, 'probe'>> {
  const route = config.robotCode
  const client = createDingtalkClient(config, deps)
  const pace = createPace(TO_ONE, deps.now)
  const secrets = withOld(config.clientSecret, config.clientSecretOld)
  const verify = createDingtalkVerify(secrets, deps.now, (outcome) =>
    deps.log?.({ event: 'refused', platform: 'dingtalk', outcome }),
  )

  return {
    platform: 'dingtalk',
    route,
    perMinute: PER_MINUTE,
    perSecond: PER_SECOND,
    canStart: { room: true, person: true },
    numbered: true,

    async receive(request) {
      const bytes = await readBody(request, MOST_BYTES)
      await verify(request.headers)
      const message = read(readJson(bytes))
      return received(message ? [message] : [])
    },

    readyAt: (to) => (to.kind === 'room' ? pace.readyAt(to.id) : undefined),

    async deliver({ to, card, replyBy, again, mention = [] }) {
      const message = render(card, to.kind)
      if (to.kind === 'room') pace.took(to.id)
      if (replyBy && replyBy.until > deps.now()) {
        const { webhook, speaker } = splitWay(replyBy.handle)
        const named = [speaker ?? [], mention.map(({ id }) => id)].flat().filter(isNameable)
        try {
          await client.answer(webhook, message, to.kind === 'room' ? [...new Set(named)] : [])
          return {}
        } catch (error) {
          // The way back has ended, perhaps: the group is still there. What may have arrived is not said a second way.
          const refused = error instanceof DeliveryError && error.reason !== 'later' && error.reason !== 'unsure'
          if (!refused || again) throw error
        }
      }
      if (to.kind === 'person' && !isMember(to.id))
        throw new DeliveryError('no-route', 'dingtalk 企业外部的人只能在他发言后一个半小时内答复')
      const ref = to.kind === 'room' ? await client.toGroup(to.id, message) : await client.toPerson(to.id, message)
      return ref === undefined ? {} : { ref }
    },

    async fetchFile({ name, handle }) {
      return { name, bytes: await client.download(handle) }
    },

    async find(mobiles) {
      const found = new Map<string, string>()
      for (const mobile of mobiles) {
        const id = await client.userBy(mobile)
        if (id !== undefined) found.set(mobile, id)
      }
      return found
    },

    async probe() {
      try {
        await client.login()
        return { identity: `机器人 ${route}`, problems: [] }
      } catch (error) {
        return { problems: [probeProblem(error, config.apiBase, 'DINGTALK_API_BASE')] }
      }
    },
  }
}
