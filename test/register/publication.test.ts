import { describe, expect, it } from 'vitest'
import type { Case } from '../../src/model/case.ts'
import { settingsOf } from '../../src/model/settings.ts'
import { decide, open } from '../../src/register/decide.ts'
import { publication } from '../../src/register/publication/index.ts'
import type { RegisterContext } from '../../src/register/register.ts'
import { openCalendar } from '../../src/time/calendar.ts'

const calendar = openCalendar()
const usual = settingsOf({}).registers
const TODAY = '2026-12-31'
const seen = (interpret: number | null = 3, today = TODAY): RegisterContext => ({
  ...{ calendar, today, now: `${today}T10:00`, settings: { ...usual, interpret } },
})

type Input = Record<string, unknown>
type Done = readonly [deed: string, input: Input]

const paper = { title: '关于做好防汛工作的通知', docNo: '云府发〔2026〕3号', nature: 'active', unit: 'u1' }
const made = (input: Input, ...done: Done[]): Case => {
  const first = open(publication, { ...paper, at: '2026-03-02', ...input }, { year: 2026, ord: 1 }, seen()).next
  return done.reduce((was, [deed, given]) => decide(publication, was, deed, given, seen()).next, first)
}
const doing =
  (it: Case, [deed, input]: Done, c = seen()) =>
  () =>
    decide(publication, it, deed, input, c)
const viewOf = (it: Case, c = seen()) => publication.view(it, c)
const clockOf = (it: Case, name: string, c = seen()) => viewOf(it, c).clocks.find((clock) => clock.name === name)
const factOf = (it: Case, label: string) => viewOf(it).facts.find(([name]) => name === label)?.[1]

const REVIEWED: Done = ['reviewed', { by: '张三', conclusion: 'pass', at: '2026-03-03' }]
const OUT: Done = ['disclosed', { link: 'https://yl.gov.cn/1', at: '2026-03-06' }]
const READ: Done = ['interpreted', { link: 'https://yl.gov.cn/2', form: 'picture', at: '2026-03-10' }]

describe('主动公开 within twenty workdays', () => {
  it.each([
    // 2026-03-02 is a Monday; the rules of 2019 and of 2007 give the same days by other articles.
    ['2026-03-02', '2026-03-30', '政府信息公开条例（2019年修订）', '第二十六条'],
    ['2019-05-14', '2019-06-12', '政府信息公开条例（2007年）', '第十八条'],
    ['2019-05-15', '2019-06-13', '政府信息公开条例（2019年修订）', '第二十六条'],
    // Spring Festival 2026 is off from 15 to 23 February; 14 and 28 February are worked.
    ['2026-02-10', '2026-03-16', '政府信息公开条例（2019年修订）', '第二十六条'],
  ])('a paper of %s is due on %s', (at, due, law, article) => {
    const clock = clockOf(made({ at }), 'publish')
    expect(clock).toMatchObject({ title: '主动公开', state: 'running', due })
    expect(clock?.steps[0]).toMatchObject({ event: '印发', basis: { law, article }, span: { n: 20, type: 'workday' } })
  })

  it('runs for no other paper; from the day on which it became one that is made public', () => {
    const kept = made({ nature: 'none', reason: 'internal' })
    expect(viewOf(kept)).toMatchObject({ state: 'kept', closedOn: '2026-03-02', clocks: [] })
    const opened = decide(
      publication,
      kept,
      'attributed',
      { nature: 'active', why: '已过保护期', at: '2026-06-01' },
      seen(),
    )
    expect(clockOf(opened.next, 'publish')).toMatchObject({ state: 'running', due: '2026-06-30' })
    const shut = made({}, ['attributed', { nature: 'on-request', why: '含过程性信息', at: '2026-03-04' }])
    expect(clockOf(shut, 'publish')).toMatchObject({ state: 'ended', due: null })
  })
})

describe('a paper without what the rules ask for', () => {
  it.each<[Input, RegExp]>([
    [{ nature: undefined }, /没有标明公开属性.*退回起草单位（国办发〔2016〕80号/],
    [{ nature: 'none' }, /不予公开的文件要写明理由（国办发〔2016〕80号/],
    [{ nature: 'active', reason: 'secret' }, /不用填不予公开的理由/],
    [{ nature: 'secret' }, /公开属性应是：主动公开、依申请公开、不予公开/],
    [{ title: '' }, /请填写标题/],
    [{ unit: '' }, /请填写起草单位/],
    [{ at: '2027-01-04' }, /2027-01-04还没有到/],
  ])('%j is refused', (input, message) => {
    expect(() => made(input)).toThrow(message)
  })

  it('goes back to its unit, and comes in again with its 公开属性', () => {
    const back = made({}, ['returned', { reason: '标题与正文不符', at: '2026-03-03' }])
    expect(viewOf(back).state).toBe('returned')
    expect(doing(back, OUT)).toThrow(/已经退回起草单位/)
    const again = decide(publication, back, 'attributed', { nature: 'active', why: '已改正' }, seen()).next
    expect(viewOf(again).state).toBe('open')
    expect(doing(made({}), ['attributed', { nature: 'active', why: '同上' }])).toThrow(/没有变更/)
  })
})

describe('先审查后公开', () => {
  it('refuses publication without a review that allows it, with the articles of the day', () => {
    const both = /保守国家秘密法（2024年修订）第三十五条、保守国家秘密法实施条例（2024年修订）第四十二条/
    expect(doing(made({}), OUT)).toThrow(/还没有保密审查：先审查后公开/)
    expect(doing(made({}), OUT)).toThrow(both)
    const barred = made({}, ['reviewed', { by: '张三', conclusion: 'no', at: '2026-03-03' }])
    expect(viewOf(barred).state).toBe('barred')
    expect(doing(barred, OUT)).toThrow(/“不得公开”.*请改公开属性/)
    expect(doing(made({ at: '2020-03-02' }), ['disclosed', { ...OUT[1], at: '2020-03-06' }])).toThrow(
      /政府信息公开条例（2019年修订）第十七条/,
    )
  })

  it('refuses a day before the review or before the paper, and whatever is not to be made public', () => {
    const reviewed = made({}, REVIEWED)
    expect(doing(reviewed, ['disclosed', { ...OUT[1], at: '2026-03-02' }])).toThrow(
      /公开的日期早于保密审查（2026-03-03）/,
    )
    expect(doing(reviewed, ['disclosed', { ...OUT[1], at: '2026-03-01' }])).toThrow(/日期早于印发的日期（2026-03-02）/)
    expect(doing(reviewed, ['disclosed', { link: 'yl.gov.cn' }])).toThrow(/网址应是 http 或 https 的网址/)
    expect(doing(reviewed, ['reviewed', { conclusion: 'pass' }])).toThrow(/请填写审查人/)
    const asked = made({ nature: 'on-request' }, REVIEWED)
    expect(doing(asked, OUT)).toThrow(/公开属性是“依申请公开”/)
  })

  it('keeps who reviewed it out of what is chained and shown', () => {
    const { event, words, next } = decide(publication, made({}), ...REVIEWED, seen())
    expect(words).toEqual({ by: '张三' })
    expect(event.body).toEqual({ conclusion: 'pass' })
    expect(JSON.stringify([next.events, viewOf(next)])).not.toContain('张三')
  })
})

describe('the interpretation', () => {
  const published = (interpret: number | null, within?: number) => {
    const reviewed = made({}, REVIEWED)
    const input = { ...OUT[1], ...(within !== undefined && { within }) }
    return decide(publication, reviewed, 'disclosed', input, seen(interpret)).next
  }

  it.each<[number, string]>([
    // 2026-03-06 is a Friday.
    [0, '2026-03-06'],
    [3, '2026-03-11'],
    [10, '2026-03-20'],
  ])('is due %i workdays after publication by the office’s own setting', (n, due) => {
    const clock = clockOf(published(n), 'interpret', seen(60))
    expect(clock).toMatchObject({ state: 'running', due })
    expect(clock?.steps[0]?.basis.law).toBe('本单位设定')
  })

  it('has no clock where the office has set none, and the case says so; one paper may have its own', () => {
    const it = published(null)
    expect(clockOf(it, 'interpret')).toBeUndefined()
    expect(factOf(it, '解读')).toBe('缺（本单位没有设定解读的时限）')
    expect(clockOf(published(null, 5), 'interpret')).toMatchObject({ due: '2026-03-13' })
    expect(() => published(null, 61)).toThrow(/0到60之间/)
  })

  it('is not put before the paper, nor asked of one that needs none', () => {
    expect(doing(published(3), ['interpreted', { ...READ[1], at: '2026-03-05' }])).toThrow(
      /早于公开的日期（2026-03-06）/,
    )
    const needless = made({ needs: false }, REVIEWED, OUT)
    expect(viewOf(needless)).toMatchObject({ state: 'complete', closedOn: '2026-03-06' })
    expect(clockOf(needless, 'interpret')).toBeUndefined()
    const exempted = decide(publication, published(3), 'exempted', { reason: '事务性通知' }, seen()).next
    expect(clockOf(exempted, 'interpret')).toMatchObject({ state: 'ended' })
    expect(factOf(exempted, '解读')).toBe('免予解读')
  })
})

describe('whether all three are there', () => {
  it('is said by the case, which is over when they are', () => {
    expect(factOf(made({}), '三项')).toBe('还缺保密审查、公开、解读')
    const out = made({}, REVIEWED, OUT)
    expect(viewOf(out)).toMatchObject({ state: 'published', closedOn: null })
    expect(factOf(out, '三项')).toBe('还缺解读')
    const all = made({}, REVIEWED, OUT, READ)
    expect(viewOf(all)).toMatchObject({ state: 'complete', closedOn: '2026-03-10' })
    expect([factOf(all, '保密审查'), factOf(all, '公开'), factOf(all, '解读'), factOf(all, '三项')]).toEqual([
      '已有（2026-03-03，可以公开）',
      '已有（2026-03-06，政府网站，https://yl.gov.cn/1）',
      '已有（2026-03-10，图解，https://yl.gov.cn/2）',
      '齐全',
    ])
    expect(viewOf(all).clocks.map(({ state }) => state)).toEqual(['ended', 'ended'])
  })

  it('is not closed while one lacks, unless with a reason', () => {
    const out = made({}, REVIEWED, OUT)
    expect(doing(out, ['finished', {}])).toThrow(/还缺解读：请先登记/)
    expect(viewOf(decide(publication, out, 'finished', { reason: '机构撤销' }, seen()).next)).toMatchObject({
      ...{ state: 'finished', closedOn: TODAY },
    })
    expect(doing(made({}, REVIEWED, OUT, READ), ['finished', {}])).toThrow(/现在不能办结/)
  })
})
