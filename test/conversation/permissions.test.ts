import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { keepState } from '../town/kept.ts'
import { deskOf, type Heard, openMatrixTown, type Said } from '../town/matrix.ts'
import {
  asked,
  type Key,
  keys,
  kindOf,
  type Side,
  type Speaker,
  saying,
  sides,
  speakers,
  table,
} from '../town/permissions.ts'

let folder: string
let store: Store
let asOpened: () => void
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'permissions-'))
  store = await openSqlite(join(folder, 'town.db'))
  await migrate(store)
  await openMatrixTown(store)
  asOpened = keepState(join(folder, 'town.db'))
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

/** One thing said or pressed in a town that nobody else has touched. */
const inTown = async (speaker: Speaker, said: Said): Promise<Heard> => {
  asOpened()
  const room = speaker === 'strangerElsewhere' ? 'oc_work' : 'oc_finance'
  return deskOf(store, '11:00').say(speaker, { room, ...said })
}

const may = (key: Key, speaker: Speaker, side: Side): boolean => {
  const cell = table[key][speakers.indexOf(speaker)]
  return cell === 'all' || (cell === 'own' && side === 'own')
}

const readsAll = (speaker: Speaker): boolean => table.list[speakers.indexOf(speaker)] === 'all'

const expectRefused = ({ turn, logged, facts }: Heard): void => {
  expect(turn.reply?.title).toBeTruthy()
  expect(turn.rows).toEqual([])
  expect(facts.filter((fact) => fact !== 'refused')).toEqual([])
  expect(logged).toMatch(/^refused-/)
}

const expectDone = ({ turn, logged, facts }: Heard, key: Key, side: Side): void => {
  expect([logged, turn.reply?.title]).toEqual(['answered', expect.any(String)])
  const kind = kindOf[key]
  if (kind) expect(facts).toContain(kind)
  else expect(facts).toEqual([])
  if (['list', 'task'].includes(key)) expect(new Set(turn.rows.map((row) => row.unit))).toContain(sides[side].unit)
}

const cells = speakers.flatMap((speaker) =>
  (['own', 'other'] as const).flatMap((side) => keys.map((key) => ({ speaker, side, key }))),
)

describe.each(speakers)('%s', (speaker) => {
  const own = cells.filter((cell) => cell.speaker === speaker)
  it.each(own)('presses $key of the $side unit', async ({ key, side }) => {
    const { button, text } = asked(key, side)
    const done = await inTown(speaker, { button, text })
    if (may(key, speaker, side)) expectDone(done, key, side)
    else expectRefused(done)
  })

  const spoken = own.flatMap((cell) => {
    const text = saying(cell.key, cell.side, speaker === 'office' || speaker === 'admin')
    return text === undefined ? [] : [{ ...cell, text }]
  })
  it.each(spoken)('says “$text”', async ({ key, side, text }) => {
    const done = await inTown(speaker, { text })
    const understood = done.turn.intent.intent === key
    if (!may(key, speaker, side)) {
      expect(done.facts.filter((fact) => fact !== 'refused')).toEqual([])
      if (!readsAll(speaker)) expect(new Set(done.turn.rows.map((row) => row.unit)).has(sides.other.unit)).toBe(false)
      if (understood) expectRefused(done)
    } else {
      expect(done.turn.intent.intent).toBe(key)
      expectDone(done, key, side)
    }
  })
})
