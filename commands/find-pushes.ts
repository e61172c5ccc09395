import { contentIn, namesContent } from '../src/chat/pushes.ts'
import type { Said } from '../src/chat/rhythm.ts'
import type { Rhythm, Subscription } from '../src/model/subscription.ts'
import type { Context, PlainRow } from './command.ts'
import { placeHere, placeNamed } from './push-places.ts'

const isDaily = (every: Said['every']): boolean => every === 'day' || every === 'workday'

/** 每天 and 每个工作日 are the same: nothing comes on a rest day. */
export const sameRhythm = (a: Rhythm, b: Rhythm): boolean =>
  a.at === b.at && (isDaily(a.every) ? isDaily(b.every) : a.every === b.every && (a.on ?? 1) === (b.on ?? 1))

const fits = (push: Subscription, { every, on, at }: Said): boolean =>
  (at === undefined || push.at === at) &&
  (every === undefined || (isDaily(every) ? isDaily(push.every) : push.every === every)) &&
  (on === undefined || (push.on ?? 1) === on)

/** Words without the names of units: 统计局 is no figure, 审计局 no review. */
export const withoutUnits = (c: Context, words: string): string =>
  c.registry.find(words).reduceRight((text, { start, end }) => `${text.slice(0, start)} ${text.slice(end)}`, words)

/** Does what happens here concern the whole office: its own room, or a chat with one of its people? */
export const seesEveryRoom = (c: Context): boolean => c.place.scope === 'office' || c.place.scope === 'private'

/** The subscriptions that words mean: of the room they name, else of this one, else (to the office alone) of all. */
export const pushesMeant = async (c: Context, words: string, said: Said): Promise<Subscription[]> => {
  const bare = withoutUnits(c, words)
  const content = namesContent(bare) ? contentIn(bare) : undefined
  const meant = c.office.subscriptions.filter(
    (push) => fits(push, said) && (content === undefined || push.content === content),
  )
  const place = await placeNamed(c, words)
  if (place) return meant.filter(({ room }) => room === place.key)
  const here = await placeHere(c)
  const own = meant.filter(({ room }) => room === here?.key)
  return own.length === 0 && seesEveryRoom(c) ? meant : own
}

export const pushRow = ({ id, version, head }: Subscription): PlainRow => ({
  ...{ subject: 'subscription', id, version, head },
})
