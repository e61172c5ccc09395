import { describe, expect, it } from 'vitest'
import { type CaseFilter, casesById, casesByKind, casesPage, countCases } from '../../db/queries/cases.ts'
import type { OfficeStore } from '../../db/store.ts'
import type { CaseKind } from '../../src/model/case.ts'
import type { Office } from './store.ts'

const rows: [id: string, kind: CaseKind, ord: number, title: string, due: string | null, more?: object][] = [
  ['day', 'application', 1, '财政预算100%公开', '2026-03-06', { secret: { 'registered.name': '赵小满' } }],
  ['late', 'application', 2, '征地批文', '2026-03-05'],
  ['hour', 'incident', 1, '城南停水', '2026-03-06T12:30'],
  ['later', 'incident', 2, '道路塌陷', '2026-03-20T08:00'],
  ['none', 'activity', 1, '新闻发布会', null],
  ['closed', 'application', 3, '决算', null, { closedOn: '2026-03-02' }],
]

const entered = ({ office, t, atomic }: OfficeStore) =>
  atomic((q) =>
    rows.map(([id, kind, ord, title, due, more]) =>
      q.insert(t.cases).values({
        ...{ office, id, kind, year: 2026, ord, title, due, unit: 'u1', state: 'open', openedOn: '2026-03-01' },
        ...{ events: { v: 1, list: [] }, version: 1, head: 'h', ...more },
      }),
    ),
  )

/** What the registers' lists read is found, ordered and cut into pages alike by all stores. */
export const caseLists = (office: Office): void => {
  describe('the registers’ lists', () => {
    it('are filtered, ordered, counted and cut alike', async () => {
      const store = office()
      await entered(store)
      const ids = async (filter: CaseFilter, page = { offset: 0, limit: 50 }) =>
        (await casesPage(store, filter, page)).map(({ id }) => id)
      const all = ['late', 'day', 'hour', 'later', 'none', 'closed']
      expect(await ids({})).toEqual(all)
      expect(await ids({}, { offset: 1, limit: 2 })).toEqual(['day', 'hour'])
      expect(await countCases(store, { open: true })).toBe(5)
      expect(await casesByKind(store, { open: true })).toEqual(
        new Map([
          ['application', 2],
          ['incident', 2],
          ['activity', 1],
        ]),
      )
      // A day is not over on the day itself; of minutes each counts.
      const over = (now: string) => ({ day: now.slice(0, 10), now })
      expect(await ids({ clock: { is: 'overdue', over: over('2026-03-06T12:30') } })).toEqual(['late'])
      expect(await ids({ clock: { is: 'overdue', over: over('2026-03-06T12:31') } })).toEqual(['late', 'hour'])
      const soon = { is: 'soon' as const, over: over('2026-03-06T09:00'), until: '2026-03-20' }
      expect(await ids({ clock: soon })).toEqual(['day', 'hour', 'later'])
      const said = (text: string, secret = false, number?: { year: number; ord: number }) =>
        ids({ q: { text, secret, number } })
      expect(await said('停水')).toEqual(['hour'])
      expect(await said('100%')).toEqual(['day'])
      expect(await said('%')).toEqual(['day'])
      expect(await said('赵小满')).toEqual([])
      expect(await said('赵小满', true)).toEqual(['day'])
      expect(await said('2026-2', false, { year: 2026, ord: 2 })).toEqual(['late', 'later'])
      expect((await casesById(store, ['hour', 'gone'])).map(({ title }) => title)).toEqual(['城南停水'])
    })
  })
}
