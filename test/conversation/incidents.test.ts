import { beforeEach, describe, expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { renderText } from '../../adapters/console/index.ts'
import { peopleNamed } from '../../db/queries/people.ts'
import { register } from '../../src/flow/roster.ts'
import { changeSettings } from '../../src/flow/settings.ts'
import { tickOffices } from '../../src/flow/tick.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { anyRouteKey } from '../../src/model/message.ts'
import { settingsOf } from '../../src/model/settings.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const nextOffice = officesOf('incidents')
const platform = 'lark' as const

/** A town of which one unit has a room, the office has one, and 陈云舒 is named to hear what runs out. */
const open = async () => {
  const heard: [to: string, text: string][] = []
  const adapter: Adapter = {
    ...{ platform, route: 'cli_1', perMinute: 1000, canStart: { room: true, person: true } },
    deliver: async ({ to, card }) => {
      heard.push([to.id, renderText(card)])
      return {}
    },
  }
  const town = await openTown(nextOffice(), { adapters: [adapter] })
  const { deps } = town
  const { view } = await deps.cache(deps.store)
  const unit = view.units.find(({ name }) => name === '市发改委')?.id ?? ''
  const stamp = () => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })
  const room = (id: string, scope: 'units' | 'office', units: string[]) => ({
    address: { platform, route: '*', kind: 'room' as const, id },
    ...{ scope, units },
  })
  await register(
    deps,
    {
      rooms: [room('oc_fgw', 'units', [unit]), room('oc_desk', 'office', [])],
      people: [
        {
          ...{ name: '陈云舒', role: 'leader', units: [], charge: [], post: '', mobile: '' },
          identities: [anyRouteKey({ platform, id: 'ou_chen' })],
        },
      ],
    },
    stamp(),
  )
  const [named] = await peopleNamed(deps.store, '陈云舒')
  const registers = { ...settingsOf({}).registers, escalate: [named?.id ?? ''], alarms: 2 }
  await changeSettings(deps, { registers }, stamp())
  /** What was told since, to whom, by the first line of each. */
  const at = async (day: string, time: string): Promise<[to: string, title: string][]> => {
    town.on(day, time)
    await tickOffices([deps], 1000)
    return heard
      .splice(0)
      .filter(([, text]) => /舆情/.test(text))
      .map(([to, text]): [string, string] => [to, text.split('\n')[0] ?? ''])
      .sort()
  }
  const office = { says: async (text: string) => (await town.as('office').says(text)).text }
  const liaison = { says: async (text: string, of = '市发改委') => (await town.as(`liaison:${of}`).says(text)).text }
  return { ...town, at, office, liaison, heard }
}

let town: Awaited<ReturnType<typeof open>>
beforeEach(async () => {
  town = await open()
})

const both = (title: RegExp | string) => [
  ['oc_desk', expect.stringMatching(title)],
  ['ou_chen', expect.stringMatching(title)],
]
const all = (title: RegExp | string) => [
  ['oc_desk', expect.stringMatching(title)],
  ['oc_fgw', expect.stringMatching(title)],
  ['ou_chen', expect.stringMatching(title)],
]

describe('a grave incident', () => {
  it('has 5 hours for its word and 24 for its conference, with their sources, and is met by them', async () => {
    town.on('2017-08-15', '09:00')
    const said = await town.office.says('登记舆情 市民热线反映城东停水 重大 8:30 https://bbs.example.com/1')
    expect(said).toMatch(/舆情2017-1 已登记/)
    expect(said).toMatch(/事由：市民热线反映城东停水\n/)
    expect(said).toMatch(/8月15日13:30前发布权威信息（还有4小时30分钟）/)
    expect(said).toMatch(/8月16日08:30前举行新闻发布会（还有23小时30分钟）/)
    expect(said).toMatch(/依据：.*80号/)
    expect(await town.office.says('舆情有哪些没回应')).toMatch(/舆情2017-1 市民热线反映城东停水/)
    expect(await town.office.says('舆情1号办结')).toMatch(/还没有发布权威信息、举行新闻发布会/)
    town.on('2017-08-15', '12:00')
    expect(await town.office.says('舆情1号权威信息已发布 https://www.example.gov.cn/1')).toMatch(/已发布权威信息/)
    expect(await town.office.says('舆情1号发布会已开')).toMatch(/状态：已回应/)
    expect(await town.office.says('舆情1号继续发布 https://www.example.gov.cn/2')).toMatch(/继续发布/)
    expect(await town.office.says('舆情有哪些没回应')).toMatch(/没有。/)
    expect(await town.office.says('舆情1号办结')).toMatch(/状态：已办结/)
    expect(await town.at('2017-08-15', '13:30')).toEqual([])
    expect((await verifyLedger(town.deps.store)).broken).toEqual([])
  })

  it('over midnight and a holiday its hours are told once each: at the start, as they run out, and every hour after, a few times', async () => {
    // 30 September 2017 is a Saturday that is worked, 1 October a holiday.
    town.on('2017-09-30', '22:00')
    await town.office.says('登记舆情 网民反映化工厂异味 特别重大 21:40')
    const begun = await town.at('2017-09-30', '22:00')
    expect(begun).toEqual(both('舆情2017-1 时限开始计算'))
    expect(await town.at('2017-09-30', '22:01')).toEqual([])
    await town.office.says('舆情1号转市发改委 3小时内反馈')
    expect(await town.at('2017-09-30', '22:02')).toEqual(all('承办单位反馈：还有2小时59分钟'))
    expect(await town.at('2017-09-30', '22:40')).toEqual(all('发布权威信息：还有4小时'))
    expect(await town.at('2017-10-01', '00:05')).toEqual(all('承办单位反馈：还有56分钟'))
    await town.liaison.says('舆情1号已反馈：正在监测')
    expect(await town.at('2017-10-01', '01:30')).toEqual([])
    expect(await town.at('2017-10-01', '01:40')).toEqual(all('发布权威信息：还有1小时'))
    expect(await town.at('2017-10-01', '02:40')).toEqual(all('发布权威信息：时限已到'))
    expect(await town.at('2017-10-01', '03:39')).toEqual([])
    expect(await town.at('2017-10-01', '03:40')).toEqual([['ou_chen', expect.stringMatching('已超过1小时')]])
    expect(await town.at('2017-10-01', '04:41')).toEqual([['ou_chen', expect.stringMatching('已超过2小时1分钟')]])
    expect(await town.at('2017-10-01', '05:41')).toEqual([])
    expect(await town.at('2017-10-01', '09:00')).toEqual([])
  })

  it('what was raised later is counted from when it was seen', async () => {
    town.on('2017-08-15', '09:00')
    expect(await town.office.says('登记舆情 论坛热议某景区涨价 其他 8:00')).toMatch(
      /8月17日08:00前回应关切（还有47小时）/,
    )
    town.on('2017-08-15', '11:00')
    const raised = await town.office.says('舆情1号提高为重大')
    expect(raised).toMatch(/8月15日13:00前发布权威信息（还有2小时）/)
    expect(raised).not.toMatch(/回应关切/)
    expect(await town.office.says('舆情1号提高为重大')).toMatch(/现在已经是“重大”/)
  })
})

describe('who may say what of an incident', () => {
  it('the unit that has it states and answers for it, and nobody else’s liaison does', async () => {
    town.on('2017-08-15', '09:00')
    await town.office.says('登记舆情 市民反映路灯不亮 其他')
    expect(await town.liaison.says('舆情1号已回应')).toMatch(/不是转给本单位的/)
    await town.office.says('舆情1号转市发改委')
    expect(await town.liaison.says('舆情有哪些没回应')).toMatch(/承办单位反馈（还有24小时）/)
    expect(await town.liaison.says('舆情1号已回应', '市教育局')).toMatch(/不是转给本单位的/)
    expect(await town.liaison.says('舆情1号转市教育局')).toMatch(/没有这项权限/)
    expect(await town.liaison.says('舆情1号已回应 https://fgw.example.gov.cn/1')).toMatch(/状态：已回应/)
    expect(await town.liaison.says('登记舆情 又有人反映 其他')).toMatch(/由主管科室登记/)
  })
})

it('what is refused changes nothing', async () => {
  town.on('2017-08-15', '09:00')
  await town.office.says('登记舆情 市民热线反映城东停水 重大 8:30')
  const { t, q } = town.deps.store
  const before = await q.select().from(t.cases)
  for (const [text, why] of [
    ['登记舆情 市民反映停水', /还缺等级/],
    ['登记舆情 重大', /还缺事由/],
    ['登记舆情 市民反映停水 重大 23:00', /还没有到/],
    ['舆情9号发布会已开', /没有舆情9号/],
    ['舆情1号权威信息已发布', /请填写网址/],
    ['舆情1号权威信息已发布 8:00 https://a.example.gov.cn/1', /早于登记的时间（2017-08-15 08:30）/],
    ['舆情1号权威信息已发布 9:30 https://a.example.gov.cn/1', /还没有到/],
    ['舆情1号转市发改委 500小时内反馈', /1到168/],
    ['舆情1号办结', /请先登记，确实不需要的请写明办结说明/],
  ] as const)
    expect(await town.office.says(text), text).toMatch(why)
  expect(await q.select().from(t.cases)).toEqual(before)
})
