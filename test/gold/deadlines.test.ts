import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Deadline } from '../../src/model/deadline.ts'
import { readDeadlines } from '../../src/time/deadline.ts'

const gold = new URL('../../../shared/gold/deadlines.jsonl', import.meta.url)

interface Line {
  text: string
  asOf: string
  year: number
  expect: Deadline[]
}

/** The rule alone, without the words it was read from. */
function rule(deadline: Deadline): string {
  const { raw: _, ...stated } = deadline
  if ('event' in stated) return JSON.stringify({ ...stated, event: '' }, Object.keys({ ...stated }).sort())
  const within = 'within' in stated ? Object.entries(stated.within ?? {}).sort() : []
  return JSON.stringify([Object.entries({ ...stated, within: undefined }).sort(), within])
}

const rules = (deadlines: readonly Deadline[]) => deadlines.map(rule).sort()

describe('gold lines of time limits', () => {
  it.skipIf(!existsSync(gold))(
    'reads at least 97 % of ../shared/gold/deadlines.jsonl exactly (skipped where absent)',
    () => {
      const lines = readFileSync(gold, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line): Line => JSON.parse(line))
      const missed = lines.filter(({ text, asOf, year, expect: wanted }) => {
        const read = readDeadlines(text, { asOf, year }).map(({ deadline }) => deadline)
        return rules(read).join() !== rules(wanted).join()
      })
      expect(missed.map(({ text }) => text).slice(0, missed.length > lines.length * 0.03 ? missed.length : 0)).toEqual(
        [],
      )
      expect(1 - missed.length / lines.length).toBeGreaterThanOrEqual(0.97)
    },
  )
})
