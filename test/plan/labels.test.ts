import { describe, expect, it } from 'vitest'
import { labelsIn, partLabels } from '../../src/plan/labels.ts'
import { looseTables } from '../../src/plan/loose-tables.ts'
import { isAboutPeople, isPerson } from '../../src/plan/people.ts'
import { stacked } from '../../src/plan/stacked.ts'
import { subjectOf } from '../../src/plan/subject.ts'
import { readUnits } from '../../src/plan/units.ts'

describe('labels', () => {
  it('are told by what they say of the words after them', () => {
    const text = '牵头领导：某某；责任单位：县水利局，配合单位：县财政局；完成时限：6月底前'
    expect(labelsIn(text).map((l) => l.kind)).toEqual(['person', 'lead', 'support', 'time'])
  })

  it('stand apart on one line by spaces only, and may be spread out themselves', () => {
    expect(partLabels('责 任 单位： 县水利局 县财政局   完成 时限：6月底前')).toBe(
      '责任单位： 县水利局、县财政局；完成时限：6月底前',
    )
  })

  it('end each other’s values', () => {
    const list = readUnits('完成时限：6月底前，责任单位：县水利局（王磊），责任人：李明')
    expect([list.lead.map((u) => u.name), list.times.map((t) => t.raw), list.stray]).toEqual([
      ['县水利局'],
      ['6月底前'],
      [],
    ])
  })
})

describe('persons are no units', () => {
  it.each(['王磊', '欧阳修文', '驻村第一书记', '分管副县长'])('%s', (words) => {
    expect(isPerson(words)).toBe(true)
  })
  it.each(['县委办', '高新区', '金融办', '团市委', '国资委'])('%s', (words) => {
    expect(isPerson(words)).toBe(false)
  })
  it('nor are their names in brackets part of a unit’s name', () => {
    expect(isAboutPeople('张伟、李明')).toBe(true)
    expect(isAboutPeople('市数据局')).toBe(false)
  })
})

it.each([
  ['市财政局 市税务局', '市财政局、市税务局'],
  ['市人力资源 和社会保障局', '市人力资源 和社会保障局'],
  ['市政府 办公室', '市政府 办公室'],
  ['市国资委（牵头） 李明 市财政局', '市国资委（牵头）、李明、市财政局'],
])('offices side by side: %s', (text, parted) => {
  expect(stacked(text)).toBe(parted)
})

it.each<[string, string[], string[]]>([
  ['由市住建局牵头，市财政局、清源区政府配合，于6月10日前完成', ['市住建局'], ['市财政局', '清源区政府']],
  ['市督查室会同市水利局开展检查', ['市督查室'], ['市水利局']],
  ['请各县（市、区）、市直各部门于5月底前报送', ['各县（市、区）', '市直各部门'], []],
  ['州委农办对各地实行通报', ['州委农办'], []],
  ['市公安局交警支队要加强巡逻', ['市公安局交警支队'], []],
  ['推进市级平台建设', [], []],
])('who is to act: %s', (sentence, units, support) => {
  expect(subjectOf(sentence)).toMatchObject({ units, support })
})

describe('tables that lost their marks', () => {
  const lines = (text: string) => text.split('\n').map((t, i) => ({ kind: 'line' as const, line: i + 1, text: t }))

  it('columns kept apart by spaces', () => {
    const text =
      '序号    任务          责任单位        时限\n1       治河          县水利局        6月底\n        绿化          县林业局'
    expect(looseTables(lines(text))).toMatchObject([
      {
        kind: 'table',
        rows: [{ line: 1 }, { cells: ['1', '治河', '县水利局', '6月底'] }, { cells: ['', '绿化', '县林业局', ''] }],
      },
    ])
  })

  it('cells one below the other, each with its own line', () => {
    const text = '序号\n任务\n责任单位\n1\n治河\n县水利局\n2\n绿化\n县林业局\n县政府办公室'
    expect(looseTables(lines(text))).toMatchObject([
      {
        kind: 'table',
        rows: [{}, { cells: ['1', '治河', '县水利局'], lines: [4, 5, 6] }, { cells: ['2', '绿化', '县林业局'] }],
      },
      { kind: 'line', text: '县政府办公室' },
    ])
  })
})
