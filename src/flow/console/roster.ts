import { isBound, isShared, mainRooms } from '../../../commands/rooms.ts'
import { ailingWords, roomsAiling } from '../../../commands/rooms-ailing.ts'
import { lastPushes } from '../../../db/queries/outbox.ts'
import { roomsOf } from '../../../db/queries/people.ts'
import { groupsAnswered, identitiesAll, peopleOnDuty, sessionCounts, unitVersions } from '../../../db/queries/roster.ts'
import { isAway } from '../../model/contact.ts'
import { addressKey, anyRouteKey, type Platform } from '../../model/message.ts'
import { dayOf } from '../../time/day.ts'
import { accountDigest } from '../chain.ts'
import type { Deps } from '../deps.ts'
import { machineContext } from '../machine.ts'

interface Named {
  id: string
  name: string
}

const namesBy = (units: readonly Named[]) => {
  const names = new Map(units.map(({ id, name }) => [id, name]))
  return (ids: readonly string[]): Named[] => ids.map((id) => ({ id, name: names.get(id) ?? id }))
}

const idOf = ({ platform, id }: { platform: Platform; id: string }): string => `${platform}:${id}`

/** The roster in its order: units with who answers for them, classes, and what is missing. */
export const unitsShown = async (deps: Deps) => {
  const { view } = await deps.cache(deps.store)
  const versions = await unitVersions(deps.store)
  const people = await peopleOnDuty(deps.store)
  const reached = new Set((await identitiesAll(deps.store)).map(({ person }) => person))
  const rooms = (await roomsOf(deps.store)).filter(isBound)
  const named = namesBy(view.units)
  const classes = view.units.filter(({ kind }) => kind === 'class')
  const units = view.units
    .filter(({ kind }) => kind === 'unit')
    .map(({ id, name, short, level, origin, leader, head, succession }) => ({
      ...{ id, version: versions.get(id) ?? 0, name, short, level, origin, leader, head },
      liaisons: people
        .filter((one) => one.role === 'liaison' && one.units.includes(id))
        .sort((a, b) => ((a.post || 'Z') < (b.post || 'Z') ? -1 : 1))
        .map((one) => ({ id: one.id, name: one.name, post: one.post, reached: reached.has(one.id) })),
      rooms: rooms.filter((room) => room.units.includes(id)).map(({ address }) => idOf(address)),
      classes: classes.filter(({ members }) => members?.includes(id)).map((one) => ({ id: one.id, name: one.name })),
      ...(succession && { succession: { to: named(succession.to), from: succession.from } }),
    }))
  const living = units.filter(({ succession }) => !succession)
  const bare = ({ id, name }: Named): Named => ({ id, name })
  return {
    asOf: deps.now().toISOString(),
    version: view.version,
    units,
    classes: classes.map(({ id, name, short, members }) => ({
      ...{ id, version: versions.get(id) ?? 0, name, short, members: members && named(members) },
    })),
    gaps: {
      liaison: living.filter(({ liaisons }) => liaisons.length === 0).map(bare),
      account: living.filter(({ liaisons }) => liaisons.length > 0 && !liaisons.some((one) => one.reached)).map(bare),
      room: living.filter((unit) => unit.rooms.length === 0).map(bare),
    },
  }
}

/** 6 characters at most of an account are shown: enough to tell two apart. */
const masked = (id: string): string => (id.length <= 6 ? `${id.slice(0, 1)}…` : `${id.slice(0, 2)}…${id.slice(-3)}`)

/** Everybody on duty with their accounts (masked), absences and running sessions. */
export const peopleShown = async (deps: Deps) => {
  const { alg, store } = deps
  const { view } = await deps.cache(store)
  const named = namesBy(view.units)
  const people = await peopleOnDuty(store)
  const persons = namesBy(people)
  const sessions = await sessionCounts(store, deps.now())
  const accounts = new Map<string, string[]>()
  for (const { key, person } of await identitiesAll(store)) accounts.set(person, [...(accounts.get(person) ?? []), key])
  const today = dayOf(deps.now(), deps.zone)
  return people.map((one) => ({
    ...{ id: one.id, version: one.version, name: one.name, role: one.role, post: one.post },
    units: named(one.units),
    charge: named(one.charge),
    mobile: one.mobile !== '',
    accounts: (accounts.get(one.id) ?? []).map((key) => {
      const [platform = '', , ...id] = key.split(':')
      return {
        digest: accountDigest(alg, store.office, key),
        platform: platform as Platform,
        masked: masked(id.join(':')),
      }
    }),
    away:
      one.awayUntil && isAway({ awayUntil: one.awayUntil }, today)
        ? { until: one.awayUntil, substitute: one.substitute ? (persons([one.substitute])[0] ?? null) : null }
        : null,
    sessions: sessions.get(one.id) ?? 0,
  }))
}

/** So far back is looked for groups in which the bot was spoken to. */
const DAYS = 60

/** Bound rooms with what they hear, and groups that nobody has bound yet. */
export const roomsShown = async (deps: Deps) => {
  const office = await deps.cache(deps.store)
  const { view } = office
  const now = deps.now()
  const c = machineContext(deps, office)
  const all = await roomsOf(deps.store)
  const rooms = all.filter(isBound)
  const named = namesBy(view.units)
  const main = new Set([...mainRooms(view, rooms).values()].map(({ key }) => key))
  const pushed = await lastPushes(deps.store)
  const ailing = await roomsAiling(c)
  const words = new Map(
    (await ailingWords(c, ailing)).map(({ text }, i) => [ailing[i]?.room.key, text.replace(/^[^：]*：/, '')]),
  )
  const own = new Set(rooms.map(({ address }) => idOf(address)))
  const heard = await groupsAnswered(deps.store, new Date(now.getTime() - DAYS * 86_400_000))
  return {
    asOf: now.toISOString(),
    rooms: rooms.map((room) => {
      const last = pushed.get(addressKey(room.address)) ?? pushed.get(anyRouteKey(room.address))
      return {
        ...{ key: room.key, version: room.version, id: idOf(room.address), platform: room.address.platform },
        ...{ scope: room.scope, units: named(room.units), overdue: room.overdue, robot: room.webhook !== '' },
        main: main.has(room.key) && !isShared(view, room) && room.scope === 'units',
        shared: isShared(view, room),
        mutedUntil: room.mutedUntil && room.mutedUntil > now ? room.mutedUntil.toISOString() : null,
        lastPush: last ? last.toISOString() : null,
        ailing: words.get(room.key) ?? '',
      }
    }),
    strangers: heard
      .filter(({ address }) => !own.has(idOf(address)) && address.platform !== 'console')
      .map(({ address, at }) => ({
        ...{ id: idOf(address), platform: address.platform, last: (at ?? now).toISOString() },
      }))
      .sort((a, b) => (a.last < b.last ? 1 : -1)),
  }
}
