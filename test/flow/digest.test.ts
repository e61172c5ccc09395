import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { renderText } from '../../adapters/console/index.ts'
import { findDuties } from '../../db/queries/duties.ts'
import { type RoomDraft, register } from '../../src/flow/roster.ts'
import { tick } from '../../src/flow/tick.ts'
import { anyRouteKey } from '../../src/model/message.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms } from '../town/rooms.ts'
import { openTown } from '../town/town.ts'
import { yearPlan, yearUnits } from '../town/year-plan.ts'

const nextOffice = officesOf('digest')

const platform = 'lark' as const
const roomOf = (id: string, units: string[]): RoomDraft => ({
  address: { platform, route: '*', kind: 'room', id },
  scope: 'units',
  units,
})

/** A town on a platform that keeps what each place was told, as text. */
const open = async (options: Parameters<typeof openTown>[1] = {}) => {
  const heard: [to: string, text: string][] = []
  const adapter: Adapter = {
    ...{ platform, route: 'cli_1', perMinute: 1000, canStart: { room: true, person: true } },
    deliver: async ({ to, card }) => {
      heard.push([to.id, renderText(card)])
      return {}
    },
  }
  const town = await openTown(nextOffice(), { ...options, adapters: [adapter] })
  const { view } = await town.deps.cache(town.deps.store)
  const units = view.units.filter(({ kind }) => kind === 'unit')
  const stamp = { by: 'admin:test', via: 'test:digest', at: town.deps.now() }
  const at = async (day: string, time = '09:00') => {
    town.on(day, time)
    await tick(town.deps, 1000)
    return heard.splice(0)
  }
  return { ...town, units, at, register: (more: Parameters<typeof register>[1]) => register(town.deps, more, stamp) }
}

it('what silence has made a unit’s own is reminded of like the rest', async () => {
  const town = await openRooms(nextOffice())
  for (const day of ['2017-09-25', '2017-09-29']) {
    town.on(day, '09:00')
    await tick(town.deps, 1000)
    expect((await town.heard('市统计局')).join('')).toMatch(/公开17-1-3 .*9月30日到期/)
  }
})

it('a unit without a room is told through its liaison though away, where nobody stands in that could be reached', async () => {
  const town = await open()
  const unit = town.units.find(({ name }) => name === '市发改委')?.id ?? ''
  const person = (name: string, post: 'A' | 'B', identities: string[]) => ({
    ...{ name, role: 'liaison' as const, units: [unit], charge: [], post, mobile: '', identities },
  })
  const account = anyRouteKey({ platform, id: 'ou_a' })
  await town.register({ people: [person('甲', 'A', [account]), person('乙', 'B', [])] })
  const { t } = town.deps.store
  await town.deps.store.one((q) => q.update(t.people).set({ awayUntil: '2017-09-30' }).where(eq(t.people.name, '甲')))
  expect(await town.at('2017-08-21')).toEqual([['ou_a', expect.stringMatching(/市发改委本周任务.*公开17-2-1/s)]])
})

it('a shared room that is the only one of its units names all that is due of each, however many they are', async () => {
  const names = yearUnits(16)
  const town = await open({
    plan: yearPlan(names, 90),
    roster: { level: '市', units: names, groups: { 各部门: names } },
  })
  await town.register({
    rooms: [
      roomOf(
        'oc_all',
        town.units.map(({ id }) => id),
      ),
    ],
  })
  await town.at('2017-08-31')
  const [[, text = ''] = []] = await town.at('2017-09-01')
  const due = await findDuties(town.deps.store, {
    states: ['open'],
    due: { from: '2017-09-01', to: '2017-09-30' },
  })
  const owing = town.units.filter(({ id }) => due.some(({ unit }) => unit === id))
  expect(owing.length).toBeGreaterThan(10)
  expect(text).toMatch(/另有/)
  const lines = text.split(/[\n；]/)
  for (const { id, name } of owing)
    for (const { number } of due.filter(({ unit }) => unit === id))
      expect(
        lines.some((line) => line.includes(name) && line.includes(number)) ||
          lines.some((line) => line.includes('各单位') && !line.includes(name) && line.includes(number)),
        `${name} ${number}`,
      ).toBe(true)
})

it('what all of a room owe is said of all, but for those who do not', async () => {
  const town = await open()
  await town.register({
    rooms: [
      roomOf(
        'oc_all',
        town.units.map(({ id }) => id),
      ),
    ],
  })
  const [[, text = ''] = []] = await town.at('2017-08-07')
  expect(text).toMatch(/各单位本周任务/)
  expect(text).toMatch(/各单位(?:（.*除外）)?：公开17-R-2/)
})
