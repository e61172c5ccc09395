import { describe, expect, it } from 'vitest'
import { readHead } from '../../src/plan/head.ts'
import { readLines } from '../../src/plan/lines.ts'

const head = (text: string) => readHead(readLines(text)).document

describe('readHead', () => {
  it('takes the inner title of a notice broken over lines, the signature and its day', () => {
    const text =
      '南塘区人民政府办公室文件\n\n南政办发〔2020〕7号\n\n南塘区人民政府办公室\n关于印发《南塘区2020年河湖长制\n工作要点》的通知\n\n各街道办事处：\n现印发给你们。\n\n南塘区人民政府办公室\n2020年3月9日\n\n南塘区2020年河湖长制工作要点\n一、任务\n'
    expect(head(text)).toEqual({
      title: '南塘区2020年河湖长制工作要点',
      number: '南政办发〔2020〕7号',
      issuer: '南塘区人民政府办公室',
      issuedOn: '2020-03-09',
      year: 2020,
    })
  })

  it('takes the inner title of a notice that says 印发 without 关于', () => {
    const text =
      '南塘区委办公室 南塘区人民政府办公室印发\n《关于推进节水的若干措施》的通知\n各镇：\n现印发给你们。\n南塘区委办公室\n南塘区人民政府办公室\n2020年3月9日\n关于推进节水的若干措施\n一、任务\n'
    expect(head(text).title).toBe('关于推进节水的若干措施')
  })

  it('finds the fuller title below a notice', () => {
    const text =
      '关于印发2019年绿化行动方案的通知\n白石县林业局\n2019年2月1日\n\n白石县2019年绿化行动方案\n\n一、目标\n'
    expect(head(text).title).toBe('白石县2019年绿化行动方案')
  })

  it('reads the fields of a site, and the title that the first sentence announces', () => {
    const text =
      '[ 发布机构 ] | 白石县水利局 | [ 文 号 ] | 白水发〔2018〕4号 |\n---|---|---|---|\n[ 成文日期 ] | 2018-05-06 | [ 公开日期 ] | 2018-05-08 |\n为做好防汛工作，现制定2018年防汛工作要点。\n一、要求\n'
    expect(head(text)).toEqual({
      title: '2018年防汛工作要点',
      number: '白水发〔2018〕4号',
      issuer: '白石县水利局',
      issuedOn: '2018-05-06',
      year: 2018,
    })
  })

  it('reads days in Chinese numerals and a span of years', () => {
    const text = '白石县2021—2023年治水行动计划\n一、要求\n做好。\n白石县水利局\n二〇二一年十月八日\n'
    expect(head(text)).toMatchObject({ issuedOn: '2021-10-08', year: 2021, untilYear: 2023 })
  })

  it('takes the line of 印发 where nothing is signed', () => {
    expect(
      head('2022年禁毒工作方案\n一、要求\n做好。\n抄送：县委办。\n白石县人民政府办公室2022年4月2日印发\n'),
    ).toMatchObject({
      issuer: '白石县人民政府办公室',
      issuedOn: '2022-04-02',
    })
  })

  it('leaves empty what the document does not say', () => {
    expect(head('一、要求\n根据国发〔2020〕1号文件精神，做好工作。\n')).toEqual({
      title: '',
      number: '',
      issuer: '',
      issuedOn: '',
      year: 0,
    })
  })
})
