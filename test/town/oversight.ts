import { type Assessed, assessed } from '../../commands/assessed.ts'
import { codeOf, seen } from '../../commands/present.ts'
import { findDuties } from '../../db/queries/duties.ts'
import { assessmentOf } from '../../db/queries/scores.ts'
import { importAssessment, openAssessment, tellAssessment } from '../../src/flow/assess/deeds.ts'
import { exportScoresAs } from '../../src/flow/assess/export.ts'
import { scopeOf } from '../../src/flow/console/overview/scope.ts'
import { overviewOf } from '../../src/flow/console/overview.ts'
import type { Deps } from '../../src/flow/deps.ts'
import {
  type Closed,
  closePlan,
  endingOf,
  followingOf,
  followPlan,
  importPlan,
  releasePlan,
} from '../../src/flow/import.ts'
import { machineContext } from '../../src/flow/machine.ts'
import type { Asked, Drafted } from '../../src/flow/paper/drafts.ts'
import { exportPaperAs } from '../../src/flow/paper/export.ts'
import type { Day } from '../../src/model/deadline.ts'
import { stateOn } from '../../src/model/life.ts'
import type { Paper } from '../../src/model/paper.ts'
import type { Draw } from '../../src/paper/docx.ts'
import { parse } from '../../src/plan/parse.ts'
import { readDocx } from '../../src/plan/readers/docx.ts'
import { openZip } from '../../src/plan/readers/zip.ts'
import { pointWords } from '../../src/score/points.ts'
import { atOffice, dayOf, daysBetween } from '../../src/time/day.ts'
import { ZONE } from './deps.ts'
import { type HandLine, handTable, type Listed } from './hand-table.ts'
import type { Lived } from './year.ts'
import type { Deed, Habit } from './year-people.ts'

/** What an office does with a year that was lived: assesses it, writes its papers, closes it and opens the next. */

/** Every unit's habit by its place in the roster; each sixth is left to chance. */
const habits: (Habit | undefined)[] = ['early', 'late', 'wrong', 'never', 'asks', undefined]
export const habitsOf = (names: readonly string[]): ((unit: string) => Habit | undefined) => {
  const of = new Map(names.map((name, i) => [name, habits[i % habits.length]]))
  return (unit) => of.get(unit)
}

/** The same office on another day. */
const onDay = (deps: Deps, day: Day): Deps => {
  const at = atOffice(day, '10:00', ZONE)
  return { ...deps, now: () => at }
}
const contextOn = async (deps: Deps) => machineContext(deps, await deps.cache(deps.store))
const stampOf = (deps: Deps) => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })

/** 考核 of the year by the usual rules, told; every unit's points explained. */
export const assessYear = async (deps: Deps, year: number): Promise<{ id: string; all: Assessed[] }> => {
  const indicator = { number: '1', theme: '', name: '督办事项办理情况', points: 10_000, standard: '', units: [] }
  const span = { title: `${year}年督办考核`, from: `${year}-01-01`, to: `${year}-12-31` }
  const made = { ...span, indicators: [{ ...indicator, by: 'rules' as const }] }
  const { id } = await importAssessment(deps, made, stampOf(deps))
  const row = async () => {
    const found = await assessmentOf(deps.store, id)
    if (!found) throw new Error('no assessment')
    return found
  }
  await openAssessment(deps, await row(), stampOf(deps))
  await tellAssessment(deps, await row(), stampOf(deps))
  return { id, all: await assessed(await contextOn(deps), await row()) }
}

/** A unit's duties as the office's list has them. */
const listedOf = async (deps: Deps, unit: string): Promise<Listed[]> => {
  const today = dayOf(deps.now(), deps.zone)
  return (await findDuties(deps.store, { units: [unit] })).map((duty) => {
    const { id, round, role, dueOn, times } = duty
    const owed = ['open', 'returned', 'review', 'done'].includes(stateOn(duty, today))
    return { id, round, role, dueOn, times, code: codeOf(duty), owed }
  })
}

interface Compared {
  unit: string
  hand: { lines: HandLine[]; score: number | null }
  /** Where the ledger's points and those by hand part, line by line; empty where they are the same. */
  apart: string[]
}

/** A unit's points by the ledger against those by hand. */
export const byHand = async (deps: Deps, deeds: readonly Deed[], one: Assessed): Promise<Compared> => {
  const { unit } = one.result
  const hand = handTable(await listedOf(deps, unit), deeds, dayOf(deps.now(), deps.zone))
  const key = ({ code, round, rule, points, day }: Omit<HandLine, 'sum'>) =>
    [code, round, rule, pointWords(points), day ?? ''].join(' ')
  const said = (one.ledger?.lines ?? []).filter(({ duty }) => duty !== '').map(key)
  const own = hand.lines.map(key)
  const total = one.ledger?.score ?? null
  return {
    ...{ unit, hand },
    apart: [
      ...said.filter((line) => !own.includes(line)).map((line) => `the ledger alone: ${line}`),
      ...own.filter((line) => !said.includes(line)).map((line) => `by hand alone: ${line}`),
      ...(said.length === own.length ? [] : [`${said.length} lines, by hand ${own.length}`]),
      ...(total === hand.score ? [] : [`${total} points, by hand ${hand.score}`]),
    ],
  }
}

/** The words of a file, as the project's own reader of plans reads them. */
const wordsOf = (bytes: Uint8Array): string =>
  readDocx(openZip(bytes))
    .blocks.flatMap((block) => (block.kind === 'line' ? block.text : block.rows.map(({ cells }) => cells.join('\t'))))
    .join('\n')

const isoOf = (words: string): Day[] => [
  ...(words.match(/\d{4}-\d\d-\d\d/g) ?? []),
  ...[...words.matchAll(/(\d{4})年(\d{1,2})月(\d{1,2})日/g)].map(([, y, m, d]) =>
    [y, m?.padStart(2, '0'), d?.padStart(2, '0')].join('-'),
  ),
]

/** What stands in a paper and not in the ledger: codes, days, days late, units of its tables. `own`: days that were asked for. */
const strangersIn = async (deps: Deps, paper: Paper, bytes: Uint8Array, own: readonly Day[]): Promise<string[]> => {
  const c = await contextOn(deps)
  const duties = (await findDuties(c.db, {})).map((duty) => seen(c, duty))
  const { t, office } = c.db
  const facts = (await c.db.q.select({ office: t.facts.office, at: t.facts.at }).from(t.facts)).filter(
    (fact) => fact.office === office,
  )
  const codes = new Set(duties.map(({ duty }) => codeOf(duty)))
  const days = new Set<Day | null>([
    ...own,
    c.today,
    ...duties.flatMap(({ duty }) => [duty.dueOn, duty.owedOn, duty.firstDueOn, duty.reportedOn, duty.closedOn]),
    ...facts.map(({ at }) => dayOf(at, c.zone)),
  ])
  const late = new Set(
    duties.filter(({ overdue }) => overdue).map(({ duty }) => daysBetween(duty.dueOn ?? c.today, c.today)),
  )
  const names = new Set([...c.office.units.map(({ name }) => name), '合计', '—', ''])
  const words = wordsOf(bytes)
  const prefixes = c.office.plans.map(({ code }) => code).join('|')
  const tables = paper.blocks.flatMap((block) => (block.kind === 'table' ? [block] : []))
  const units = tables.flatMap(({ columns, rows }) => {
    const at = columns.findIndex(({ title }) => title === '责任单位')
    return at < 0 ? [] : rows.map((cells) => cells[at] ?? '')
  })
  return [
    ...(words.match(new RegExp(`(?:${prefixes})-\\d[\\dA-Z-]*(?:调度)?`, 'g')) ?? []).filter(
      (code) => !codes.has(code),
    ),
    ...isoOf(words).filter((day) => !days.has(day)),
    ...[...words.matchAll(/逾期(\d+)天/g)]
      .map(([, n]) => Number(n))
      .filter((n) => !late.has(n))
      .map((n) => `${n} days late`),
    ...units.filter((unit) => !names.has(unit)),
  ]
}

/** A bulletin's table of units against what the console counts. */
const figuresApart = async (deps: Deps, paper: Paper, window: { from: Day; to: Day }): Promise<string[]> => {
  const c = await contextOn(deps)
  const { board, figures } = await overviewOf({ ...(await scopeOf(deps, c.actor, { unit: [] })), c, window })
  const table = paper.blocks.find((block) => block.kind === 'table')
  const rows = table?.kind === 'table' ? table.rows : []
  const own = new Map(rows.map((cells) => [cells[1], [cells[2], cells[3], cells[4], cells[5], cells[7]].join(' ')]))
  const told = [...board.filter(({ due }) => due > 0), { ...figures, name: '合计' }]
  return told.flatMap(({ name, due, done, doneLate, review, overdue }) => {
    const counted = [due, done - doneLate, doneLate, review, overdue].join(' ')
    return own.get(name) === counted ? [] : [`${name}: ${own.get(name)}, the console ${counted}`]
  })
}

export interface Written {
  name: string
  bytes: Uint8Array
  strange: string[]
}

const joined = async (pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return new Uint8Array(Buffer.concat(all))
}

/** All papers of the year: the third quarter's bulletin, a notice to the worst, the best one's list and summary, the leader's page, the points. */
export const papersOf = async (
  deps: Deps,
  { id, best, worst, draw }: { id: string; best: string; worst: string; draw?: Draw },
): Promise<Written[]> => {
  const third = { from: '2017-07-01', to: '2017-09-30' }
  const year = { from: '2017-01-01', to: '2017-12-31' }
  const by = '2018-01-19'
  const asked: [Drafted, Asked][] = [
    ['bulletin', { ...third, by }],
    ['notice', { unit: worst, by, contact: '督查科' }],
    ['list', { ...year, unit: worst }],
    ['summary', { ...year, unit: best }],
    ['dispatch', third],
    ['brief', year],
  ]
  const drawing = draw ? { ...deps, draw } : deps
  const made: Written[] = []
  for (const [kind, what] of asked) {
    const { paper, bytes } = await exportPaperAs(drawing, stampOf(deps), { kind, asked: what })
    const strange = await strangersIn(deps, paper, bytes, [by, third.from, third.to, year.from, year.to])
    if (kind === 'bulletin') strange.push(...(await figuresApart(deps, paper, third)))
    made.push({ name: `${kind}.docx`, bytes, strange })
  }
  for (const as of ['docx', 'xlsx'] as const) {
    const { pieces } = await exportScoresAs(deps, stampOf(deps), { assessment: id, as })
    made.push({ name: `scores.${as}`, bytes: await joined(pieces), strange: [] })
  }
  return made
}

export interface NextYear {
  closed: Closed
  /** The new plan's code, its tasks that go on from last year's, and duties that were carried before and joined them. */
  code: string
  pairs: number
  joined: number
  /** The new plan's code of what each of the old one's goes on as: 公开17-12 → 公开18-9. */
  goesOn: ReadonlyMap<string, string>
}

/**
 * Closes the year's plan as it is proposed, but that `keeps` (a unit's first three open duties) go on too; then the next
 * year's plan comes, is matched and released. Its first task goes on from the first that was carried.
 */
export const turnYear = async (deps: Deps, plan: string, keeps: string, text: string): Promise<NextYear> => {
  const ended = onDay(deps, '2018-01-20')
  const { open } = await endingOf(ended, plan)
  const kept = open.filter((one) => one.row.unit === keeps && one.group === 'overdue').slice(0, 3)
  const chosen = open.map((one) => ({
    ...{ id: one.id, version: one.version },
    fate: kept.includes(one) ? ('carry' as const) : one.fate,
  }))
  const made = await closePlan(ended, plan, { chosen, reason: '年度结束，未完成事项不再办理' }, stampOf(ended))
  if ('stale' in made) throw new Error('the ledger moved while the year was closed')
  const opens = onDay(deps, '2018-03-05')
  const bytes = new TextEncoder().encode(text)
  const imported = await importPlan(opens, parse(bytes), bytes, stampOf(opens))
  await releasePlan(opens, imported.plan, stampOf(opens))
  const { pairs } = await followingOf(opens, imported.plan, plan)
  const first = kept[0]?.number
  const named = pairs
    .flatMap((one) => (one.old && one.old.number !== first ? [[one.number, one.old.number] as const] : []))
    .filter(([number]) => number !== pairs[0]?.number)
  const all = first && pairs[0] ? [[pairs[0].number, first] as const, ...named] : named
  const done = await followPlan(opens, imported.plan, plan, all, stampOf(opens))
  const { pairs: settled } = await followingOf(opens, imported.plan)
  const goesOn = new Map(
    settled.flatMap((one) => (one.old ? [[`${done.old}-${one.old.number}`, `${done.code}-${one.number}`]] : [])),
  )
  return { closed: made.done, code: done.code, pairs: done.pairs, joined: done.joined, goesOn }
}

/** One unit of each habit that owes something, and one by chance. */
export const fiveOf = (
  all: readonly Assessed[],
  habit: (unit: string) => Habit | undefined,
  nameOf: (id: string) => string,
) =>
  (['early', 'late', 'wrong', 'never', 'asks', undefined] as const).flatMap((kind) => {
    const own = all.filter(({ result, ledger }) => habit(nameOf(result.unit)) === kind && (ledger?.counted ?? 0) > 0)
    const [one] = own.sort((a, b) => (b.ledger?.counted ?? 0) - (a.ledger?.counted ?? 0))
    return one ? [{ kind: kind ?? 'by chance', one }] : []
  })

/** The town after its year: what it lived, and the moment it is looked at. */
export const afterYear = (lived: Lived): Deps => onDay(lived.deps, '2018-01-05')
