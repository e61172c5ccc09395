import type { Outcome } from '../model/disclosure.ts'
import type { Count } from './form.ts'
import type { AnnualInputs, ApplicationFile, RemedyFile } from './inputs.ts'

/** What a count comes to, and what stands behind it. */
export interface Counted {
  value: number
  from: 'cases' | 'tallies'
  ids: readonly string[]
}

type Year = Pick<AnnualInputs, 'year' | 'asOf'>

const firstDay = ({ year }: Year): string => `${year}-01-01`
const within = (day: string, time: Year): boolean => day >= firstDay(time) && day <= time.asOf
const endedBefore = ({ ended }: ApplicationFile, day: string): boolean => ended !== undefined && ended.on < day
const openOn = ({ received, ended }: ApplicationFile, day: string): boolean =>
  received <= day && (ended === undefined || ended.on > day)

/** Does the year's report count it: received in it, or not over before it? */
const isOfYear = (one: ApplicationFile, time: Year): boolean =>
  one.received <= time.asOf && !endedBefore(one, firstDay(time))

/** Was it under way in the year? It is counted in each year in which it was. */
const isHeard = ({ filed, closed }: RemedyFile, time: Year): boolean =>
  filed <= time.asOf && (closed === undefined || closed >= firstDay(time))

/** How it stands on the day of the report: what was decided later is not known yet. */
const outcomeOn = ({ outcome, closed }: RemedyFile, { asOf }: Year): Outcome =>
  closed !== undefined && closed <= asOf ? outcome : 'pending'

const cases = (files: readonly ApplicationFile[]): Counted => ({
  ...{ value: files.length, from: 'cases', ids: files.map(({ id }) => id) },
})

const remediesOf = (inputs: AnnualInputs) =>
  inputs.applications.flatMap((one) =>
    one.remedies.filter((remedy) => isHeard(remedy, inputs)).map((remedy) => ({ id: one.id, ...remedy })),
  )

/** Was the register of applications kept in this year? Otherwise its figures are entered. */
const isKept = (inputs: AnnualInputs): boolean => inputs.applications.some((one) => isOfYear(one, inputs))

const ofApplications = (count: Count, inputs: AnnualInputs): Counted | undefined => {
  if (!isKept(inputs)) return undefined
  const all = inputs.applications.filter(
    ({ applicant }) => !('applicant' in count) || count.applicant === undefined || count.applicant === applicant,
  )
  switch (count.of) {
    case 'received':
      return cases(all.filter(({ received }) => within(received, inputs)))
    case 'via':
      return cases(all.filter(({ received, via }) => within(received, inputs) && count.via.includes(via)))
    case 'carried-in':
      return cases(all.filter((one) => one.received < firstDay(inputs) && isOfYear(one, inputs)))
    case 'carried-out':
      return cases(all.filter((one) => openOn(one, inputs.asOf)))
    case 'concluded':
      return cases(
        all.filter(
          ({ ended, extended }) =>
            ended !== undefined &&
            within(ended.on, inputs) &&
            (count.results?.includes(ended.result) ?? true) &&
            (count.extended === undefined || count.extended === extended),
        ),
      )
    default:
      return undefined
  }
}

const ofFees = (what: 'notices' | 'billed' | 'paid', inputs: AnnualInputs): Counted | undefined => {
  if (!isKept(inputs)) return undefined
  const moved = inputs.applications.flatMap((one) =>
    (what === 'paid' ? one.paid : one.billed)
      .filter(({ on }) => within(on, inputs))
      .map((fee) => ({ id: one.id, ...fee })),
  )
  const value = what === 'notices' ? moved.length : moved.reduce((sum, { amount }) => sum + amount, 0)
  return { value, from: 'cases', ids: [...new Set(moved.map(({ id }) => id))] }
}

const ofRemedies = (count: Extract<Count, { of: 'remedies' }>, inputs: AnnualInputs): Counted | undefined => {
  const heard = remediesOf(inputs)
  // A year without any in the register may have some on paper: those are entered.
  if (heard.length === 0) return undefined
  const found = heard.filter(
    (one) => count.remedies.includes(one.remedy) && count.outcomes.includes(outcomeOn(one, inputs)),
  )
  return { value: found.length, from: 'cases', ids: [...new Set(found.map(({ id }) => id))] }
}

const ofCounted = (
  inputs: AnnualInputs,
  { kinds, led, people }: Pick<Extract<Count, { of: 'activities' }>, 'kinds' | 'led' | 'people'>,
): Counted | undefined => {
  const found = inputs.counted.filter(({ kind, on }) => kinds.includes(kind) && within(on, inputs))
  if (found.length === 0) return undefined
  const counted = led ? found.filter((one) => one.led) : found
  const value = people ? counted.reduce((sum, one) => sum + one.people, 0) : counted.length
  return { value, from: 'cases', ids: counted.map(({ id }) => id) }
}

/** What is also registered one by one: it is counted where nobody told the year's figure. */
const registered: Readonly<Record<string, readonly string[]>> = { conference: ['conference'] }

const ofChannel = (channel: string, inputs: AnnualInputs): Counted | undefined => {
  const told = inputs.channels[channel]
  if (told) return { value: told.count, from: 'tallies', ids: told.ids }
  const kinds = registered[channel]
  return kinds && ofCounted(inputs, { kinds })
}

/** What the registers and the tallies know of it; undefined where they were not kept in the year. */
export const countOf = (count: Count, inputs: AnnualInputs): Counted | undefined => {
  switch (count.of) {
    case 'remedies':
      return ofRemedies(count, inputs)
    case 'fees':
      return ofFees(count.what, inputs)
    case 'channel':
      return ofChannel(count.channel, inputs)
    case 'activities':
      return ofCounted(inputs, count)
    default:
      return ofApplications(count, inputs)
  }
}
