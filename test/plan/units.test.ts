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
    ['市水务局牵头，各区、县级市具体落实', ['市水务局', '各区、县级市'], []],
    ['州商务局，各县、市人民政府（管委会）负责', ['州商务局', '各县、市人民政府（管委会）'], []],
    ['县残联负责，县财政局予以支持', ['县残联'], ['县财政局']],
    ['市城管局负总责，各镇结合实际落实', ['市城管局', '各镇'], []],
    ['此项工作由市体育局牵头，市“双拥”办配合', ['市体育局'], ['市“双拥”办']],
    ['县网信办牵头，移动、联通公司参与', ['县网信办'], ['移动', '联通公司']],
    ['市商务局；市粮食局、云溪海事局配合', ['市商务局'], ['市粮食局', '云溪海事局']],
    ['县卫健局（责任人：赵敏）、县医院', ['县卫健局', '县医院'], []],
    ['州文旅局牵头。以下各项均需各县市落实，不再列出。', ['州文旅局'], []],
    ['县委办、政府，各乡镇党委、政府', ['县委办', '县政府', '各乡镇党委', '政府'], []],
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

  it.each<[string, string[], string[]]>([
    ['市林业局、市公安局负责，排在第一位的为牵头单位，下同', ['市林业局'], ['市公安局']],
    ['责任单位：市林业局、市公安局（除标注“分别牵头”外，列首位的为牵头单位）', ['市林业局'], ['市公安局']],
    ['市林业局、市公安局分别牵头', ['市林业局', '市公安局'], []],
    ['市林业局、市公安局负责，市财政局配合', ['市林业局', '市公安局'], ['市财政局']],
    ['各县市政府、市林业局按职责分工负责', ['各县市政府', '市林业局'], []],
  ])('and only where no word tells more: %s', (text, lead, support) => {
    expect(read(text, { firstLeads: true })).toEqual({ lead, support })
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
