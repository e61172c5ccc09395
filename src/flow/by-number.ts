import { encodeTime } from 'ulid'
import type { Context } from '../../commands/command.ts'
import { problem } from '../../commands/problem.ts'
import { lastSaid } from '../../db/queries/outbox.ts'
import { normal } from '../chat/text.ts'
import { type Button, type Card, moreButton, numberedButtons } from '../model/card.ts'
import { addressKey, anyRouteKey, type Incoming } from '../model/message.ts'
import type { Deps } from './deps.ts'

const DAY = 24 * 60 * 60_000
/** A message may wait for days before it is sent; its order is from when it was made. */
const WAITED = 4 * DAY

/** 1, １, 回复1, 选1。 — or 更多. */
const PICK = /^(?:回复|选)?\s*(\d{1,2}|更多)[.。]?$/

/** What a few words choose where buttons are numbers: a button, or the card that says that there is none. */
export type Chosen = { button: Button } | { unheard: Card }

const noSuchNumber = (number: number, buttons: readonly Button[]): Card =>
  problem(
    `没有第${number}项`,
    `可以回复的是：${buttons.map(({ label }, i) => `${i + 1} ${label}`).join('　')}。本次没有登记。`,
    '回复数字即可，或写明任务编号再说一次。',
  )

const notYours: Card = problem(
  '这几项不是给您的',
  '群里最近可选的数字，是对别的单位的答复，本次没有登记。',
  '请写明任务编号再说一次。',
)

/** In a group everybody hears an answer, but its numbers are for who asked and for those of the same units. */
const isFor = (units: readonly string[], own: readonly string[]): boolean =>
  units.length === 0 ? own.length === 0 : units.some((unit) => own.includes(unit))

/**
 * Where the platform shows buttons as numbers, a bare number is the press of that button of the last message there that has
 * any, for a day. A question that came after it was asked by number too: then it is none, and nothing is pressed by mistake.
 */
export const byNumber = async (
  deps: Deps,
  message: Incoming,
  { place, actor, now }: Context,
  words: string,
): Promise<Chosen | undefined> => {
  const pick = message.addressed ? PICK.exec(normal(words))?.[1] : undefined
  const adapter = deps.adapters.find(({ platform, route }) => platform === message.platform && route === message.route)
  if (pick === undefined || !adapter?.numbered) return undefined
  const keys = [addressKey(place.address), anyRouteKey(place.address)] as const
  const said = await lastSaid(
    deps.store,
    keys,
    encodeTime(Math.max(0, now.getTime() - WAITED), 10),
    new Date(now.getTime() - DAY),
  )
  const cards = said.flatMap(({ card, ...row }) => (card ? [{ card, ...row }] : []))
  if (pick === '更多') {
    const button = cards.map(({ card }) => moreButton(card)).find((each) => each !== undefined)
    return button && { button }
  }
  const last = cards.find(({ card, asks }) => asks || numberedButtons(card).length > 0)
  const buttons = last ? numberedButtons(last.card) : []
  const answers = last?.lane === 'answer' && place.address.kind === 'room'
  if (answers && buttons.length > 0 && !isFor(last.units, actor.units)) return { unheard: notYours }
  const button = buttons[Number(pick) - 1]
  if (button) return { button }
  return buttons.length > 0 ? { unheard: noSuchNumber(Number(pick), buttons) } : undefined
}
