import { and, eq, gt, isNull } from 'drizzle-orm'
import { accountsAll } from '../../../db/queries/people.ts'
import type { Intent } from '../../model/intent.ts'
import { type Address, addressFrom, addressKey, type Incoming } from '../../model/message.ts'
import type { Role } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { addDays, atOffice, dayOf, isDay, startOfNext, timeOf } from '../../time/day.ts'
import { deliver, deliverSoon } from '../deliver.ts'
import type { Deps } from '../deps.ts'
import { dispatch } from '../dispatch.ts'
import { tickOffices } from '../tick.ts'
import type { Said, Speaker, TryChat } from './try/chat.ts'

/** What the simulated group has besides the office: its memory, the process's clock, and the way back to the start. */
export interface TryWorld {
  chat: TryChat
  /** Puts the clock of the whole process forward. */
  moveTo(at: Date): void
  /** Begins anew on a fresh database, when what is under way has been answered. */
  again(): void
}

const PLACE = { platform: 'console', route: 'try' } as const
const PREFIX = `${PLACE.platform}:${PLACE.route}:`

/** Somebody as whom one can speak. */
export interface CastMember {
  account: string
  name: string
  role: Role
  units: string[]
  /** On the register; a stranger is not. */
  person?: string
}

/** Somebody whom nobody knows; one who was bound is a stranger no longer, and another comes. */
const strangerBeside = (bound: readonly CastMember[]): CastMember => {
  const isTaken = (account: string) => bound.some((one) => one.account === account)
  let account = 'stranger'
  for (let n = 2; isTaken(account); n++) account = `stranger-${n}`
  return { account, name: '陌生人', role: 'unknown', units: [] }
}

/** People with an account in the simulated group, in the order in which they are offered, and somebody whom nobody knows. */
export const castOf = async (deps: Deps): Promise<CastMember[]> => {
  const { view } = await deps.cache(deps.store)
  const nameOf = (id: string) => view.units.find((unit) => unit.id === id)?.name ?? id
  const roles: Role[] = ['liaison', 'head', 'leader', 'office', 'admin']
  const bound = (await accountsAll(deps.store))
    .filter(({ key }) => key.startsWith(PREFIX))
    .map(({ id, key, name, role, units }) => ({
      ...{ account: key.slice(PREFIX.length), name, role, units: units.map(nameOf), person: id },
    }))
    .sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role) || a.account.localeCompare(b.account))
  return [...bound, strangerBeside(bound)]
}

export interface TryRoom {
  /** The key under which its messages stand. */
  key: string
  name: string
  /** Whose it is, in a word or two. */
  about: string
}

const roomKey = (id: string): string => addressKey({ ...PLACE, id })

/** The groups of the page: the work group, those of the units that one can speak for, the office's. */
export const tryRooms = async (deps: Deps, cast: readonly CastMember[]): Promise<TryRoom[]> => {
  const office = await deps.cache(deps.store)
  const named = (unit: string) => office.view.units.find(({ id }) => id === unit)?.name ?? unit
  const spoken = new Set(cast.filter(({ role }) => role === 'liaison').flatMap(({ units }) => units))
  const scopes = ['all', 'units', 'office']
  const titles = { all: '全体工作群', office: '主管科室群', units: '' } as const
  return [...(await office.rooms()).values()]
    .filter(({ address, scope, units }) => {
      if (address.platform !== PLACE.platform) return false
      return scope !== 'units' || (units.length === 1 && units.some((unit) => spoken.has(named(unit))))
    })
    .sort((a, b) => scopes.indexOf(a.scope) - scopes.indexOf(b.scope))
    .map(({ address, scope, units }) => ({
      key: roomKey(address.id),
      name: scope === 'units' ? `${named(units[0] ?? '')}群` : titles[scope as 'all' | 'office'],
      about: scope === 'all' ? '所有单位都在' : scope === 'office' ? '审核、汇总在这里' : '本单位的人和机器人',
    }))
}

/** The single chat of a member with the bot. */
export const privateKey = ({ account }: Pick<CastMember, 'account'>): string => roomKey(account)

interface Spoken {
  account: string
  /** Key of the room; the speaker's own is the single chat. */
  room: string
  /** Made by the page for each message, so that one that is sent again is heard once. */
  id: string
}

const speaking = async (deps: Deps, { account, room, id }: Spoken) => {
  const cast = await castOf(deps)
  const member = cast.find((one) => one.account === account)
  if (!member) throw new BadInput('没有这个身份：请重新选“以谁的身份说话”')
  const alone = room === privateKey(member)
  if (!alone && !(await tryRooms(deps, cast)).some(({ key }) => key === room)) throw new BadInput('没有这个群')
  const place = addressFrom(room, alone ? 'person' : 'room')
  if (!place) throw new BadInput('没有这个群')
  const address: Address = { ...place, ...PLACE }
  const message = { ...PLACE, id, at: deps.now(), from: { id: account, name: member.name }, room: address }
  const speaker: Speaker = { account, name: member.name }
  return { message, speaker, alone }
}

/** Through the real flow as whoever is bound to the account; what the bot answers comes by its adapter. */
const heard = async (deps: Deps, message: Incoming): Promise<{ status: string }> => {
  const turn = await dispatch(deps, message)
  if (turn.waits) deliverSoon(deps)
  return { status: turn.status }
}

/** Somebody says something in a room. */
export const sayTry = async (
  deps: Deps,
  { chat }: TryWorld,
  said: Spoken & { text: string; mention: boolean },
): Promise<{ status: string }> => {
  const { message, speaker, alone } = await speaking(deps, said)
  const addressed = alone || said.mention
  // As on the platforms: the group sees whom it was said to, the bot is told so apart from the words.
  chat.hear(said.id, {
    room: said.room,
    from: speaker,
    text: said.mention && !alone ? `@${deps.botName} ${said.text}` : said.text,
  })
  return heard(deps, { ...message, addressed, text: said.text })
}

/** Somebody presses a button or sends a form off, with the frame that the card carries, as a platform hands it back. */
export const pressTry = async (
  deps: Deps,
  pressed: Spoken & { button: Intent; filled?: Record<string, unknown> | undefined },
): Promise<{ status: string }> => {
  const { message } = await speaking(deps, pressed)
  const { button, filled } = pressed
  return heard(deps, { ...message, addressed: true, text: '', button, ...(filled && { filled }) })
}

/** Somebody drops a file in. */
export const dropTry = async (
  deps: Deps,
  { chat }: TryWorld,
  dropped: Spoken & { mention: boolean; name: string; bytes: Uint8Array },
): Promise<{ status: string }> => {
  const { message, speaker, alone } = await speaking(deps, dropped)
  const { name, bytes } = dropped
  chat.hear(dropped.id, { room: dropped.room, from: speaker, text: '', file: { name, size: bytes.length } })
  const files = [{ kind: 'file' as const, name, handle: chat.keep({ name, bytes }) }]
  return heard(deps, { ...message, addressed: alone || dropped.mention, text: '', files })
}

/** What is new in the rooms of the page after that number. */
export const newsTry = async (deps: Deps, { chat }: TryWorld, after: number): Promise<Said[]> => {
  const cast = await castOf(deps)
  const names = new Map(cast.map(({ account, name }) => [account, name]))
  const shown = new Set([...(await tryRooms(deps, cast)).map(({ key }) => key), ...cast.map(privateKey)])
  return chat
    .since(after)
    .filter(({ room }) => shown.has(room))
    .map((said) => ({ ...said, mention: said.mention.map((id) => names.get(id) ?? id) }))
}

/** Where the clock can be put: named moments, or a day and time of the office. */
const momentOf = async (deps: Deps, to: string): Promise<Date> => {
  const { view, calendar } = await deps.cache(deps.store)
  const now = deps.now()
  const today = dayOf(now, deps.zone)
  const at = view.settings.digestAt
  const early = calendar.isWorkday(today) && timeOf(now, deps.zone) < at
  if (to === 'workday') return atOffice(early ? today : calendar.addWorkdays(today, 1), at, deps.zone)
  if (to === 'monday') return atOffice(startOfNext(today, 'week'), at, deps.zone)
  if (to === 'month') return atOffice(startOfNext(today, 'month'), at, deps.zone)
  const [, day = '', time = ''] = /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(to) ?? []
  if (!isDay(day)) throw new BadInput('日期时间不对：例如 2026-04-20T09:00')
  return atOffice(day, time, deps.zone)
}

/** Farther than this the holidays are not known. */
const FARTHEST_DAYS = 366

/** Who is signed in stays so, however far the clock is moved. */
const keepSessions = async ({ store, now }: Deps, ms: number): Promise<void> => {
  const { q, t, office } = store
  const open = and(eq(t.sessions.office, office), isNull(t.sessions.endedAt), gt(t.sessions.expiresAt, now()))
  for (const { id, expiresAt } of await q.select().from(t.sessions).where(open))
    await store.one((w) =>
      w
        .update(t.sessions)
        .set({ expiresAt: new Date(expiresAt.getTime() + ms) })
        .where(and(eq(t.sessions.office, office), eq(t.sessions.id, id))),
    )
}

const BUDGET = 1000

/**
 * Puts the clock forward, never back, and does what a server does at that moment: what is due is pushed, and what fell on the
 * days in between is made up for, as after a server that stood still.
 */
export const moveTry = async (deps: Deps, { moveTo }: TryWorld, to: string): Promise<Date> => {
  const at = await momentOf(deps, to)
  const now = deps.now()
  if (at <= now) throw new BadInput('时钟只能往后调；要回到现在，请点“重新开始”')
  if (at > atOffice(addDays(dayOf(now, deps.zone), FARTHEST_DAYS), '00:00', deps.zone))
    throw new BadInput('一次最多往后调一年')
  // What is on its way arrives before the day turns.
  await deliver(deps, BUDGET)
  await keepSessions(deps, at.getTime() - now.getTime())
  moveTo(at)
  await tickOffices([deps], BUDGET)
  return at
}
