import { describe, expect, it } from 'vitest'
import { type FactKey, factsNewest } from '../../db/queries/audit.ts'
import { pushesLooked } from '../../db/queries/deliveries.ts'
import { groupsAnswered } from '../../db/queries/roster.ts'
import type { OfficeStore } from '../../db/store.ts'
import { readLedger } from '../../src/flow/console/ledger.ts'
import { reviewQueue } from '../../src/flow/console/review.ts'
import { unitsShown } from '../../src/flow/console/roster.ts'
import type { Address } from '../../src/model/message.ts'
import type { Actor } from '../../src/model/person.ts'
import { openTown, type Town } from '../town/town.ts'
import type { Office } from './store.ts'

const officer: Actor = { id: 'o', name: '', role: 'office', units: [], charge: [] }

interface Said {
  lane: 'answer' | 'push'
  to: string
  kind?: Address['kind']
  hour: number
  units: string[]
}

const hour = (n: number): Date => new Date(Date.UTC(2017, 8, 1, n))

/** Rows of the outbox as they stand when they were sent. */
const told = ({ office, t, atomic }: OfficeStore, said: readonly Said[]) =>
  atomic((q) =>
    said.map(({ lane, to, kind = 'room', hour: h, units }, i) =>
      q.insert(t.outbox).values({
        ...{ office, id: `told-${i}`, lane, room: to, ord: String(i), state: 'sent' as const, units, tasks: [] },
        ...{
          address: { platform: 'console' as const, route: 'local', kind, id: to },
          dueAt: hour(h),
          validUntil: hour(9),
        },
        ...(lane === 'push' && { batch: `week:${h}` }),
      }),
    ),
  )

/** What the console's tables read is found, ordered and cut into pages alike by all stores. */
export const consoleReads = (office: Office): void => {
  const worked = async (): Promise<Town> => {
    const town = await openTown(office())
    town.on('2017-08-15')
    await town.as('liaison:市财政局').says('1-2 6月的已公开')
    await town.as('office').says('通过 1-2')
    await town.as('liaison:市教育局').says('4-1 已公布 http://edu.yunling.example/1')
    return town
  }

  describe('the ledger’s table', () => {
    it('is filtered, ordered and cut alike', async () => {
      const { deps } = await worked()
      const { view } = await deps.cache(deps.store)
      const idOf = (name: string) => view.units.find((one) => one.name === name)?.id ?? ''
      const everything = { units: [], states: [], lights: [], sort: 'code' as const }
      const page = { offset: 0, limit: 500 }
      const read = (more: object, asker: Actor = officer, cut = page) =>
        readLedger(deps, asker, { ...everything, ...more }, cut)
      const whole = await read({})
      expect(whole.rows).toHaveLength(whole.total)
      const cut = [await read({}, officer, { offset: 0, limit: 7 }), await read({}, officer, { offset: 7, limit: 500 })]
      expect(cut.flatMap(({ rows }) => rows)).toEqual(whole.rows)
      for (const sort of ['due', '-due', 'unit'] as const)
        expect((await read({ sort })).rows.map(({ id }) => id).sort()).toEqual(whole.rows.map(({ id }) => id).sort())
      const counted = {
        all: whole.total,
        red: (await read({ lights: ['red'] })).total,
        yellow: (await read({ lights: ['yellow'] })).total,
        done: (await read({ states: ['done'] })).total,
        review: (await read({ states: ['review'] })).total,
        unit: (await read({ units: [idOf('市财政局')] })).total,
        words: (await read({ q: '财政' })).total,
        code: (await read({ q: '1-2' })).total,
        days: (await read({ due: { from: '2017-08-01', to: '2017-08-31' } })).total,
        closed: (await read({ closed: { from: '2017-08-15', to: '2017-08-15' } })).total,
        theme: (await read({ theme: '二、工作任务' })).total,
        support: (await read({ role: 'support' })).total,
        figures: (await read({ set: 'due' })).total,
        year: (await read({ year: 2017 })).total,
      }
      expect(counted).toMatchInlineSnapshot(`
        {
          "all": 61,
          "closed": 1,
          "code": 7,
          "days": 16,
          "done": 1,
          "figures": 13,
          "red": 12,
          "review": 1,
          "support": 2,
          "theme": 24,
          "unit": 12,
          "words": 12,
          "year": 59,
          "yellow": 2,
        }
      `)
      const own = await read({}, { ...officer, role: 'liaison', units: [idOf('市教育局')] })
      expect(new Set(own.rows.map(({ unit }) => unit))).toEqual(new Set(['市教育局']))
    })
  })

  describe('the audit’s table', () => {
    it('goes on after any fact with the next, none twice and none left out', async () => {
      const { deps } = await worked()
      const whole = await factsNewest(deps.store, {}, 1000)
      expect(whole.length).toBeGreaterThan(40)
      const paged: typeof whole = []
      let after: FactKey | undefined
      for (;;) {
        const rows = await factsNewest(deps.store, {}, 7, after)
        paged.push(...rows)
        after = rows.at(-1)
        if (rows.length < 7) break
      }
      expect(paged).toEqual(whole)
      const said = await factsNewest(deps.store, { q: 'edu.yunling' }, 10)
      expect(said.map(({ kind }) => kind)).toEqual(['reported'])
      const { view } = await deps.cache(deps.store)
      const id = view.units.find(({ name }) => name === '市财政局')?.id ?? ''
      const kinds = ['reported', 'approved']
      const ofUnit = await factsNewest(deps.store, { unit: { id, people: [] }, kinds }, 10)
      expect(ofUnit.map(({ kind }) => kind).sort()).toEqual(['approved', 'reported'])
      expect((await factsNewest(deps.store, { notKinds: kinds, unit: { id, people: [] } }, 10)).length).toBeGreaterThan(
        0,
      )
    })
  })

  describe('the review, the pushes and the roster', () => {
    it('show what waits, what was said, and to whom', async () => {
      const town = await worked()
      const { deps } = town
      const { rows, total } = await reviewQueue(deps, officer, { units: [], plans: [], offset: 0, limit: 20 })
      expect([total, rows.map(({ unit }) => unit)]).toEqual([1, ['市教育局']])

      const { view } = await deps.cache(deps.store)
      const [unit = '', other = ''] = ['市财政局', '市教育局'].map(
        (name) => view.units.find((u) => u.name === name)?.id ?? '',
      )
      await told(deps.store, [
        { lane: 'answer', to: 'a', hour: 1, units: [] },
        { lane: 'answer', to: 'a', hour: 3, units: [] },
        { lane: 'answer', to: 'b', hour: 2, units: [] },
        { lane: 'answer', to: 'c', kind: 'person', hour: 2, units: [] },
        { lane: 'push', to: 'a', hour: 1, units: [unit] },
        { lane: 'push', to: 'b', hour: 1, units: [other, unit] },
        { lane: 'push', to: 'b', hour: 2, units: [other] },
      ])
      const groups = await groupsAnswered(deps.store, hour(2))
      expect(groups.map(({ address, at }) => [address.id, at]).sort()).toEqual([
        ['a', hour(3)],
        ['b', hour(2)],
      ])
      const span = { from: hour(0), to: hour(9), states: [] }
      const looked = async (more: object, page = { offset: 0, limit: 9 }) => {
        const { total, rows } = await pushesLooked(deps.store, { ...span, ...more }, page)
        return [total, ...rows.map(({ id }) => id)]
      }
      expect(await looked({})).toEqual([3, 'told-6', 'told-4', 'told-5'])
      expect(await looked({}, { offset: 1, limit: 1 })).toEqual([3, 'told-4'])
      expect(await looked({ unit })).toEqual([2, 'told-4', 'told-5'])
      expect(await looked({ rooms: ['b'] })).toEqual([2, 'told-6', 'told-5'])
      expect(await looked({ batch: 'week:' })).toEqual([3, 'told-6', 'told-4', 'told-5'])
      expect(await looked({ batch: 'week:1', states: ['sent'] })).toEqual([2, 'told-4', 'told-5'])
      expect(await looked({ states: ['dead'] })).toEqual([0])
      expect((await unitsShown(deps)).units.find(({ id }) => id === unit)?.name).toBe('市财政局')
    })
  })
}
