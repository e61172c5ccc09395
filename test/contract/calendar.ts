import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { setOwnDays } from '../../src/flow/calendar/days.ts'
import { turnCalendar } from '../../src/flow/calendar/turn.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { knownBefore, knownIn } from '../time/notices.ts'
import { openTown } from '../town/town.ts'
import { workdayPlan } from '../town/workday-plan.ts'
import type { Office } from './store.ts'

/** What the turn of a calendar promises on every database: each day moves once, whoever moves it, while people report. */
export const calendar = (office: Office): void => {
  describe('calendar', () => {
    it('two servers take a new one over while a unit reports and the office gives a day of its own', async () => {
      const town = await openTown(office(), { plan: workdayPlan, day: '2017-11-20', notices: knownBefore(2018) })
      await turnCalendar(town.deps)
      town.on('2017-11-30')
      const servers = [town.withNotices(knownIn(2018)), town.withNotices(knownIn(2018))] as const
      const stamp = { by: 'admin:test', via: 'test:days', at: town.deps.now() }
      const [, , heard] = await Promise.all([
        turnCalendar(servers[0], 1),
        turnCalendar(servers[1], 2),
        town.as('liaison:市发改委').says('2-1已公布 http://fgw.example.gov.cn/1'),
        setOwnDays(town.deps, [{ day: '2018-01-08', kind: 'off' }], stamp),
      ])
      expect(heard.status).toBe('answered')
      let done = false
      for (let passes = 0; passes < 20 && !done; passes++)
        done = (await Promise.all(servers.map((deps) => turnCalendar(deps, 1)))).some(Boolean)
      expect(done).toBe(true)

      const { t, q, office: name } = town.deps.store
      const duties = await q.select().from(t.duties).where(eq(t.duties.office, name))
      const dueIn = (round: string) => [
        ...new Set(duties.filter((duty) => duty.round === round).map((duty) => duty.dueOn)),
      ]
      expect(dueIn('2018-Q1')).toEqual(['2018-01-16'])
      expect(dueIn('2018-Q4')).toEqual(['2018-10-19'])
      expect(dueIn('2018-01')).toEqual(['2018-02-26'])
      expect(
        duties
          .filter(({ provisional, dueOn }) => provisional && (dueOn ?? '') < '2018-12-31')
          .map(({ state }) => state),
      ).toEqual(duties.some(({ state, provisional }) => state === 'review' && provisional) ? ['review'] : [])
      const facts = await q
        .select()
        .from(t.facts)
        .where(and(eq(t.facts.office, name), eq(t.facts.kind, 'recomputed')))
      expect(new Set(facts.map(({ via }) => via)).size).toBe(1)
      expect((await verifyLedger(town.deps.store)).broken).toEqual([])
    }, 60_000)
  })
}
