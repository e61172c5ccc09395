import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { casesOf } from '../../db/queries/cases.ts'
import { findDuties, findTasks } from '../../db/queries/duties.ts'
import { actOnCase, openCase } from '../../src/flow/case/act.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { longPlan } from '../town/long-plan.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const nextOffice = officesOf('counted')

it('what the console enters or cancels counts as what was said does', async () => {
  const town = await openTown(nextOffice(), { plan: longPlan })
  town.on('2017-08-10')
  const { deps, as } = town
  await as('office').says('5-1按新闻发布会计数')
  const { view } = await deps.cache(deps.store)
  const unit = view.units.find(({ name }) => name === '市统计局')?.id ?? ''
  const office = { id: 'admin:test', name: '', role: 'office' as const, units: [], charge: [] }
  const stamp = () => ({ by: office.id, via: `test:${deps.newId()}`, at: deps.now() })
  const held = { sort: 'conference', title: '物价', unit, at: '2017-08-03' }
  const [task] = await findTasks(deps.store, ['5-1'])
  const duty = async () => {
    const [one] = await findDuties(deps.store, { tasks: [task?.id ?? ''], units: [unit] })
    return one && { state: one.state, approved: one.approved, reportedOn: one.reportedOn }
  }

  for (const at of ['2017-08-03', '2017-08-04', '2017-08-05'])
    await openCase(deps, office, 'activity', { ...held, at }, stamp())
  expect(await duty()).toEqual({ state: 'done', approved: 3, reportedOn: '2017-08-05' })
  // More than is owed counts for nothing, until one of those that count is cancelled.
  await openCase(deps, office, 'activity', { ...held, at: '2017-08-07' }, stamp())
  const rows = await casesOf(deps.store, { kinds: ['activity'] })
  const cancel = async (ord: number) => {
    const row = rows.find((one) => one.ord === ord)
    const deed = { deed: 'cancelled', input: { reason: '登记重复' } }
    return actOnCase(deps, office, { id: row?.id ?? '', version: row?.version ?? 0, ...deed }, stamp())
  }
  await cancel(1)
  expect(await duty()).toMatchObject({ state: 'done', approved: 3 })
  await cancel(2)
  expect(await duty()).toEqual({ state: 'open', approved: 2, reportedOn: null })
  // The office's word taken back: what counted stays, and an entry that is cancelled still goes out.
  await as('office').says('5-1不按登记计数')
  await cancel(3)
  expect(await duty()).toMatchObject({ state: 'open', approved: 1 })
  await expect(openCase(deps, office, 'activity', { ...held, at: '2017-09-01' }, stamp())).rejects.toThrow(/还没有到/)

  const { t, q } = deps.store
  const facts = (await q.select().from(t.facts).where(eq(t.facts.subject, 'duty'))).filter(({ kind }) =>
    kind.endsWith('counted'),
  )
  expect(facts.map(({ kind, body }) => `${kind} ${body.activity}`).sort()).toEqual([
    ...['counted 活动2017-1', 'counted 活动2017-2', 'counted 活动2017-3', 'counted 活动2017-4'],
    ...['uncounted 活动2017-1', 'uncounted 活动2017-2', 'uncounted 活动2017-3'],
  ])
  expect((await verifyLedger(deps.store)).broken).toEqual([])
})
