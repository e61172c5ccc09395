import type { AnnualRow } from '../model/annual.ts'
import type { CellSpec, Count, Form } from './form.ts'

/** A row of 《政府信息公开情况统计表》. `level`: how far in it stands. `confirmed`: seen in a text of that time; the others are for the office to check. */
export interface Row2014 extends CellSpec {
  level: 0 | 1 | 2 | 3
  confirmed: boolean
}

const row = (
  level: Row2014['level'],
  cell: string,
  words: string,
  unit: string,
  more: { count?: Count; sumOf?: string[]; confirmed?: true; decimal?: true } = {},
): Row2014 => ({ ...{ level, cell: `s.${cell}`, words, unit }, ...more, confirmed: more.confirmed ?? false })

const channel = (name: string): { count: Count } => ({ count: { of: 'channel', channel: name } })
const via = (...names: string[]): { count: Count } => ({ count: { of: 'via', via: names } })
const ended = (...results: string[]): { count: Count } => ({ count: { of: 'concluded', results } })
const activities = (...kinds: string[]): { count: Count } => ({ count: { of: 'activities', kinds } })
const led = (...kinds: string[]): { count: Count } => ({ count: { of: 'activities', kinds, led: true } })
const confirmed = { confirmed: true } as const

const refusals = [
  ...['secret', 'trade-secret', 'privacy', 'security', 'no-such-kind', 'forbidden'],
  // Refusals by the law of 2019, which the form of 2014 has no row of their own for.
  ...['third-party', 'internal', 'process', 'enforcement-file', 'inquiry'],
]

/**
 * The rows of the form that came with 国办发〔2014〕32号, as far as they are known. Where results are named after the law
 * of 2019, its kinds are counted where the old row is plainly the same; the rest is entered.
 */
export const rows2014: readonly Row2014[] = [
  row(1, 'published', '（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）', '条', {
    ...channel('total'),
    ...confirmed,
  }),
  row(2, 'normative', '其中：主动公开规范性文件数', '条', confirmed),
  row(3, 'normative-made', '制发规范性文件总数', '件', confirmed),
  row(2, 'gazette', '政府公报公开政府信息数', '条'),
  row(2, 'website', '政府网站公开政府信息数', '条', channel('website')),
  row(2, 'weibo', '政务微博公开政府信息数', '条', channel('weibo')),
  row(2, 'wechat', '政务微信公开政府信息数', '条', channel('wechat')),
  row(2, 'other', '其他方式公开政府信息数', '条', channel('other')),
  row(
    1,
    'responses',
    '（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）',
    '次',
    activities('incident'),
  ),
  row(2, 'conferences', '参加或举办新闻发布会总次数', '次', channel('conference')),
  row(3, 'conferences-led', '其中：主要负责同志参加新闻发布会次数', '次', led('conference')),
  row(2, 'interviews', '政府网站在线访谈次数', '次', activities('interview')),
  row(3, 'interviews-led', '其中：主要负责同志参加政府网站在线访谈次数', '次', led('interview')),
  row(2, 'interpretations', '政策解读稿件发布数', '篇', activities('interpretation')),
  row(2, 'media-responses', '微博微信回应事件数', '次'),
  row(2, 'other-responses', '其他方式回应事件数', '次'),
  row(1, 'received', '（一）收到申请数', '件', {
    ...{ count: { of: 'received' }, sumOf: ['s.via-person', 's.via-fax', 's.via-web', 's.via-letter'] },
  }),
  row(2, 'via-person', '当面申请数', '件', via('inPerson')),
  row(2, 'via-fax', '传真申请数', '件', via('fax')),
  row(2, 'via-web', '网络申请数', '件', via('internet')),
  row(2, 'via-letter', '信函申请数', '件', via('signedMail', 'plainMail')),
  row(1, 'concluded', '（二）申请办结数', '件', {
    ...{ count: { of: 'concluded' }, sumOf: ['s.on-time', 's.extended'] },
  }),
  row(2, 'on-time', '按时办结数', '件', { count: { of: 'concluded', extended: false } }),
  row(2, 'extended', '延期办结数', '件', { count: { of: 'concluded', extended: true } }),
  row(1, 'answered', '（三）申请答复数', '件', { count: { of: 'concluded' } }),
  row(2, 'already-public', '属于已主动公开范围数', '件', ended('already-public')),
  row(2, 'granted', '同意公开答复数', '件', ended('granted')),
  row(2, 'partial', '同意部分公开答复数', '件', ended('partial')),
  row(2, 'refused', '不同意公开答复数', '件', ended(...refusals)),
  row(3, 'refused-secret', '其中：涉及国家秘密', '件', ended('secret')),
  row(3, 'refused-trade', '涉及商业秘密', '件', ended('trade-secret')),
  row(3, 'refused-privacy', '涉及个人隐私', '件', ended('privacy')),
  row(3, 'refused-security', '危及国家安全、公共安全、经济安全和社会稳定', '件', ended('security')),
  row(3, 'refused-no-information', '不是《条例》所指政府信息', '件', ended('no-such-kind')),
  row(3, 'refused-otherwise', '法律法规规定的其他情形', '件', ended('forbidden')),
  row(2, 'elsewhere', '不属于本行政机关公开数', '件', ended('not-ours')),
  row(2, 'absent', '申请信息不存在数', '件', ended('not-existing', 'not-held', 'to-be-made')),
  row(2, 'amend', '告知作出更改补充数', '件', ended('to-change', 'still-unclear')),
  row(2, 'other-ways', '告知通过其他途径办理数', '件', ended('elsewhere', 'complaint', 'published-books')),
  row(0, 'reviews', '四、行政复议数量', '件', {
    count: { of: 'remedies', remedies: ['review'], outcomes: ['upheld', 'corrected', 'other', 'pending'] },
  }),
  row(1, 'reviews-upheld', '（一）维持具体行政行为数', '件', {
    count: { of: 'remedies', remedies: ['review'], outcomes: ['upheld'] },
  }),
  row(1, 'reviews-corrected', '（二）被依法纠错数', '件', {
    count: { of: 'remedies', remedies: ['review'], outcomes: ['corrected'] },
  }),
  row(1, 'reviews-other', '（三）其他情形数', '件', {
    count: { of: 'remedies', remedies: ['review'], outcomes: ['other', 'pending'] },
  }),
  row(0, 'suits', '五、行政诉讼数量', '件', {
    count: {
      ...{ of: 'remedies', remedies: ['direct', 'after-review'] },
      outcomes: ['upheld', 'corrected', 'other', 'pending'],
    },
  }),
  row(1, 'suits-upheld', '（一）维持具体行政行为或者驳回原告诉讼请求数', '件', {
    count: { of: 'remedies', remedies: ['direct', 'after-review'], outcomes: ['upheld'] },
  }),
  row(1, 'suits-corrected', '（二）被依法纠错数', '件', {
    count: { of: 'remedies', remedies: ['direct', 'after-review'], outcomes: ['corrected'] },
  }),
  row(1, 'suits-other', '（三）其他情形数', '件', {
    count: { of: 'remedies', remedies: ['direct', 'after-review'], outcomes: ['other', 'pending'] },
  }),
  row(0, 'complaints', '六、举报投诉数量', '件'),
  row(0, 'fees', '七、依申请公开信息收取的费用', '万元', { decimal: true }),
  row(1, 'offices', '（一）政府信息公开工作专门机构数', '个'),
  row(1, 'places', '（二）设置政府信息公开查阅点数', '个', channel('points')),
  row(1, 'staff', '（三）从事政府信息公开工作人员数', '人', { sumOf: ['s.staff-full', 's.staff-part'] }),
  row(2, 'staff-full', '专职人员数（不包括政府公报及政府网站工作人员数）', '人'),
  row(2, 'staff-part', '兼职人员数', '人'),
  row(1, 'funds', '（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）', '万元', {
    decimal: true,
  }),
  row(1, 'meetings', '（一）召开政府信息公开工作会议或专题会议数', '次', activities('meeting')),
  row(1, 'trainings', '（二）举办各类培训班数', '次', activities('training')),
  row(1, 'trained', '（三）接受培训人员数', '人次', { count: { of: 'activities', kinds: ['training'], people: true } }),
]

/** Titles of the blocks that stand over a row. */
export const blocks2014: Readonly<Record<string, string>> = {
  's.published': '一、主动公开情况',
  's.responses': '二、回应解读情况',
  's.received': '三、依申请公开情况',
  's.offices': '八、机构建设和保障经费情况',
  's.meetings': '九、政府信息公开会议和培训情况',
}

/** The rows as an office has them: with its own words, without those that it took out, its own at the end. */
export const rowsWith = (own: Readonly<Record<string, AnnualRow | null>>): readonly Row2014[] => {
  const known = new Set(rows2014.map(({ cell }) => cell))
  const kept = rows2014.flatMap((one) => {
    const change = own[one.cell]
    if (change === null) return []
    return change ? [{ ...one, ...change, confirmed: true }] : [one]
  })
  const added = Object.entries(own).flatMap(([cell, made]) =>
    made && !known.has(cell) ? [{ level: 1 as const, cell, ...made, confirmed: true }] : [],
  )
  return [...kept, ...added]
}

/** What the first chapter tells of beside the table. */
const asides: readonly CellSpec[] = [
  { cell: 'a.hearings', words: '听取汇报', unit: '次', ...activities('hearing'), aside: true },
  { cell: 'a.reviews', words: '公开前作过保密审查的文件', unit: '件', ...activities('review'), aside: true },
]

const one = (id: string, ask: string) => [{ id, title: '', ask }]

/** The form of a report for 2017: six chapters, and the table of figures behind them. */
export const form2014 = (own: Readonly<Record<string, AnnualRow | null>> = {}): Form => ({
  id: '2014',
  source: '国办发〔2014〕32号',
  cells: [...rowsWith(own), ...asides],
  parts: [
    {
      title: '一、概述',
      sections: [
        { id: '1.leadership', title: '（一）组织领导和制度建设', ask: '分管领导、工作机构和本年印发的制度文件' },
        { id: '1.training', title: '（二）业务培训', ask: '培训的内容和范围' },
        { id: '1.assessment', title: '（三）监督考核', ask: '考核办法和结果' },
        { id: '1.channels', title: '（四）公开载体和受理渠道', ask: '载体和渠道的建设情况' },
        { id: '1.secrecy', title: '（五）保密审查', ask: '审查制度的落实情况' },
      ],
    },
    {
      title: '二、主动公开政府信息情况',
      sections: [
        { id: '2.number', title: '（一）数量', ask: '' },
        { id: '2.themes', title: '（二）主要类别', ask: '' },
        { id: '2.ways', title: '（三）公开形式', ask: '' },
      ],
    },
    { title: '三、依申请公开政府信息情况', sections: one('3', '') },
    { title: '四、依申请公开收费及减免情况', sections: one('4', '') },
    { title: '五、行政复议和行政诉讼情况', sections: one('5', '') },
    { title: '六、存在的主要问题及改进措施', sections: one('6', '存在的主要问题和改进措施') },
  ],
})
