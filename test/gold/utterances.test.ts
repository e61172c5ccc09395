import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { understand } from '../../src/chat/understand.ts'
import type { Role } from '../../src/model/person.ts'
import { openRegistry } from '../../src/unit/names.ts'
import { readRosterJson, rosterOf } from '../../src/unit/roster.ts'

const gold = (name: string): URL => new URL(`../../../shared/gold/${name}`, import.meta.url)
const there = existsSync(gold('utterances.jsonl')) && existsSync(gold('units-panzhihua.json'))

interface Line {
  text: string
  as: { role: Role; unit?: string }
  asOf: string
  expect: Record<string, unknown>
}

/** Slots the set does not ask for are not counted (UTTERANCES.md); an absent state is open; false is absent. */
function counted(frame: Record<string, unknown>, want: Record<string, unknown>): Record<string, unknown> {
  const spare = ['to', 'plan', 'via', ...(want.intent === 'return' ? ['until'] : [])]
  const entries = Object.entries(frame)
    .filter(([key, value]) => value !== undefined && value !== false && !(spare.includes(key) && !(key in want)))
    .map(([key, value]) => [key, Array.isArray(value) ? [...value].sort() : value])
  const out = Object.fromEntries(entries) as Record<string, unknown>
  if (out.intent === 'list') out.state ??= 'open'
  return out
}

describe.skipIf(!there)('gold utterances (skipped: ../shared/gold is not here)', () => {
  const lines = there
    ? readFileSync(gold('utterances.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Line)
    : []
  const registry = openRegistry(
    there
      ? rosterOf(readRosterJson(JSON.parse(readFileSync(gold('units-panzhihua.json'), 'utf8'))))
      : { level: '', units: [] },
  )
  it.each(lines.map((line) => [line.text, line] as const))('%s', (_, line) => {
    const self = { role: line.as.role, units: line.as.unit ? [line.as.unit] : [] }
    const got = understand(line.text, { registry, self, asOf: line.asOf, botName: '督办机器人' })
    expect(counted(got, line.expect)).toEqual(counted(line.expect, line.expect))
  })
})
