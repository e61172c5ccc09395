/**
 * The words of the statistics on applications (国办公开办函〔2021〕30号, Tables 3 and 4), in one place: the register of
 * applications answers with these ids, the annual report counts by them.
 */

/** The columns 申请人情况 of Table 3, in its order; all but the first are 法人或其他组织. */
export const applicantKinds = ['natural', 'enterprise', 'research', 'welfare', 'legal', 'other'] as const
export type ApplicantKind = (typeof applicantKinds)[number]

export const applicantWords: Record<ApplicantKind, string> = {
  natural: '自然人',
  enterprise: '商业企业',
  research: '科研机构',
  welfare: '社会公益组织',
  legal: '法律服务机构',
  other: '其他',
}

/** The groups of 三、本年度办理结果, by their number in brackets. */
export const resultGroups: Readonly<Record<string, string>> = {
  ...{
    '3-1': '予以公开',
    '3-2': '部分公开',
    '3-3': '不予公开',
    '3-4': '无法提供',
    '3-5': '不予处理',
    '3-6': '其他处理',
  },
}

/** One way in which an application ends: a row of 三（一） to （六）. */
export interface DisclosureResult {
  id: string
  /** 3-3-8 is 三（三）8. */
  row: string
  /** The row's words as the form has them. */
  words: string
  /** Articles of the 条例 as revised in 2019 (our reading, no part of the form); empty where there is none. */
  article: string
}

const result = (id: string, row: string, words: string, article: string): DisclosureResult => ({
  ...{ id, row, words, article },
})

/** The 21 rows of results, in the order of the form. */
export const results = [
  result('granted', '3-1', '予以公开', '第三十六条第（一）、（二）项'),
  result('partial', '3-2', '部分公开', '第三十七条'),
  result('secret', '3-3-1', '属于国家秘密', '第十四条'),
  result('forbidden', '3-3-2', '其他法律行政法规禁止公开', '第十四条'),
  result('security', '3-3-3', '危及“三安全一稳定”', '第十四条'),
  result('third-party', '3-3-4', '保护第三方合法权益', '第十五条、第三十二条'),
  result('internal', '3-3-5', '属于三类内部事务信息', '第十六条第一款'),
  result('process', '3-3-6', '属于四类过程性信息', '第十六条第二款'),
  result('enforcement-file', '3-3-7', '属于行政执法案卷', '第十六条第二款'),
  result('inquiry', '3-3-8', '属于行政查询事项', '第三十六条第（七）项'),
  result('not-held', '3-4-1', '本机关不掌握相关政府信息', '第三十六条第（四）、（五）项'),
  result('to-be-made', '3-4-2', '没有现成信息需要另行制作', '第三十八条'),
  result('still-unclear', '3-4-3', '补正后申请内容仍不明确', '第三十条'),
  result('complaint', '3-5-1', '信访举报投诉类申请', '第三十九条第一款'),
  result('repeated', '3-5-2', '重复申请', '第三十六条第（六）项'),
  result('published-books', '3-5-3', '要求提供公开出版物', '第三十九条第二款'),
  result('excessive', '3-5-4', '无正当理由大量反复申请', '第三十五条'),
  result('reissue', '3-5-5', '要求行政机关确认或重新出具已获取信息', ''),
  result('supplement-lapsed', '3-6-1', '申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请', '第三十条'),
  result(
    'fee-lapsed',
    '3-6-2',
    '申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
    '第四十二条、国办函〔2020〕109号',
  ),
  result('otherwise', '3-6-3', '其他', ''),
] as const

/** 不予公开·属于国家秘密: a result with the group that it stands in, as people choose it. */
export const resultWords = ({ row, words }: DisclosureResult): string => {
  const group = resultGroups[row.slice(0, 3)] ?? ''
  return row.length === 3 ? words : `${group}·${words}`
}

/** How a review or a lawsuit came out, in the order of Table 4; `pending` is 尚未审结. */
export const outcomes = ['upheld', 'corrected', 'other', 'pending'] as const
export type Outcome = (typeof outcomes)[number]

export const outcomeWords: Record<Outcome, string> = {
  upheld: '结果维持',
  corrected: '结果纠正',
  other: '其他结果',
  pending: '尚未审结',
}

/** The three blocks of Table 4: 行政复议, and lawsuits without and after one. */
export const remedies = ['review', 'direct', 'after-review'] as const
export type Remedy = (typeof remedies)[number]

export const remedyWords: Record<Remedy, string> = {
  review: '行政复议',
  direct: '未经复议直接起诉',
  'after-review': '复议后起诉',
}
