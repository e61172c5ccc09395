import { describe, expect, it } from 'vitest'
import { casesDueBy, casesInHours, casesNamed, openCasesBehind } from '../../db/queries/cases.ts'
import type { OfficeStore } from '../../db/store.ts'
import type { Office } from './store.ts'

/** Cases of an office, each told by its id. */
const withCases = async (office: Office): Promise<OfficeStore> => {
  const store = office()
  const rows = [
    { id: 'a', unit: 'u1', due: '2026-03-10' },
    { id: 'b', unit: 'u2', due: '2026-03-10T23:59' },
    { id: 'c', unit: 'u1', due: '2026-03-11T00:00' },
    { id: 'd', unit: '', due: '2026-03-01' },
    { id: 'e', unit: 'u1', due: null },
    { id: 'f', unit: 'u1', due: '2026-03-09T10:00', closedOn: '2026-03-09' },
  ]
  await store.atomic((q) =>
    rows.map((row, i) =>
      q.insert(store.t.cases).values({
        ...{ office: store.office, kind: 'incident', year: 2026, ord: i + 1, title: '停水', state: 'open' },
        ...{ openedOn: '2026-03-01', events: { v: 1, list: [] }, ...row },
      }),
    ),
  )
  return store
}

const ids = (rows: readonly { id: string }[]): string => rows.map(({ id }) => id).join('')

/** What the tick and the day\'s lists ask of cases. */
export const cases = (office: Office): void => {
  describe('cases', () => {
    it('that end by a day take in its last minute, and nothing that is closed', async () => {
      const store = await withCases(office)
      expect(ids(await casesDueBy(store, '2026-03-10'))).toBe('dab')
      expect(ids(await casesDueBy(store, '2026-03-11', ['u1']))).toBe('ac')
      expect(ids(await casesDueBy(store, '2026-03-11', []))).toBe('')
    })

    it('whose hours run, those that are open a page at a time, and those of some ids', async () => {
      const store = await withCases(office)
      expect(ids(await casesInHours(store))).toBe('bc')
      expect(ids(await openCasesBehind(store, '', 2))).toBe('ab')
      expect(ids(await openCasesBehind(store, 'b', 9))).toBe('cde')
      expect(ids(await casesNamed(store, ['f', 'a', 'x']))).toBe('fa')
    })
  })
}
