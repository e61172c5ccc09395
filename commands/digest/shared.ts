import { isList, type Named, type Told } from '../../src/model/recipe.ts'
import type { MovedList } from '../calendar.ts'
import { caseNumber } from '../case-words.ts'
import type { Context } from '../command.ts'
import { codesWords, type Seen, seen, unitName } from '../present.ts'
import { type CaseDue, caseWordsShared } from './cases.ts'
import { type Digest, type Digested, type Section, sectionsOf, stepOf } from './select.ts'
import { figuresWords } from './tallies.ts'
import { askedBy, unitsTitle } from './words.ts'

/** Lines of one digest. */
const GROUPS = 10
/** Names of units in one line that are told elsewhere too. */
const NAMED = 3

const codesOf = (sections: readonly Section[]): string => codesWords(sections.flatMap(({ items }) => items))

/** What one unit owes, in codes: 公开17-3、5；逾期 公开17-1; a reminder says what is due today and what is due next. */
const owedWords = (sections: readonly Section[], told: Told, overdue: boolean): string => {
  const ahead = sections.filter((section) => !section.overdue)
  const late = overdue ? sections.filter((section) => section.overdue) : []
  const parts = isList(told)
    ? [['', codesOf(ahead)] as const]
    : ahead.map((section) => [`${section.title} `, codesOf([section])] as const)
  return [...parts, ['逾期 ', codesOf(late)] as const]
    .flatMap(([title, codes]) => (codes ? [`${title}${codes}`] : []))
    .join('；')
}

/** What is told of beside duties: days that another calendar moved, and cases. */
interface Beside {
  moved: MovedList | undefined
  cases: readonly CaseDue[]
}

interface Group {
  units: string[]
  words: string
}

/** Units that owe just the same stand on one line, so that a task of everybody's does not take the whole list. */
const groupsOf = (c: Context, items: readonly Seen[], digest: Digest, { moved, cases }: Beside): Group[] => {
  const groups = new Map<string, string[]>()
  for (const unit of digest.units) {
    const own = items.filter(({ duty }) => duty.unit === unit)
    const days = (moved?.duties ?? []).filter((duty) => duty.unit === unit).map((duty) => seen(c, duty))
    const numbers = (moved?.cases ?? []).filter(({ row }) => row.unit === unit).map(({ row }) => caseNumber(row))
    const words = [
      owedWords(sectionsOf(c, own, digest), digest.told, digest.shared?.overdue ?? false),
      days.length + numbers.length > 0 ? `日期变动 ${[codesWords(days), ...numbers].filter(Boolean).join('、')}` : '',
      caseWordsShared(
        c,
        cases.filter(({ row, over }) => row.unit === unit && (!over || digest.shared?.overdue)),
      ),
      digest.figures?.units.has(unit) ? figuresWords(digest.figures) : '',
    ]
      .filter(Boolean)
      .join('；')
    if (words !== '') groups.set(words, [...(groups.get(words) ?? []), unit])
  }
  return [...groups].map(([words, units]) => ({ units, words }))
}

/** The units of a line and those of them that stand there by name: all but few of the room, or those that are told nowhere else and the first of the others. */
const groupName = (
  c: Context,
  units: readonly string[],
  heard: readonly string[],
  main: readonly string[],
): { text: string; named: string[] } => {
  const names = (ids: readonly string[]) => ids.map((id) => unitName(c, id)).join('、')
  const others = heard.filter((unit) => !units.includes(unit))
  if (units.length > NAMED && others.length <= NAMED)
    return { text: others.length === 0 ? '各单位' : `各单位（${names(others)}除外）`, named: [] }
  const own = units.filter((unit) => main.includes(unit))
  const named = [...new Set([...own, ...units])].slice(0, Math.max(NAMED, own.length))
  return { text: `${names(named)}${named.length < units.length ? `等${units.length}家` : ''}`, named }
}

/** What has no line any more: by name what is told nowhere else, the rest as a number. */
const leftWords = (c: Context, left: readonly Group[], main: readonly string[]): string => {
  const named = left.flatMap(({ units, words }) => {
    const own = units.filter((unit) => main.includes(unit))
    return own.length > 0 ? [`${own.map((unit) => unitName(c, unit)).join('、')}：${words}`] : []
  })
  const more = left.length - named.length
  return [named.length > 0 ? `另有${named.join('；')}` : '', more > 0 ? `另有${more}组` : ''].filter(Boolean).join('；')
}

/** Units that stand there by name, and those of them whose heads the ladder calls on where lateness is said. */
const namedIn = (c: Context, units: string[], items: readonly Seen[], { told, steps, shared }: Digest): Named => ({
  units,
  heads: units.filter(
    (unit) =>
      shared?.overdue &&
      steps.includes(2) &&
      items.some((item) => item.duty.unit === unit && item.overdue && stepOf(c, item, told.since) === 2),
  ),
})

/** A shared room's digest, grouped by unit; undefined where there is nothing to say. */
export const sharedCard = (
  c: Context,
  items: readonly Seen[],
  digest: Digest,
  beside: Beside,
): Digested | undefined => {
  const { heard, main } = digest.shared ?? { heard: digest.units, main: digest.units }
  const isMain = ({ units }: Group) => units.some((unit) => main.includes(unit))
  const found = groupsOf(c, items, digest, beside)
  const groups = [...found.filter(isMain), ...found.filter((group) => !isMain(group))]
  if (groups.length === 0) return undefined
  const left = leftWords(c, groups.slice(GROUPS), main)
  const name = heard.length === 2 ? heard.map((unit) => unitName(c, unit)).join('、') : '各单位'
  const lines = groups.slice(0, GROUPS).map(({ units, words }) => ({ ...groupName(c, units, heard, main), words }))
  return {
    card: {
      title: unitsTitle(c, name, digest.told),
      tone: 'plain',
      blocks: [
        { kind: 'list', lines: lines.map(({ text, words }) => ({ text: `${text}：${words}` })) },
        ...(left ? [{ kind: 'note' as const, text: `${left}。` }] : []),
        { kind: 'note', text: `回复“${askedBy(digest.told)}”查看本单位的。` },
      ],
    },
    named: namedIn(
      c,
      lines.flatMap(({ named }) => named),
      items,
      digest,
    ),
  }
}
