import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { casesOf } from '../../db/queries/cases.ts'
import { setOwnDays } from '../../src/flow/calendar/days.ts'
import { actOnCase, openCase } from '../../src/flow/case/act.ts'
import { eraseCase, foreseeCaseErasure } from '../../src/flow/erase/case.ts'
import { changeSettings } from '../../src/flow/settings.ts'
import { tick } from '../../src/flow/tick.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { settingsOf } from '../../src/model/settings.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('cases')
const UNIT = '市统计局'
const NAME = '欧阳若谷'
const clerk = { id: 'console:office', name: '', role: 'office' as const, units: [], charge: [] }

let town: Rooms
let unit: string
const stamp = () => ({ by: clerk.id, via: `test:${town.deps.newId()}`, at: town.deps.now() })
const whole = async () => (await verifyLedger(town.deps.store)).broken
const only = async () => {
  const [row] = await casesOf(town.deps.store, { kinds: ['application'] })
  if (!row) throw new Error('no case')
  return row
}
/** What a room heard at a tick; every text that anybody heard is looked through for what is nobody's. */
const at = async (day: string, time: string, who?: string): Promise<string[]> => {
  town.on(day, time)
  await tick(town.deps, 1000)
  const heard = await town.heard(who)
  for (const text of heard) expect(text).not.toMatch(/欧阳若谷|13911112222|我要财政决算全部资料/)
  return heard
}
const lines = (heard: string[]): string[] =>
  heard.flatMap((text) => text.split('\n')).filter((line) => /依申请2017-1/.test(line))

beforeAll(async () => {
  town = await openRooms(nextOffice())
  const { view } = await town.deps.cache(town.deps.store)
  unit = view.units.find(({ name }) => name === UNIT)?.id ?? ''
  town.on('2017-08-01', '20:00')
  await openCase(
    town.deps,
    clerk,
    'application',
    {
      ...{ channel: 'inPerson', at: '2017-08-01', applicant: 'natural', name: NAME, contact: '13911112222' },
      ...{ description: '我要财政决算全部资料', subject: '财政决算' },
    },
    stamp(),
  )
})

describe('a case that is counted in days', () => {
  it('is told to the unit that it is handed to at once, once, in office hours', async () => {
    const { id, version } = await only()
    expect(await at('2017-08-01', '20:01', UNIT)).toEqual([])
    const deed = { id, version, deed: 'assigned', input: { unit } }
    await actOnCase(town.deps, clerk, deed, stamp())
    expect(await at('2017-08-01', '20:02', UNIT)).toEqual([])
    const [text = '', ...more] = await at('2017-08-02', '08:31', UNIT)
    expect(text).toMatch(/交办：依申请2017-1/)
    expect(text).toMatch(/财政决算/)
    expect(text).toMatch(/8月22日前答复申请人（还有14个工作日）/)
    expect(more).toEqual([])
    expect(await at('2017-08-02', '08:45', UNIT)).toEqual([])
  })

  it('stands in the unit’s and the office’s lists of its last days, a message a day at most', async () => {
    expect(lines(await at('2017-08-14', '09:00', UNIT))).toEqual([])
    const [text = '', ...more] = await at('2017-08-15', '09:00', UNIT)
    expect(more).toEqual([])
    expect(text).toMatch(/市统计局任务提醒（8月15日）/)
    expect(text).toMatch(/办件1件.*\n.*依申请2017-1 财政决算（欧阳某，自然人） · 8月22日前答复申请人（还有5个工作日）/)
    expect(lines(await town.heard())).toEqual([expect.stringMatching(/市统计局 · 8月22日前/)])
    for (const day of ['2017-08-16', '2017-08-17', '2017-08-18'])
      expect((await at(day, '09:00', UNIT)).length).toBeLessThan(2)
    expect(lines(await at('2017-08-21', '09:00', UNIT))).toEqual([expect.stringMatching(/还有1个工作日/)])
  })

  it('moves with the calendar: the day, the list of what moved, and the chain that says so', async () => {
    await town.heard()
    await setOwnDays(town.deps, [{ day: '2017-08-22', kind: 'off' }], stamp())
    const heard = await at('2017-08-21', '16:00')
    expect(lines(heard)).toEqual([
      expect.stringMatching(/依申请2017-1 财政决算（欧阳某，自然人） · 市统计局：8月22日 → 8月23日/),
    ])
    expect(await only()).toMatchObject({ due: '2017-08-23' })
    expect(await whole()).toEqual([])
    const [text = ''] = await at('2017-08-22', '09:00', UNIT)
    expect(text).toBe('')
    const told = lines(await at('2017-08-23', '09:00', UNIT))
    expect(told).toContainEqual(expect.stringMatching(/8月23日前答复申请人（今天到期）/))
    expect(told).toContainEqual(expect.stringMatching(/8月22日 → 8月23日/))
  })

  it('is late by the steps of the ladder, and told no more when it is answered', async () => {
    expect(lines(await at('2017-08-24', '09:00', UNIT))).toEqual([expect.stringMatching(/逾期1个工作日/)])
    expect(lines(await at('2017-08-25', '09:00', UNIT))).toEqual([])
  })
})

it('a row that was changed beside its facts is found', async () => {
  const { id, due } = await only()
  const { t } = town.deps.store
  await town.deps.store.one((q) => q.update(t.cases).set({ due: '2018-01-01' }).where(eq(t.cases.id, id)))
  expect(await whole()).toEqual([expect.stringMatching(/^application .*与记录不一致$/)])
  await town.deps.store.one((q) => q.update(t.cases).set({ due }).where(eq(t.cases.id, id)))
  expect(await whole()).toEqual([])
})

it('what is erased of a case is gone from row, facts and messages, and the ledger is whole', async () => {
  await expect(foreseeCaseErasure(town.deps, '依申请2017-9')).rejects.toThrow(/没有“依申请2017-9”这一件/)
  await eraseCase(town.deps, '依申请2017-1', '申请人要求', stamp())
  const { t, q } = town.deps.store
  const left = JSON.stringify([
    await q.select().from(t.facts),
    await q.select().from(t.cases),
    await q.select().from(t.outbox),
  ])
  for (const word of ['欧阳', '13911112222', '我要财政决算全部资料']) expect(left).not.toContain(word)
  expect(await whole()).toEqual([])
  await expect(eraseCase(town.deps, '依申请2017-1', '再来', stamp())).rejects.toThrow(/已经清除/)
})

it('settings of the registers that are younger than what an office has set are the usual ones', async () => {
  const registers = { interpret: 3, inspections: 1, escalate: [] } as never
  await changeSettings(town.deps, { registers }, stamp())
  const { view } = await town.deps.cache(town.deps.store)
  expect(view.settings.registers).toEqual({ ...settingsOf({}).registers, interpret: 3, inspections: 1 })
})
