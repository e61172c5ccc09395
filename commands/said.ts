import type { Context } from './command.ts'

/** Names of units that stand together in a text (市财政局、市审计局和市教育局): where, and their ids in its order. */
export interface Run {
  start: number
  end: number
  units: string[]
}

const JOINED = /^\s*(?:[、/]|和|与|及|以及)?\s*$/

/** The runs of units that a text names, in its order; a class stands for its members. */
export const runsOf = (c: Context, text: string): Run[] => {
  const runs: Run[] = []
  for (const { start, end, units, of } of c.registry.find(text)) {
    if (of === 'several') continue
    const ids = units.map((unit) => unit.id)
    const last = runs.at(-1)
    if (last && JOINED.test(text.slice(last.end, start))) {
      last.end = end
      last.units = [...new Set([...last.units, ...ids])]
    } else runs.push({ start, end, units: [...new Set(ids)] })
  }
  return runs
}

const MOVES =
  /改派|转派|移交|转交|重新分派|分派|分解|改由|由(?=.{1,60}(?:负责|承办|牵头|办理))|调整给|派给|派到|划给|划转|交给|转给|转办|转由|改为|改成|更正为|调整为|换成|换为/

/** From whom and to whom: the units named before the word that moves, and the run that stands right behind it. */
export const partiesSaid = (c: Context, text: string): { from: string[]; to: string[] } => {
  const move = MOVES.exec(text)
  if (!move) return { from: [], to: [] }
  const runs = runsOf(c, text)
  const from = runs.filter((run) => run.end <= move.index).flatMap((run) => run.units)
  const behind = runs.find((run) => run.start >= move.index)
  const near = behind && /^[^，,。；：:]{0,6}$/.test(text.slice(move.index + move[0].length, behind.start))
  return { from: [...new Set(from)], to: near ? behind.units : [] }
}
