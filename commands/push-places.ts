import { peopleReached, personOf, type RoomView, roomOf, roomsOf } from '../db/queries/people.ts'
import { type Address, addressFrom, addressKey, anyRouteKey } from '../src/model/message.ts'
import { readsAll } from '../src/model/person.ts'
import type { Subscription } from '../src/model/subscription.ts'
import type { Context } from './command.ts'
import type { Found } from './find.ts'
import { unitName } from './present.ts'
import { problem } from './problem.ts'
import { isBound, mainRooms, unitsHeard } from './rooms.ts'

/** A place that subscriptions may go into: a bound room, or a private chat of the office's people. */
export interface PushPlace {
  key: string
  address: Address
  scope: 'private' | 'office' | 'units' | 'all'
  /** The units that hear it; none of the office's own. */
  units: string[]
  /** A shared room that is told who is late. */
  overdue: boolean
}

const privately = (address: Address): PushPlace => ({
  ...{ key: addressKey(address), address, scope: 'private', units: [], overdue: false },
})

/** A bound room as a place of pushes. */
const placeIn = (c: Pick<Context, 'office'>, room: RoomView): PushPlace => ({
  ...{ key: room.key, address: room.address, scope: room.scope, overdue: room.overdue },
  units: unitsHeard(c.office, room),
})

/** The place where it was said; undefined in a group that is not bound. */
export const placeHere = async (c: Context): Promise<PushPlace | undefined> => {
  const { address } = c.place
  if (address.kind === 'person') {
    // The same chat through any app of the platform, as the account is bound.
    const keys = [addressKey(address), anyRouteKey(address)]
    const bound = (await peopleReached(c.db)).find(({ key }) => keys.includes(key))
    return privately((bound && addressFrom(bound.key, 'person')) ?? address)
  }
  const room = await roomOf(c.db, [addressKey(address), anyRouteKey(address)])
  return room && isBound(room) ? placeIn(c, room) : undefined
}

/** Where a standing push goes now; undefined where its room is bound no more, or whose account it is reads all no more. */
export const placeOfPush = async (
  c: Context,
  { room: key, address }: Pick<Subscription, 'room' | 'address'>,
): Promise<PushPlace | undefined> => {
  const room = (await roomsOf(c.db)).find((one) => one.key === key)
  if (room) return isBound(room) ? placeIn(c, room) : undefined
  if (address.kind === 'room') return undefined
  // The terminal's people are on no register.
  if (address.platform === 'console') return privately(address)
  const reader = await personOf(c.db, [key, anyRouteKey(address)])
  return reader && readsAll(reader) ? privately(address) : undefined
}

const notFound = (title: string, text: string, example: string): Found<never> => ({
  outcome: { reply: problem(title, text, example) },
})

const own = async (c: Context): Promise<Found<PushPlace>> => {
  const here = c.place.address.kind === 'person' ? await placeHere(c) : undefined
  if (here) return { ok: here }
  const me = (await peopleReached(c.db)).find(({ id }) => id === c.actor.id)
  const address = me && addressFrom(me.key, 'person')
  return address
    ? { ok: privately(address) }
    : notFound('没有您的私聊账号', '台账里没有您绑定的账号，不能推送到私聊。', '请先绑定，或改为推送到本群。')
}

/** 给三科联络群: a room by the name that its people gave it, which the bot never sees. */
const NAMED_ROOM = /[给向到](?!我们|咱|大家|每个|各|所有|全部)([\u4e00-\u9fa5A-Za-z0-9]{1,12}?)群/

/** Where the words say that it goes: 给市财政局群, 发给我, 工作群; undefined where they say nothing of it. */
const named = async (c: Context, words: string): Promise<Found<PushPlace> | undefined> => {
  if (/(?:[本这该](?:个)?群|群里|这里)/.test(words)) return undefined
  if (/(?:推送?|发送?|报|提醒|通知)给?我(?!们|局|委|办)|给我(?:推|发)/.test(words)) return own(c)
  const leader = (await peopleReached(c.db)).find(
    ({ role, name }) => role === 'leader' && (words.includes(`给${name}`) || words.includes(`向${name}`)),
  )
  const alone = leader && addressFrom(leader.key, 'person')
  if (alone) return { ok: privately(alone) }
  const rooms = await roomsOf(c.db)
  const unit = c.registry
    .find(words)
    .find(
      ({ of, start, end }) =>
        of === 'one' &&
        (/^(?:的)?(?:工作)?群/.test(words.slice(end)) || /(?:[给向到]|提醒(?:一?下)?)$/.test(words.slice(0, start))),
    )?.units[0]
  if (unit) {
    const room = mainRooms(c.office, rooms).get(unit.id)
    return room
      ? { ok: placeIn(c, room) }
      : notFound('没有绑定的群', `${unit.name}还没有绑定群，推送无处可发。`, `请先在群里说：绑定本群 ${unit.name}`)
  }
  const scope = /(?:全体|工作|大)群/.test(words)
    ? 'all'
    : /(?:主管)?(?:科室|办公室|督查室)群/.test(words)
      ? 'office'
      : ''
  if (scope === '') {
    const [, name] = NAMED_ROOM.exec(words) ?? []
    return name === undefined
      ? undefined
      : notFound(
          '不认识这个群',
          `群按绑定的单位来认，没有叫“${name}群”的。本次没有改动。`,
          '写单位，如：每周五16:00给市财政局群推送逾期清单；或在要推送的群里说',
        )
  }
  if (c.place.scope === scope) return undefined
  const room = rooms.find((one) => one.scope === scope)
  return room
    ? { ok: placeIn(c, room) }
    : notFound(
        '没有这样的群',
        `还没有绑定${scope === 'all' ? '全体工作群' : '主管科室的群'}。`,
        '请先绑定，或在要推送的群里说。',
      )
}

/** The place that a frame or its words mean, else the one where it was said; an unbound group hears no pushes. */
export const placeMeant = async (c: Context, words: string, key: string | undefined): Promise<Found<PushPlace>> => {
  if (key !== undefined) {
    const room = (await roomsOf(c.db)).find((one) => one.key === key && isBound(one))
    if (room) return { ok: placeIn(c, room) }
    const reader = (await peopleReached(c.db)).find((one) => one.key === key && readsAll(one))
    const alone = reader && addressFrom(key, 'person')
    if (alone) return { ok: privately(alone) }
    const here = await placeHere(c)
    return here?.key === key
      ? { ok: here }
      : notFound('没有这个群', '这个群已经不在台账里。', '请在要推送的群里再说一次。')
  }
  if (/[给向到](?:各|全部|所有)(?:个)?(?:单位|部门|县区)/.test(words))
    return notFound(
      '各单位的群不用另设',
      '各单位群每周第一个工作日自动收到本周任务，到期前有提醒；要另设的，一次设一个群。',
      '例：每周五16:00给市财政局群推送下周到期清单',
    )
  const said = await named(c, words)
  if (said) return said
  const here = await placeHere(c)
  return here
    ? { ok: here }
    : notFound('本群还没有绑定', '推送只发到已绑定的群，或主管科室人员的私聊。', '请先说：绑定本群 单位名称')
}

/** The place that words name, and nothing else: of pushes that are there, to narrow them. */
export const placeNamed = async (c: Context, words: string): Promise<PushPlace | undefined> => {
  const found = await named(c, words)
  return found && 'ok' in found ? found.ok : undefined
}

/** The places of subscriptions in words, by their keys. */
export const placeWords = async (
  c: Context,
  places: readonly Pick<Subscription, 'room' | 'person'>[],
): Promise<Map<string, string>> => {
  const rooms = new Map((await roomsOf(c.db)).map((room) => [room.key, room]))
  const here = await placeHere(c)
  const people = await peopleReached(c.db)
  const wordsOf = ({ room: key, person }: Pick<Subscription, 'room' | 'person'>): string => {
    if (key === here?.key) return here.scope === 'private' ? '本聊天' : '本群'
    const room = rooms.get(key)
    if (!room) {
      const reader = people.find((one) => one.key === key) ?? people.find(({ id }) => id === person)
      return reader?.id === c.actor.id ? '您的私聊' : `${reader?.name ?? ''}私聊`
    }
    if (room.scope === 'office') return '主管科室群'
    if (room.scope === 'all') return '全体工作群'
    if (!isBound(room)) return '已解除绑定的群'
    const units = unitsHeard(c.office, room).map((id) => unitName(c, id))
    return units.length <= 2 ? `${units.join('、')}群` : `${units[0]}等${units.length}家的群`
  }
  return new Map(places.map((one) => [one.room, wordsOf(one)]))
}
