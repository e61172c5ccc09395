import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { BadInput } from '../../src/model/problem.ts'
import { readInThread } from '../../src/node/read-plan.ts'

const example = (name: string) => readFile(new URL(`../../examples/${name}`, import.meta.url))

it('reads one file after the other in threads that end: none spoils the next, none takes for ever or all memory', async () => {
  const pdf = await example('plan.pdf')
  const stages: string[] = []
  const [broken, slow, greedy, read] = await Promise.allSettled([
    readInThread(pdf.subarray(0, 900)),
    readInThread(pdf, {}, { ms: 5 }),
    readInThread(pdf, {}, { mb: 4 }),
    readInThread(pdf, { name: 'plan.pdf', onStage: (stage) => stages.push(stage) }),
  ])
  for (const one of [broken, slow, greedy])
    expect(one).toMatchObject({ status: 'rejected', reason: expect.any(BadInput) })
  expect(slow).toMatchObject({ reason: { message: expect.stringContaining('很久') } })
  expect(greedy).toMatchObject({ reason: { message: expect.stringContaining('内存') } })
  if (read.status === 'rejected') throw read.reason
  expect(read.value.draft.tasks).toHaveLength(50)
  expect(read.value.lines.length).toBeGreaterThan(100)
  expect(stages).toEqual(['reading', 'recognising'])
})
