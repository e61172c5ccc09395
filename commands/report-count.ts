import { type DutyView, factsOf } from '../db/queries/duties.ts'
import { type TallyRow, talliesOf } from '../db/queries/tallies.ts'
import type { Day } from '../src/model/deadline.ts'
import { partOf, periodOfRound, withPart } from '../src/register/tally/parts.ts'
import { countSaid } from '../src/register/tally/said.ts'
import type { Tallied } from '../src/register/tally/tell.ts'
import { counted, periodWords } from '../src/register/tally/words.ts'
import type { Context } from './command.ts'
import type { Fact } from './evidence.ts'
import { codeOf, isClassLine } from './present.ts'

/** A report that says how much was published (发布23条) tells the figure of its task as a theme. */

interface Place {
  unit: string
  period: string
  channel: 'total'
  theme: string
}

const placeOf = (duty: DutyView, day: Day): Place => ({
  ...{ unit: duty.unit, period: periodOfRound(duty.round, day), channel: 'total', theme: codeOf(duty) },
})

/** The figure's row as it stands, with its facts. */
const rowAt = async (
  c: Context,
  { unit, period, theme, channel }: Place,
): Promise<{ was: TallyRow | null; facts: Fact[] }> => {
  const [was] = await talliesOf(c.db, { units: [unit], from: period, to: period, theme, channel })
  return { was: was ?? null, facts: was ? await factsOf(c.db, 'tally', [was.id]) : [] }
}

/**
 * What a report of one duty brings to its task's figure, and how that is told; nothing where it says no count. Said again
 * of a round it takes the place of what was said; a standing duty's reports add up.
 */
export const countTold = async (
  c: Context,
  duties: readonly DutyView[],
  text: string,
): Promise<{ tallied: Tallied[]; fields: [string, string][] }> => {
  const [duty, ...others] = duties
  const said = countSaid(text)
  if (said === undefined || !duty || others.length > 0 || isClassLine(c, duty.unit)) return { tallied: [], fields: [] }
  const place = placeOf(duty, c.today)
  const { was, facts } = await rowAt(c, place)
  const own = duty.state === 'standing' ? partOf(facts, duty.id) + said : said
  const part = { duty: duty.id, count: own }
  const count = withPart(facts, part)
  const before = was?.count ?? null
  const words = `${place.theme} ${periodWords(place.period)}${before !== null && before !== count ? `${counted('total', before)} → ` : ''}${counted('total', count)}`
  const moved = before === count && partOf(facts, duty.id) === own
  return {
    tallied: moved ? [] : [{ ...place, count, on: c.today, was, part }],
    fields: [['计入报数', words]],
  }
}

/** A report that is taken back takes its count with it, where nobody has told the figure otherwise since. */
export const countsTakenBack = async (
  c: Context,
  taken: readonly { duty: DutyView; report: Fact | undefined }[],
): Promise<Tallied[]> => {
  const found = await Promise.all(
    taken.map(async ({ duty, report }): Promise<Tallied[]> => {
      if (!report) return []
      const place = placeOf(duty, String(report.body.on ?? c.today))
      const { was, facts } = await rowAt(c, place)
      const told = facts.findIndex(({ via, body }) => via === report.via && body.duty === duty.id)
      // What was told by hand since stands.
      if (!was || told < 0 || facts.slice(told).some(({ body }) => body.duty === undefined)) return []
      const part = { duty: duty.id, count: partOf(facts.slice(0, told), duty.id) }
      const left = withPart(facts, part)
      return [{ ...place, count: left === 0 ? null : left, on: c.today, was, part }]
    }),
  )
  return found.flat()
}
