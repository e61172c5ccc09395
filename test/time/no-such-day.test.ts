import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayFrom } from '../../src/time/day.ts'
import { noSuchDay } from '../../src/time/no-such-day.ts'

const TODAY = '2017-08-15'

describe('a day that no calendar has', () => {
  it.each([
    ['4号申请延期到2月30日', '2月30日'],
    ['2017年2月29日前', '2017年2月29日'],
    ['9月31号报送', '9月31号'],
    ['4号13月的已公开', '13月'],
    ['0月的', '0月'],
    ['延到2017-02-30', '2017-02-30'],
    ['延到2017.13.01', '2017.13.01'],
  ])('%s', (text, said) => {
    expect(noSuchDay(text, TODAY)).toBe(said)
  })

  it.each([
    '4号申请延期到2月28日',
    '2016年2月29日印发',
    '12月31日',
    '连续13个月',
    '公开17-13已完成',
    '4号已公开 http://a.gov.cn/2017-13-45/t13月.html',
    '近45日',
    '6、7月的',
  ])('%s is none', (text) => {
    expect(noSuchDay(text, TODAY)).toBeUndefined()
  })

  it('is told for every day that does not exist, and for no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 40 }), (month, day) => {
        const said = `${month}月${day}日`
        expect(noSuchDay(`延期到${said}`, TODAY)).toBe(dayFrom(2017, month, day) ? undefined : said)
      }),
    )
  })
})
