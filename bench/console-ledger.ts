import { parseArgs } from 'node:util'
import { deflateRawSync } from 'node:zlib'
import Client from 'better-sqlite3'
import { exportLedgerAs } from '../src/flow/console/ledger/export.ts'
import { readLedger } from '../src/flow/console/ledger.ts'
import type { LedgerFilter } from '../src/model/ledger.ts'
import { atOffice } from '../src/time/day.ts'
import { townDeps, ZONE } from '../test/town/deps.ts'
import { median } from './figures.ts'
import { ASKING, ledgerFile, openLedger, YEAR } from './ledger.ts'

const all: LedgerFilter = { units: [], states: [], lights: [], sort: 'code' }
const office = { role: 'office' as const, units: [] }
const PAGE = 100

/** The median of some runs, in milliseconds. */
const timeOf = async (work: () => Promise<unknown> | unknown, many: number): Promise<number> => {
  const times: number[] = []
  for (let i = -1; i < many; i++) {
    const began = performance.now()
    await work()
    if (i >= 0) times.push(performance.now() - began)
  }
  return median(times)
}

/** What the database alone takes for a page: the same rows, counted and read by bare SQL. */
const bare = (path: string) => {
  const client = new Client(path, { readonly: true })
  const from = `from duties d join plans p on p.office = d.office and p.id = d.plan and p.state = 'released' where d.office = '${ASKING}'`
  const count = client.prepare(`select count(*) ${from}`)
  const rows = client.prepare(
    `select d.*, t.text, t.number from (select d.id ${from} order by p.code, d.plan, d.ord, d.due_on, d.unit, d.round, d.id limit ${PAGE} offset ?) x
     join duties d on d.office = '${ASKING}' and d.id = x.id join tasks t on t.office = d.office and t.id = d.task`,
  )
  const every = client.prepare(
    `select d.*, t.text, t.number from duties d join tasks t on t.office = d.office and t.id = d.task where d.office = '${ASKING}'`,
  )
  return {
    page: (offset: number) => [count.all(), rows.all(offset)],
    /** All cells as text, deflated: what a file of them takes at the least. Twice, as the workbook has each row on two sheets. */
    file: () =>
      [0, 1].map(() =>
        deflateRawSync(
          every
            .all()
            .map((row) => Object.values(row as object).join('\t'))
            .join('\n'),
        ),
      ),
    close: () => client.close(),
  }
}

/** The longest time for which nobody else had their turn while the work went on, and the most memory it took beside what was there. */
const watched = async (work: () => Promise<unknown>) => {
  const before = process.memoryUsage().rss
  let [longest, last, most] = [0, performance.now(), before]
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    most = Math.max(most, process.memoryUsage().rss)
  }, 5)
  const began = performance.now()
  await work()
  const took = performance.now() - began
  longest = Math.max(longest, performance.now() - last)
  clearInterval(timer)
  return { took, longest, memory: (most - before) / 1e6 }
}

const one = async (asking: number, broken: string[]) => {
  const size = { offices: 1, years: 1, each: 10, asking, units: 50 }
  const store = await openLedger(size)
  const sql = bare(await ledgerFile(size))
  const deps = townDeps(store.of(ASKING), { now: atOffice(`${YEAR}-08-15`, '10:00', ZONE) })
  const deep = asking - 2 * PAGE
  try {
    for (const [name, filter, offset] of [
      ['first page', all, 0],
      ['deep page', all, deep],
      ['one unit, red', { ...all, units: ['unit-7'], lights: ['red'] }, 0],
      ['words', { ...all, q: '第77项 7局' }, 0],
      ['by due day', { ...all, sort: 'due' }, 0],
    ] as const) {
      const filled: LedgerFilter = { ...filter, units: [...filter.units], lights: [...filter.lights], states: [] }
      const took = await timeOf(() => readLedger(deps, office, filled, { offset, limit: PAGE }), 9)
      const alone = await timeOf(() => sql.page(offset), 9)
      console.log(
        `${asking} ${name}: ${took.toFixed(1)} ms, bare ${alone.toFixed(1)} ms, ratio ${(took / alone).toFixed(2)}`,
      )
      if (took / alone > 4) broken.push(`${asking} ${name}: ${(took / alone).toFixed(2)} times the bare query`)
    }
    let bytes = 0
    const stamp = { by: 'admin:bench', via: `bench:${deps.newId()}`, at: deps.now() }
    const { took, longest, memory } = await watched(async () => {
      const file = await exportLedgerAs(deps, stamp, { filter: all, columns: [] })
      for await (const piece of file.pieces) bytes += piece.length
    })
    const alone = await timeOf(() => sql.file(), 1)
    console.log(
      `${asking} export: ${(took / 1000).toFixed(1)} s, ${(bytes / 1e6).toFixed(1)} MB, others waited at most ${longest.toFixed(0)} ms, memory +${memory.toFixed(0)} MB; bare ${(alone / 1000).toFixed(1)} s, ratio ${(took / alone).toFixed(1)}`,
    )
    if (memory > 400) broken.push(`an export of ${asking} took ${memory.toFixed(0)} MB`)
    if (longest > 2000) broken.push(`an export of ${asking} let others wait ${longest.toFixed(0)} ms`)
  } finally {
    sql.close()
    await store.close()
  }
}

/** The ledger's page and export over 10,000 and 100,000 duties of one office, beside the bare database in the same run. */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({ args: argv, options: { short: { type: 'boolean' } } })
  const broken: string[] = []
  for (const asking of values.short ? [10_000] : [10_000, 100_000]) await one(asking, broken)
  if (broken.length > 0) throw new Error(broken.join('; '))
}
