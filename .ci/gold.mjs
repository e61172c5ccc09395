import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// node .ci/gold.mjs → one table: the built command line measured against ../shared/gold, with the floors below. Exit 1 under a floor.
const floors = {
  plan: { tasks: 0.9, units: 0.9, deadlines: 0.9, head: 1 },
  deadlines: { exact: 0.9 },
  utterances: { exact: 0.9, falseClosings: 0, actedOnChatter: 0 },
}

const shared = fileURLToPath(new URL('../../shared/', import.meta.url))
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const gold = join(shared, 'gold')
if (!existsSync(gold)) {
  console.log('skipped: gold measure (no ../shared/gold beside the project)')
  process.exit(0)
}

const work = mkdtempSync(join(tmpdir(), 'duban-gold-'))
const rows = []
let below = false
const percent = (share) => `${(100 * share).toFixed(1)}%`
const row = (what, measured, ms) =>
  rows.push([what, measured.join('  '), ms === undefined ? '' : `${Math.round(ms)} ms`])

/** `tasks 98.0% ≥ 90.0%`, marked where it is under its floor. */
function atLeast(name, got, floor) {
  const good = got >= floor
  below ||= !good
  return `${name} ${percent(got)} ${good ? '≥' : 'BELOW'} ${percent(floor)}`
}

function atMost(name, got, limit) {
  const good = got <= limit
  below ||= !good
  return `${name} ${got}${good ? '' : ` ABOVE ${limit}`}`
}

function run(args, input) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 })
  return { status, stdout, stderr, ms: performance.now() - start }
}

/** Runs one command of the program; undefined, with a row that says so, where it does not exit 0. */
function duban(what, args, input) {
  const done = run([cli, ...args], input)
  if (done.status === 0) return done
  below = true
  row(what, [`FAILED (exit ${done.status}): ${done.stderr.trim().split('\n')[0]}`])
  return undefined
}

const saved = (name, text) => {
  const path = join(work, name)
  writeFileSync(path, text)
  return path
}

const bare = (text) => text.replace(/\s+/g, '')
const seeds = existsSync(join(shared, 'seeds'))
  ? readdirSync(join(shared, 'seeds')).map((name) => join(shared, 'seeds', name))
  : []
const seedOf = (title) => seeds.find((path) => bare(readFileSync(path, 'utf8')).includes(bare(title)))

function measurePlan(name) {
  const path = join(gold, name)
  const { document, tasks } = JSON.parse(readFileSync(path, 'utf8'))
  if (!document || !tasks) return
  const seed = seedOf(document.title)
  if (!seed) return row(name, ['skipped: no seed has this title'])
  const parsed = duban(name, ['parse', seed])
  if (!parsed) return
  const score = JSON.parse(run([join(gold, 'score.mjs'), '--json', path, saved(name, parsed.stdout)]).stdout)
  const held = Object.entries(floors.plan).map(([part, floor]) => atLeast(part, score[part], floor))
  row(name, [...held, `exact text ${percent(score.exactText)}`, `ids ${percent(score.ids)}`], parsed.ms)
}

/** Feeds every line of a gold file without its answer to the program and hands both to the scorer. */
function measureLines(name, args, scorer, read) {
  const path = join(gold, name)
  if (!existsSync(path)) return row(name, ['skipped: not there'])
  const questions = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  const asked = questions.map((line) => JSON.stringify({ ...JSON.parse(line), expect: undefined, source: undefined }))
  const answered = duban(name, args, `${asked.join('\n')}\n`)
  if (!answered) return
  const scored = run([join(gold, scorer), path, saved(name, answered.stdout), '0'])
  row(name, read(scored.stdout), answered.ms)
}

const numbers = (text, pattern) => (text.match(pattern) ?? ['', 'NaN', 'NaN']).slice(1).map(Number)

function deadlineRow(told) {
  const [exact, all] = numbers(told, /exact (\d+)\/(\d+)/)
  return [atLeast('exact', exact / all, floors.deadlines.exact), `${exact} of ${all}`]
}

function utteranceRow(told) {
  const [exact, all] = numbers(told, /frames exact (\d+)\/(\d+)/)
  const [closed, acted] = numbers(told, /false closings (\d+), acted on chatter (\d+)/)
  return [
    atLeast('exact', exact / all, floors.utterances.exact),
    `${exact} of ${all}`,
    atMost('false closings', closed, floors.utterances.falseClosings),
    atMost('acted on chatter', acted, floors.utterances.actedOnChatter),
  ]
}

try {
  for (const name of readdirSync(gold)
    .filter((each) => each.endsWith('.json'))
    .sort())
    measurePlan(name)
  measureLines('deadlines.jsonl', ['deadlines'], 'score-deadlines.mjs', deadlineRow)
  const units = readdirSync(gold).find((name) => name.startsWith('units-'))
  if (units)
    measureLines('utterances.jsonl', ['understand', '--units', join(gold, units)], 'score-utterances.mjs', utteranceRow)
} finally {
  rmSync(work, { recursive: true, force: true })
}

const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => cells[column].length)))
for (const cells of rows)
  console.log(
    cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join(' | ')
      .trimEnd(),
  )
process.exitCode = below ? 1 : 0
