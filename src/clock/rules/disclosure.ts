import type { Basis } from '../../model/clock.ts'
import { type Limit, type Rules, span } from './rule.ts'

/** How an application came. */
export type Channel = 'inPerson' | 'signedMail' | 'plainMail' | 'internet' | 'fax'

/** Which day is that of receipt. */
interface Receipt {
  /** The channel and the day, as people read them. */
  word: string
  day: string
  basis: Basis
}

/** Asking somebody before the answer. */
interface Asking {
  /** How long they have; none where the rules set none. */
  reply?: Limit
  /** What silence means: the office decides, or it may be disclosed. */
  silence: 'decide' | 'consent'
  /** That the time it takes is not counted. */
  uncounted?: Basis
  basis: Basis
}

export interface DisclosureRules extends Rules {
  answer: Limit
  /** The longest that the answer may be put off, once, and what it needs. */
  extension: Limit
  supplement: {
    /** Until when the applicant is told, at once and of everything. */
    notice?: Limit
    /** From which the answer is counted anew. */
    restart: Basis
    /** Not to supplement without good reason is to give up. */
    givenUp?: Basis
  }
  thirdParty: Asking
  otherOrgan?: Asking
  coMaker?: Asking
  receipt: Readonly<Record<Channel, Receipt>>
  /** Active disclosure, from the day a paper was made or changed. */
  publish: Limit
  /** Days of the next year by which the annual report is out. */
  report: readonly { title: string; date: string; basis: Basis }[]
}

const LAW_2007 = '政府信息公开条例（2007年）'
const LAW_2019 = '政府信息公开条例（2019年修订）'
const old = (article: string): Basis => ({ law: LAW_2007, article })
const now = (article: string): Basis => ({ law: LAW_2019, article })

const receiptBefore: Basis = { law: '国办公开办函〔2015〕207号', article: '关于收到申请的时间' }

const in2007: DisclosureRules = {
  ...{ law: LAW_2007, since: '2008-05-01' },
  answer: { title: '答复申请人', span: span.workdays(15), basis: old('第二十四条第二款') },
  extension: { title: '延长答复期限', span: span.workdays(15), basis: old('第二十四条第二款') },
  supplement: { restart: { ...old('第二十一条第（四）项'), confirmed: false } },
  thirdParty: { silence: 'decide', uncounted: old('第二十四条第三款'), basis: old('第二十三条') },
  receipt: {
    inPerson: { word: '当面提交', day: '提交之日', basis: receiptBefore },
    signedMail: { word: '邮寄（签收）', day: '签收之日', basis: receiptBefore },
    plainMail: { word: '平常信函', day: '与申请人电话确认之日', basis: receiptBefore },
    internet: { word: '互联网', day: '系统记录的收到之日', basis: receiptBefore },
    fax: { word: '传真', day: '与申请人确认之日', basis: { ...receiptBefore, confirmed: false } },
  },
  publish: { title: '主动公开', span: span.workdays(20), basis: old('第十八条') },
  report: [{ title: '公布年度报告', date: '03-31', basis: { ...old('第三十一条'), confirmed: false } }],
}

const in2019: DisclosureRules = {
  ...{ law: LAW_2019, since: '2019-05-15' },
  answer: { title: '答复申请人', span: span.workdays(20), basis: now('第三十三条第二款') },
  extension: { title: '延长答复期限', span: span.workdays(20), basis: now('第三十三条第二款') },
  supplement: {
    notice: { title: '一次性告知补正', span: span.workdays(7), basis: now('第三十条') },
    restart: now('第三十条'),
    givenUp: now('第三十条'),
  },
  thirdParty: {
    reply: { title: '第三方提出意见', span: span.workdays(15), basis: now('第三十二条') },
    silence: 'decide',
    uncounted: now('第三十三条第三款'),
    basis: now('第三十二条'),
  },
  otherOrgan: { silence: 'decide', uncounted: now('第三十三条第三款'), basis: now('第三十三条第三款') },
  coMaker: {
    reply: { title: '共同制作机关提出意见', span: span.workdays(15), basis: now('第三十四条') },
    silence: 'consent',
    uncounted: now('第三十三条第三款'),
    basis: now('第三十四条'),
  },
  receipt: {
    inPerson: { word: '当面提交', day: '提交之日', basis: now('第三十一条第（一）项') },
    signedMail: { word: '邮寄（签收）', day: '签收之日', basis: now('第三十一条第（二）项') },
    plainMail: { word: '平常信函', day: '与申请人确认之日（应当在收到当日确认）', basis: now('第三十一条第（二）项') },
    internet: { word: '互联网', day: '双方确认之日', basis: now('第三十一条第（三）项') },
    fax: { word: '传真', day: '双方确认之日', basis: now('第三十一条第（三）项') },
  },
  publish: { title: '主动公开', span: span.workdays(20), basis: now('第二十六条') },
  report: [
    { title: '部门提交并公布年度报告', date: '01-31', basis: now('第四十九条第一款') },
    { title: '本级政府公布年度报告', date: '03-31', basis: now('第四十九条第二款') },
  ],
}

/**
 * 政府信息公开条例 as it stood. For a case received before 2019-05-15 and open on that day no text says which holds: this
 * program goes by the day of receipt, and says so (`transition`).
 */
export const disclosureRules: readonly DisclosureRules[] = [in2007, in2019]

/** What is said of cases that were open when the rules changed. */
export const transition = '2019年5月15日以前收到的申请按2007年条例计算（以收到申请之日为准；法规对此没有明文）'
