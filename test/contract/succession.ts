import { describe, expect, it } from 'vitest'
import { register } from '../../src/flow/roster.ts'
import { noShares, succeed } from '../../src/flow/succession.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { openTown } from '../town/town.ts'
import type { Office } from './store.ts'

/** What a succession promises on every database: all of it moves, while people report, and nothing moves twice. */
export const succession = (office: Office): void => {
  describe('succession', () => {
    it('two units become one while one of them reports, by two clerks at once', async () => {
      const town = await openTown(office())
      town.on('2017-08-19')
      const { deps } = town
      const { view } = await deps.cache(deps.store)
      const idOf = (name: string) => view.units.find((unit) => unit.name === name)?.id ?? ''
      const olds = ['东河区政府', '西山县政府']
      const blank = { role: 'liaison' as const, charge: [], post: '' as const, mobile: '', identities: [] }
      await register(
        deps,
        {
          people: olds.map((name) => ({ ...blank, name: `${name}联络员`, units: [idOf(name)] })),
          rooms: [
            {
              address: { platform: 'lark', route: '*', kind: 'room', id: 'oc_both' },
              ...{ scope: 'units', units: olds.map(idOf) },
            },
          ],
        },
        { by: 'admin:test', via: 'test:register', at: deps.now() },
      )
      const request = { olds, heirs: ['山河区政府'], from: '2017-08-01', reason: '区划调整', shares: noShares }
      const stamp = (n: number) => ({ by: 'admin:test', via: `test:succeed-${n}`, at: deps.now() })
      const [first, second, heard] = await Promise.all([
        succeed(deps, request, stamp(1)),
        succeed(deps, request, stamp(2)),
        town.as('liaison:东河区政府').says('4-1已公开 http://dh.example.gov.cn/1'),
      ])
      expect(heard.status).toBe('answered')
      expect(first.moved + second.moved).toBeGreaterThan(0)
      expect(first.people + second.people).toBe(2)
      expect(first.rooms + second.rooms).toBe(1)

      const { rows } = await town.as('office').says('山河区政府全部任务')
      const own = rows.filter(({ unit }) => unit === '山河区政府')
      expect(new Set(own.map(({ task, round }) => `${task} ${round}`)).size).toBe(own.length)
      expect(rows.filter(({ unit, state }) => olds.includes(unit) && state !== 'waived')).toEqual([])
      expect((await town.as('office').says('东河区政府全部任务')).rows).toEqual(rows)
      const { t, q } = deps.store
      const facts = (await q.select().from(t.facts)).filter((fact) => fact.office === deps.store.office)
      expect(facts.filter(({ kind }) => kind === 'succeeded').map(({ body }) => body.from)).toEqual([
        '2017-08-01',
        '2017-08-01',
      ])
      expect((await verifyLedger(deps.store)).broken).toEqual([])
    }, 60_000)
  })
}
