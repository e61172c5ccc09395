import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { talliesOf } from '../../db/queries/tallies.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('tallies')

describe('报数 at the console', () => {
  let town: Town
  let desk: Awaited<ReturnType<ReturnType<typeof openConsole>['as']>>
  let own: typeof desk
  let finance: string
  let other: string
  beforeAll(async () => {
    town = await openTown(office())
    town.on('2018-01-15')
    const console_ = openConsole(town.deps)
    desk = await console_.as('office')
    own = await console_.as('liaison', '市财政局')
    const { view } = await town.deps.cache(town.deps.store)
    const idOf = (name: string) => view.units.find((unit) => unit.name === name)?.id ?? ''
    finance = encodeURIComponent(idOf('市财政局'))
    other = encodeURIComponent(idOf('市环保局'))
  })

  const put = (who: typeof desk, unit: string, figures: unknown[], more = {}) =>
    who.put(`/tallies/units/${unit}`, { year: 2017, figures, ...more })
  const figure = (period: string, channel: string, count: number | null, was: number | null = null) => ({
    ...{ period, channel, count, was },
  })

  it('a liaison enters several months at once, of its own unit alone, and reads no other', async () => {
    const done = await put(own, finance, [
      figure('2017-01', 'website', 10),
      figure('2017-02', 'website', 12),
      figure('2017-03', 'website', 11),
      figure('2017-05', 'points', 3),
    ])
    expect(done.body).toMatchObject({ stored: 4, asks: [] })
    expect((await put(own, other, [figure('2017-01', 'website', 1)])).status).toBe(404)
    expect((await put(own, 'area', [figure('2017', 'website', 1)])).status).toBe(404)
    expect((await own.get(`/tallies/units/${other}?year=2017`)).status).toBe(404)
    const { body } = await own.get('/tallies?year=2017')
    expect(body.units).toHaveLength(1)
    expect(body).toMatchObject({
      ...{ office: false, lastMonth: '2017-12', byChannel: { website: 33, points: 3, total: 33, weibo: null } },
      units: [{ name: '市财政局', enters: true, periods: { '2017-02': { website: 12 } } }],
    })
    expect(body.gaps).toEqual([{ unit: expect.any(String), name: '市财政局', months: ['2017-04'] }])
  })

  it('what is far from usual, or told already, is asked back and not stored until it is said to be right', async () => {
    const figures = [figure('2017-03', 'website', 9, 11), figure('2017-04', 'website', 90)]
    const asked = await put(own, finance, figures)
    expect(asked.body).toMatchObject({
      stored: 0,
      asks: [
        '2017年3月政府网站原报11条，改成9条吗？',
        '2017年4月政府网站报90条，前几个月一般是10条，相差5倍以上，没有报错吗？',
      ],
    })
    expect((await own.get('/tallies?year=2017')).body.byChannel.website).toBe(33)
    town.on('2018-01-15', '11:00')
    expect((await put(own, finance, figures, { sure: true })).body).toMatchObject({ stored: 2, asks: [] })
    const { body } = await own.get(`/tallies/units/${finance}?year=2017`)
    expect(body.history.slice(0, 2)).toMatchObject([
      { period: '2017-04', was: null, count: 90, who: expect.stringContaining('liaison市财政局'), way: '网页' },
      { period: '2017-03', was: 11, count: 9 },
    ])
  })

  it('what somebody else changed meanwhile is refused with the figures as they stand', async () => {
    const stale = await put(own, finance, [figure('2017-03', 'website', 8, 11)], { sure: true })
    expect(stale.status).toBe(409)
    expect(stale.body.now.periods['2017-03'].website).toBe(9)
  })

  it('a figure is taken back, and its history stays', async () => {
    town.on('2018-01-15', '12:00')
    await put(own, finance, [figure('2017-04', 'website', null, 90)], { sure: true })
    const { body } = await own.get(`/tallies/units/${finance}?year=2017`)
    expect(body.periods['2017-04']).toBeUndefined()
    expect(body.history[0]).toMatchObject({ period: '2017-04', was: 90, count: null })
  })

  it.each([
    [figure('2018-01', 'website', 1), /2018年1月还没有过完/],
    [figure('2017-06', 'website', -1), /不能是负数/],
    [figure('2017-06', 'website', 1.5), /不能是1\.5/],
  ])('%o is refused, and nothing of it stored', async (wrong, says) => {
    const answer = await put(own, finance, [figure('2017-07', 'website', 7), wrong])
    expect([answer.status, answer.body.error]).toEqual([422, expect.stringMatching(says)])
    expect(await talliesOf(town.deps.store, { from: '2017-07', to: '2017-07' })).toEqual([])
  })

  it('a year’s report is entered for the area: its figures stand, and what does not add up is asked', async () => {
    const counts = {
      total: 172532,
      website: 91037,
      weibo: 7935,
      wechat: 18379,
      points: 1075,
      other: 43853,
      conference: 124,
    }
    const figures = Object.entries(counts).map(([channel, count]) => figure('2017', channel, count))
    const { body: done } = await put(desk, 'area', figures)
    expect(done).toEqual({
      stored: 7,
      asks: [],
      notes: ['2017年各渠道合计161204条，比总数172532条少11328条，请核对。'],
    })
    await put(desk, 'area', [figure('2017', 'total', 23)], { theme: '财政收支' })
    await put(desk, 'area', [figure('2017', 'total', 33)], { theme: '审计' })
    const { body } = await desk.get('/tallies?year=2017')
    expect(body.byChannel).toEqual(counts)
    expect(body.questions).toEqual(['2017年各渠道合计161204条，比总数172532条少11328条：请核对'])
    expect(body.byTheme).toEqual([
      { theme: '审计', title: '审计', count: 33 },
      { theme: '财政收支', title: '财政收支', count: 23 },
    ])
    expect(body.units[0]).toMatchObject({ unit: '', name: '全市', enters: true })
    expect(body.years).toEqual([2017])
  })

  it('marks of secrecy in a theme’s name are refused', async () => {
    const answer = await put(desk, 'area', [figure('2017', 'total', 1)], { theme: '机密★1年' })
    expect([answer.status, answer.body.error]).toEqual([422, expect.stringContaining('密级')])
  })

  it('a workbook holds the sums, and a sheet a channel; a unit takes none', async () => {
    expect((await own.get('/tallies/export?year=2017')).status).toBe(403)
    const { status, response } = await desk.get('/tallies/export?year=2017')
    expect([status, decodeURIComponent(response.headers.get('content-disposition') ?? '')]).toEqual([
      200,
      expect.stringContaining('报数-云溪市-2017年-2018-01-15.xlsx'),
    ])
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
    const text = (name: string) => new TextDecoder().decode(files[name])
    expect(text('xl/workbook.xml')).toContain('政府网站')
    expect(text('xl/worksheets/sheet1.xml')).toMatch(/<v>172532<\/v>[\s\S]*11328/)
    expect(text('xl/worksheets/sheet2.xml')).toMatch(/市财政局[\s\S]*<v>12<\/v>/)
  })
})
