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

type Said = Awaited<ReturnType<typeof factsOf>>[number]

/** The last word that stands: what was withdrawn or sent back is told nobody. */
const lastStanding = (facts: readonly Said[]): Said | undefined => {
  let standing: Said[] = []
  for (const fact of facts) {
    const last = standing.filter(({ kind }) => kind === 'reported').at(-1)
    if (fact.kind === 'reported' || fact.kind === 'progressed') standing.push(fact)
    if (fact.kind === 'withdrawn') standing = standing.filter((one) => one !== last)
    if (fact.kind === 'returned') standing = standing.filter(({ kind }) => kind !== 'reported')
  }
  return standing.at(-1)
}

/** One unit's 已经保密审查 would be read above as the whole report's. */
const withoutClearance = (line: string): string =>
  line
    .replace(/[，。；、,;]?[^，。；、,;：:（）()]*保密[^，。；、,;（）()]*/g, '')
    .replace(/[，。；、,;]?审[查核]人[:：是为 ]{0,3}[\u4e00-\u9fa5]{0,4}/g, '')

/** A unit's last word that stands; of what is not done, a unit that has said nothing has no line. */
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
    const last = lastStanding(facts.filter((fact) => fact.id === id))
    for (const link of Array.isArray(last?.body.links) ? last.body.links : []) links.add(String(link))
    const said = typeof last?.words?.text === 'string' ? last.words.text : ''
    const name = units.find((one) => one.id === unit)?.name ?? ''
    if (state === 'done') return [`${name}已办结${said && `：${said}`}`]
    return said ? [`${name}：${said}`] : []
  })
  const cleared = live.length > 0 && live.every(({ state, clearedOn }) => state === 'done' && clearedOn !== null)
  return { lines: cleared ? lines : lines.map(withoutClearance), links: [...links], cleared }
}
