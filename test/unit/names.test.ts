import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openRegistry, unitId } from '../../src/unit/names.ts'
import { readRosterJson, rosterOf } from '../../src/unit/roster.ts'

const roster = rosterOf(
  readRosterJson({
    level: '市',
    units: [
      '市政府办公室',
      '市发展改革委',
      '市财政局',
      '市人力资源和社会保障局',
      '市环境保护局',
      '市住房城乡建设局',
      '市教育体育局',
      '市卫生计生委',
      '市文化广电新闻出版局',
      '市经济和信息化委',
      '市国土资源局',
      '市工商局',
      '市质监局',
      '市食品药品监督管理局',
      '市安全监管局',
      '市科技和知识产权局',
      '市国税局',
      '市地税局',
      '市编办',
      '市政府法制办',
      '市政务服务中心',
      '市农业局',
      '人民银行临江中心支行',
      '临江学院',
      '青石县政府',
      '南屏区政府',
    ],
    groups: { '各县（区）人民政府': ['青石县政府', '南屏区政府'] },
  }),
)
const registry = openRegistry(roster)
const who = (name: string): string => {
  const found = registry.resolve(name)
  if (found.kind === 'one') return found.unit.name
  return found.kind === 'none' ? '' : found.units.map((u) => u.name).join('|')
}

const same: [name: string, unit: string][] = [
  ['市发改委', '市发展改革委'],
  ['市发展和改革委员会', '市发展改革委'],
  ['发改委', '市发展改革委'],
  ['临江市发展和改革委员会', '市发展改革委'],
  ['环保局', '市环境保护局'],
  ['生态环境局', '市环境保护局'],
  ['人社局', '市人力资源和社会保障局'],
  ['市人力资源社会保障局', '市人力资源和社会保障局'],
  ['卫计委', '市卫生计生委'],
  ['市卫生和计划生育委员会', '市卫生计生委'],
  ['卫健委', '市卫生计生委'],
  ['住建局', '市住房城乡建设局'],
  ['市住房和城乡建设局', '市住房城乡建设局'],
  ['国土局', '市国土资源局'],
  ['自然资源局', '市国土资源局'],
  ['市工商行政管理局', '市工商局'],
  ['市质量技术监督局', '市质监局'],
  ['食药监局', '市食品药品监督管理局'],
  ['市安全生产监督管理局', '市安全监管局'],
  ['文广新局', '市文化广电新闻出版局'],
  ['教体局', '市教育体育局'],
  ['教育局', '市教育体育局'],
  ['经信委', '市经济和信息化委'],
  ['工信局', '市经济和信息化委'],
  ['科知局', '市科技和知识产权局'],
  ['市委编办', '市编办'],
  ['编委办', '市编办'],
  ['机构编制委员会办公室', '市编办'],
  ['法制办', '市政府法制办'],
  ['市法制办公室', '市政府法制办'],
  ['政务中心', '市政务服务中心'],
  ['国家税务局', '市国税局'],
  ['市政府办', '市政府办公室'],
  ['政府办公室', '市政府办公室'],
  ['人行', '人民银行临江中心支行'],
  ['人行临江市中心支行', '人民银行临江中心支行'],
  ['青石县', '青石县政府'],
  ['青石县人民政府', '青石县政府'],
  ['青石', '青石县政府'],
]

describe('one unit by many names', () => {
  it.each(same)('%s', (name, unit) => expect(who(name)).toBe(unit))
  it('resolves every own name to itself', () => {
    for (const unit of roster.units) if (unit.kind === 'unit') expect(who(unit.name)).toBe(unit.name)
  })
})

describe('never two in silence', () => {
  it.each([
    ['税务局', '市国税局|市地税局'],
    ['市场监管局', '市工商局|市质监局|市食品药品监督管理局'],
  ])('%s asks', (name, units) => expect(who(name).split('|').sort()).toEqual(units.split('|').sort()))
  it.each([
    '市农业机械管理局',
    '省财政厅',
    '县财政局',
    '青石县财政局',
    '成都市财政局',
    '人民银行山南中心支行',
    '市宣传部',
    '管理局',
    '局',
    '',
  ])('“%s” is nobody here', (name) => expect(who(name)).toBe(''))
  it('keeps two bodies apart that one reform joined', () => {
    const two = openRegistry(rosterOf(readRosterJson({ level: '市', units: ['市教育局', '市体育局'] })))
    expect(two.resolve('教体局').kind).toBe('several')
    expect(two.resolve('教育局')).toMatchObject({ kind: 'one', unit: { name: '市教育局' } })
    expect(two.resolve('体育局')).toMatchObject({ kind: 'one', unit: { name: '市体育局' } })
  })
  it('prefers the roster’s own new name to what a reform made of another', () => {
    const both = openRegistry(
      rosterOf(readRosterJson({ level: '市', units: ['市生态环境局', '市自然资源和规划局', '市卫生健康委员会'] })),
    )
    for (const [name, unit] of [
      ['环保局', '市生态环境局'],
      ['国土局', '市自然资源和规划局'],
      ['自规局', '市自然资源和规划局'],
      ['卫健委', '市卫生健康委员会'],
      ['卫计委', '市卫生健康委员会'],
    ] as const)
      expect(both.resolve(name)).toMatchObject({ kind: 'one', unit: { name: unit } })
  })
  it('reads 市 of 市场 as no level', () => {
    const one = openRegistry(rosterOf(readRosterJson({ level: '市', units: ['市市场监督管理局', '市财政局'] })))
    for (const name of ['市场监管局', '市市场监管局', '市监局', '市市场监督管理局']) {
      expect(one.resolve(name)).toMatchObject({ kind: 'one', unit: { name: '市市场监督管理局' } })
    }
  })
})

const names = (text: string) =>
  registry.find(text).map((m) => [text.slice(m.start, m.end), m.units.map((u) => u.name).join('|')])

describe('mentions', () => {
  it('finds lists, the longest first', () => {
    expect(names('人社局和财政局、发展和改革委员会').map(([, unit]) => unit)).toEqual([
      '市人力资源和社会保障局',
      '市财政局',
      '市发展改革委',
    ])
    expect(names('市政府法制办和市政府办')).toEqual([
      ['市政府法制办', '市政府法制办'],
      ['市政府办', '市政府办公室'],
    ])
  })
  it('gives a class its members', () => {
    expect(names('各县区本月任务')).toEqual([['各县区', '青石县政府|南屏区政府']])
  })
  it.each(['市政府办理情况', '宣传部门', '委托办理', '县财政局', '另外办', '我局信息中心', ''])(
    '“%s” names nobody',
    (text) => expect(names(text)).toEqual([]),
  )
  it('lies within the text and never overlaps', () => {
    const word = fc.constantFrom(
      '财政局',
      '市',
      '各县区',
      '人社局',
      '和',
      '政府办',
      '青石县',
      '局',
      '委员会',
      '、',
      'a',
    )
    fc.assert(
      fc.property(
        fc.array(word).map((w) => w.join('')),
        (text) => {
          let last = 0
          for (const { start, end, units } of registry.find(text)) {
            expect(start).toBeGreaterThanOrEqual(last)
            expect(end).toBeLessThanOrEqual(text.length)
            expect(end).toBeGreaterThan(start)
            expect(units).toBeDefined()
            last = end
          }
        },
      ),
    )
  })
})

describe('classes of a plan', () => {
  const county = ['青石县政府', '南屏区政府'].map(unitId).sort()
  const departments = roster.units
    .filter((u) => u.kind === 'unit' && u.level === '市')
    .map((u) => u.id)
    .sort()
  const members = (name: string) => {
    const found = registry.classOf(name)
    return found?.kind === 'class' ? { members: found.members && [...found.members].sort(), whole: found.whole } : found
  }
  it.each(['各县区政府', '各县（区）人民政府', '各县(区)政府', '各县区', '各区县', '各级政府', '所有县区'])(
    '%s: counties',
    (name) => expect(members(name)).toEqual({ members: county, whole: true }),
  )
  it.each(['市级各部门', '市直各部门', '各部门', '市直各单位', '市直机关各部门', '市政府各部门'])(
    '%s: departments',
    (name) => expect(members(name)).toEqual({ members: departments, whole: true }),
  )
  it.each(['各级各部门', '各单位', '各县区、各部门', '各级政府和各部门', '市级各部门、各县区政府', '各地各部门'])(
    '%s: both',
    (name) => expect(members(name)).toEqual({ members: [...county, ...departments].sort(), whole: true }),
  )
  it('有关 and 相关 have members and nobody has it', () => {
    expect(members('市级有关部门')).toEqual({ members: departments, whole: false })
    expect(members('相关县区政府')).toEqual({ members: county, whole: false })
  })
  it.each(['各乡镇', '各级财政部门', '各企事业单位', '省直各部门', '有牵头任务的部门'])('%s: members unknown', (name) =>
    expect(registry.classOf(name)).toMatchObject({ kind: 'class', members: null }),
  )
  it('knows a unit and what is neither', () => {
    expect(registry.classOf('市发改委')).toEqual({ kind: 'unit', id: unitId('市发展改革委') })
    expect(registry.classOf('某某局')).toBeUndefined()
  })
  it('has the same id for the same name', () => {
    expect(registry.classOf('各单位')).toEqual(openRegistry(roster).classOf('各单位'))
    expect(unitId('市财政局')).toBe(unitId(' 市财政局'))
    expect(unitId('市财政局')).not.toBe(unitId('市审计局'))
  })
  it('keeps what a plan entered out of every class, and knows it all the same', () => {
    const from = rosterOf(readRosterJson({ level: '市', units: ['市财政局', '市审计局'] }))
    const units = from.units.map((u) => (u.name === '市审计局' ? { ...u, origin: 'plan' as const } : u))
    const mixed = openRegistry({ ...from, units })
    expect(mixed.resolve('审计局').kind).toBe('one')
    expect(mixed.classOf('各部门')).toMatchObject({ members: [unitId('市财政局')] })
  })
  it('lets the roster’s own class decide', () => {
    const own = openRegistry(
      rosterOf(readRosterJson({ level: '市', units: ['市财政局', '市审计局'], groups: { 市级各部门: ['市财政局'] } })),
    )
    for (const name of ['市级各部门', '各部门', '市直各部门'])
      expect(own.classOf(name)).toMatchObject({ members: [unitId('市财政局')] })
  })
})
