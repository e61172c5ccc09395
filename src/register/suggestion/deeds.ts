import { count } from '../../clock/count.ts'
import { ruleOn } from '../../clock/rules/rule.ts'
import { deputyRules, proposalRules } from '../../clock/rules/suggestions.ts'
import { basisTold } from '../../clock/words.ts'
import type { Case, Field } from '../../model/case.ts'
import type { Basis } from '../../model/clock.ts'
import { officeRoles } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { dayField, givenDay, inOrder } from '../course.ts'
import { type Deed, type Given, lastOf } from '../register.ts'
import {
  givenOn,
  isDeputy,
  isHard,
  isOpen,
  isReplied,
  linkOf,
  reasons,
  results,
  rulesOf,
  satisfactions,
  sources,
} from './standing.ts'

const note: Field = { name: 'note', label: '说明', type: 'long', optional: true }

const deed = (one: Omit<Deed, 'roles' | 'fits'> & Partial<Deed>): Deed => ({
  ...{ roles: officeRoles, fits: isOpen, check: (it, given, c) => inOrder(it, given, c) },
  ...one,
})

export const opening: Deed = {
  ...{ name: 'registered', title: '登记', roles: officeRoles, fits: () => true },
  fields: [
    { name: 'source', label: '来源', type: 'choice', options: sources },
    { name: 'title', label: '案由', type: 'text', kept: true, hint: '不写代表、委员的姓名' },
    { name: 'session', label: '会议', type: 'text', kept: true, hint: '如：市六届人大二次会议' },
    { name: 'number', label: '编号', type: 'text', kept: true },
    { name: 'proposer', label: '提出人', type: 'text', optional: true },
    { name: 'hard', label: '涉及面广、处理难度大', type: 'yes', optional: true, hint: '答复期限为六个月' },
    { ...dayField('交办之日'), hint: '不填就是今天；期限从这一天起算' },
    { name: 'unit', label: '承办单位', type: 'unit', optional: true },
  ],
  check: (_, given, c) => {
    ruleOn(given.source === 'deputy' ? deputyRules : proposalRules, givenDay(given, c))
  },
}

const assigned = deed({
  ...{ name: 'assigned', title: '交办' },
  fields: [{ name: 'unit', label: '承办单位', type: 'unit' }, dayField('日期'), note],
})

const regraded = deed({
  ...{ name: 'regraded', title: '认定难办', fields: [dayField('日期'), note] },
  fits: (it) => isOpen(it) && !isHard(it) && lastOf(it, 'replied') === undefined,
  check: (it, given, c) => {
    inOrder(it, given, c)
    if (!it) return
    const { reply } = rulesOf(it)
    const { due } = count(givenOn(it), reply.span, c.calendar)
    if (givenDay(given, c) > due)
      throw new BadInput(`三个月已于${due}届满（${basisTold(reply.basis)}）：期满以后不能再改为六个月，请尽快答复`)
  },
})

const met = deed({
  ...{ name: 'met', title: '与提出人沟通', unit: true },
  fields: [
    {
      ...{ name: 'way', label: '方式', type: 'choice' },
      options: [
        ['visit', '当面'],
        ['meeting', '座谈'],
        ['phone', '电话'],
        ['letter', '书面'],
      ],
    },
    dayField('日期'),
    note,
  ],
})

/** Whether the reply is published and, where it is not, why. @throws BadInput */
const checkPublic = ({ public: open, why }: Given): void => {
  if (open === false && why === undefined) throw new BadInput('答复不公开的要选不公开的理由')
  if (open === true && why !== undefined) throw new BadInput('答复公开的不填不公开的理由')
}

const replied = deed({
  ...{ name: 'replied', title: '答复', unit: true },
  fields: [
    { ...dayField('答复之日') },
    { name: 'result', label: '办理结果', type: 'choice', options: results },
    { name: 'paper', label: '答复文号', type: 'text', kept: true, optional: true },
    { name: 'public', label: '答复是否公开', type: 'yes' },
    { name: 'why', label: '不公开的理由', type: 'choice', options: reasons, optional: true },
    { name: 'link', label: '公开的网址', type: 'link', kept: true, optional: true },
  ],
  fits: (it) => isOpen(it) && !isReplied(it),
  check: (it, given, c) => {
    inOrder(it, given, c, { kind: 'returned-anew', word: '退回重办的日期' })
    checkPublic(given)
    if (it && isDeputy(it) && lastOf(it, 'met') === undefined)
      throw new BadInput(`还没有登记与代表沟通：应当与代表联系沟通、充分听取意见以后答复（${basisTold(talking(it))}）`)
  },
})

/** Where the law asks to talk with the deputy first. */
const talking = (it: Case): Basis => {
  const { law } = rulesOf(it)
  return { law, article: law.includes('2025') ? '第五十一条第二款' : '第四十二条第二款' }
}

const published = deed({
  ...{ name: 'linked', title: '答复已公开', unit: true },
  fields: [{ name: 'link', label: '网址', type: 'link', kept: true }, dayField('日期')],
  fits: (it) => isOpen(it) && isReplied(it) && lastOf(it, 'replied')?.body.public === true && !linkOf(it),
})

const opinion = deed({
  ...{ name: 'opinion', title: '提出人意见' },
  fields: [{ name: 'satisfied', label: '对答复', type: 'choice', options: satisfactions }, dayField('日期'), note],
  fits: (it) => isOpen(it) && isReplied(it),
  check: (it, given, c) => inOrder(it, given, c, { kind: 'replied', word: '答复之日' }),
})

const returnedAnew = deed({
  ...{ name: 'returned-anew', title: '退回重办' },
  fields: [{ name: 'by', label: '重新答复的期限', type: 'day', hint: '由交办机关确定' }, dayField('日期'), note],
  fits: (it) => isOpen(it) && isReplied(it) && lastOf(it, 'replied', 'opinion')?.body.satisfied === 'no',
  check: (it, given, c) => {
    inOrder(it, given, c, { kind: 'opinion', word: '提出意见的日期' })
    if (String(given.by) <= givenDay(given, c)) throw new BadInput('重新答复的期限应在退回的日期以后')
  },
})

const finished = deed({
  ...{ name: 'finished', title: '办结', fields: [dayField('日期'), note] },
  fits: (it) => isOpen(it) && isReplied(it) && lastOf(it, 'replied', 'opinion')?.body.satisfied !== 'no',
  check: (it, given, c) => {
    inOrder(it, given, c, { kind: 'replied', word: '答复之日' })
    if (it && lastOf(it, 'replied')?.body.public === true && !linkOf(it))
      throw new BadInput('答复应公开，还没有登记公开的网址：请先登记“答复已公开”')
  },
})

const cancelled = deed({
  ...{ name: 'cancelled', title: '撤销登记' },
  fields: [{ name: 'reason', label: '原因', type: 'long' }],
  fits: (it) => isOpen(it) && lastOf(it, 'replied') === undefined,
})

/** What is done to a suggestion, in the order in which it mostly is. */
export const deeds: readonly Deed[] = [
  ...[assigned, met, regraded, replied, published, opinion, returnedAnew, finished, cancelled],
]
