import type { Day } from '../../model/deadline.ts'
import { type Notices, nationalDays } from '../../time/calendar.ts'
import { type Alg, digestOf } from '../chain.ts'
import type { OfficeNow } from '../office.ts'

/**
 * The calendar that an office's open days were computed by, as its row keeps it: `619:4f0c…`, the number of days that the
 * notices name and a digest of all days. A program with fewer knows less and takes nothing back. Behind it stands
 * `>since` (`>~since`: provisional days only) while a turn is under way, `+day` where what is in review was looked at last,
 * `@instant` of the end of the last turn, `!` where a release by another calendar ended meanwhile.
 */
export interface Mark {
  named: number
  digest: string
  /** When the turn under way began, ISO. */
  since?: string
  provisionalOnly?: boolean
  /** Some duties in review would move: they are looked at again after this day. */
  lookedOn?: Day
  /** When the last turn ended, ISO. */
  turnedAt?: string
  stale?: boolean
}

export const readMark = (text: string): Mark | undefined => {
  const parts = /^(\d+):(\w*)(?:>(~?)([^+@!]+))?(?:\+([\d-]+))?(?:@([^!]+))?(!*)$/.exec(text)
  if (!parts) return undefined
  const [, named, digest = '', only, since, lookedOn, turnedAt, stale] = parts
  return {
    ...{ named: Number(named), digest },
    ...(since && { since, ...(only && { provisionalOnly: true }) }),
    ...(lookedOn && { lookedOn }),
    ...(turnedAt && { turnedAt }),
    ...(stale && { stale: true }),
  }
}

export const writeMark = ({ named, digest, since, provisionalOnly, lookedOn, turnedAt }: Mark): string =>
  [
    `${named}:${digest}`,
    since ? `>${provisionalOnly ? '~' : ''}${since}` : '',
    lookedOn ? `+${lookedOn}` : '',
    turnedAt ? `@${turnedAt}` : '',
  ].join('')

/** May days have moved since that moment? Without asking the facts. */
export const turnedSince = (stored: Mark | undefined, from: Date): boolean =>
  stored?.since !== undefined || (stored?.turnedAt !== undefined && new Date(stored.turnedAt) >= from)

const nationals = new WeakMap<Notices, Map<Alg, string>>()

/** Digest of the national days; they are the same for every office, and counted once. */
const nationalDigest = (notices: Notices, alg: Alg): string => {
  const known = nationals.get(notices) ?? new Map<Alg, string>()
  nationals.set(notices, known)
  const digest = known.get(alg) ?? digestOf(alg, nationalDays(notices))
  known.set(alg, digest)
  return digest
}

const marks = new WeakMap<OfficeNow, Mark>()

/** The mark of an office's calendar as it is now; computed once for each version of the office. */
export const markOf = (now: OfficeNow, alg: Alg): Mark => {
  const known = marks.get(now)
  if (known) return known
  const { notices, view } = now
  const digest = digestOf(alg, [nationalDigest(notices, alg), view.days.map(({ day, kind }) => [day, kind])])
  const mark = { named: notices.off.size + notices.work.size, digest: digest.slice(0, 16) }
  marks.set(now, mark)
  return mark
}

/** What is to be done about the calendar of an office. `turn` also goes on with one that broke off. */
export const stepFor = (stored: Mark | undefined, own: Mark, today: Day): 'first' | 'turn' | undefined => {
  if (!stored) return 'first'
  if (stored.named > own.named) return undefined
  const moved = stored.digest !== own.digest || stored.stale || stored.since !== undefined
  return moved || (stored.lookedOn !== undefined && stored.lookedOn < today) ? 'turn' : undefined
}
