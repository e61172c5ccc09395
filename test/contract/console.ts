import { describe, expect, it } from 'vitest'
import { type FactKey, factsNewest } from '../../db/queries/audit.ts'
import { pushesLooked } from '../../db/queries/deliveries.ts'
import { groupsAnswered } from '../../db/queries/roster.ts'
import { readLedger } from '../../src/flow/console/ledger.ts'
import { reviewQueue } from '../../src/flow/console/review.ts'
import { unitsShown } from '../../src/flow/console/roster.ts'
import type { Actor } from '../../src/model/person.ts'
import { openTown, type Town } from '../town/town.ts'
import type { Office } from './store.ts'

const officer: Actor = { id: 'o', name: '', role: 'office', units: [], charge: [] }

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
        overdue: (await read({ set: 'overdue' })).total,
        year: (await read({ year: 2017 })).total,
      }
      expect(counted).toMatchInlineSnapshot()
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
      expect((await factsNewest(deps.store, { notKinds: kinds, unit: { id, people: [] } }, 10)).length).toBeGreaterThan(0)
    })
  })

  describe('the review, the pushes and the roster', () => {
    it('show what waits, what was said and to whom', async () => {
      const town = await worked()
      const { deps } = town
      const { rows, total } = await reviewQueue(deps, officer, { units: [], plans: [], offset: 0, limit: 20 })
      expect([total, rows.map(({ unit }) => unit)]).toEqual([1, ['市教育局']])

      const since = new Date('2017-08-01T00:00:00Z')
      const groups = await groupsAnswered(deps.store, since)
      expect(groups.map(({ address, at }) => [address.kind, at instanceof Date])).toEqual([['room', true]])

      const { view } = await deps.cache(deps.store)
      const unit = view.units.find(({ name }) => name === '市财政局')?.id ?? ''
      const span = { from: since, to: new Date('2017-12-31T00:00:00Z'), states: [] }
      const all = await pushesLooked(deps.store, span, { offset: 0, limit: 100 })
      expect(all.rows).toHaveLength(all.total)
      const theirs = await pushesLooked(deps.store, { ...span, unit }, { offset: 0, limit: 100 })
      expect(theirs.rows).toEqual(all.rows.filter(({ units }) => units.includes(unit)))
      expect((await unitsShown(deps)).units.find(({ id }) => id === unit)?.name).toBe('市财政局')
    })
  })
}
