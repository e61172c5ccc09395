import { describe, expect, it } from 'vitest'
import { BadInput } from '../../src/model/problem.ts'
import { readRosterJson, readRosterRows, rosterDifference, rosterOf } from '../../src/unit/roster.ts'

describe('roster JSON', () => {
  it('reads names, groups and the level they share', () => {
    const draft = readRosterJson({ units: ['市财政局', '市审计局', '甲县政府'], groups: { 各县区: ['甲县政府'] } })
    expect(draft.level).toBe('市')
    expect(draft.units.map((u) => u.level)).toEqual(['市', '市', ''])
    expect(draft.classes).toEqual([{ name: '各县区', members: ['甲县政府'] }])
  })
  it('reads the richer form', () => {
    const unit = {
      name: '市财政局',
      short: ['财局'],
      leader: '张某',
      head: '李某',
      liaisons: [{ name: '王某', post: 'A', mobile: '13800000000' }],
      rooms: ['财政群'],
    }
    expect(readRosterJson({ level: '市', units: [unit] }).units).toEqual([{ ...unit, level: '市' }])
  })
  it.each([
    [{}, /units/],
    [{ units: [1] }, /units 第1项/],
    [{ units: [] }, /没有单位/],
    [{ units: ['市财政局', '市 财政局'] }, /出现了两次/],
    [{ units: ['市财政局'], groups: { 各县区: ['乙县政府'] } }, /乙县政府/],
    [null, /最外层/],
  ])('tells what is wrong in one line', (value, words) => {
    expect(() => readRosterJson(value)).toThrow(BadInput)
    expect(() => readRosterJson(value)).toThrow(words)
    try {
      readRosterJson(value)
    } catch (error) {
      expect((error as Error).message).not.toContain('\n')
    }
  })
})

describe('roster sheet', () => {
  const rows = [
    ['某市政务公开工作通讯录'],
    ['序号', '责任单位', '简称', '分管市领导', '分管领导', '联络员A', '手机', '联络员B', '手机', '工作群'],
    ['1', '市财政局', '财局、财政', '张某', '李某', '王某', '138 0000 0000', '赵某', '13900000000', '财政群'],
    ['', '', '', '', '', '', '', '', '', ''],
    ['2', '市审计局', '', '', '', '孙某', '', '', '', ''],
  ]
  it('finds the head by meaning', () => {
    const draft = readRosterRows(rows)
    expect(draft.units).toEqual([
      {
        name: '市财政局',
        short: ['财局', '财政'],
        level: '市',
        leader: '张某',
        head: '李某',
        liaisons: [
          { name: '王某', post: 'A', mobile: '13800000000' },
          { name: '赵某', post: 'B', mobile: '13900000000' },
        ],
        rooms: ['财政群'],
      },
      {
        name: '市审计局',
        short: [],
        level: '市',
        leader: '',
        head: '',
        liaisons: [{ name: '孙某', post: 'A', mobile: '' }],
        rooms: [],
      },
    ])
  })
  it('reads one liaison a row, the unit named once', () => {
    const draft = readRosterRows([
      ['联络员', '单位', '岗位', '联系电话'],
      ['王某', '市财政局', 'A岗', '13800000000'],
      ['赵某', '', 'B岗', '13900000000'],
    ])
    expect(draft.units[0]?.liaisons.map((l) => l.post + l.name)).toEqual(['A王某', 'B赵某'])
  })
  it('names the row and the column of what is wrong', () => {
    expect(() =>
      readRosterRows([
        ['单位', '联络员A', '手机A'],
        ['市财政局', '王某', '138x'],
      ]),
    ).toThrow(/第2行 C列/)
    expect(() =>
      readRosterRows([
        ['联络员', '单位'],
        ['王某', ''],
      ]),
    ).toThrow(/第2行 B列/)
    expect(() => readRosterRows([['a', 'b']])).toThrow(/表头/)
    expect(() => readRosterRows([])).toThrow(BadInput)
  })
})

describe('difference', () => {
  const draft = readRosterJson({ level: '市', units: ['市财政局', '市审计局'] })
  it('is empty for the same file', () => {
    const change = rosterDifference({ ...rosterOf(draft), people: [] }, draft)
    expect(change).toMatchObject({ added: [], changed: [], gone: [] })
  })
  it('tells new, changed and gone', () => {
    const now = { ...rosterOf(draft), people: [] }
    const next = readRosterJson({ level: '市', units: [{ name: '市财政局', head: '李某' }, '市统计局'] })
    const change = rosterDifference(now, next)
    expect(change).toMatchObject({ added: ['市统计局'], changed: ['市财政局'], gone: ['市审计局'] })
    expect(change.lines.join('\n')).toContain('李某')
  })
})

describe('who took a unit’s work over', () => {
  const heads = ['单位', '联络员', '更名为', '承接起始日', '依据文件']

  it('stands in the old unit’s row; several heirs are a split', () => {
    const { successions, units } = readRosterRows([
      heads,
      ['市园林局', '甲', '市城管局', '2019年3月1日', '云委发〔2019〕2号'],
      ['市工信局', '乙', '市工信委、市数据局', '2019/4/10', ''],
      ['市城管局', '丙', '', '', ''],
    ])
    expect(units.map(({ name }) => name)).toEqual(['市园林局', '市工信局', '市城管局'])
    expect(successions).toEqual([
      { old: '市园林局', heirs: ['市城管局'], from: '2019-03-01', reason: '云委发〔2019〕2号' },
      { old: '市工信局', heirs: ['市工信委', '市数据局'], from: '2019-04-10', reason: '' },
    ])
  })

  it.each(['', '三月一日', '2019-02-30', '2019年13月1日'])('“%s” is no day, and the row is named', (since) => {
    const rows = [heads, ['市园林局', '甲', '市城管局', since, '']]
    expect(() => readRosterRows(rows)).toThrow(/第2行：“市园林局”.*起始日应是日期/)
  })

  it('in JSON a merge names its old units in one entry', () => {
    const successions = [{ old: ['市甲局', '市乙局'], heirs: '市丙局', from: '2019-03-01' }]
    expect(readRosterJson({ units: ['市甲局', '市乙局'], successions }).successions).toEqual([
      { old: '市甲局', heirs: ['市丙局'], from: '2019-03-01', reason: '' },
      { old: '市乙局', heirs: ['市丙局'], from: '2019-03-01', reason: '' },
    ])
    expect(() => readRosterJson({ units: ['市甲局'], successions: [{ old: '市甲局', heirs: '市丙局' }] })).toThrow(
      /successions 第1项/,
    )
  })
})
