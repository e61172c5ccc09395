import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from '../../src/plan/parse.ts'

const shared = new URL('../../../shared/', import.meta.url)
const here = existsSync(shared)
const seed = (prefix: string): Uint8Array => {
  const folder = new URL('seeds/', shared)
  const name = readdirSync(folder).find((n) => n.startsWith(prefix)) ?? ''
  return readFileSync(new URL(name, folder))
}
const gold = (name: string): unknown => JSON.parse(readFileSync(new URL(`gold/${name}`, shared), 'utf8'))

interface Score {
  tasks: number
  exactText: number
  ids: number
  units: number
  deadlines: number
  head: number
  misses: string[]
}
const measure = async (prefix: string, name: string): Promise<Score> => {
  const { score } = (await import(fileURLToPath(new URL('gold/score.mjs', shared)))) as {
    score: (gold: unknown, draft: unknown) => Score
  }
  return score(gold(name), parse(seed(prefix)))
}

describe.skipIf(!here)('the plans of ../shared (skipped where that folder is absent)', () => {
  it('reads the narrative one exactly', async () => {
    const got = await measure('000_', 'ankang-2017.json')
    expect(got.misses).toEqual([])
    expect(got).toMatchObject({ tasks: 1, exactText: 1, ids: 1, head: 1 })
  })

  it('reads the flattened table', async () => {
    const got = await measure('001_', 'panzhihua-2017.json')
    expect(got).toMatchObject({ tasks: 1, ids: 1, head: 1 })
    expect(Math.min(got.units, got.deadlines)).toBeGreaterThan(0.98)
  })

  it.each([
    ['002_', 31, 7, ''],
    ['004_', 36, 6, '各县市、各部门'],
  ])('reads %s', (prefix, tasks, demands, common) => {
    const draft = parse(seed(prefix))
    expect(draft.tasks.filter((t) => !t.id.startsWith('R-'))).toHaveLength(tasks)
    expect(draft.tasks.filter((t) => t.id.startsWith('R-'))).toHaveLength(demands)
    expect(draft.tasks.every((t) => t.lead.length > 0 && t.source.line > 0)).toBe(true)
    expect([...new Set(draft.common.map((c) => c.units.join('、')))].join()).toBe(common)
  })

  it('tells that a report is no plan', () => {
    expect(() => parse(seed('003_'))).toThrow('看起来是报告，不是工作方案')
  })
})
