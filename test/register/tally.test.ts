import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadInput } from '../../src/model/problem.ts'
import { type Channel, channels, type Figure, flows } from '../../src/model/tally.ts'
import { partOf, periodOfRound, withPart } from '../../src/register/tally/parts.ts'
import { lastMonth } from '../../src/register/tally/period.ts'
import { countSaid } from '../../src/register/tally/said.ts'
import { areaYear, gapsOf, mismatches, toldIn, unitYear } from '../../src/register/tally/sum.ts'
import { isOutlier, type Known, tell } from '../../src/register/tally/tell.ts'

const TODAY = '2017-08-15'

const figure = (period: string, channel: Channel, count: number, unit = 'u1', theme = ''): Figure => ({
  ...{ unit, period, channel, theme, count },
})
const months = (channel: Channel, counts: readonly number[], unit = 'u1'): Figure[] =>
  counts.map((count, i) => figure(`2017-${String(i + 1).padStart(2, '0')}`, channel, count, unit))
const rows = (figures: readonly Figure[]): Known[] =>
  figures.map((one, i) => ({ ...one, id: `t${i}`, version: 1, head: 'h' }))

const yearOf = (figures: readonly Figure[]) => areaYear(toldIn(figures, 2017))

describe('a year’s figures', () => {
  it('are the months added; of a stock the last month’s, and places of several units added', () => {
    const told = [...months('website', [3, 4, 5]), ...months('points', [2, 2, 7]), ...months('points', [1], 'u2')]
    expect(yearOf(told)).toMatchObject({ website: 12, points: 8, total: 12, weibo: null, conference: null })
  })

  it('are the year’s own figure where it was given; that the months differ is told', () => {
    const told = [...months('website', [3, 4]), figure('2017', 'website', 9)]
    expect(yearOf(told).website).toBe(9)
    expect(mismatches(toldIn(told, 2017))).toEqual([
      { kind: 'apart', unit: 'u1', channel: 'website', said: 9, parts: 7 },
    ])
    expect(mismatches(toldIn([...months('points', [5, 9]), figure('2017', 'points', 9)], 2017))).toEqual([])
  })

  it('of the area are the office’s own, before the units’; more at the units than there is told', () => {
    const told = [figure('2017', 'weibo', 5, ''), ...months('weibo', [3, 4], 'u1'), ...months('wechat', [2], 'u1')]
    expect(yearOf(told)).toMatchObject({ weibo: 5, wechat: 2, total: 7 })
    expect(mismatches(toldIn(told, 2017))).toEqual([{ kind: 'below', unit: '', channel: 'weibo', said: 5, parts: 7 }])
  })

  it('in all are what was told, month by month, else what the flows come to; a conference and a place are no 条', () => {
    const told = [figure('2017-01', 'total', 100), figure('2017-02', 'website', 20), figure('2017-02', 'conference', 2)]
    expect(yearOf(told).total).toBe(120)
    expect(yearOf(months('conference', [1]))).toMatchObject({ conference: 1, total: null })
  })

  it('of a year’s report: the channels come to 161204, which is 11328 less than the total', () => {
    const counts = {
      total: 172532,
      website: 91037,
      weibo: 7935,
      wechat: 18379,
      points: 1075,
      other: 43853,
      conference: 124,
    }
    const told = Object.entries(counts).map(([channel, count]) => figure('2017', channel as Channel, count, ''))
    expect(yearOf(told)).toEqual(counts)
    expect(mismatches(toldIn(told, 2017))).toEqual([
      { kind: 'total', unit: '', channel: 'total', said: 172532, parts: 161204 },
    ])
  })

  it('have gaps between a unit’s first and last told month', () => {
    const told = toldIn([figure('2017-03', 'website', 1), figure('2017-06', 'weibo', 1)], 2017).get('u1') ?? new Map()
    expect(gapsOf(told, 2017)).toEqual(['2017-04', '2017-05'])
    expect(gapsOf(new Map(), 2017)).toEqual([])
  })

  it('do not depend on the order in which they were told, and a total is never less than its flows alone come to', () => {
    const any = fc.array(
      fc.record({
        unit: fc.constantFrom('', 'u1', 'u2'),
        period: fc.constantFrom('2017', '2017-01', '2017-02', '2017-12', '2016-12'),
        channel: fc.constantFrom(...channels.filter((channel) => channel !== 'total')),
        theme: fc.constant(''),
        count: fc.nat(1000),
      }),
      { maxLength: 25 },
    )
    fc.assert(
      fc.property(any, (all) => {
        const one = [...new Map(all.map((each) => [`${each.unit} ${each.period} ${each.channel}`, each])).values()]
        const year = yearOf(one)
        expect(yearOf([...one].reverse())).toEqual(year)
        for (const own of toldIn(one, 2017).values()) {
          const by = unitYear(own)
          expect(by.total ?? 0).toBe(flows.reduce((sum, flow) => sum + (by[flow] ?? 0), 0))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is told', () => {
  const telling = (period: string, counts: Partial<Record<Channel, number | null>>) => ({
    ...{ unit: 'u1', period, theme: '', counts },
  })
  const told = (period: string, counts: Partial<Record<Channel, number | null>>, known: Figure[] = []) =>
    tell(telling(period, counts), rows(known), TODAY)

  it.each([
    ['2017-08', { website: 1 }, /2017年8月还没有过完，2017年9月1日起才能报；现在可以报到2017年7月/],
    ['2017-12', { website: 1 }, /2017年12月还没有过完/],
    ['2017', { website: 1 }, /2017年还没有过完，2018年1月1日起/],
    ['2017-Q2', { website: 1 }, /请分2017年4月至6月一个月一个月地报/],
    ['2017-H1', { website: 1 }, /1月至6月/],
    ['2017-13', { website: 1 }, /应写成 2017-07/],
    ['1999-07', { website: 1 }, /应写成 2017-07/],
    ['2017-07', { website: -3 }, /政府网站的数应是不小于0的整数，不能是负数（-3）/],
    ['2017-07', { weibo: 1.5 }, /不能是1\.5/],
    ['2017-07', { wechat: 1_000_000_000 }, /不超过999999999/],
  ] as const)('%s %o is refused with what would be right', (period, counts, says) => {
    expect(() => told(period, counts)).toThrow(BadInput)
    expect(() => told(period, counts)).toThrow(says)
  })

  it('is stored where nothing is strange; months long before may be filled in', () => {
    const { tallied, asks } = told('2017-07', { website: 12, points: 3 })
    expect(tallied.map(({ channel, count, was }) => [channel, count, was])).toEqual([
      ['website', 12, null],
      ['points', 3, null],
    ])
    expect(asks).toEqual([])
    expect(told('2014-02', { website: 5 }).tallied).toHaveLength(1)
  })

  it('again the same changes nothing; another figure is a correction that is asked about', () => {
    const known = [figure('2017-07', 'website', 12)]
    expect(told('2017-07', { website: 12 }, known)).toMatchObject({ tallied: [], same: ['website'], asks: [] })
    expect(told('2017-07', { website: 15 }, known).asks).toEqual(['2017年7月政府网站原报12条，改成15条吗？'])
  })

  it('five times more or less than usual is asked about, once there are three months before', () => {
    const usual = months('website', [10, 12, 11])
    expect(told('2017-04', { website: 55 }, usual).asks).toEqual([
      '2017年4月政府网站报55条，前几个月一般是11条，相差5倍以上，没有报错吗？',
    ])
    expect(told('2017-04', { website: 2 }, usual).asks).toHaveLength(1)
    expect(told('2017-04', { website: 54 }, usual).asks).toEqual([])
    expect(told('2017-04', { website: 55 }, usual.slice(1)).asks).toEqual([])
    // What comes after is no measure of what was before.
    expect(told('2016-12', { website: 55 }, usual).asks).toEqual([])
    expect([isOutlier(0, 2), isOutlier(1, 5), isOutlier(4, 0), isOutlier(5, 0)]).toEqual([false, true, false, true])
  })

  it('of a year against its months, and the other way round', () => {
    const known = [figure('2016-01', 'website', 3), figure('2016-02', 'website', 4)]
    expect(told('2016', { website: 9 }, known).asks).toEqual([
      '2016年政府网站：全年数9条，各月合计7条，两个数不一样，都对吗？',
    ])
    expect(told('2016', { website: 7 }, known).asks).toEqual([])
    expect(told('2016-03', { website: 1 }, [figure('2016', 'website', 9), ...known]).asks).toHaveLength(1)
  })

  it('tells beside what does not add up, what was left out, and which months are missing', () => {
    const known = [figure('2017-03', 'website', 10), figure('2017-06', 'points', 2), figure('2017-06', 'website', 9)]
    expect(told('2017-07', { website: 10, wechat: 5, total: 20 }, known).notes).toEqual([
      '2017年7月各渠道合计15条，比总数20条少5条，请核对。',
      '上一个月还报了查阅点，这个月没有报；有的话请补报。',
      '还缺4月、5月的数，补报即可。',
    ])
    expect(told('2017-07', { website: 10, total: 10 }).notes).toEqual([])
  })

  it('can be taken back, and told anew', () => {
    const known = [figure('2017-07', 'website', 12)]
    expect(told('2017-07', { website: null }, known).asks).toEqual(['2017年7月政府网站原报12条，撤回吗？'])
    expect(told('2017-07', { weibo: null }, known).tallied).toEqual([])
    const back = rows(known).map((one) => ({ ...one, count: null }))
    expect(tell(telling('2017-07', { website: 15 }), back, TODAY).asks).toEqual([])
  })

  it('the latest month that can be told is the one before', () => {
    expect([lastMonth('2017-08-01'), lastMonth('2017-01-31')]).toEqual(['2017-07', '2016-12'])
  })
})

describe('a report that says how much was published', () => {
  it.each([
    ['4号7月已公开，发布23条', 23],
    ['4号7月的已公开，网站发布信息23条', 23],
    ['审计结果信息公开33条', 33],
    ['4号已完成，网站发布12条，微信发布5条，共17条', 17],
    ['发布解读文章6篇 http://a.example.gov.cn/2017/23', 6],
    ['4号已公开，网站发布12条，微信发布5条', undefined],
    ['4号已公开，累计发布230条', undefined],
    ['4号已公开，1-7月发布230条', undefined],
    ['4号已公开', undefined],
    ['公开第23号文件', undefined],
    ['发布日期2017年7月3日', undefined],
    ['召开发布会2场', undefined],
  ] as const)('%s: %s', (text, count) => {
    expect(countSaid(text)).toBe(count)
  })

  it('tells it for its round’s month, or its last one', () => {
    const of = (round: string) => periodOfRound(round, TODAY)
    expect(['2017-07', '2017-Q2', '2017-H1', '2017', '2017-06-20', 'standing'].map(of)).toEqual([
      ...['2017-07', '2017-06', '2017-06', '2017', '2017-06', '2017-08'],
    ])
  })

  it('several rounds of a month add up; one said again takes its own place; what was told by hand is the ground', () => {
    const facts = [{ body: { duty: 'd1', own: 2, count: 2 } }, { body: { duty: 'd2', own: 3, count: 5 } }]
    expect(withPart(facts, { duty: 'd1', count: 4 })).toBe(7)
    expect(withPart([...facts, { body: { count: 10 } }], { duty: 'd2', count: 1 })).toBe(11)
    expect([partOf(facts, 'd2'), partOf(facts, 'd3')]).toEqual([3, 0])
  })
})
