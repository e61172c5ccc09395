import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/model/settings.ts'
import { activity } from '../../src/register/activity.ts'
import { decide, open } from '../../src/register/decide.ts'
import type { RegisterContext } from '../../src/register/register.ts'
import { openCalendar } from '../../src/time/calendar.ts'

const settings = settingsOf({}).registers
const c: RegisterContext = { calendar: openCalendar(), today: '2026-08-10', now: '2026-08-10T10:00', settings }

const held = { sort: 'conference', title: '义务教育招生', unit: 'u1', at: '2026-08-03', speaker: 'chief' }
const enter = (input: Record<string, unknown>) => open(activity, { ...held, ...input }, { year: 2026, ord: 1 }, c).next

describe('公开活动', () => {
  it('is over as soon as it is entered, and says of people their office alone', () => {
    const view = activity.view(enter({ people: 40 }), c)
    expect(view).toMatchObject({ title: '新闻发布会：义务教育招生', state: 'held', closedOn: '2026-08-03', clocks: [] })
    expect(view.facts).toEqual([
      ['类别', '新闻发布会'],
      ['出席的负责人', '主要负责人'],
      ['参加人数', '40人'],
    ])
  })

  it.each<[Record<string, unknown>, RegExp]>([
    [{ at: '2026-08-11' }, /2026-08-11还没有到/],
    [{ sort: 'party' }, /类别应是：新闻发布会、政策解读/],
    [{ sort: 'training' }, /培训要写参加人数/],
    [{ sort: 'training', people: 0 }, /培训要写参加人数/],
    [{ hours: 4 }, /新闻发布会没有学时/],
    [{ sort: 'training', people: 30, hours: 2000 }, /学时应不超过1000/],
    [{ people: -1 }, /参加人数应是不小于0的整数/],
    [{ unit: undefined }, /请填写举办单位/],
    [{ speaker: '王某' }, /出席的负责人应是：主要负责人/],
    [{ link: 'ftp://yl' }, /网址应是 http/],
  ])('%j is refused', (input, message) => {
    expect(() => enter(input)).toThrow(message)
  })

  it('is cancelled once, with a reason, and stays to be read', () => {
    expect(() => decide(activity, enter({}), 'cancelled', {}, c)).toThrow(/请填写原因/)
    const { next, words } = decide(activity, enter({}), 'cancelled', { reason: '登记重复' }, c)
    expect(activity.view(next, c)).toMatchObject({ state: 'cancelled', title: '新闻发布会：义务教育招生' })
    expect(words).toEqual({ reason: '登记重复' })
    expect(() => decide(activity, next, 'cancelled', { reason: '再撤' }, c)).toThrow(/已经办完/)
  })
})
