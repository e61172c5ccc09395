import { expect, it } from 'vitest'
import { casesDueBy, casesOf } from '../../db/queries/cases.ts'
import { factsOf } from '../../db/queries/duties.ts'
import { actOnCase, openCase } from '../../src/flow/case/act.ts'
import { tick } from '../../src/flow/tick.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const nextOffice = officesOf('elapsed')
const clerk = { id: 'console:office', name: '', role: 'office' as const, units: [], charge: [] }

it('the limit to answer goes on by itself when a third party has said nothing in its days', async () => {
  const town = await openTown(nextOffice(), { day: '2026-03-02' })
  const { deps } = town
  const stamp = () => ({ by: clerk.id, via: `test:${deps.newId()}`, at: deps.now() })
  const only = async () => {
    const [row] = await casesOf(deps.store, { kinds: ['application'] })
    if (!row) throw new Error('no case')
    return row
  }
  const input = { channel: 'inPerson', at: '2026-03-02', applicant: 'natural', name: '赵小满', description: '决算' }
  const { id } = await openCase(deps, clerk, 'application', input, stamp())
  const asked = { at: '2026-03-02', party: '某公司', received: '2026-03-02' }
  await actOnCase(deps, clerk, { id, version: (await only()).version, deed: 'third-asked', input: asked }, stamp())
  // 15 workdays from 3 March.
  expect(await only()).toMatchObject({ state: 'asking', due: '2026-03-23' })

  town.on('2026-03-23', '10:00')
  await tick(deps, 1000)
  expect(await only()).toMatchObject({ state: 'asking', due: '2026-03-23' })

  town.on('2026-03-24', '10:00')
  await tick(deps, 1000)
  const row = await only()
  // None of the 20 was counted before; they begin on the 24th, and 清明节 takes Monday the 6th.
  expect(row).toMatchObject({ state: 'handling', due: '2026-04-21' })
  expect(await casesDueBy(deps.store, '2026-04-21')).toHaveLength(1)
  await tick(deps, 1000)
  town.on('2026-03-25', '10:00')
  await tick(deps, 1000)
  const facts = (await factsOf(deps.store, 'application', [id])).filter(({ kind }) => kind === 'elapsed')
  expect(facts.map(({ body }) => body)).toEqual([
    expect.objectContaining({ on: '2026-03-24', was: '2026-03-23', stands: expect.objectContaining({ due: row.due }) }),
  ])
  expect((await verifyLedger(deps.store)).broken).toEqual([])
})
