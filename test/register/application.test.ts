import { describe, expect, it } from 'vitest'
import type { Case } from '../../src/model/case.ts'
import { settingsOf } from '../../src/model/settings.ts'
import { feeByItems, feeByPages, feeOf } from '../../src/register/application/fee.ts'
import { applicationFigures } from '../../src/register/application/figures.ts'
import { application } from '../../src/register/application/index.ts'
import { maskedName } from '../../src/register/application/mask.ts'
import { decide, open } from '../../src/register/decide.ts'
import type { RegisterContext } from '../../src/register/register.ts'
import { openCalendar } from '../../src/time/calendar.ts'

const calendar = openCalendar()
const settings = settingsOf({}).registers
const on = (today: string): RegisterContext => ({ calendar, today, now: `${today}T10:00`, settings })

const person = { channel: 'internet', applicant: 'natural', name: '张三', description: '2025年部门决算' }

/** An application, with what was done to it, one after another, each on its day. */
type Done = readonly [deed: string, input: Record<string, unknown>]
const received = (at: string, ...done: Done[]): Case => {
  const opened = open(application, { ...person, at }, { year: Number(at.slice(0, 4)), ord: 1 }, on('2026-12-31')).next
  return done.reduce((was, [deed, input]) => decide(application, was, deed, input, on('2026-12-31')).next, opened)
}
const viewOf = (it: Case, today: string) => application.view(it, on(today))
const answerOf = (it: Case, today: string) => viewOf(it, today).clocks[0]

const SUPPLEMENT: Done = ['supplement-asked', { at: '2026-03-06', until: '2026-03-20' }]
const THIRD: Done = ['third-asked', { at: '2026-03-09', party: '云岭建设公司', received: '2026-03-10' }]
const FEE: Done = ['fee-told', { at: '2026-03-10', by: 'items', count: 12 }]
const EXTENDED: Done = ['extended', { at: '2026-03-20', by: '王主任' }]
const ANSWERED: Done = ['answered', { at: '2026-03-25', result: 'granted' }]

describe('the limit to answer', () => {
  // 2026-03-02 is a Monday; 清明 is off on Saturday 4 to Monday 6 April.
  it.each<[string, Done[], string | null]>([
    ['20 workdays from receipt', [], '2026-03-30'],
    ['runs anew from the supplement', [SUPPLEMENT, ['supplemented', { at: '2026-03-12' }]], '2026-04-10'],
    ['stands still until the supplement is there', [SUPPLEMENT], null],
    [
      'does not run anew after a notice that was too late',
      [
        ['supplement-asked', { at: '2026-03-12', until: '2026-03-20' }],
        ['supplemented', { at: '2026-03-16' }],
      ],
      '2026-03-30',
    ],
    ['with 20 more after an extension', [EXTENDED], '2026-04-28'],
    ['with as many more as were agreed on', [['extended', { at: '2026-03-20', by: '王主任', days: 5 }]], '2026-04-07'],
    // 4 workdays of asking: 10 to 13 March.
    ['without the days of asking', [THIRD, ['third-answered', { at: '2026-03-13', opinion: 'refusal' }]], '2026-04-03'],
    // Silence: the letter came on 10 March, 15 workdays end on 31 March; 16 workdays from 10 to 31 March do not count.
    ['goes on by itself when the third party was silent', [THIRD], '2026-04-22'],
    ['without the wait for the fee', [FEE, ['paid', { at: '2026-03-17' }]], '2026-04-07'],
  ])('%s', (_, done, due) => {
    expect(answerOf(received('2026-03-02', ...done), '2026-12-31')?.due).toBe(due)
  })

  it('stands still while the third party may still answer', () => {
    expect(answerOf(received('2026-03-02', THIRD), '2026-03-20')).toMatchObject({ state: 'paused', due: null })
    expect(viewOf(received('2026-03-02', THIRD), '2026-03-20').state).toBe('asking')
  })

  it('names the article of each step', () => {
    const it = received('2026-03-02', SUPPLEMENT, ['supplemented', { at: '2026-03-12' }], EXTENDED)
    expect(answerOf(it, '2026-12-31')?.steps.map(({ does, basis }) => `${does} ${basis.article}`)).toEqual([
      'start 第三十三条第二款',
      'pause 第三十条',
      'restart 第三十条',
      'extend 第三十三条第二款',
    ])
  })

  it('is that of 2007 for what was received before 15 May 2019', () => {
    const old = received('2019-05-14')
    expect(answerOf(old, '2019-05-20')?.due).toBe('2019-06-04')
    expect(viewOf(old, '2019-05-20').facts).toContainEqual(['适用', expect.stringContaining('2007年')])
    expect(answerOf(received('2019-05-15'), '2019-05-20')?.due).toBe('2019-06-13')
    const names = application.deeds.filter((deed) => deed.fits(old, on('2019-05-20'))).map(({ name }) => name)
    expect(names).toContain('answered-2007')
    expect(names).not.toContain('answered')
    expect(names).not.toContain('fee-told')
  })
})

describe('what is refused', () => {
  it.each<[string, Done[], Done, string, RegExp]>([
    [
      'an answer before receipt',
      [],
      ['answered', { at: '2026-03-01', result: 'granted' }],
      '2026-03-30',
      /早于收到申请之日2026年3月2日.*第三十三条/,
    ],
    [
      'an answer of before what moved its limit',
      [EXTENDED],
      ['answered', { at: '2026-03-19', result: 'granted' }],
      '2026-03-30',
      /早于前一步的2026年3月20日.*第三十三条/,
    ],
    [
      'an answer still to come',
      [],
      ['answered', { at: '2026-04-01', result: 'granted' }],
      '2026-03-30',
      /还没有到.*第三十三条/,
    ],
    [
      'an answer of no row',
      [],
      ['answered', { at: '2026-03-20', result: 'perhaps' }],
      '2026-03-30',
      /办理结果应是：予以公开、部分公开/,
    ],
    [
      'a lapse as an answer',
      [],
      ['answered', { at: '2026-03-20', result: 'fee-lapsed' }],
      '2026-03-30',
      /办理结果应是/,
    ],
    [
      'still unclear without 补正',
      [],
      ['answered', { at: '2026-03-20', result: 'still-unclear' }],
      '2026-03-30',
      /第三十条.*补正/,
    ],
    [
      'a second answer',
      [ANSWERED],
      ['answered', { at: '2026-03-26', result: 'partial' }],
      '2026-03-30',
      /现在不能答复申请人/,
    ],
    [
      'an extension after the limit',
      [],
      ['extended', { at: '2026-03-31', by: '王主任' }],
      '2026-04-02',
      /期限到2026年3月30日为止.*第三十三条第二款/,
    ],
    ['a second extension', [EXTENDED], ['extended', { at: '2026-03-23', by: '王主任' }], '2026-04-02', /只准延长一次/],
    [
      'an extension of 21 days',
      [],
      ['extended', { at: '2026-03-20', by: '王主任', days: 21 }],
      '2026-04-02',
      /不超过20个工作日/,
    ],
    ['an extension with nobody’s consent', [], ['extended', { at: '2026-03-20' }], '2026-04-02', /请填写同意的负责人/],
    [
      'a second 补正',
      [SUPPLEMENT, ['supplemented', { at: '2026-03-12' }]],
      SUPPLEMENT,
      '2026-04-02',
      /第三十条.*一次性告知/,
    ],
    [
      '补正 with a limit before the notice',
      [],
      ['supplement-asked', { at: '2026-03-06', until: '2026-03-05' }],
      '2026-04-02',
      /第三十条.*合理/,
    ],
    [
      'a supplement before it was asked for',
      [SUPPLEMENT],
      ['supplemented', { at: '2026-03-05' }],
      '2026-04-02',
      /早于前一步的2026年3月6日/,
    ],
    [
      'giving up before the day to supplement',
      [SUPPLEMENT],
      ['supplement-lapsed', { at: '2026-03-20' }],
      '2026-04-02',
      /2026年3月20日为止.*第三十条/,
    ],
    [
      'silence before the 15 workdays are over',
      [THIRD],
      ['third-answered', { at: '2026-03-31', opinion: 'silence' }],
      '2026-04-02',
      /2026年3月31日为止.*第三十二条/,
    ],
    [
      'silence of a third party of which nobody knows when the letter came',
      [['third-asked', { at: '2026-03-09', party: '云岭建设公司' }]],
      ['third-answered', { at: '2026-04-20', opinion: 'silence' }],
      '2026-04-20',
      /还没有登记收到征求意见书之日.*第三十二条/,
    ],
    [
      'consent by silence of an organ that made nothing of it',
      [['others-asked', { at: '2026-03-09', as: 'organ', organs: '市档案馆' }]],
      ['others-answered', { at: '2026-04-20', opinion: 'silence' }],
      '2026-04-20',
      /第三十四条.*共同制作机关/,
    ],
    [
      'a letter that came before it was sent',
      [],
      ['third-asked', { at: '2026-03-09', party: '甲', received: '2026-03-08' }],
      '2026-04-02',
      /第三十二条.*3月9日至今天/,
    ],
    [
      'a fee for ten items',
      [],
      ['fee-told', { at: '2026-03-10', by: 'items', count: 10 }],
      '2026-04-02',
      /10件以下（含10件）不收费/,
    ],
    [
      'a fee for thirty pages',
      [],
      ['fee-told', { at: '2026-03-10', by: 'pages', count: 30 }],
      '2026-04-02',
      /30页以下（含30页）不收费/,
    ],
    [
      'a fee both by pages and items',
      [],
      ['fee-told', { at: '2026-03-10', by: 'pages', count: 50, charged: 12 }],
      '2026-04-02',
      /只能用一种/,
    ],
    [
      'a fee after the limit to answer',
      [],
      ['fee-told', { at: '2026-03-31', by: 'items', count: 12 }],
      '2026-04-02',
      /国办函〔2020〕109号/,
    ],
    [
      'not paying before 20 workdays are over',
      [FEE],
      ['fee-lapsed', { at: '2026-04-08' }],
      '2026-04-10',
      /2026年4月8日为止.*20个工作日/,
    ],
    [
      'a suit after a review that never was',
      [ANSWERED],
      ['court-opened', { at: '2026-06-01', remedy: 'after-review' }],
      '2026-06-02',
      /第四十五条.*先登记复议/,
    ],
    [
      'a unit’s day before it was handed to it',
      [],
      ['assigned', { at: '2026-03-04', unit: 'u1', until: '2026-03-03' }],
      '2026-03-30',
      /早于交办之日/,
    ],
  ])('%s', (_, done, [deed, input], today, said) => {
    const it = received('2026-03-02', ...done)
    expect(() => decide(application, it, deed, input, on(today))).toThrow(said)
  })

  it.each([
    ['a receipt still to come', { ...person, at: '2026-03-03' }, /还没有到.*第三十一条第（三）项.*双方确认之日/],
    ['a receipt before there was the law', { ...person, at: '2008-04-30' }, /2008-05-01起施行/],
    ['no day of receipt', person, /请填写收到申请之日/],
    ['an unknown channel', { ...person, at: '2026-03-02', channel: 'pigeon' }, /收到渠道应是：当面提交/],
    ['no applicant', { ...person, at: '2026-03-02', name: '' }, /请填写申请人姓名或名称/],
  ])('%s', (_, input, said) => {
    expect(() => open(application, input, { year: 2026, ord: 1 }, on('2026-03-02'))).toThrow(said)
  })
})

describe('what others may read', () => {
  it('holds neither name nor contact, also where the clerk typed them into the subject', () => {
    const input = { ...person, at: '2026-03-02', contact: '13812345678', subject: '张三（13812345678）要的决算' }
    const { event, words, next } = open(application, input, { year: 2026, ord: 1 }, on('2026-03-02'))
    expect(JSON.stringify(event)).not.toMatch(/张三|13812345678|部门决算/)
    expect(words).toEqual({ name: '张三', contact: '13812345678', description: '2025年部门决算' })
    const { title, facts } = application.view(next, on('2026-03-02'))
    expect(title).toBe('张某（…）要的决算（张某，自然人）')
    expect(JSON.stringify(facts)).not.toMatch(/张三|13812345678|部门决算/)
    expect(application.view({ ...next, secret: {} }, on('2026-03-02')).title).toBe('张某（…）要的决算（自然人）')
  })

  it.each([
    ['张三', 'natural', '张某'],
    ['欧阳修文', 'natural', '欧阳某'],
    ['云岭建设公司', 'enterprise', '某商业企业'],
    ['某某', 'other', '某单位'],
  ] as const)('%s is %s', (name, kind, said) => {
    expect(maskedName(name, kind)).toBe(said)
  })
})

describe('the fee of 国办函〔2020〕109号, worked by hand', () => {
  it.each([
    [0, 0],
    [10, 0],
    [11, 100],
    [30, 2000],
    [31, 2200],
    [40, 4000],
    [41, 4300],
    [50, 7000],
    [51, 7400],
  ])('%i items in a month: %i yuan', (items, yuan) => expect(feeByItems(items)).toBe(yuan))
  it.each([
    [0, 0],
    [30, 0],
    [31, 10],
    [100, 700],
    [101, 720],
    [200, 2700],
    [201, 2740],
    [250, 4700],
  ])('%i pages: %i yuan', (pages, yuan) => expect(feeByPages(pages)).toBe(yuan))
  it('asks once for an item', () => expect(feeOf({ by: 'items', count: 31, charged: 30 })).toBe(200))
})

describe('what the statistics count', () => {
  it('is how it ended, what was charged and what followed', () => {
    const it = received(
      '2026-03-02',
      FEE,
      ['paid', { at: '2026-03-17' }],
      ['answered', { at: '2026-03-25', result: 'process' }],
      ['review-opened', { at: '2026-04-20' }],
      ['review-ended', { at: '2026-06-01', outcome: 'corrected' }],
      ['court-opened', { at: '2026-06-10', remedy: 'after-review' }],
    )
    expect(applicationFigures(it)).toEqual({
      ...{ applicant: 'natural', via: 'internet', received: '2026-03-02', extended: false },
      ended: { on: '2026-03-25', result: 'process' },
      remedies: [
        { remedy: 'review', filed: '2026-04-20', outcome: 'corrected', closed: '2026-06-01' },
        { remedy: 'after-review', filed: '2026-06-10', outcome: 'pending' },
      ],
      billed: [{ on: '2026-03-10', amount: 200 }],
      paid: [{ on: '2026-03-17', amount: 200 }],
    })
    expect(viewOf(it, '2026-07-01')).toMatchObject({ state: 'disputed', closedOn: null })
  })

  it('counts a lapse as its own row and an entry made in error nowhere', () => {
    const lapsed = received('2026-03-02', SUPPLEMENT, ['supplement-lapsed', { at: '2026-03-23' }])
    expect(applicationFigures(lapsed)?.ended).toEqual({ on: '2026-03-23', result: 'supplement-lapsed' })
    expect(viewOf(lapsed, '2026-07-01')).toMatchObject({ state: 'lapsed', closedOn: '2026-03-23' })
    expect(applicationFigures(received('2026-03-02', ['voided', { why: '重复登记' }]))).toBeUndefined()
  })
})

describe('what was received under the rules of 2007', () => {
  const old = (...done: Done[]) => received('2019-05-06', ...done)
  const asked: Done = ['third-asked', { at: '2019-05-08', party: '云岭建设公司', received: '2019-05-09' }]
  const refused = (...done: Done[]) => {
    try {
      old(...done)
    } catch (error) {
      return (error as Error).message
    }
    return ''
  }

  it('is refused with the articles of 2007', () => {
    expect(refused(['third-asked', { at: '2019-05-05', party: '云岭建设公司' }])).toContain('（2007年）第二十三条')
    expect(refused(['supplement-asked', { at: '2019-05-05', until: '2019-05-20' }])).toContain('（2007年）第二十一条')
    expect(refused(['third-asked', { at: '2019-05-08', party: '某公司', received: '2019-05-07' }])).not.toMatch(
      /15|三十二/,
    )
  })

  it('has no days for an opinion: a third party is silent when the office says so', () => {
    const it = old(asked, ['third-answered', { at: '2019-05-20', opinion: 'silence' }])
    expect(answerOf(it, '2019-05-21')?.state).toBe('running')
  })

  it('is reviewed by the law of the day', () => {
    expect(refused(['review-opened', { at: '2019-05-05' }])).toMatch(/行政复议法（2023年修订前）第九条第一款/)
    const now: Done = ['review-opened', { at: '2026-03-01' }]
    expect(() => received('2026-03-02', now)).toThrow(/行政复议法（2023年修订）第二十条第一款/)
  })
})

describe('what is chained of an application', () => {
  it('holds neither name nor any number of the contact, nor a whole mobile number', () => {
    const input = { ...person, contact: '电话08121234567，邮箱 zs@example.cn', at: '2026-03-02' }
    const subject = '张三08121234567和zs@example.cn、13812345678要的决算'
    const { event } = open(application, { ...input, subject }, { year: 2026, ord: 1 }, on('2026-03-02'))
    expect(event.body.subject).toBe('张某…和…、138****5678要的决算')
  })
})
