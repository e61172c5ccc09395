import type { Adapter } from '../../../adapters/adapter.ts'
import type { Settlement } from '../../../db/queries/lease.ts'
import type { OutboxRow } from '../../../db/queries/outbox.ts'
import { roomOf } from '../../../db/queries/people.ts'
import { describeError } from '../../log.ts'
import type { Card } from '../../model/card.ts'
import { maskedCard } from '../../model/mask.ts'
import { addressKey, anyRouteKey } from '../../model/message.ts'
import { DeliveryError } from '../../model/problem.ts'
import type { Named } from '../../model/recipe.ts'
import { dayOf } from '../../time/day.ts'
import { compose, type Recipe } from '../compose.ts'
import type { Deps } from '../deps.ts'
import type { Person } from '../reach.ts'
import { codesOn } from '../spoken.ts'
import { editedNow, handedEdit } from './edit.ts'
import { afterError, ended, held, later, type Moment, settled } from './endings.ts'
import { insteadOfRoom } from './instead.ts'
import { replyOf, type Send } from './judge.ts'
import { concerned, mentionBy } from './mention.ts'
import { grantedOne } from './quota.ts'
import { isHook, isRoomPush, NOT_OPEN, PATIENCE_MS, type Way } from './ways.ts'

/** A notice with what it says, the codes that whoever quotes it or answers 收到 means, and whom it @s. */
export type Said = Send & { card: Card; tasks: string[]; mention: readonly Person[] }

const moment = (deps: Deps): Moment => ({ at: deps.now(), chance: deps.random() })

/** A notice to a unit whose words were written when it was caused is not said in a room that has become another's. */
const isAnothers = async ({ store }: Deps, { lane, origin, units, address }: OutboxRow): Promise<boolean> => {
  if (lane !== 'push' || origin !== 'person' || units.length === 0 || address.kind !== 'room') return false
  const room = await roomOf(store, [addressKey(address), anyRouteKey(address)])
  return room?.scope === 'units' && !units.some((unit) => room.units.includes(unit))
}

/** As it may be said in that place. */
const worded = ({ address }: OutboxRow, card: Card): Card => (address.kind === 'room' ? maskedCard(card) : card)

type Words = Pick<Said, 'card' | 'tasks'> & { named?: Named | undefined }

const cardOf = async (deps: Deps, row: OutboxRow): Promise<Words | undefined> => {
  if (row.edits !== null) return editedNow(deps, row)
  if (row.card) return (await isAnothers(deps, row)) ? undefined : { card: worded(row, row.card), tasks: row.tasks }
  const said = row.recipe ? await compose(deps, row.recipe as unknown as Recipe) : undefined
  if (!said) return undefined
  const { view } = await deps.cache(deps.store)
  const plans = view.plans.map((plan) => plan.code)
  return { card: worded(row, said.card), tasks: codesOn(said.card, plans), named: said.named }
}

const NO_WAY = new DeliveryError('no-route', '没有能发进这个群的机器人')

/**
 * Looks at the state again: what has nothing left to say is dropped, what no way leads to is told people in the room's
 * place, and what cannot be composed now is tried later.
 */
export const composed = async (deps: Deps, send: Send): Promise<Said | Settlement> => {
  const { row } = send
  try {
    const words = await cardOf(deps, row)
    if (!words && row.edits !== null) return settled(row, deps.now(), { state: 'dropped', error: '已是最新' })
    if (!words) return ended(row, 'dropped', deps.now(), '发送时已无内容')
    const { named, ...made } = words
    const mention = concerned(row, named, send.places, dayOf(deps.now(), deps.zone))
    const said = { ...send, ...made, mention }
    if (send.ways.length > 0) return said
    return (
      (await insteadOfRoom(deps, said, NO_WAY)) ?? ended(row, 'dead', deps.now(), `${NO_WAY.reason}: ${NO_WAY.message}`)
    )
  } catch (error) {
    return later({ ...row, attempts: row.attempts + 1 }, moment(deps), describeError(error).class)
  }
}

/** Is there another way to be tried? What is malformed for the first is so for all; in doubt nothing goes two ways. */
const takesNext = (error: unknown, row: OutboxRow, tries: number): error is DeliveryError => {
  if (!(error instanceof DeliveryError)) return false
  if (error.reason === 'later') return row.triedAt === null
  return ['gone', 'forbidden', 'no-route'].includes(error.reason) || (error.reason === 'malformed' && tries > 0)
}

/** A group robot's key stands in no account of an error. */
const discreet = (error: unknown, { webhook }: Way): unknown =>
  webhook && error instanceof DeliveryError
    ? new DeliveryError(error.reason, error.message.replaceAll(webhook, '…'), error.after)
    : error

/** Hands a notice over by one way, at the pace of its place. @throws what the adapter throws, without the way's secret */
const by = async (deps: Deps, { row, card, mention }: Said, { adapter, to, webhook }: Way) => {
  const wait = (adapter.readyAt?.(to)?.getTime() ?? 0) - deps.now().getTime()
  if (wait > 0) await deps.sleep(Math.min(wait, PATIENCE_MS))
  const replyBy = replyOf(row, deps.now())
  const accounts = mentionBy(mention, adapter, deps.adapters)
  try {
    return await adapter.deliver({
      ...{ to, card, key: row.id },
      ...(replyBy && { replyBy }),
      ...(row.triedAt && { again: true }),
      ...(accounts.length > 0 && { mention: accounts }),
      ...(webhook && { webhook }),
    })
  } catch (error) {
    throw discreet(error, { adapter, to, ...(webhook && { webhook }) })
  }
}

interface Failure {
  way: Way
  error: DeliveryError
}

/** What stays of a group robot that is out of its room while others speak there: told the office. */
const robotLost = (failures: readonly Failure[]): string | null => {
  const lost = failures.find(({ way, error }) => way.webhook && ['gone', 'forbidden'].includes(error.reason))
  return lost ? `群机器人 ${lost.error.reason}：${lost.error.message}` : null
}

/**
 * How it ends where every way refused: people are told in the room's place, but not as long as one may take it later or
 * was passed over at its pace, unless the room's group robot is what failed; else it waits, or is dead with the first reason.
 */
const afterAll = async (
  deps: Deps,
  said: Said,
  failures: readonly Failure[],
  tried: OutboxRow,
  adapter: Pick<Adapter, 'once'>,
): Promise<Settlement> => {
  const waits = failures.find(({ error }) => error.reason === 'later')
  const why = waits ?? failures[0]
  const open = waits !== undefined || said.paced !== undefined
  const away = isRoomPush(said.row) && (!open || failures.some(({ way }) => isHook(way.adapter)))
  const instead = why && away && said.row.triedAt === null ? await insteadOfRoom(deps, said, why.error) : undefined
  if (instead) return { ...instead, attempts: tried.attempts }
  if (said.paced && !waits && said.row.triedAt === null) return held(said.row, said.paced, NOT_OPEN)
  return afterError(said.row, tried, why?.error, moment(deps), adapter)
}

/**
 * Hands a notice to its platform, marked as tried since `markedAt`, and says how that ended. What a way surely refuses goes
 * the next one at once, as long as the notice is still ours.
 */
export const handedOver = async (
  deps: Deps,
  said: Said,
  markedAt: Date,
  isOurs: (said: Said) => Promise<boolean>,
): Promise<Settlement> => {
  const { row, card, tasks, once } = said
  if (row.edits !== null) return handedEdit(deps, said)
  const failures: Failure[] = []
  const memory = once === undefined ? {} : { once }
  for (;;) {
    const way = said.ways[failures.length]
    const last = failures.at(-1)
    const tried = {
      ...{ ...row, attempts: row.attempts + failures.length + (way ? 1 : 0), triedAt: row.triedAt ?? markedAt },
      ...(said.adapter.sameWords && { card, tasks }),
    }
    if (!way || (last && !(await isOurs(said)))) return afterAll(deps, said, failures, tried, memory)
    try {
      if (last && !(await grantedOne(deps, way.adapter, row.lane)))
        throw new DeliveryError('later', '本分钟的限额已用完')
      const { ref, edit } = await by(deps, said, way)
      const error = robotLost(failures)
      return settled(tried, deps.now(), { state: 'sent', error, card, tasks, ref: ref ?? null, edit: edit ?? null })
    } catch (error) {
      if (!takesNext(error, row, failures.length)) return afterError(row, tried, error, moment(deps), memory)
      failures.push({ way, error })
    }
  }
}
