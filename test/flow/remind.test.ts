import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Deps } from '../../src/flow/deps.ts'
import { createOfficeCache } from '../../src/flow/office.ts'
import { register } from '../../src/flow/roster.ts'
import { tick } from '../../src/flow/tick.ts'
import { anyRouteKey } from '../../src/model/message.ts'
import { atOffice } from '../../src/time/day.ts'
import { longPlan } from '../town/long-plan.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms } from '../town/rooms.ts'

const nextOffice = officesOf('remind')

const hourly = longPlan.replace('突发事件发生后24小时内', '突发事件发生后5小时内')

/** A town with a room for every unit, and as many servers of it as are asked for, each with a memory of its own. */
const open = async () => {
  const town = await openRooms(nextOffice(), { plan: hourly })
  let servers = 0
  const server = (): Deps => {
    const own = `s${++servers}-`
    return { ...town.deps, cache: createOfficeCache(town.deps.zone), newId: () => `${own}${town.deps.newId()}` }
  }
  /** One tick at a time of a day; what each unit's room heard at it, by its title. */
  const at = async (day: string, time: string, servers: Deps[] = [town.deps], unit = '市发改委') => {
    town.on(day, time)
    await Promise.all(servers.map((deps) => tick(deps, 1000)))
    return (await town.heard(unit)).map((text) => text.split('\n')[0] ?? '')
  }
  const rows = async () => {
    const { t, q, office } = town.deps.store
    return q
      .select({ id: t.outbox.id, state: t.outbox.state })
      .from(t.outbox)
      .where(and(eq(t.outbox.office, office), eq(t.outbox.origin, 'tick')))
  }
  return { ...town, server, at, rows }
}

const list = (from: string, to: string) => expect.stringMatching(new RegExp(`^市发改委本周任务（${from}—${to}）`))

describe('the day’s messages', () => {
  it('three servers and one that is started again say each thing once', async () => {
    const town = await open()
    const three = [town.server(), town.server(), town.server()]
    expect(await town.at('2017-08-21', '09:00', three)).toEqual([list('8月21日', '8月27日')])
    const queued = (await town.rows()).map(({ id }) => id).sort()
    expect(await town.at('2017-08-21', '09:01', [town.server()])).toEqual([])
    expect((await town.rows()).map(({ id }) => id).sort()).toEqual(queued)
    expect(new Set(queued).size).toBe(queued.length)
  })

  it('a week’s list that was missed comes on the next workday, with the reminder of that day in it', async () => {
    const town = await open()
    await town.at('2017-08-18', '09:00')
    expect(await town.at('2017-08-24', '09:30')).toEqual([list('8月21日', '8月27日')])
    expect(await town.at('2017-08-25', '09:30')).toEqual([expect.stringMatching(/^市发改委任务提醒（8月25日）/)])
    expect(await town.at('2017-08-25', '16:00')).toEqual([])
  })

  it('a reminder whose day was missed comes on the next workday that is not after the due day', async () => {
    const town = await open()
    await town.at('2017-08-21', '09:00')
    expect(await town.at('2017-08-25', '14:00')).toEqual([expect.stringMatching(/任务提醒（8月25日）/)])
  })

  it('steps of the ladder that were missed are one step', async () => {
    const town = await open()
    await town.at('2017-08-25', '09:00')
    town.on('2017-09-01', '09:00')
    await tick(town.deps, 1000)
    const [text = ''] = await town.heard('市发改委')
    expect(text).toMatch(/【已逾期/)
    expect(text.match(/已逾期/g)).toHaveLength(1)
  })

  it('a clock set back an hour changes nothing', async () => {
    const town = await open()
    expect(await town.at('2017-08-21', '09:30')).toHaveLength(1)
    for (const time of ['08:30', '08:59', '09:00', '09:29', '09:31'])
      expect(await town.at('2017-08-21', time)).toEqual([])
  })

  it('a clock that goes a week ahead and comes back loses nothing and says nothing twice', async () => {
    const town = await open()
    expect(await town.at('2017-08-21', '09:00')).toEqual([list('8月21日', '8月27日')])
    await town.at('2017-08-28', '09:05')
    expect(await town.at('2017-08-21', '09:10')).toEqual([])
    expect(await town.at('2017-08-24', '09:00')).toEqual([expect.stringMatching(/任务提醒（8月24日）/)])
    expect(await town.at('2017-08-25', '09:00')).toEqual([expect.stringMatching(/任务提醒（8月25日）/)])
    expect(await town.at('2017-08-28', '09:05')).toEqual([])
    const ids = (await town.rows()).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('what could not be sent by evening waits for the office hours of the next workday', async () => {
    const town = await open()
    const { t, office } = town.deps.store
    const key = anyRouteKey({ platform: 'console', id: '市发改委' })
    const muted = { mutedUntil: atOffice('2017-08-21', '20:00', 'Asia/Shanghai') }
    await town.deps.store.one((q) =>
      q
        .update(t.rooms)
        .set(muted)
        .where(and(eq(t.rooms.office, office), eq(t.rooms.key, key))),
    )
    expect(await town.at('2017-08-21', '15:00')).toEqual([])
    expect(await town.at('2017-08-21', '20:30')).toEqual([])
    expect(await town.at('2017-08-22', '08:00')).toEqual([])
    expect(await town.at('2017-08-22', '08:30')).toEqual([list('8月21日', '8月27日')])
    expect(await town.at('2017-08-22', '09:30')).toEqual([])
  })
})

describe('an hour clock', () => {
  const UNIT = '市环保局'
  const told = /^(?:时限还有|时限已到)/
  /** Begins an event whose five hours run from then; what the room heard at each of the times. */
  const hearing = async (town: Awaited<ReturnType<typeof open>>, times: [string, string][], servers?: Deps[]) => {
    const all: string[] = []
    for (const [day, time] of times)
      all.push(...(await town.at(day, time, servers, UNIT)).filter((title) => told.test(title)))
    return all
  }
  const begin = async (day: string, time: string, words: string) => {
    const town = await open()
    town.on(day, time)
    ;(await town.as('office').says(`5-2触发，${words}`)).hears(/开始计时/)
    await town.heard(UNIT)
    return town
  }

  it('is told four hours and one hour before its end and when it ends, over midnight, to two servers once', async () => {
    const town = await begin('2017-08-21', '21:00', '8月21日21:00')
    const two = [town.server(), town.server()]
    const heard = await hearing(
      town,
      [
        ['2017-08-21', '21:30'],
        ['2017-08-21', '22:00'],
        ['2017-08-21', '22:10'],
        ['2017-08-21', '23:59'],
        ['2017-08-22', '00:30'],
        ['2017-08-22', '01:00'],
        ['2017-08-22', '01:40'],
        ['2017-08-22', '02:00'],
        ['2017-08-22', '02:30'],
        ['2017-08-22', '03:30'],
      ],
      two,
    )
    expect(heard.map((title) => title.replace(/^⚠️?\s*/, ''))).toEqual(['时限还有4小时', '时限还有1小时', '时限已到'])
  })

  it('runs on a rest day too', async () => {
    const town = await begin('2017-08-26', '15:00', '8月26日15:00')
    const times = ['16:05', '19:05', '20:05'].map((time): [string, string] => ['2017-08-26', time])
    expect(await hearing(town, times)).toEqual(['时限还有3小时55分钟', '时限还有55分钟', '时限已到'])
    // The office hears of one that has run out.
    expect((await town.heard()).filter((text) => told.test(text))).toEqual([expect.stringContaining(UNIT)])
  })

  it('says nothing where it was met in time', async () => {
    const town = await begin('2017-08-21', '21:00', '8月21日21:00')
    town.on('2017-08-21', '21:30')
    ;(await town.as(`liaison:${UNIT}`).says('5-2已完成')).hears(/已收到反馈/)
    const times: [string, string][] = [
      ['2017-08-21', '22:00'],
      ['2017-08-22', '01:00'],
      ['2017-08-22', '02:00'],
    ]
    expect(await hearing(town, times)).toEqual([])
  })

  it('is not held by a mute', async () => {
    const town = await begin('2017-08-21', '10:00', '8月21日10:00')
    const { t, office } = town.deps.store
    const key = anyRouteKey({ platform: 'console', id: UNIT })
    await town.deps.store.one((q) =>
      q
        .update(t.rooms)
        .set({ mutedUntil: atOffice('2017-08-21', '18:00', 'Asia/Shanghai') })
        .where(and(eq(t.rooms.office, office), eq(t.rooms.key, key))),
    )
    expect(await hearing(town, [['2017-08-21', '14:10']])).toEqual(['时限还有50分钟'])
  })

  it('after a night without a server only what is still true is told', async () => {
    const town = await begin('2017-08-21', '21:00', '8月21日21:00')
    expect(await hearing(town, [['2017-08-22', '02:20']])).toEqual(['时限已到'])
    expect(await hearing(town, [['2017-08-22', '06:00']])).toEqual([])
  })

  it('is told to who answers for the unit where it has no room of its own', async () => {
    const town = await open()
    const { view } = await town.deps.cache(town.deps.store)
    const unit = view.units.find(({ name }) => name === UNIT)?.id ?? ''
    const other = view.units.find(({ name }) => name === '市审计局')?.id ?? ''
    const person = {
      ...{ name: '江河', role: 'liaison' as const, units: [unit], charge: [], post: 'A' as const, mobile: '' },
      identities: [anyRouteKey({ platform: 'console', id: '江河' })],
    }
    const room = { platform: 'console' as const, route: '*', kind: 'room' as const, id: UNIT }
    await register(
      town.deps,
      { people: [person], rooms: [{ address: room, scope: 'units', units: [unit, other] }] },
      { by: 'admin:test', via: 'test:share', at: town.deps.now() },
    )
    town.on('2017-08-21', '21:00')
    await town.as('office').says('5-2触发，8月21日21:00')
    await town.at('2017-08-21', '22:00')
    expect((await town.heard(UNIT)).filter((text) => told.test(text))).toEqual([])
    expect((await town.heard('江河')).map((text) => text.split('\n')[0])).toEqual(['时限还有4小时'])
  })
})
