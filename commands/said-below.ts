import { factsOf } from '../db/queries/duties.ts'
import type { Reader } from '../db/store.ts'
import type { Duty } from '../src/model/duty.ts'

type Below = Pick<Duty, 'id' | 'unit' | 'state' | 'clearedOn'>

/** What the units of a task that came from above have said and shown so far: a line each, their links, and whether all of it was looked at for secrecy. */
export interface SaidBelow {
  lines: string[]
  links: string[]
  cleared: boolean
}

const SAID = ['reported', 'progressed']

/** A unit's last word; of what is not done, a unit that has said nothing has no line. */
export const saidBelow = async (
  db: Reader,
  units: readonly { id: string; name: string }[],
  duties: readonly Below[],
): Promise<SaidBelow> => {
  const live = duties.filter(({ state }) => state !== 'waived')
  const facts = await factsOf(
    db,
    'duty',
    live.map(({ id }) => id),
  )
  const links = new Set<string>()
  const lines = live.flatMap(({ id, unit, state }) => {
    const last = facts.filter((fact) => fact.id === id && SAID.includes(fact.kind)).at(-1)
    for (const link of Array.isArray(last?.body.links) ? last.body.links : []) links.add(String(link))
    const said = typeof last?.words?.text === 'string' ? last.words.text : ''
    const name = units.find((one) => one.id === unit)?.name ?? ''
    if (state === 'done') return [`${name}已办结${said && `：${said}`}`]
    return said ? [`${name}：${said}`] : []
  })
  const cleared = live.length > 0 && live.every(({ state, clearedOn }) => state === 'done' && clearedOn !== null)
  return { lines, links: [...links], cleared }
}
