import type { Indicator } from '../../model/assessment.ts'
import { type IndicatorLine, unitNamesIn } from '../../plan/indicators.ts'
import type { Registry } from '../../unit/names.ts'

/** A name in the column of units that the roster does not tell, with what it may be. */
interface UnknownUnit {
  name: string
  lines: number[]
  options: string[]
}

/** What the table comes to on this roster: indicators, and names that have to be told first. */
interface TableRead {
  indicators: Indicator[]
  unknown: UnknownUnit[]
}

/**
 * Names of units to units of the roster; a class stands for its members. `means` says what a name that the roster does not
 * know is (a name of the roster). Nothing is guessed: what is left is asked.
 */
export const onRoster = (
  lines: readonly IndicatorLine[],
  registry: Registry,
  { means = {}, byRules = [] }: { means?: Readonly<Record<string, string>>; byRules?: readonly string[] } = {},
): TableRead => {
  const unknown = new Map<string, UnknownUnit>()
  const idsOf = (written: string, line: number): string[] => {
    const name = Object.hasOwn(means, written) ? (means[written] ?? written) : written
    const found = registry.resolve(name)
    if (found.kind === 'one') return [found.unit.id]
    const known = registry.classOf(name)
    if (known?.kind === 'unit') return [known.id]
    if (known?.kind === 'class' && known.members && known.members.length > 0) return [...known.members]
    const asked = unknown.get(written) ?? { name: written, lines: [], options: [] }
    asked.lines.push(line)
    if (found.kind === 'several') asked.options = found.units.map((unit) => unit.name)
    unknown.set(written, asked)
    return []
  }
  const indicators = lines.map(({ line, units, by, ...rest }) => ({
    ...rest,
    units: [...new Set(unitNamesIn(units).flatMap((name) => idsOf(name, line)))],
    by: byRules.includes(rest.number) ? ('rules' as const) : by,
  }))
  return { indicators, unknown: [...unknown.values()] }
}

/** 第3、5行的“市某局”不在通讯录 */
export const unknownWords = ({ name, lines, options }: UnknownUnit): string =>
  options.length > 0
    ? `第${lines.join('、')}行的“${name}”可以是${options.join('、')}`
    : `第${lines.join('、')}行的“${name}”不在通讯录里`
