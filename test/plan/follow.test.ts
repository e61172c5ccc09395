import { describe, expect, it } from 'vitest'
import { followedTasks, followedWhy } from '../../src/plan/follow.ts'

const task = (id: string, text: string, ...lead: string[]) => ({ id, text, lead })

describe('a task that goes on from one of last year', () => {
  const old = [
    task('1', '每季度公开饮用水水源水质监测结果，2017年起增加地下水', '市环保局'),
    task('2', '2017年8月底前公开义务教育招生结果', '市教育局'),
    task('3', '制定重大行政决策公开办法', '市政府办公室'),
  ]
  const pairsOf = (now: ReturnType<typeof task>[]) =>
    followedTasks(old, now).map((pair) => [now[pair.now]?.id, old[pair.old]?.id])

  it('is found by its words, whatever its number and year', () => {
    expect(pairsOf([task('7', '2018年8月底前公开义务教育招生结果', '市教育局')])).toEqual([['7', '2']])
  })

  it('with a lead in common less of the words will do', () => {
    const words = '每季度公开饮用水水源和空气质量监测情况'
    expect(pairsOf([task('9', words, '市环保局')])).toEqual([['9', '1']])
    expect(pairsOf([task('9', words, '市水利局')])).toEqual([])
  })

  it('a number alone is none: plans count anew each year', () => {
    expect(pairsOf([task('3', '公布高速公路收费目录', '市政府办公室')])).toEqual([])
  })

  it('each goes on from one, and one is gone on from once: the most alike', () => {
    const now = [
      task('4', '制定重大行政决策公开办法实施细则', '市司法局'),
      task('5', '制定重大行政决策公开办法', '市政府办公室'),
    ]
    expect(pairsOf(now)).toEqual([['5', '3']])
    expect(pairsOf([...now].reverse())).toEqual([['5', '3']])
  })

  it('says why', () => {
    const [pair] = followedTasks(old, [task('3', '制定重大行政决策公开办法', '市政府办公室')])
    expect(pair && followedWhy(pair)).toBe('文字相同（年份不计），牵头单位相同，编号相同')
    const [alike] = followedTasks(old, [task('8', '2018年7月底前公开义务教育招生结果', '市教育局')])
    expect(alike && followedWhy(alike)).toMatch(/^文字相近9\d%，牵头单位相同$/)
  })
})
