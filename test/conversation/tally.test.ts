import { describe, expect, it } from 'vitest'
import { renderText } from '../../adapters/console/index.ts'
import { factsOf } from '../../db/queries/duties.ts'
import { talliesOf } from '../../db/queries/tallies.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { changeSettings } from '../../src/flow/settings.ts'
import { yearFigures } from '../../src/flow/tally/year.ts'
import { tick } from '../../src/flow/tick.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'
import { openTown, type Town } from '../town/town.ts'

const nextOffice = officesOf('tally')
const FINANCE = 'liaison:市财政局'

const town = async (day = '2017-08-15'): Promise<Town> => {
  const opened = await openTown(nextOffice())
  opened.on(day)
  return opened
}

const stored = async ({ deps }: Town) =>
  (await talliesOf(deps.store, {})).map(({ period, channel, theme, count }) =>
    [period, channel, theme, count ?? '撤回'].filter((part) => part !== '').join(' '),
  )

describe('报数', () => {
  it('a unit tells its month; the same again changes nothing', async () => {
    const t = await town()
    ;(await t.as(FINANCE).says('7月报数：网站12条，微信30条，微博5条，发布会1场，查阅点3个')).hears(
      /已登记2017年7月报数/,
      /政府网站：12条/,
      /新闻发布会：1场/,
      /查阅点：3个/,
    )
    expect(await stored(t)).toEqual([
      '2017-07 conference 1',
      '2017-07 points 3',
      '2017-07 website 12',
      '2017-07 wechat 30',
      '2017-07 weibo 5',
    ])
    ;(await t.as(FINANCE).says('7月报数 网站12 微信30')).hears(/已经报过，没有改动/)
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })

  it('another figure is a correction: old and new are shown, 是 changes it, and who told what stays', async () => {
    const t = await town()
    await t.as(FINANCE).says('7月报数：网站12条')
    ;(await t.as(FINANCE).says('7月报数：网站15条，微信3条')).hears(
      /请核对/,
      /2017年7月政府网站原报12条，改成15条吗？/,
      /本次还没有登记/,
    )
    expect(await stored(t)).toEqual(['2017-07 website 12'])
    ;(await t.as(FINANCE).says('是')).hears(/已登记/, /政府网站：12条 → 15条/, /政务微信：3条/)
    const [row] = await talliesOf(t.deps.store, { channel: 'website' })
    const facts = await factsOf(t.deps.store, 'tally', [row?.id ?? ''])
    expect(facts.map(({ kind, body }) => [kind, body.was, body.count])).toEqual([
      ['told', null, 12],
      ['corrected', 12, 15],
    ])
  })

  it('否 leaves it as it is and shows what stands there', async () => {
    const t = await town()
    await t.as(FINANCE).says('7月报数：网站12条')
    await t.as(FINANCE).says('7月报数：网站15条')
    ;(await t.as(FINANCE).says('否')).hears(/2017年7月报数/, /政府网站：12条/, /不用再报/)
    expect(await stored(t)).toEqual(['2017-07 website 12'])
  })

  it('five times the usual is asked before it is stored', async () => {
    const t = await town()
    for (const [month, count] of [
      [4, 10],
      [5, 12],
      [6, 11],
    ])
      await t.as(FINANCE).says(`${month}月报数：网站${count}条`)
    ;(await t.as(FINANCE).says('7月报数：网站110条')).hears(/前几个月一般是11条，相差5倍以上，没有报错吗？/)
    expect(await stored(t)).toHaveLength(3)
    ;(await t.as(FINANCE).says('是')).hears(/已登记/, /政府网站：110条/)
  })

  it('a total that the channels do not come to, and months that are missing, are told beside', async () => {
    const t = await town()
    await t.as(FINANCE).says('4月报数：网站10条')
    ;(await t.as(FINANCE).says('报数 7月 网站50 微信10 合计60')).misses(/少|多/).hears(/还缺5月、6月的数/)
    ;(await t.as(FINANCE).says('报数 6月 网站50 微信10 总数70')).hears(/各渠道合计60条，比总数70条少10条/)
  })

  it.each([
    ['报数 8月 网站12', /2017年8月还没有过完，2017年9月1日起才能报/],
    ['报数 9月 网站12', /2017年9月还没有过完/],
    ['报数 2018年1月 网站12', /2018年1月还没有过完/],
    ['报数 二季度 网站30', /请分2017年4月至6月一个月一个月地报/],
    ['7月报数 网站-3条', /不能是负数（-3）/],
    ['7月报数 网站1234567890123条', /不超过999999999/],
    ['7月报数 网站12.5条', /不能是12\.5/],
    ['2017年报数 网站12', /2017年还没有过完/],
  ])('%s is refused with what would be right, and nothing is stored', async (says, right) => {
    const t = await town()
    ;(await t.as(FINANCE).says(says)).hears(/报数没有登记/, right, /例：/)
    expect(await stored(t)).toEqual([])
  })

  it('months before the plan and years of which only the whole is known are filled in', async () => {
    const t = await town()
    ;(await t.as(FINANCE).says('报数 2015年 网站2000 微信300')).hears(/已登记2015年报数/)
    ;(await t.as(FINANCE).says('2016年3月报数：网站80条')).hears(/已登记2016年3月报数/)
    expect(await stored(t)).toEqual(['2015 website 2000', '2015 wechat 300', '2016-03 website 80'])
  })

  it('without its month it is asked for; a month alone answers', async () => {
    const t = await town()
    ;(await t.as(FINANCE).says('报数 网站12 微信3')).hears(/请说明是几月的数/, /2017年7月/)
    expect(await stored(t)).toEqual([])
    ;(await t.as(FINANCE).says('7月')).hears(/已登记2017年7月报数/)
  })

  it('报数 alone shows the month that is asked for with a form, and what was told of it', async () => {
    const t = await town()
    const card = (await t.as(FINANCE).says('报数')).hears(/市财政局 2017年7月报数/, /还没有报2017年7月的数/).reply
    expect(card?.form?.inputs.map(({ name }) => name)).toEqual([
      ...['website', 'wechat', 'weibo', 'conference', 'points', 'other', 'total'],
    ])
    await t.as(FINANCE).says('7月报数：网站12条')
    const again = (await t.as(FINANCE).says('报数')).hears(/政府网站：12条/, /不用再报/).reply
    expect(again?.form?.inputs[0]?.value).toBe('12')
    const place = { platform: 'console' as const, route: 'local' }
    const actor = { id: 'li', name: '李', role: 'liaison' as const, units: [], charge: [] }
    const units = (await t.deps.cache(t.deps.store)).view.units.filter(({ name }) => name === '市财政局')
    const filled = async (values: Record<string, string>) => {
      const turn = await dispatch(
        t.deps,
        {
          ...{ ...place, id: t.deps.newId(), at: t.deps.now(), text: '', addressed: true, button: card?.form?.intent },
          ...{ from: { id: 'li', name: '李' }, room: { ...place, kind: 'person', id: 'li' }, filled: values },
        },
        true,
        { ...actor, units: units.map(({ id }) => id) },
      )
      return turn.reply ? renderText(turn.reply) : ''
    }
    expect(await filled({ website: '12', wechat: '8', weibo: '' })).toMatch(/已登记2017年7月报数[\s\S]*政务微信：8条/)
    expect(await filled({ website: '十二' })).toMatch(/填得不对：政府网站/)
  })

  it('the office tells it for a unit, by its name, and for the whole area; a unit never for another', async () => {
    const t = await town()
    ;(await t.as('office').says('市财政局电话报7月网站12条')).hears(/已登记/, /单位：市财政局/, /政府网站：12条/)
    ;(await t.as('office').says('报数 2016年 全市 网站91037 总数172532')).hears(
      /单位：全市/,
      /各渠道合计91037条，比总数172532条少81495条/,
    )
    ;(await t.as('office').says('7月报数：网站3条')).hears(/写明单位/)
    ;(await t.as('office').says('市环保局')).hears(/已登记/, /单位：市环保局/)
    ;(await t.as('leader').says('7月报数：网站3条')).hears(/没有这项权限/)
    expect((await stored(t)).sort()).toEqual([
      ...['2016 total 172532', '2016 website 91037', '2017-07 website 12', '2017-07 website 3'],
    ])
  })

  it('the office reads who has not told; a unit does not', async () => {
    const t = await town()
    await t.as(FINANCE).says('7月报数：网站12条')
    ;(await t.as('office').says('7月报数还差谁')).hears(/已报：1家/, /还没有报 \d+家：.*市环保局/).misses(/、市财政局/)
    ;(await t.as(FINANCE).says('7月报数还差谁')).hears(/不能查看其他单位的报数/)
  })

  it('two who tell the same figure at once make one chain', async () => {
    const t = await town()
    const both = await Promise.all([
      t.as(FINANCE).says('7月报数：网站12条'),
      t.as('office').says('市财政局电话报7月网站12条'),
    ])
    expect(both.map(({ text }) => /已登记|没有改动/.test(text))).toEqual([true, true])
    expect(await stored(t)).toEqual(['2017-07 website 12'])
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })
})

describe('a report that says how much was published', () => {
  it('tells its task’s figure as a theme; said again it takes its place; taken back it is gone', async () => {
    const t = await town()
    const theme = `${t.code}-1-2`
    ;(await t.as(FINANCE).says('1-2 7月的已公开，发布23条')).hears(
      /已收到反馈/,
      new RegExp(`计入报数：${theme} 2017年7月23条`),
    )
    expect(await stored(t)).toEqual([`2017-07 total ${theme} 23`])
    ;(await t.as(FINANCE).says('1-2 7月的已公开，发布25条')).hears(/2017年7月23条 → 25条/)
    const { byTheme } = await yearFigures(t.deps.store, 2017)
    expect(byTheme).toEqual([{ theme, title: expect.any(String), count: 25 }])
    ;(await t.as(FINANCE).says('撤回 1-2')).hears(/随这份反馈计入的报数一并撤回/)
    expect(await stored(t)).toEqual([`2017-07 total ${theme} 23`])
    await t.as(FINANCE).says('撤回 1-2')
    expect(await stored(t)).toEqual([`2017-07 total ${theme} 撤回`])
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })

  it('without a count it tells none', async () => {
    const t = await town()
    ;(await t.as(FINANCE).says('1-2 7月的已公开')).misses(/计入报数/)
    expect(await stored(t)).toEqual([])
  })
})

describe('the month’s figures are asked for', () => {
  const at = async (rooms: Rooms, day: string): Promise<void> => {
    rooms.on(day, '09:00')
    await tick(rooms.deps, 1000)
  }
  const stamp = { by: 'admin:test', via: 'test', at: new Date() }

  it('once, of the units that have not told them, in the digest of the office’s day; never where the office asks for none', async () => {
    const rooms = await openRooms(nextOffice())
    const { settings } = (await rooms.deps.cache(rooms.deps.store)).view
    await changeSettings(rooms.deps, { registers: { ...settings.registers, tally: 3 } }, stamp)
    await at(rooms, '2017-07-31')
    for (const unit of ['市财政局', '市环保局']) await rooms.heard(unit)
    rooms.on('2017-08-01')
    await rooms.as(FINANCE).says('7月报数：网站12条')
    await at(rooms, '2017-08-02')
    expect((await rooms.heard('市环保局')).join('')).not.toMatch(/报2017年7月的数/)
    await at(rooms, '2017-08-03')
    expect((await rooms.heard('市环保局')).join('').match(/请报2017年7月的数，例：7月报数：网站12条/g)).toHaveLength(1)
    expect((await rooms.heard('市财政局')).join('')).not.toMatch(/报2017年7月的数/)
    for (const day of ['2017-08-04', '2017-08-07']) {
      await at(rooms, day)
      expect((await rooms.heard('市环保局')).join('')).not.toMatch(/报2017年7月的数/)
    }
    const quiet = await openRooms(nextOffice())
    for (const day of ['2017-07-31', '2017-08-03']) await at(quiet, day)
    expect((await quiet.heard('市环保局')).join('')).not.toMatch(/报2017年7月的数/)
  })
})
