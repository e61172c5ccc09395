import { describe, expect, it } from 'vitest'
import { BadInput } from '../../src/model/problem.ts'
import { parseFile } from '../../src/plan/parse-file.ts'
import { hostile } from './hostile.ts'

/** A draft, or what the person is told. */
const outcome = (bytes: Uint8Array): Promise<string> =>
  parseFile(bytes).then(
    () => 'a draft',
    (error: unknown) => {
      if (error instanceof BadInput) return error.message
      throw error
    },
  )

describe('a file made to do harm ends in a draft or in one line', () => {
  it.each(hostile)('%s', async (_, make) => {
    expect(await outcome(make(30_000))).toMatch(/^.+$/)
  })
})

describe('what is longer than any plan', () => {
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
  const head = '某市2026年工作方案\n一、工作任务\n'
  it.each([
    ['a text', head + `${'做好甲事，'.repeat(3000)}\n`.repeat(270), '文字超过400万字'],
    ['lines', head + '甲\n'.repeat(60_000), '超过5万行'],
    ['tasks', head + `1. ${'市财政局牵头做好甲事；'.repeat(1700)}\n`.repeat(60), '超过5万项任务'],
    ['tasks in brackets', head + `1. ${'加强乙项（市财政局牵头）。'.repeat(1400)}\n`.repeat(60), '超过5万项任务'],
    ['a line', `${head}1. ${'做好甲事，'.repeat(5000)}`, '第3行一段超过2万字'],
    ['a cell', `序号\t工作任务\t责任单位\n1\t${'做好甲事，'.repeat(5000)}\t市财政局\n`, '第2行一段超过2万字'],
  ])('%s is refused', async (_, text, says) => {
    expect(await outcome(utf8(text))).toContain(says)
  })
})

it('takes time in proportion to the size of dense inputs', async () => {
  const growing = ['lines of 1. and a demand', 'rows that slipped', 'lines that end in a comma']
  const time = async (bytes: number): Promise<number> => {
    const from = process.cpuUsage()
    for (const [name, make] of hostile) if (growing.includes(name)) await outcome(make(bytes))
    return process.cpuUsage(from).user
  }
  await time(20_000)
  expect(await time(120_000)).toBeLessThan(30 * (await time(20_000)))
})
