import { describe, expect, it } from 'vitest'
import { type ListRules, readUnits } from '../../src/plan/units.ts'

const read = (text: string, rules?: ListRules) => {
  const list = readUnits(text, rules)
  return { lead: list.lead.map((u) => u.name), support: list.support.map((u) => u.name) }
}

describe('readUnits', () => {
  it.each<[string, string[], string[]]>([
    ['市水利局', ['市水利局'], []],
    ['市水利局、农业农村局', ['市水利局', '市农业农村局'], []],
    ['州林草局牵头，会同生态环境局、气象局落实', ['州林草局'], ['州生态环境局', '州气象局']],
    ['县医保局会同县直有关部门负责落实', ['县医保局'], ['县直有关部门']],
    ['市商务局牵头；市邮政管理局、各区政府配合', ['市商务局'], ['市邮政管理局', '各区政府']],
    ['市商务局牵头；市邮政管理局、各区政府负责落实', ['市商务局', '市邮政管理局', '各区政府'], []],
    ['责任单位：市审计局；配合单位：财政局', ['市审计局'], ['市财政局']],
    ['市教育局（牵头）、市体育局', ['市教育局', '市体育局'], []],
    ['市工业和信息化局和住房和城乡建设局', ['市工业和信息化局', '市住房和城乡建设局'], []],
    ['各县（市、区）人民政府，市级各部门', ['各县（市、区）人民政府', '市级各部门'], []],
    [
      '县民政局牵头，各乡（镇）、各村（社区），县级有关部门、单位负责',
      ['县民政局', '各乡（镇）', '各村（社区）', '县级有关部门、单位'],
      [],
    ],
    ['由市统计局牵头落实', ['市统计局'], []],
    ['市发展改革委按照职责分工负责', ['市发展改革委'], []],
  ])('%s', (text, lead, support) => {
    expect(read(text)).toEqual({ lead, support })
  })

  it.each<[string, string[]]>([
    ['市金融办、中国银行青川支行、审计局', ['市金融办', '中国银行青川支行', '市审计局']],
    ['市教育局、青川学院、科技局', ['市教育局', '青川学院', '市科技局']],
    ['市水务局、城北区政府', ['市水务局', '城北区政府']],
    ['市公安局、省税务局、司法局', ['市公安局', '省税务局', '司法局']],
    ['市卫健委、各县区政府、民政局', ['市卫健委', '各县区政府', '市民政局']],
    ['市住建局、住房城乡建设局、市场监管局', ['市住建局', '市住房城乡建设局', '市市场监管局']],
    ['市场监管局、财政局', ['市场监管局', '财政局']],
    ['发展改革局、财政局', ['发展改革局', '财政局']],
  ])('fills in the shared level only where it is shared: %s', (text, lead) => {
    expect(read(text).lead).toEqual(lead)
  })

  it('tells an open list and a divided one', () => {
    const one = readUnits('市文旅局、体育局等部门按照职责分工分别牵头落实')
    expect([one.openEnded, one.divided]).toEqual([true, true])
    const two = readUnits('市文旅局牵头，市体育局等部门配合')
    expect([two.openEnded, two.divided]).toEqual([true, false])
    const three = readUnits('市文旅局、体育局')
    expect([three.openEnded, three.divided]).toEqual([false, false])
  })

  it('gives the words of the list and where they begin', () => {
    expect(readUnits('县民政局、残联').lead[1]).toEqual({ name: '县残联', raw: '残联', at: 5 })
  })

  it('follows a rule that the first leads', () => {
    expect(read('州应急局、州气象局', { firstLeads: true })).toEqual({ lead: ['州应急局'], support: ['州气象局'] })
  })

  it('keeps a time in the list apart', () => {
    expect(readUnits('市应急局，2023年6月底前').times).toEqual([{ raw: '2023年6月底前', at: 5 }])
    expect(readUnits('责任单位：市应急局；完成时限：6月底').times).toEqual([{ raw: '6月底', at: 15 }])
  })

  it.each(['PPP', '非涉密', '以下统称“两个清单”', '涉密信息除外', '联系人：李某', '国发〔2020〕1号', '新闻发布会'])(
    'names no unit: %s',
    (text) => {
      expect(read(text)).toEqual({ lead: [], support: [] })
    },
  )
})
