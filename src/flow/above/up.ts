import { type DutyView, factsOf, findDuties } from '../../../db/queries/duties.ts'
import type { Card } from '../../model/card.ts'
import type { Actor } from '../../model/person.ts'
import { act } from '../console/act.ts'
import type { Deps } from '../deps.ts'
import type { Held, NotTaken } from './standing.ts'

const OWED = ['open', 'returned', 'unconfirmed']
const WORDS = 1500

/** Is everything that came of the task below done, and not yet told above? A standing one is told when the office says so. */
export const isReady = (duty: DutyView, { last, duties }: Held): boolean => {
  // What has moved above since is brought down first: a return reopens what was done.
  if (last.version !== duty.version || !OWED.includes(duty.state)) return false
  const live = duties.filter(({ state }) => state !== 'waived')
  return live.length > 0 && live.every(({ state }) => state === 'done')
}

/** What the units below have said and shown, as one report. */
const merged = async (deps: Deps, { duties }: Held): Promise<{ text: string; links: string[] }> => {
  const { view } = await deps.cache(deps.store)
  const done = duties.filter(({ state }) => state === 'done')
  const facts = await factsOf(
    deps.store,
    'duty',
    done.map(({ id }) => id),
  )
  const links = new Set<string>()
  const lines = done.map((duty) => {
    const report = facts.filter(({ id, kind }) => id === duty.id && kind === 'reported').at(-1)
    for (const link of Array.isArray(report?.body.links) ? report.body.links : []) links.add(String(link))
    const said = typeof report?.words?.text === 'string' ? report.words.text : ''
    return `${view.units.find(({ id }) => id === duty.unit)?.name ?? ''}已办结${said && `：${said}`}`
  })
  const cleared = done.every(({ clearedOn }) => clearedOn !== null) ? '（已经保密审查）' : ''
  return { text: `${view.name}汇总上报：${lines.join('；')}`.slice(0, WORDS) + cleared, links: [...links] }
}

/** What the office above answered, in a line. */
const answered = ({ title, blocks }: Card): string => {
  const said = blocks.find((block) => block.kind === 'text')
  return said ? `${title}：${said.text}` : title
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
  const { view } = await deps.cache(deps.store)
  const actor: Actor = { id: `above:${deps.store.office}`, name: view.name, role: 'liaison', units: [unit], charge: [] }
  const { text, links } = await merged(deps, held)
  const moved = held.duties.reduce((sum, { version }) => sum + version, 0)
  const id = `${duty.id}@${duty.version}.${moved}`
  const { reply } = await act(city, actor, {
    id,
    intent: {
      ...{ intent: 'report', tasks: [duty.number], plan: duty.planCode, reports: [duty.id] },
      ...(links.length > 0 && { links }),
    },
    text,
  })
  // Where the process ended before this one was told below, it is told now.
  const isTold = held.last.what === 'refused' && held.last.report === id
  if (isTold || !reply) return undefined
  const [now] = await findDuties(city.store, { ids: [duty.id] })
  return now?.version === duty.version ? { report: id, answer: answered(reply) } : undefined
}
