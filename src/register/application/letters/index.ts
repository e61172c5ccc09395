import type { Channel } from '../../../clock/rules/disclosure.ts'
import type { Case } from '../../../model/case.ts'
import { dayIn } from '../../../model/clock.ts'
import { BadInput } from '../../../model/problem.ts'
import { lastOf } from '../../register.ts'
import { answerClock, isLateNotice } from '../clocks.ts'
import { feesOn, isRevised, lawOf, receivedOn } from '../law.ts'
import { feeTold } from '../paying.ts'
import { answerLetter } from './answer.ts'
import {
  aboutRequest,
  answerDue,
  blank,
  byLaw,
  contact,
  dayOfDeed,
  dayOr,
  type Letter,
  secretOr,
  text,
  toApplicant,
  type Writing,
} from './parts.ts'

export const letterKinds = ['receipt', 'supplement', 'extension', 'opinion', 'fee', 'answer'] as const
export type LetterKind = (typeof letterKinds)[number]

export const letterWords: Record<LetterKind, string> = {
  receipt: '登记回执',
  supplement: '补正告知书',
  extension: '延期答复告知书',
  opinion: '征求第三方意见书',
  fee: '收费告知书',
  answer: '答复书',
}

const receipt = (w: Writing): Letter => {
  const channel = lastOf(w.it, 'registered')?.body.channel as Channel
  const { word, day, basis } = lawOf(w.it).receipt[channel]
  return toApplicant(
    w,
    '政府信息公开申请登记回执',
    [
      text(aboutRequest(w)),
      text(`申请渠道为${word}，依据${byLaw(basis)}，以${day}为收到申请之日。`),
      text(
        `依据${byLaw(lawOf(w.it).answer.basis)}，本机关将于${answerDue(w)}前答复；依法需要补正、征求意见或者延长答复期限的，另行告知。`,
      ),
      contact,
    ],
    { day: receivedOn(w.it) },
  )
}

const supplement = (w: Writing): Letter => {
  const { it, c } = w
  const { restart, givenUp } = lawOf(it).supplement
  const until = dayOr(lastOf(it, 'supplement-asked')?.body.until, '补正截止日')
  const runsAnew = isLateNotice(it, c.calendar) ? '' : '，答复期限自本机关收到补正的申请之日起计算'
  return toApplicant(
    w,
    '政府信息公开申请补正告知书',
    [
      text(aboutRequest(w)),
      text(
        `经审查，申请内容不够明确。依据${byLaw(restart)}，请你（单位）于${until}前补正以下事项：${secretOr(it, 'supplement-asked.what', '需要补正的事项和补正的方法')}。`,
      ),
      text(
        givenUp
          ? `无正当理由逾期不补正的，视为放弃申请，本机关不再处理该申请${runsAnew}。`
          : `请在补正后一并提交${runsAnew}。`,
      ),
      contact,
    ],
    { day: dayOfDeed(it, 'supplement-asked') },
  )
}

const extension = (w: Writing): Letter => {
  const { it, c } = w
  const { basis, span } = lawOf(it).extension
  const event = lastOf(it, 'extended')
  const due = answerClock(it, c).steps.find(({ does }) => does === 'extend')?.due
  const days = event ? `${Number(event.body.days ?? span.n)}个工作日` : blank(`延长的工作日数，最长${span.n}个工作日`)
  return toApplicant(
    w,
    '政府信息公开申请延期答复告知书',
    [
      text(aboutRequest(w)),
      text(
        `因${secretOr(it, 'extended.why', '延长答复期限的理由')}，不能在原定期限内答复。依据${byLaw(basis)}，经本机关政府信息公开工作机构负责人同意，答复期限延长${days}，至${dayOr(due, '延长后的答复期限')}。`,
      ),
      contact,
    ],
    { day: dayOfDeed(it, 'extended') },
  )
}

/** The third party learns what is asked about it, and not by whom. */
const opinion = ({ it, c, issuer }: Writing): Letter => {
  const { basis, reply } = lawOf(it).thirdParty
  const within = reply ? `自收到本征求意见书之日起${reply.span.n}个工作日内` : `于${blank('答复期限')}前`
  const silent = isRevised(it) ? '逾期未提出意见的，由本机关依照规定决定是否公开。' : ''
  const to = secretOr(it, 'third-asked.party', '第三方')
  const head = { kind: 'letter', title: '政府信息公开征求第三方意见书', to, issuer, asOf: c.today } as const
  return {
    ...{ number: '', day: dayOfDeed(it, 'third-asked') },
    printed: {
      ...head,
      blocks: [
        text(
          `本机关收到政府信息公开申请，申请公开的政府信息涉及你（单位）的合法权益：${blank('涉及第三方的信息内容，不写申请人的情况')}。`,
        ),
        text(
          `依据${byLaw(basis)}，现书面征求你（单位）的意见。请${within}书面答复是否同意公开，不同意的请说明理由。${silent}`,
        ),
        contact,
        {
          ...{ kind: 'receipt', title: '意见回执', text: `${issuer}：征求第三方意见书已收悉，意见如下。` },
          fields: ['是否同意公开', '理由', '第三方（签章）', '联系电话', '收到征求意见书的日期', '答复日期'],
        },
      ],
    },
  }
}

const fee = (w: Writing): Letter => {
  const told = lastOf(w.it, 'fee-told')
  if (!told) throw new BadInput('收费告知书要有计费方式和件数或页数：请先登记告知收费')
  const { payment } = feesOn(dayIn(told.at))
  const { by, count, charged } = told.body
  const basis =
    by === 'pages'
      ? `本件所涉信息共${count}页，按量计收`
      : `你（单位）当月累计申请${count}件${Number(charged ?? 0) > 0 ? `（其中${charged}件已计收）` : ''}，按件计收`
  return toApplicant(
    w,
    '政府信息公开信息处理费收费告知书',
    [
      text(aboutRequest(w)),
      text(
        `依据《中华人民共和国政府信息公开条例》第四十二条和${payment.basis.law}，${basis}，应缴信息处理费${feeTold(told)}元。`,
      ),
      text(
        `请自收到本告知书的次日起${payment.span.n}个工作日内缴纳，缴款方式：${blank('收款单位、账号、缴款方式')}。逾期未缴纳的，视为放弃申请，本机关不再处理。`,
      ),
      contact,
    ],
    { day: dayIn(told.at) },
  )
}

/**
 * A letter about an application, from what is recorded of it, with blanks where only people know. `result`: of an answer that
 * is not recorded yet. @throws BadInput where what it cannot do without is not recorded
 */
export const letterOf = (kind: LetterKind, w: Writing, result?: string): Letter => {
  if (lastOf(w.it, 'voided')) throw new BadInput('这一件登记有误，已经作废：没有文书可出')
  return kind === 'answer' ? answerLetter(w, result) : { receipt, supplement, extension, opinion, fee }[kind](w)
}

/** The letters that can be written of it as it stands. */
export const lettersFor = (it: Case): readonly LetterKind[] => {
  if (lastOf(it, 'voided')) return []
  const answered = lastOf(it, 'answered', 'answered-2007') !== undefined
  return letterKinds.filter((kind) =>
    kind === 'fee'
      ? lastOf(it, 'fee-told') !== undefined
      : kind === 'answer'
        ? answered
        : !answered || WRITTEN[kind](it),
  )
}

/** Once it is answered, only what went out before is printed again. */
const WRITTEN: Record<Exclude<LetterKind, 'fee' | 'answer'>, (it: Case) => boolean> = {
  receipt: () => true,
  supplement: (it) => lastOf(it, 'supplement-asked') !== undefined,
  extension: (it) => lastOf(it, 'extended') !== undefined,
  opinion: (it) => lastOf(it, 'third-asked') !== undefined,
}
