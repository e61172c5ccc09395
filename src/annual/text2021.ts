import { ofWhich, sentence, type Teller, themesTold } from './teller.ts'

const request = (t: Teller): string[] => [
  ...sentence('本年', [
    t.told('t3.1.total') && `新收政府信息公开申请${t.told('t3.1.total')}${t.against('t3.1.total')}`,
    t.told('t3.2.total') && `上年结转${t.told('t3.2.total')}`,
    t.told('t3.3-7.total') && `办结${t.told('t3.3-7.total')}`,
    t.told('t3.4.total') && `结转下年度继续办理${t.told('t3.4.total')}`,
  ]),
  ...sentence('办结的申请', [
    ofWhich(t, [
      ['予以公开', 't3.3-1.total'],
      ['部分公开', 't3.3-2.total'],
    ])?.replace('其中', '中，'),
  ]),
  ...sentence('', [
    t.told('t4.review.total') && `有关政府信息公开的行政复议${t.told('t4.review.total')}`,
    t.told('t4.direct.total') && `行政诉讼中未经复议直接起诉${t.told('t4.direct.total')}`,
    t.told('t4.after-review.total') && `复议后起诉${t.told('t4.after-review.total')}`,
  ]),
]

const fee = (t: Teller): string[] => {
  if (t.value('fee.notices') === 0 && t.value('fee.charged') === 0)
    return ['本年没有发出信息处理费收费通知，没有收取信息处理费。']
  return sentence('本年', [
    t.told('fee.notices') && `发出信息处理费收费通知${t.told('fee.notices')}`,
    t.told('fee.billed') && `总金额${t.told('fee.billed')}`,
    t.told('fee.charged') && `实际收取${t.told('fee.charged')}`,
  ])
}

/** What the figures say in each section of parts one, five and six. */
export const text2021: Readonly<Record<string, (t: Teller) => string[]>> = {
  '1.disclosure': (t) => [
    ...sentence(`${t.year}年，`, [
      t.told('a.published') && `共主动公开政府信息${t.told('a.published')}${t.against('a.published')}`,
      t.told('a.conferences') && `举办新闻发布会${t.told('a.conferences')}`,
      t.told('a.interpretations') && `发布政策解读${t.told('a.interpretations')}`,
      t.told('a.responses') && `回应舆情${t.told('a.responses')}`,
    ]),
    ...themesTold(t),
  ],
  '1.request': request,
  '1.management': (t) => [
    ...sentence('', [
      t.told('t2.normative.made') && `本年制发行政规范性文件${t.told('t2.normative.made')}`,
      t.told('t2.normative.repealed') && `废止${t.told('t2.normative.repealed')}`,
      t.told('t2.normative.valid') && `现行有效${t.told('t2.normative.valid')}`,
    ]),
    ...sentence('', [t.told('a.reviews') && `公开前作过保密审查的文件${t.told('a.reviews')}`]),
  ],
  '1.platform': (t) => [
    ...sentence('', [
      t.told('a.website') && `通过政府网站公开政府信息${t.told('a.website')}`,
      t.told('a.weibo') && `政务微博${t.told('a.weibo')}`,
      t.told('a.wechat') && `政务微信${t.told('a.wechat')}`,
      t.told('a.other') && `其他方式${t.told('a.other')}`,
    ]),
    ...sentence('', [t.told('a.points') && `设有政府信息公开查阅点${t.told('a.points')}`]),
  ],
  '1.oversight': (t) =>
    sentence('本年', [
      t.told('a.meetings') && `召开工作会议、听取汇报${t.told('a.meetings')}`,
      t.told('a.trainings') && `组织培训${t.told('a.trainings')}`,
    ]),
  '5': () => [],
  '6': fee,
}

export const lacking2021: Readonly<Record<string, string>> = {
  '1.request': '政府信息公开申请的新收、结转和办结数',
  '6': '信息处理费的收费通知件数、总金额和实际收取金额',
}
