import type { Account, Address } from '../../../src/model/message.ts'
import { DeliveryError } from '../../../src/model/problem.ts'
import type { Adapter, Delivery } from '../../adapter.ts'
import type { AdapterDeps } from '../../deps.ts'
import { idOf } from '../../id.ts'
import { createPace, type Limit } from '../../pace.ts'
import { looksEncrypted } from '../plain.ts'
import { post } from './client.ts'
import { type HookOptions, MOST_PAGES, render } from './render.ts'

export interface WecomHookConfig extends HookOptions {
  /** https://qyapi.weixin.qq.com, or a private edition's own host. */
  apiBase: string
  /** The self-built app of the same corporation: its accounts are plain userids. */
  agentId?: string
}

/** Each robot has its own twenty; this is the platform's for any one call of a corporation, with room left. */
const PER_MINUTE = 2000
const TO_ONE: Limit[] = [[20, 60_000]]

const UNBOUND = 'wecom-hook：这个群没有登记群机器人，请用 rooms bind … --webhook 登记它的 key'

/** One member: no `@all`, no list, nothing that would end the mark-up in which it stands. */
const isPlain = (id: string) => /^[\w.@-]{1,64}$/.test(id) && !id.startsWith('@') && !looksEncrypted(id)

/** As a key looks; another text would not reach anybody's group. */
const isKey = (key: string) => /^[\w-]{8,128}$/.test(key)

const placeOf = ({ platform, route, id }: Address) => `${platform}:${route}:${id}`

/**
 * WeCom's group robot (群机器人, 消息推送): pushes into the one group into which it was put, with a real @, and hears
 * nothing. Its key comes with each delivery and is kept nowhere: what is remembered of it is a digest.
 */
export function createWecomHookAdapter(config: WecomHookConfig, deps: AdapterDeps): Adapter {
  const pace = createPace(TO_ONE, deps.now)
  /** Which robot was last used for a place, so that its pace can be told before the key is at hand. */
  const robots = new Map<string, string>()

  const usersOf = (accounts: readonly Account[]): string[] => {
    const known = accounts.filter(({ route }) => route === '*' || route === config.agentId)
    return [...new Set(known.map(({ id }) => id).filter(isPlain))]
  }

  const robotOf = async (to: Address, key: string): Promise<string> => {
    const robot = await idOf(key)
    robots.set(placeOf(to), robot)
    return robot
  }

  /** All parts or none, before the first: what failed may count for the platform as well. */
  const take = (robot: string, parts: number): void => {
    const ready = pace.readyAt(robot, parts)
    if (ready) throw new DeliveryError('later', 'wecom-hook：每分钟至多20条', ready.getTime() - deps.now().getTime())
    for (let i = 0; i < parts; i++) pace.took(robot)
  }

  const deliver = async ({ to, card, webhook, mention = [] }: Delivery) => {
    if (to.kind === 'person') throw new DeliveryError('no-route', 'wecom-hook：群机器人只能发到群里')
    if (!webhook) throw new DeliveryError('no-route', UNBOUND)
    if (!isKey(webhook)) throw new DeliveryError('no-route', `${UNBOUND}（现在登记的不是 key）`)
    const robot = await robotOf(to, webhook)
    const messages = render(card, usersOf(mention), config)
    take(robot, messages.length)
    for (const [i, message] of messages.entries()) {
      await post(deps, config.apiBase, webhook, message).catch((error: unknown) => {
        // A part stands there already: said again from the beginning, it would stand there twice.
        throw i > 0 && error instanceof DeliveryError ? new DeliveryError('unsure', error.message) : error
      })
    }
    return {}
  }

  return {
    platform: 'wecom',
    route: 'hook',
    perMinute: PER_MINUTE,
    canStart: { room: true, person: false },
    readyAt(to) {
      const robot = robots.get(placeOf(to))
      return robot === undefined ? undefined : pace.readyAt(robot, MOST_PAGES)
    },
    deliver,
    probe: async () => ({ identity: '群机器人（各群的 key 在 rooms bind … --webhook 登记）', problems: [] }),
  }
}
