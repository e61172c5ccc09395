import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate } from '../db/migrate.ts'
import { openSqlite } from '../db/sqlite.ts'
import { createDraw } from '../src/draw/draw.ts'
import type { Closed } from '../src/flow/import.ts'
import { verifyLedger } from '../src/flow/verify.ts'
import { parse } from '../src/plan/parse.ts'
import { pointWords } from '../src/score/points.ts'
import { afterYear, assessYear, byHand, fiveOf, habitsOf, papersOf, turnYear } from '../test/town/oversight.ts'
import { liveYear } from '../test/town/year.ts'
import { aYearLater, yearPlan, yearUnits } from '../test/town/year-plan.ts'

const shared = new URL('../../shared/', import.meta.url)

/** The real plan of one town with its 49 units; a plan of our own where it is not there or other units are asked for. */
const townOf = (
  many: number,
): { name: string; plan: string; roster: { level: string; units: string[]; groups: unknown } } => {
  const seeds = new URL('seeds/', shared)
  const seed = existsSync(seeds) ? readdirSync(seeds).find((name) => name.startsWith('001_')) : undefined
  if (seed && many === 49) {
    const roster = JSON.parse(readFileSync(new URL('gold/units-panzhihua.json', shared), 'utf8'))
    return { name: 'the plan of ../shared/seeds/001', plan: readFileSync(new URL(seed, seeds), 'utf8'), roster }
  }
  const units = yearUnits(many)
  return {
    name: 'a plan of our own',
    plan: yearPlan(units, 260),
    roster: { level: '市', units, groups: { 各部门: units } },
  }
}

/** What was carried over, by the task that it was and the one that it is now. */
const byWay = ({ carried }: Closed): Map<string, string[]> => {
  const ways = new Map<string, string[]>()
  for (const { from, to, unit } of carried) {
    const way = `${from} → ${to}`
    ways.set(way, [...(ways.get(way) ?? []), unit])
  }
  return ways
}

/** 市财政局 ×3、市统计局 */
const counted = (names: readonly string[]): string =>
  [...new Set(names)]
    .map((name) => {
      const times = names.filter((one) => one === name).length
      return times > 1 ? `${name} ×${times}` : name
    })
    .join('、')

/**
 * A year of units that report early, late, wrongly, not at all, after a later day and by chance: points of all, six of them
 * against a table by hand; all papers, each against the ledger; the year closed and the next one opened. `--out FOLDER`
 * writes the papers.
 */
export const run = async (argv: string[]): Promise<void> => {
  const options = { out: { type: 'string' }, units: { type: 'string' }, seed: { type: 'string' } } as const
  const { values } = parseArgs({ args: argv, options })
  const { name, plan, roster } = townOf(Number(values.units ?? 49))
  const habit = habitsOf(roster.units)
  const store = await openSqlite(':memory:')
  await migrate(store)
  const began = performance.now()
  const broken: string[] = []
  try {
    const lived = await liveYear(store.of('year'), {
      office: parse(new TextEncoder().encode(plan)).document.issuer.replace(/人民政府.*$/, ''),
      ...{ plan, roster, habit, from: '2017-01-03', to: '2017-12-31' },
      ...{ seed: Number(values.seed ?? 1), ticks: 1, outages: 12 },
    })
    const deps = afterYear(lived)
    const { view } = await deps.cache(deps.store)
    const nameOf = (id: string) => view.units.find((unit) => unit.id === id)?.name ?? id
    console.log(`${name}, ${roster.units.length} units, lived in ${((performance.now() - began) / 1000).toFixed(0)} s`)
    console.log(
      `said by people, and taken: ${lived.done.said}, ${lived.done.taken}; done to duties: ${lived.deeds.length}`,
    )

    const { id, all } = await assessYear(deps, 2017)
    for (const { result, ledger } of all) {
      const sum = (ledger?.lines ?? []).reduce((points, line) => points + line.points, 0)
      if (ledger && ledger.score !== null && sum !== ledger.score)
        broken.push(`${nameOf(result.unit)}: lines sum to ${sum}`)
    }
    const scored = all.filter(({ ledger }) => ledger && ledger.score !== null)
    console.log(
      `points: ${scored.length} units explained by ${scored.reduce((n, { ledger }) => n + (ledger?.lines.length ?? 0), 0)} lines`,
    )
    const shown = fiveOf(all, habit, nameOf)
    for (const { kind, one } of shown) {
      const { hand, apart } = await byHand(deps, lived.deeds, one)
      const points = hand.score === null ? '—' : pointWords(hand.score)
      console.log(
        `  ${kind.padEnd(10)} ${nameOf(one.result.unit)} ${points}: ${hand.lines.length} lines by hand, ${apart.length} apart`,
      )
      broken.push(...apart.map((line) => `${nameOf(one.result.unit)}: ${line}`))
    }
    let apart = 0
    for (const one of all) apart += (await byHand(deps, lived.deeds, one)).apart.length
    console.log(`  all ${all.length} units by hand: ${apart} apart`)
    if (apart > 0) broken.push(`${apart} lines of all units apart`)

    const ranked = [...scored].sort(
      (a, b) => (b.ledger?.score ?? 0) - (a.ledger?.score ?? 0) || (b.ledger?.counted ?? 0) - (a.ledger?.counted ?? 0),
    )
    const best = shown[0]?.one.result.unit ?? ''
    const worst = ranked.at(-1)?.result.unit ?? ''
    const papers = await papersOf(deps, { id, best, worst, draw: createDraw(values.out ?? '.') })
    if (values.out) mkdirSync(values.out, { recursive: true })
    for (const { name: file, bytes, strange } of papers) {
      console.log(`${file}: ${bytes.length} bytes, ${strange.length} things that the ledger does not hold`)
      broken.push(...strange.map((what) => `${file}: ${what}`))
      if (values.out) writeFileSync(join(values.out, file), bytes)
    }

    const { closed, code, pairs, joined, goesOn } = await turnYear(deps, lived.plan, worst, aYearLater(plan))
    console.log(
      `${closed.code} closed: ${closed.carried.length} carried over, ${closed.archived} archived (${closed.ended} merely standing)`,
    )
    for (const [way, units] of byWay(closed)) {
      const goes = goesOn.get(way.split(' ')[0] ?? '')
      console.log(`  ${way}${goes ? ` → ${goes}` : ''}  ${counted(units)}`)
    }
    console.log(`${code} opened: ${pairs} tasks go on from ${closed.code}, ${joined} carried duties joined them`)
    const verdict = await verifyLedger(deps.store)
    console.log(`verify: ${verdict.facts} facts, ${verdict.broken.length} broken`)
    broken.push(...verdict.broken)
    if (broken.length > 0) throw new Error(`${broken.length} broken:\n${broken.slice(0, 40).join('\n')}`)
  } finally {
    await store.close()
  }
}
