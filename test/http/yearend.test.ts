import { beforeAll, describe, expect, it } from 'vitest'
import { releasePlan } from '../../src/flow/import.ts'
import { bringNext, longerPlan, stampOf } from '../contract/yearend.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('console-yearend')

type Person = Awaited<ReturnType<ReturnType<typeof openConsole>['as']>>
let town: Town
let boss: Person
let old: string
let next: string

beforeAll(async () => {
  town = await openTown(office(), { plan: longerPlan })
  const { view } = await town.deps.cache(town.deps.store)
  old = view.plans[0]?.id ?? ''
  town.on('2018-03-05')
  next = (await bringNext(town)).plan
  boss = await openConsole(town.deps).as('office')
})

describe('a new plan beside the old one', () => {
  it('is settled as it was looked at: a task twice, an unknown one and a stale look are refused', async () => {
    const { body: shown } = await boss.get(`/plans/${next}/following`)
    const pairs = shown.pairs.flatMap(({ number, old }: { number: string; old: string }) =>
      old ? [{ now: number, old }] : [],
    )
    expect([shown.settled, shown.old.id, pairs.length > 5]).toEqual([false, old, true])
    const settle = (more: object) =>
      boss.post(`/plans/${next}/following`, { version: shown.version, old: shown.old.id, pairs, ...more })
    const [first] = pairs
    for (const wrong of [[{ now: first.now, old: '99-99' }], [...pairs, { now: '99-99', old: first.old }]])
      expect((await settle({ pairs: wrong })).status).toBe(422)
    expect((await settle({ old: '公开99' })).status).toBe(422)
    expect((await settle({})).body).toMatchObject({ pairs: pairs.length })
    expect(await settle({})).toMatchObject({ status: 409, body: { now: { settled: true } } })
  })
})

describe('a close', () => {
  it('is of the list that was looked at: with its reason, nothing in review, once', async () => {
    await releasePlan(town.deps, next, stampOf(town))
    const look = async () => (await boss.get(`/plans/${old}/ending`)).body
    type Row = { id: string; version: number; fate: string; group: string; unit: string; reason: boolean }
    const close = (open: Row[], more: object = {}) =>
      boss.post(`/plans/${old}/close`, {
        chosen: open.map(({ id, version, fate }) => ({ id, version, fate })),
        ...{ reason: '年度结束', to: next },
        ...more,
      })
    const { open, target } = (await look()) as { open: Row[]; target: string }
    expect(target).toBe(next)
    expect(open.some(({ reason }) => reason)).toBe(true)
    expect((await close(open, { reason: ' ' })).body.error).toMatch(/理由/)
    const [late] = open
    const moved = open.map((one) => (one === late ? { ...one, version: one.version + 1 } : one))
    expect(await close(moved)).toMatchObject({ status: 409, body: { now: { id: old, open: expect.any(Array) } } })
    expect(await close(open.slice(1))).toMatchObject({ status: 409 })
    expect((await look()).open).toEqual(open)
    const { status, body } = await close(open)
    expect([status, body.carried.length + body.archived]).toEqual([200, open.length])
    expect((await close(open)).status).toBe(422)
    expect((await boss.get(`/plans/${old}/ending`)).body.error).toMatch(/已经办结/)
  })
})
