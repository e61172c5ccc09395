import type { Block } from '../../src/model/card.ts'
import { answering } from '../../src/model/contact.ts'
import { isList, type Step, type Told } from '../../src/model/recipe.ts'
import type { MovedList } from '../calendar.ts'
import type { Context } from '../command.ts'
import { entryLine, sharesOf, together, unclaimedLine } from '../page.ts'
import { codesWords, type Seen, unitName } from '../present.ts'
import { type CaseDue, caseBlocks } from './cases.ts'
import { type Digest, type Digested, type Section, sectionsOf, stepOf } from './select.ts'
import { figuresNote } from './tallies.ts'
import { askedBy, lateTitle, unitsTitle } from './words.ts'

const movedTitle = ({ title, lines }: MovedList, shown: number): string =>
  shown < lines.length ? `${title.replace(/）$/, '')}，共${lines.length}项）` : title

/** The sections as lines, a fair share each where they are more than a page; and what is left over. */
const shown = (
  c: Context,
  sections: readonly Section[],
  moved: MovedList | undefined,
): { blocks: Block[]; left: Seen[] } => {
  const parts = sections.map(({ title, items, overdue }) => ({ title, entries: together(items, overdue) }))
  const shares = sharesOf([...parts.map(({ entries }) => entries.length), ...(moved ? [moved.lines.length] : [])])
  const days = moved?.lines.slice(0, shares.at(-1)) ?? []
  return {
    blocks: [
      ...parts.flatMap(({ title, entries }, i): Block[] => {
        const lines = entries.slice(0, shares[i]).map((entry) => entryLine(c, entry, false))
        return lines.length > 0 ? [{ kind: 'list', title, lines }] : []
      }),
      ...(moved ? [{ kind: 'list' as const, title: movedTitle(moved, days.length), lines: days }] : []),
    ],
    left: parts.flatMap(({ entries }, i) => entries.slice(shares[i]).flat()),
  }
}

/** 许修远 → 分管领导许修远; 副县长 陈云舒 has a post of its own in the roster. */
const headWords = (head: string): string => (/\s/.test(head) ? head.replace(/\s+/g, '') : `分管领导${head}`)

/** The steps that are said here and to which something late has come. */
const stepsReached = (c: Context, late: readonly Seen[], { told, steps }: Digest): ReadonlySet<Step> =>
  new Set(late.flatMap((item) => stepOf(c, item, told.since) ?? []).filter((step) => steps.includes(step)))

/** Who is to see to what is late: the liaison at the first step, the unit's head at the second. */
const namedWords = (c: Context, unit: string, reached: ReadonlySet<Step>, { liaisons }: Digest): string => {
  const liaison = answering(unit, liaisons, c.today)[0]?.name
  const head = c.office.units.find(({ id }) => id === unit)?.head
  const words = [
    reached.has(1) && liaison ? `请联络员${liaison}办理` : '',
    reached.has(2) && head ? `请${headWords(head)}督促` : '',
  ]
  return words.filter(Boolean).join('，')
}

const closing = (c: Context, told: Told, left: readonly Seen[], unclaimed: readonly Seen[]): Block[] =>
  [
    left.length > 0 ? `另有${left.length}项：${codesWords(left)}，回复“${askedBy(told)}”查看。` : '',
    isList(told) && unclaimed.length > 0 ? unclaimedLine(c, unclaimed) : '',
  ].flatMap((text): Block[] => (text === '' ? [] : [{ kind: 'note', text }]))

/** A unit's own digest, each duty on a line of its section; undefined where there is nothing to say. */
export const unitCard = (
  c: Context,
  unit: string,
  items: readonly Seen[],
  digest: Digest,
  { moved, cases }: { moved: MovedList | undefined; cases: readonly CaseDue[] },
): Digested | undefined => {
  const sections = sectionsOf(c, items, digest)
  const asked = digest.figures?.units.has(unit) ? digest.figures : undefined
  if (!moved && !asked && cases.length === 0 && sections.every(({ items }) => items.length === 0)) return undefined
  const name = unitName(c, unit)
  const late = sections.flatMap(({ items, overdue }) => (overdue ? items : []))
  const reached = stepsReached(c, late, digest)
  const named = namedWords(c, unit, reached, digest)
  const { blocks, left } = shown(
    c,
    sections.map((section) =>
      section.overdue && named ? { ...section, title: `${section.title}（${named}）` } : section,
    ),
    moved,
  )
  const unclaimed = items.filter(({ state, duty }) => state === 'unclaimed' && !duty.disclaimed)
  return {
    card: {
      title: digest.ahead || moved ? unitsTitle(c, name, digest.told) : lateTitle(c, name),
      tone: late.length > 0 || cases.some(({ over }) => over) ? 'late' : 'plain',
      blocks: [
        ...blocks,
        ...caseBlocks(c, cases, { withUnit: false }),
        ...(asked ? [{ kind: 'note' as const, text: figuresNote(asked) }] : []),
        ...closing(c, digest.told, left, unclaimed),
      ],
    },
    named: { units: [unit], heads: reached.has(2) ? [unit] : [] },
  }
}
