import { describe, expect, it } from 'vitest'
import type { Case } from '../../src/model/case.ts'
import { settingsOf } from '../../src/model/settings.ts'
import { application } from '../../src/register/application/index.ts'
import { type LetterKind, letterKinds, letterOf } from '../../src/register/application/letters/index.ts'
import { decide, open } from '../../src/register/decide.ts'
import type { RegisterContext } from '../../src/register/register.ts'
import { openCalendar } from '../../src/time/calendar.ts'

const calendar = openCalendar()
const on = (today: string): RegisterContext => ({
  ...{ calendar, today, now: `${today}T10:00`, settings: settingsOf({}).registers },
})

type Done = readonly [deed: string, input: Record<string, unknown>]
const entered = (at: string, ...done: Done[]): Case => {
  const input = {
    channel: 'signedMail',
    at,
    applicant: 'natural',
    name: '韩冬雪',
    description: '2025年公务用车购置明细',
  }
  const c = on('2026-12-31')
  return done.reduce(
    (was, [deed, given]) => decide(application, was, deed, given, c).next,
    open(application, input, { year: Number(at.slice(0, 4)), ord: 3 }, c).next,
  )
}
const letter = (kind: LetterKind, it: Case, result?: string, today = '2026-03-10') =>
  letterOf(kind, { it, c: on(today), issuer: '云岭市人民政府办公室' }, result)
const wordsOf = ({ printed }: ReturnType<typeof letter>): string =>
  printed.blocks.map((block) => ('text' in block ? block.text : '')).join('\n')

describe('letters about an application', () => {
  it('say what is recorded, with the articles, and leave blank what only people know', () => {
    const it = entered('2026-03-02')
    expect(wordsOf(letter('receipt', it))).toMatch(
      /依申请2026-3.*2025年公务用车购置明细[\s\S]*第三十一条第（二）项，以签收之日[\s\S]*第三十三条第二款，本机关将于2026年3月30日前答复/,
    )
    expect(wordsOf(letter('supplement', it))).toMatch(/第三十条，请你（单位）于（此处请补充：补正截止日）前补正/)
    expect(wordsOf(letter('extension', it))).toMatch(/延长（此处请补充：延长的工作日数，最长20个工作日）/)
    expect(letter('receipt', it)).toMatchObject({ day: '2026-03-02', printed: { to: '韩冬雪' } })
  })

  it('of 补正 and extension follow what was done', () => {
    const it = entered(
      '2026-03-02',
      ['supplement-asked', { at: '2026-03-06', until: '2026-03-20', what: '写明购置的年度' }],
      ['supplemented', { at: '2026-03-12' }],
      ['extended', { at: '2026-03-20', by: '王主任', why: '需要检索的数量较大' }],
    )
    expect(wordsOf(letter('supplement', it))).toMatch(
      /2026年3月20日前补正以下事项：写明购置的年度[\s\S]*视为放弃申请.*自本机关收到补正的申请之日起计算/,
    )
    expect(wordsOf(letter('extension', it))).toMatch(/因需要检索的数量较大.*延长20个工作日，至2026年5月/)
    const late = entered('2026-03-02', ['supplement-asked', { at: '2026-03-16', until: '2026-03-20' }])
    expect(wordsOf(letter('supplement', late))).not.toMatch(/起计算/)
  })

  it('to a third party name neither the applicant nor what stands in the application', () => {
    const it = entered('2026-03-02', ['third-asked', { at: '2026-03-09', party: '云岭建设公司' }])
    const made = letter('opinion', it)
    expect(made.printed.to).toBe('云岭建设公司')
    expect(JSON.stringify(made)).not.toMatch(/韩冬雪|公务用车/)
    expect(wordsOf(made)).toMatch(/第三十二条.*15个工作日内.*逾期未提出意见的，由本机关依照规定决定/)
  })

  it('of a fee say how it was worked out', () => {
    const it = entered('2026-03-02', ['fee-told', { at: '2026-03-10', by: 'items', count: 31, charged: 30 }])
    expect(wordsOf(letter('fee', it))).toMatch(
      /累计申请31件（其中30件已计收），按件计收，应缴信息处理费200元[\s\S]*20个工作日内缴纳/,
    )
    expect(() => letter('fee', entered('2026-03-02'))).toThrow(/请先登记告知收费/)
  })

  it.each([
    ['granted', '政府信息予以公开告知书', /第三十六条第（一）、（二）项，现将.*予以公开/, /60日内.*也可以.*6个月内/],
    [
      'partial',
      '政府信息部分公开告知书',
      /第三十七条，现提供/,
      /60日内.*也可以.*6个月内.*第十四条至第十六条不予公开的部分.*先申请行政复议/,
    ],
    [
      'secret',
      '政府信息不予公开告知书',
      /信息属于国家秘密，依据.*第十四条，本机关决定不予公开/,
      /第二十三条第一款第（四）项和第二款.*应当先申请行政复议.*15日内/,
    ],
    ['security', '政府信息不予公开告知书', /信息公开后可能危及国家安全/, /应当先申请行政复议/],
    ['process', '政府信息不予公开告知书', /过程性信息，依据/, /应当先申请行政复议/],
    ['inquiry', '政府信息不予公开告知书', /信息属于行政查询事项，/, /也可以.*6个月内/],
    ['not-held', '政府信息无法提供告知书', /无法提供：本机关不掌握相关政府信息/, /也可以/],
    ['complaint', '政府信息不予处理告知书', /属于信访举报投诉类申请的情形/, /也可以/],
    ['otherwise', '政府信息其他处理告知书', /处理如下：其他/, /也可以/],
  ])('%s: the body and the remedies of its kind', (result, title, body, remedies) => {
    const made = letter('answer', entered('2026-03-02'), result)
    expect(made.printed.title).toBe(title)
    expect(wordsOf(made)).toMatch(body)
    expect(wordsOf(made)).toMatch(remedies)
  })

  it('of an answer take the recorded result, number and day; without any they say what would be right', () => {
    const it = entered('2026-03-02', [
      'answered',
      { at: '2026-03-20', result: 'granted', number: '云府公开答〔2026〕3号' },
    ])
    expect(letter('answer', it, 'secret')).toMatchObject({
      ...{ number: '云府公开答〔2026〕3号', day: '2026-03-20' },
      printed: { title: '政府信息予以公开告知书' },
    })
    expect(letter('answer', entered('2026-03-02'), '不予公开·属于国家秘密').printed.title).toBe(
      '政府信息不予公开告知书',
    )
    expect(() => letter('answer', entered('2026-03-02'))).toThrow(/请先登记答复，或者写明下列之一：予以公开/)
    expect(() => letter('answer', entered('2026-03-02'), '也许')).toThrow(/写明下列之一/)
  })

  it('of 2007 cite the rules of 2007 and go to review or court', () => {
    const it = entered('2017-08-14', ['answered-2007', { at: '2017-08-20', result: 'not-existing' }])
    expect(wordsOf(letter('answer', it))).toMatch(
      /申请信息不存在（依据（此处请补充：2007年《条例》的条款）[\s\S]*60日内.*也可以.*6个月内/,
    )
    expect(wordsOf(letter('opinion', it))).not.toMatch(/15个工作日/)
  })

  it('are not written of an entry that was made in error', () => {
    const it = entered('2026-03-02', ['voided', { why: '重复登记' }])
    for (const kind of letterKinds) expect(() => letter(kind, it)).toThrow(/已经作废/)
  })
})
