import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exampleFiles } from '../../examples/make/files.ts'
import type { PlanDraft } from '../../src/model/plan.ts'
import { parse, parseSheet } from '../../src/plan/parse.ts'
import { readFile } from '../../src/plan/readers/index.ts'

const example = (name: string): Uint8Array => readFileSync(new URL(`../../examples/${name}`, import.meta.url))
const text = (name: string): string => new TextDecoder().decode(example(name))

/** What a draft says, without the lines where it stands: these differ from format to format. */
function ledgerOf({ document, tasks, common, questions }: PlanDraft) {
  return {
    document,
    tasks: tasks.map(({ source: _, sources, ...task }) => ({
      ...task,
      words: [sources.lead, sources.support, sources.deadlines].map((list) => list.map((s) => s.raw)),
    })),
    common: common.map(({ section, text: words, units }) => ({ section, text: words, units })),
    questions: questions.map(({ kind, task, text: words, proposal }) => ({ kind, task, text: words, proposal })),
  }
}

describe('one plan in every format gives one ledger', () => {
  it.each([
    ['plan.docx', 'plan.txt'],
    ['plan.doc', 'plan.txt'],
    ['plan.html', 'plan.txt'],
    ['plan.pdf', 'plan.txt'],
    ['plan.ofd', 'plan.txt'],
    ['table.docx', 'table.txt'],
    ['table.doc', 'table.txt'],
    ['table.xlsx', 'table.txt'],
    ['table.html', 'table.txt'],
    ['table.pdf', 'table.txt'],
    ['table.ofd', 'table.txt'],
  ])('%s', async (name, source) => {
    const draft = parseSheet(await readFile(example(name), { name }))
    expect(ledgerOf(draft)).toEqual(ledgerOf(parse(example(source))))
  })
})

describe('the example files', () => {
  const made = exampleFiles(text('plan.txt'), text('table.txt'))
  it.each([...made.keys()])('%s is what examples/make.ts writes', (name) => {
    const bytes = made.get(name) ?? new Uint8Array()
    expect(Buffer.from(bytes).equals(example(name))).toBe(true)
    expect(bytes.length).toBeLessThan(300_000)
  })
})
