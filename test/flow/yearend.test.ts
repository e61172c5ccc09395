import fc from 'fast-check'
import { expect, it } from 'vitest'
import { unfinished } from '../../db/queries/yearend.ts'
import { closePlan, endingOf } from '../../src/flow/import.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { dutiesOf, longerPlan, planOf, stampOf } from '../contract/yearend.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const office = officesOf('yearend')

it('closes a plan in one batch: each duty is done, waived, archived or goes on, once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.boolean()), async (coins) => {
      const town = await openTown(office(), { plan: longerPlan })
      town.on('2017-08-15')
      await town.as('liaison:市财政局').says('1-2 7月的已公开 http://czj.example.gov.cn/1')
      await town.as('office').says('通过 1-2')
      await town.as('office').says('免予办理 2-1，因项目取消')
      town.on('2018-01-20')
      const before = await dutiesOf(town)
      const plan = await planOf(town, town.code)
      const { open } = await endingOf(town.deps, plan)
      expect(open.length).toBe(before.filter(({ state }) => unfinished.includes(state)).length)
      const chosen = open.map(({ id, version }) => ({
        ...{ id, version },
        fate: coins.next().value ? ('carry' as const) : ('archive' as const),
      }))
      const made = await closePlan(town.deps, plan, { chosen, reason: '年度结束' }, stampOf(town))
      const done = 'done' in made ? made.done : undefined
      const after = await dutiesOf(town)
      expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort())
      const carried = new Set(chosen.filter(({ fate }) => fate === 'carry').map(({ id }) => id))
      expect(done?.carried.length).toBe(carried.size)
      for (const duty of after) {
        const was = before.find(({ id }) => id === duty.id)
        const open = chosen.some(({ id }) => id === duty.id)
        expect(duty.state).toBe(was?.state)
        expect([duty.plan === plan, duty.archivedOn]).toEqual(
          !open ? [true, null] : carried.has(duty.id) ? [false, null] : [true, '2018-01-20'],
        )
      }
      expect((await verifyLedger(town.deps.store)).broken).toEqual([])
    }),
    { numRuns: 12 },
  )
}, 60_000)
