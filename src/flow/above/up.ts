import { saidBelow } from '../../../commands/said-below.ts'
import { type DutyView, factsOf, findDuties } from '../../../db/queries/duties.ts'
import type { Card } from '../../model/card.ts'
import type { Intent } from '../../model/intent.ts'
import type { Actor } from '../../model/person.ts'
import { act, deedKey } from '../console/act.ts'
import type { Deps } from '../deps.ts'
import type { Asked, Held, NotTaken } from './standing.ts'

const OWED = ['open', 'returned', 'unconfirmed']
const WORDS = 1500

/** Is everything that came of the task below done, and not yet told above? A standing one is told when the office says so. */
export const isReady = (duty: DutyView, { last, duties }: Held): boolean => {
  // What has moved above since is brought down first: a return reopens what was done.
  if (last.version !== duty.version || !OWED.includes(duty.state)) return false
  const live = duties.filter(({ state }) => state !== 'waived')
  return live.length > 0 && live.every(({ state }) => state === 'done')
}

/** What the units below have said and shown, as one report, behind the office's own words. */
const merged = async (deps: Deps, { duties }: Held, asked?: Asked): Promise<{ text: string; links: string[] }> => {
  const { view } = await deps.cache(deps.store)
  const below = await saidBelow(deps.store, view.units, duties)
  const words = [...(asked?.text ? [asked.text] : []), ...below.lines].join('；')
  const text = `${view.name}${asked ? '上报' : '汇总上报'}：${words}`.slice(0, WORDS)
  const links = [...new Set([...(asked?.links ?? []), ...below.links])]
  return { text: `${text}${below.cleared ? '（已经保密审查）' : ''}`, links }
}

/** What the office above answered, in a line. */
const answered = ({ title, blocks }: Card): string => {
  const said = blocks.find((block) => block.kind === 'text')
  return said ? `${title}：${said.text}` : title
}

/** The county as the office above knows it: its unit's liaison. */
const speaker = async (deps: Deps, unit: string): Promise<Actor> => {
  const { view } = await deps.cache(deps.store)
  return { id: `above:${deps.store.office}`, name: view.name, role: 'liaison', units: [unit], charge: [] }
}

/** Does what that message carried stand in the duty's chain above? */
const isTaken = async (city: Deps, actor: Actor, duty: string, id: string): Promise<boolean> =>
  (await factsOf(city.store, 'duty', [duty])).some(({ via }) => via === deedKey(actor, id))

const intentOf = (duty: DutyView, done: boolean, links: string[]): Intent => {
  const named = { tasks: [duty.number], plan: duty.planCode, reports: [duty.id] }
  if (!done && duty.state !== 'standing') return { intent: 'progress', ...named }
  return { intent: 'report', ...named, ...(links.length > 0 && { links }) }
}

/**
 * Reports to the office above as the unit's liaison would: the same message, the same rules. The message's id is made of the
 * duty's version and of what is reported, so that a second one, after a crash or from another server, meets the receipt of
 * the first, and what was not taken goes up again once it has been put right. Returns what was answered where it was not
 * taken and nobody below has been told.
 */
export const reportUp = async (
  deps: Deps,
  city: Deps,
  unit: string,
  duty: DutyView,
  held: Held,
): Promise<NotTaken | undefined> => {
  const actor = await speaker(deps, unit)
  const { text, links } = await merged(deps, held)
  const moved = held.duties.reduce((sum, { version }) => sum + version, 0)
  const id = `${duty.id}@${duty.version}.${moved}`
  const { reply } = await act(city, actor, { id, intent: intentOf(duty, true, links), text })
  // Where the process ended before this one was told below, it is told now.
  if (held.told.has(id) || !reply) return undefined
  return (await isTaken(city, actor, duty.id, id)) ? undefined : { report: id, answer: answered(reply) }
}

/**
 * Tells above what the office below has asked to be told there. Its message is known by the fact that asked for it: after a
 * crash the second one meets the first one's receipt. Returns the duty as it stands then, or what was answered instead.
 */
export const sendUp = async (
  deps: Deps,
  city: Deps,
  unit: string,
  duty: DutyView,
  held: Held,
  asked: Asked,
): Promise<NotTaken | { report: string; duty: DutyView }> => {
  const actor = await speaker(deps, unit)
  const { text, links } = await merged(deps, held, asked)
  const { id: report } = asked
  const { reply } = await act(city, actor, { id: report, intent: intentOf(duty, asked.done, links), text })
  const [now] = await findDuties(city.store, { ids: [duty.id] })
  if (now && (await isTaken(city, actor, duty.id, report))) return { report, duty: now }
  return { report, answer: reply ? answered(reply) : '没有答复' }
}
