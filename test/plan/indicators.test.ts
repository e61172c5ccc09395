import { expect, it } from 'vitest'
import { readIndicators, unitNamesIn } from '../../src/plan/indicators.ts'
import { readFile } from '../../src/plan/readers/index.ts'
import type { Row, Sheet } from '../../src/plan/sheet.ts'

const table = (...rows: (string | null)[][]): Sheet => ({
  name: 'x',
  blocks: [
    {
      kind: 'table',
      rows: rows.map(
        (cells, i): Row => ({
          line: i + 1,
          cells: cells.map((cell) => cell ?? ''),
          covered: cells.map((cell) => cell === null),
        }),
      ),
    },
  ],
})
const HEAD = ['一级指标', '二级指标', '分值', '评分标准', '责任单位']
const brief = (sheet: Sheet) =>
  readIndicators(sheet).map(({ number, theme, name, points, units }) => [number, theme, name, points, units])

it('two levels with merged cells, the sum checked; a merged unit goes on, an empty one means all', () => {
  const sheet = table(
    ['2017年指标', '', '', '', ''],
    HEAD,
    ['组织领导（20分）', '制度建设', '12.5', '缺一项扣1分', '市甲局、市乙局'],
    [null, '经费保障', '7.5分', '', null],
    ['主动公开（80分）', '台账办理', '80', '按台账', ''],
    ['合计', '', '100', '', ''],
  )
  expect(brief(sheet)).toEqual([
    ['1.1', '组织领导', '制度建设', 1250, '市甲局、市乙局'],
    ['1.2', '组织领导', '经费保障', 750, '市甲局、市乙局'],
    ['2.1', '主动公开', '台账办理', 8000, ''],
  ])
  expect(unitNamesIn('市甲局、市乙局，各单位')).toEqual(['市甲局', '市乙局'])
})

it('other heads: a level’s own points, a column for who gives them, numbers that begin anew under each level', () => {
  const sheet = table(
    ['一级指标', '分值', '序号', '考核内容', '分值', '评分细则', '考核对象', '评分方式'],
    ['甲', '30', '1', '子', '10', 'a', '各单位', '台账计分'],
    [null, null, '2', '丑', '20', 'b', '', '人工'],
    ['乙', '70', '1', '寅', '70', 'c', '', ''],
  )
  expect(readIndicators(sheet).map(({ number, points, by }) => [number, points, by])).toEqual([
    ['1.1', 1000, 'rules'],
    ['1.2', 2000, 'people'],
    ['2.1', 7000, 'people'],
  ])
})

it.each([
  [
    'that do not add up',
    [HEAD, ['甲', '子', '48', '', ''], ['甲', '丑', '50', '', ''], ['合计', '', '100', '', '']],
    '第4行“合计”写的是100分，各行加起来是98分（第2行48、第3行50）',
  ],
  [
    'of a level that do not',
    [HEAD, ['甲（60分）', '子', '50', '', '']],
    '一级指标“甲”写的是60分，各行加起来是50分（第2行50）',
  ],
  ['that are no number', [HEAD, ['甲', '子', '约5', '', '']], '第2行“子”的分值是“约5”'],
  ['that are negative', [HEAD, ['甲', '子', '-5', '', '']], '第2行“子”的分值是“-5”'],
  ['that are nought', [HEAD, ['甲', '子', '0', '', '']], '应大于0'],
  ['without a name', [HEAD, ['甲', '', '5', '', '']], '第2行有分值5，没有指标名称'],
  [
    'of one indicator twice',
    [HEAD, ['甲', '子', '5', '', ''], ['甲', '子', '6', '', '']],
    '指标“子”（甲）重复：第2行和第3行',
  ],
  [
    'under no head',
    [
      ['a', 'b', 'c'],
      ['甲', '子', '5'],
    ],
    '没有找到指标表',
  ],
  ['of no rows', [HEAD], '没有一行指标'],
] as [string, string[][], string][])('points %s are refused, with the row', (_, rows, words) => {
  expect(() => readIndicators(table(...rows))).toThrow(words)
})

it('a csv as an office saves it, also one whose head no plan has', async () => {
  const csv = (text: string) => readFile(new TextEncoder().encode(text), { name: 'a.csv' })
  const full = '一级指标,二级指标,分值,评分标准,责任单位\n甲,子,60,"缺一项,扣1分",市财政局\n甲,丑,40,x,\n合计,,100,,\n'
  expect(readIndicators(await csv(full)).map(({ name, standard, points }) => [name, standard, points])).toEqual([
    ['子', '缺一项,扣1分', 6000],
    ['丑', 'x', 4000],
  ])
  const bare = '考核指标,分值,评分标准\n子,60,"缺一项,扣1分"\n丑,40,x\n'
  expect(readIndicators(await csv(bare)).map(({ name, points }) => [name, points])).toEqual([
    ['子', 6000],
    ['丑', 4000],
  ])
})
