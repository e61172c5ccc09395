import { unitName } from '../../../../commands/present.ts'
import { movedByDay, movedNewest } from '../../../../db/queries/overview.ts'
import type { Day } from '../../../model/deadline.ts'
import type { DutyFactKind } from '../../../model/life.ts'
import { addDays, atOffice, dayOf } from '../../../time/day.ts'
import type { Scope } from './scope.ts'

/** What a leader would call movement, in the order in which it is told. */
const told = [
  'reported',
  'approved',
  'returned',
  'urged',
  'instructed',
  'extension-asked',
  'extension-granted',
  'extension-refused',
  'claimed',
  'waived',
] as const satisfies DutyFactKind[]
type Told = (typeof told)[number]

const DAYS = 7
/** Of a unit and day, the newest that are named. */
const NAMED = 6

/** What happened in the last seven days, today among them, by day and unit, newest first. */
export const movementOf = async ({ c, units, plans }: Scope) => {
  const from = addDays(c.today, 1 - DAYS)
  const dayAt = (i: number): Day => addDays(from, i)
  const begins = (i: number): Date => atOffice(dayAt(i), '00:00', c.zone)
  const asked = { units, plans, kinds: [...told], from: begins(0), to: begins(DAYS) }
  const counted = await movedByDay(c.db, {
    ...asked,
    ...{ day1: begins(1), day2: begins(2), day3: begins(3), day4: begins(4), day5: begins(5), day6: begins(6) },
  })
  const newest = counted.length > 0 ? await movedNewest(c.db, asked) : []
  const place = new Map(c.office.units.map(({ id }, i) => [id, i]))
  const unitsOn = (i: number) =>
    [...new Set(counted.filter(({ day }) => day === i).map(({ unit }) => unit))]
      .sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0))
      .map((unit) => ({
        ...{ id: unit, name: unitName(c, unit) },
        moved: told.flatMap((kind) => {
          const n = counted.find((one) => one.day === i && one.unit === unit && one.kind === kind)?.n
          return n ? [{ kind, n }] : []
        }),
        rows: newest
          .filter((one) => one.unit === unit && dayOf(one.at, c.zone) === dayAt(i))
          .slice(0, NAMED)
          .map(({ kind, duty, plan, number }) => ({ kind: kind as Told, duty, code: `${plan}-${number}` })),
      }))
  const days = Array.from({ length: DAYS }, (_, i) => DAYS - 1 - i)
    .map((i) => ({ day: dayAt(i), units: unitsOn(i) }))
    .filter(({ units: moved }) => moved.length > 0)
  return { asOf: c.now.toISOString(), from, to: c.today, days }
}
