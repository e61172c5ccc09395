import type { Day } from '../model/deadline.ts'
import { dayNumber } from './day.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, made)
  return made
}

/** Wall clock of the zone at that instant, `YYYY-MM-DD, HH:MM:SS`. */
const wallClock = (instant: Date, zone: string) => formatOf(zone).format(instant)

const MINUTE = 60_000
/** Since then every zone differs from UTC by whole minutes; Liberia was the last. */
const WHOLE_MINUTES = Date.UTC(1973, 0, 1)
const known = new Map<string, { minute: number; wall: string }>()

/** `YYYY-MM-DD, HH:MM` of the zone. It is nearly always the present minute that is asked for, over and over. */
function minuteOf(instant: Date, zone: string): string {
  const minute = Math.floor(instant.getTime() / MINUTE)
  const last = known.get(zone)
  if (last?.minute === minute) return last.wall
  const wall = wallClock(instant, zone).slice(0, 17)
  if (instant.getTime() >= WHOLE_MINUTES) known.set(zone, { minute, wall })
  return wall
}

/** The calendar day of the zone (IANA name, `Asia/Shanghai`) at that instant. Throws a RangeError on an unknown zone. */
export const dayOf = (instant: Date, zone: string): Day => minuteOf(instant, zone).slice(0, 10)

/** The wall-clock time `HH:MM` of the zone at that instant. */
export const timeOf = (instant: Date, zone: string): string => minuteOf(instant, zone).slice(12, 17)

/** The minute `YYYY-MM-DDTHH:MM` of the zone at that instant. */
export const momentOf = (instant: Date, zone: string): string => minuteOf(instant, zone).replace(', ', 'T').slice(0, 16)

function asUtc(day: Day, seconds: number): number {
  return dayNumber(day) * 86_400_000 + seconds * 1000
}

function wallAsUtc(instant: Date, zone: string): number {
  const wall = wallClock(instant, zone)
  const seconds = Number(wall.slice(12, 14)) * 3600 + Number(wall.slice(15, 17)) * 60 + Number(wall.slice(18, 20))
  return asUtc(wall.slice(0, 10), seconds)
}

/** The instant at which the zone's clocks show that day and `HH:MM`; of a time that a clock change skips, the one after it. */
export function atOffice(day: Day, time: string, zone: string): Date {
  const wanted = asUtc(day, Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60)
  let guess = wanted
  // The zone's offset is read at the guess; a second round settles days on which the offset changes.
  for (let round = 0; round < 2; round++) guess += wanted - wallAsUtc(new Date(guess), zone)
  return new Date(guess)
}
