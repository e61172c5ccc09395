import type { Case, CaseEvent } from '../../model/case.ts'
import type { Day } from '../../model/deadline.ts'
import { officeRoles } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { type Deed, lastOf } from '../register.ts'
import { dayAfter, dayText, isHandled, openOf } from './course.ts'
import { cited, isRevised, lawOf } from './law.ts'
import { supplementDue } from './limits.ts'
import { letterReceived, opinionDue } from './opinions.ts'

const at = (label: string, hint?: string) =>
  ({ name: 'at', label, type: 'day', optional: true, ...(hint && { hint }) }) as const

/** Where it stands in the 条例 that the application goes by. */
const onSupplement = (it: Case): string => cited(lawOf(it).supplement.restart)
const onThird = (it: Case): string => cited(lawOf(it).thirdParty.basis)
const OTHERS = '《条例》第三十四条'

const thirdAsked = (it: Case): CaseEvent | undefined => openOf(it, 'third-asked', 'third-answered')
const othersAsked = (it: Case): CaseEvent | undefined => openOf(it, 'others-asked', 'others-answered')

/** 补正: asked for once, within 7 workdays; the limit to answer runs anew from its receipt. */
const supplementing: Deed[] = [
  {
    name: 'supplement-asked',
    title: '告知补正',
    roles: officeRoles,
    fields: [
      at('告知之日'),
      { name: 'until', label: '补正截止日', type: 'day', hint: '合理的补正期限的最后一天' },
      { name: 'what', label: '需要补正的事项', type: 'long', optional: true },
    ],
    // Offered no second time but refused with its reason, which says what is to be done instead.
    fits: isHandled,
    check: (it, given, c) => {
      if (!it) return
      const before = lastOf(it, 'supplement-asked')
      if (before && isRevised(it))
        throw new BadInput(
          `${dayText(before.at)}已经告知补正：${onSupplement(it)}要求一次性告知，不能再次要求补正。补正后仍不明确的，以“补正后申请内容仍不明确”答复`,
        )
      const day = dayAfter(it, given, c, { what: '告知补正', article: onSupplement(it) })
      if (String(given.until) < day)
        throw new BadInput(
          `补正截止日${dayText(String(given.until))}早于告知之日：${onSupplement(it)}要求给申请人合理的补正期限`,
        )
    },
  },
  {
    name: 'supplemented',
    title: '收到补正',
    roles: officeRoles,
    fields: [at('收到补正之日'), { name: 'what', label: '补正后的申请内容', type: 'long', optional: true }],
    fits: (it) => isHandled(it) && openOf(it, 'supplement-asked', 'supplemented') !== undefined,
    check: (it, given, c) => {
      if (!it) return
      dayAfter(it, given, c, { what: '收到补正', article: onSupplement(it), follows: lastOf(it, 'supplement-asked') })
    },
  },
  {
    name: 'supplement-lapsed',
    title: '逾期不补正，不再处理',
    roles: officeRoles,
    fields: [at('决定不再处理之日')],
    fits: (it) => isHandled(it) && isRevised(it) && openOf(it, 'supplement-asked', 'supplemented') !== undefined,
    check: (it, given, c) => {
      if (!it) return
      const day = dayAfter(it, given, c, { what: '不再处理', article: onSupplement(it) })
      const due = supplementDue(it)
      if (due !== undefined && day <= due)
        throw new BadInput(
          `补正期限到${dayText(due)}为止：${onSupplement(it)}规定无正当理由逾期不补正的才视为放弃申请，最早${dayText(due)}的次日登记`,
        )
    },
  },
]

/** @throws BadInput where a letter came before it was sent, or is still to come */
const checkReceived = (who: string, received: unknown, sent: Day, today: Day, article: string): void => {
  if (received === undefined || (String(received) >= sent && String(received) <= today)) return
  throw new BadInput(
    `${who}收到之日${dayText(String(received))}有误（${article}）：应在发出之日${dayText(sent)}至今天之间`,
  )
}

/** Whom the information concerns is asked in writing; silence is no consent: the office decides. */
const third: Deed[] = [
  {
    name: 'third-asked',
    title: '征求第三方意见',
    roles: officeRoles,
    fields: [
      at('发出征求意见书之日'),
      { name: 'party', label: '第三方', type: 'text' },
      {
        name: 'received',
        label: '第三方收到之日',
        type: 'day',
        optional: true,
        hint: '还不知道的先不填，收到回执后登记',
      },
    ],
    fits: (it) => isHandled(it) && thirdAsked(it) === undefined,
    check: (it, given, c) => {
      if (!it) return
      const day = dayAfter(it, given, c, { what: '征求第三方意见', article: onThird(it) })
      checkReceived('第三方', given.received, day, c.today, onThird(it))
    },
  },
  {
    name: 'third-received',
    title: '第三方已收到',
    roles: officeRoles,
    fields: [at('第三方收到之日')],
    fits: (it) => isHandled(it) && thirdAsked(it) !== undefined && letterReceived(it, 'third') === undefined,
    check: (it, given, c) => {
      if (it)
        dayAfter(it, given, c, {
          what: '第三方收到征求意见书',
          article: onThird(it),
          follows: lastOf(it, 'third-asked'),
        })
    },
  },
  {
    name: 'third-answered',
    title: '第三方意见',
    roles: officeRoles,
    fields: [
      at('收到意见之日'),
      {
        name: 'opinion',
        label: '第三方意见',
        type: 'choice',
        options: [
          ['consent', '同意公开'],
          ['refusal', '不同意公开'],
          ['silence', '逾期未提出意见，由本机关决定'],
        ],
      },
    ],
    fits: (it) => isHandled(it) && thirdAsked(it) !== undefined,
    check: (it, given, c) => {
      if (!it) return
      const day = dayAfter(it, given, c, { what: '第三方意见', article: onThird(it), follows: thirdAsked(it) })
      // The 条例 of 2007 sets no days for an opinion: when it is silence the office says.
      if (given.opinion === 'silence' && lawOf(it).thirdParty.reply)
        refuseEarlySilence(day, opinionDue(it, 'third', c.calendar), onThird(it))
    },
  },
]

/** 第三方 or an organ is silent only when its days are over. */
const refuseEarlySilence = (day: string, due: string | undefined, article: string): void => {
  if (due === undefined)
    throw new BadInput(`还没有登记收到征求意见书之日：${article}的15个工作日从那一天起算，请先登记“已收到”`)
  if (day <= due)
    throw new BadInput(
      `征求意见的期限到${dayText(due)}为止（${article}，15个工作日）：${dayText(due)}以后仍未答复的才是逾期未提出意见`,
    )
}

/** Other organs: a co-maker's silence is consent, and of both the time of asking does not count. */
const others: Deed[] = [
  {
    name: 'others-asked',
    title: '征求其他机关意见',
    roles: officeRoles,
    fields: [
      at('发出之日'),
      {
        name: 'as',
        label: '对方是',
        type: 'choice',
        options: [
          ['co-maker', '共同制作机关（15个工作日，逾期视为同意）'],
          ['organ', '其他机关'],
        ],
      },
      { name: 'organs', label: '机关名称', type: 'text', kept: true },
      { name: 'received', label: '对方收到之日', type: 'day', optional: true, hint: '不填的按发出之日' },
    ],
    fits: (it) => isHandled(it) && isRevised(it) && othersAsked(it) === undefined,
    check: (it, given, c) => {
      if (!it) return
      const day = dayAfter(it, given, c, { what: '征求其他机关意见', article: OTHERS })
      checkReceived('对方', given.received, day, c.today, OTHERS)
    },
  },
  {
    name: 'others-answered',
    title: '其他机关意见',
    roles: officeRoles,
    fields: [
      at('收到意见之日'),
      {
        name: 'opinion',
        label: '意见',
        type: 'choice',
        options: [
          ['consent', '同意公开'],
          ['refusal', '不同意公开'],
          ['silence', '共同制作机关逾期未答复，视为同意'],
        ],
      },
    ],
    fits: (it) => isHandled(it) && othersAsked(it) !== undefined,
    check: (it, given, c) => {
      if (!it) return
      const asked = othersAsked(it)
      const day = dayAfter(it, given, c, { what: '其他机关意见', article: OTHERS, follows: asked })
      if (given.opinion !== 'silence') return
      if (asked?.body.as !== 'co-maker')
        throw new BadInput(`${OTHERS}只对共同制作机关规定逾期未答复视为同意：其他机关请登记它的意见`)
      refuseEarlySilence(day, opinionDue(it, 'others', c.calendar), OTHERS)
    },
  },
]

export const askingDeeds: readonly Deed[] = [...supplementing, ...third, ...others]
