import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../../db/queries/duties.ts'
import { talliesOf, unitsThatTold } from '../../db/queries/tallies.ts'
import { tellFigures } from '../../src/flow/tally/tell.ts'
import { yearFigures } from '../../src/flow/tally/year.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { openTown } from '../town/town.ts'
import type { Office } from './store.ts'

/** What figures promise on every database: one chain a figure, whoever tells it at once; sums; what is taken back is gone. */
export const tallies = (office: Office): void => {
  describe('报数', () => {
    it('told by several at once is one chain, each of them answered; sums and themes are read back', async () => {
      const { deps, code, on } = await openTown(office())
      on('2017-08-15')
      const { view } = await deps.cache(deps.store)
      const unit = view.units.find(({ name }) => name === '市财政局')?.id ?? ''
      const stamp = () => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })
      const telling = (count: number | null, theme = '', period = '2017-07') => ({
        ...{ period, theme, counts: { website: count } },
      })
      const tell = (count: number | null, theme?: string, period?: string) =>
        tellFigures(deps, unit, [telling(count, theme, period)], { sure: true }, stamp())

      const counts = [12, 12, 13, 14]
      const done = await Promise.all(counts.map((count) => tell(count)))
      const [row, ...others] = await talliesOf(deps.store, { units: [unit] })
      expect(others).toEqual([])
      const facts = await factsOf(deps.store, 'tally', [row?.id ?? ''])
      expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, i) => i + 1))
      expect(facts).toHaveLength(done.filter(({ tallied }) => tallied.length > 0).length)
      expect(row?.count).toBe(facts.at(-1)?.body.count)

      await tell(23, `${code}-1-2`)
      await tell(5, '', '2016')
      await tell(30, '', '2017-06')
      const { byChannel, byTheme, byUnit } = await yearFigures(deps.store, 2017)
      expect(byChannel.website).toBe(30 + (row?.count ?? 0))
      expect(byTheme).toEqual([{ theme: `${code}-1-2`, title: expect.stringMatching(/./), count: 23 }])
      expect(byUnit.map(({ name }) => name)).toEqual(['市财政局'])
      expect([...(await unitsThatTold(deps.store, '2017-06'))]).toEqual([unit])
      await tell(null, '', '2017-06')
      expect([...(await unitsThatTold(deps.store, '2017-06'))]).toEqual([])
      expect((await verifyLedger(deps.store)).broken).toEqual([])
      const { t, office: own } = deps.store
      await deps.store.atomic((q) => [
        q
          .update(t.tallies)
          .set({ count: 99 })
          .where(and(eq(t.tallies.office, own), eq(t.tallies.id, row?.id ?? ''))),
      ])
      expect((await verifyLedger(deps.store)).broken).toEqual([`tally ${row?.id}：报数与记录不一致`])
    })
  })
}
