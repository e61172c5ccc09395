import { readdirSync } from 'node:fs'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bulkInsert } from '../../../db/bulk.ts'
import { isConflict } from '../../../db/conflict.ts'
import * as guard from '../../../db/guard.ts'
import { lookOver, officesKnown, signsNow } from '../../../db/queries/signs.ts'
import type { OfficeStore, Write } from '../../../db/store.ts'
import type { Office, Opened } from '../store.ts'
import { reads } from './reads.ts'
import { before, rowsFor, soon, tables } from './rows.ts'
import { writes } from './writes.ts'

/** What reads beyond an office, each with why it may; every row that comes back says whose it is. */
const crossing: Record<string, string> = {
  'signs.lookOver': 'a tick asks once which offices have anything to do, instead of asking hundreds each minute',
  'signs.signsNow': 'a tick reads the marks of those that it looks at by their names, in one query',
  'figures.settledMessages': 'who watches over an installation is told of all offices in three queries',
  'figures.waitingMessages': 'the second of the three',
  'figures.oldestOverdue': 'the third of the three',
  'signs.officesKnown': 'a start makes the rows that are not there yet, and asks once which are',
  'signs.officesToSend': 'between two ticks: in which offices something waits that nobody is sending, in one query',
}
/** What is told its condition by who calls it, and knows of no office of its own. */
const conditionless = ['guard.staleIf']

const entered = Object.entries({ ...reads, ...writes }).flatMap(([module]) =>
  [...Object.keys(reads[module] ?? {}), ...Object.keys(writes[module] ?? {})].map((name) => `${module}.${name}`),
)

const exportedFunctions = async (): Promise<string[]> => {
  const folder = new URL('../../../db/queries/', import.meta.url)
  const names = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''))
  const modules: [string, object][] = await Promise.all(
    names.map(async (name): Promise<[string, object]> => [name, await import(`../../../db/queries/${name}.ts`)]),
  )
  return [...modules, ['guard', guard] as [string, object]].flatMap(([name, module]) =>
    Object.entries(module).flatMap(([own, value]) => (typeof value === 'function' ? [`${name}.${own}`] : [])),
  )
}

const fill = (store: OfficeStore, other: boolean) =>
  store.atomic((q) =>
    tables.flatMap(
      (table) => bulkInsert(store, q, store.t[table], rowsFor(table, store.office, other) as never) as Write[],
    ),
  )

/** Every row of an office, table by table, all asked at once: each is a way to the database and back. */
const dump = async (store: OfficeStore): Promise<string[]> => {
  const linesOf = async (name: (typeof tables)[number]): Promise<string[]> => {
    const table = store.t[name] as typeof store.t.days
    const rows = await store.q.select().from(table).where(eq(table.office, store.office)).orderBy(asc(table.office))
    return rows.map((row) => `${name} ${plain(row, store)}`).sort()
  }
  return (await Promise.all(tables.map(linesOf))).flat()
}

/** What a driver says of a write by itself. */
const driverWords = ['lastInsertRowid', 'rowCount', 'meta']

const readable = (part: unknown): unknown => {
  if (part instanceof Map || part instanceof Set) return [...part]
  return typeof part === 'object' && part !== null && driverWords.some((name) => name in part) ? undefined : part
}

/** A value as text, whatever the office that it is of is called. */
const plain = (value: unknown, { office }: OfficeStore): string =>
  JSON.stringify(value, (_, part) => readable(part))?.replaceAll(`"${office}"`, '"own"') ?? 'undefined'

const answerOf = async (store: OfficeStore, ask: (store: OfficeStore) => unknown): Promise<string> => {
  try {
    return plain(await ask(store), store)
  } catch (error) {
    if (isConflict(error)) return 'conflict'
    throw error
  }
}

const asks = (office: Office): void => {
  const asked = Object.entries(reads).flatMap(([module, own]) =>
    Object.entries(own).flatMap(([name, ways]) => ways.map((ask, i) => ({ name: `${module}.${name} ${i}`, ask }))),
  )
  /** What each way answers in an office beside the other, alone, and in one without rows. */
  const told = new Map<string, string[]>()
  beforeAll(async () => {
    const nothing = office()
    const pairs = [
      [office(), office()],
      [office(), office()],
    ] as [OfficeStore, OfficeStore][]
    const ask = async (store: OfficeStore) => {
      for (const { name, ask } of asked) told.set(name, [...(told.get(name) ?? []), await answerOf(store, ask)])
    }
    for (const [i, [one, two]] of pairs.entries()) {
      await fill(one, i === 1)
      await ask(one)
      await fill(two, i === 0)
      await ask(one)
    }
    await ask(nothing)
  }, 60_000)
  it.each(asked.map(({ name }) => name))('%s', (name) => {
    const [alone, beside, otherAlone, otherBeside, nothing] = told.get(name) ?? []
    expect(beside).toBe(alone)
    expect(otherBeside).toBe(otherAlone)
    expect(alone).not.toBe(nothing)
  })
}

const changes = (office: Office): void => {
  const done = Object.entries(writes).flatMap(([module, own]) =>
    Object.entries(own).map(([name, ways]): [string, typeof ways] => [`${module}.${name}`, ways]),
  )
  let was: string[]
  let others: string[]
  beforeAll(async () => {
    const [one, two] = [office(), office()]
    await fill(one, false)
    await fill(two, true)
    was = await dump(one)
    others = await dump(two)
  }, 60_000)
  it.each(done)('%s', async (_, ways) => {
    const outcomes = new Set<string>()
    for (const does of ways) {
      const [alone, beside, other] = [office(), office(), office()]
      await fill(alone, false)
      await fill(beside, false)
      await fill(other, true)
      const answers = [await answerOf(alone, does), await answerOf(beside, does)]
      expect(answers[1]).toBe(answers[0])
      const [now, without, beyond] = await Promise.all([dump(beside), dump(alone), dump(other)])
      expect(now).toEqual(without)
      expect(beyond).toEqual(others)
      outcomes.add(answers[0] === 'conflict' ? 'conflict' : String(now.join() === was.join()))
    }
    // It changes something, or it lets one batch through and refuses another.
    expect(outcomes.has('false') || outcomes.size === 2, [...outcomes].join()).toBe(true)
  })
}

/** What is asked or done in one office is as if there were no other, and the other never notices. */
export const isolation = (
  name: string,
  migrated: () => Promise<Opened>,
  parts: readonly ('reads' | 'writes')[] = ['reads', 'writes'],
): void => {
  describe(name, () => {
    let opened: Opened
    let count = 0
    beforeAll(async () => {
      opened = await migrated()
    }, 60_000)
    afterAll(() => opened?.close())
    const office: Office = () => opened.store.of(`office-${++count}`)

    it('every function that asks or writes has an entry here', async () => {
      expect([...entered, ...Object.keys(crossing), ...conditionless].sort()).toEqual(
        (await exportedFunctions()).sort(),
      )
    })

    describe.runIf(parts.includes('reads'))('asks', () => asks(office))
    describe.runIf(parts.includes('writes'))('writes', () => changes(office))

    it('what looks over all offices tells of each what it would tell alone', async () => {
      const [one, two] = [office(), office()]
      const look = async () => lookOver(one, { now: soon, clocks: { from: before, to: soon }, every: true })
      await fill(one, false)
      const alone = await look()
      await fill(two, true)
      const both = await look()
      expect(both.signs.get(one.office)).toEqual(alone.signs.get(one.office))
      expect(both.due.has(one.office)).toBe(alone.due.has(one.office))
      expect(both.signs.get(two.office)).toMatchObject({ version: 13, planned: '2017-07-09' })
      expect(await signsNow(one, [two.office])).toEqual(new Map([[two.office, both.signs.get(two.office)]]))
      expect((await officesKnown(one)).has(two.office)).toBe(true)
    })
  })
}
