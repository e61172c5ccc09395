import { paperBases, secrecyRules } from '../../clock/rules/publications.ts'
import { ruleOn } from '../../clock/rules/rule.ts'
import type { Case, Field } from '../../model/case.ts'
import { type Basis, dayIn } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import { officeRoles } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { type Deed, type Given, lastOf, type RegisterContext } from '../register.ts'
import {
  channels,
  conclusions,
  forms,
  isFinished,
  isPublished,
  isReturned,
  lacking,
  madeOn,
  natureEvent,
  natureOf,
  natures,
  reasons,
  wordOf,
} from './course.ts'

const at: Field = { name: 'at', label: '日期', type: 'day', optional: true, hint: '不填就是今天' }
const link: Field = { name: 'link', label: '网址', type: 'link', kept: true }
const nature: Field = { name: 'nature', label: '公开属性', type: 'choice', options: natures }
const reason: Field = { name: 'reason', label: '不予公开的理由', type: 'choice', options: reasons, optional: true }

const said = ({ law, article }: Basis): string => `${law}${article}`
const dayGiven = (given: Given, c: RegisterContext): Day => (typeof given.at === 'string' ? given.at : c.today)

/** A paper that is not disclosed says why; no other has a reason for it. @throws BadInput */
const reasonFits = ({ nature: said80, reason: why }: Given): void => {
  if (said80 === 'none' && why === undefined)
    throw new BadInput(
      `不予公开的文件要写明理由（${said(paperBases.attribute)}）：${reasons.map(([, word]) => word).join('、')}`,
    )
  if (said80 !== 'none' && why !== undefined)
    throw new BadInput(`公开属性是“${wordOf(natures, said80)}”，不用填不予公开的理由：请核对公开属性`)
}

/** @throws BadInput where it is said to have happened before the paper was made, or was made public */
const notBefore = (given: Given, c: RegisterContext, day: Day, what: string): void => {
  if (dayGiven(given, c) < day) throw new BadInput(`日期早于${what}的日期（${day}）：请核对`)
}

/** How a paper comes in. Its day is that on which it was made (印发). */
export const opening: Deed = {
  ...{ name: 'registered', title: '登记', roles: officeRoles, fits: () => true },
  fields: [
    { name: 'title', label: '标题', type: 'text', kept: true },
    { name: 'docNo', label: '文号', type: 'text', kept: true, optional: true },
    // Asked for by the check, which says why a paper without it goes back.
    { ...nature, optional: true },
    reason,
    { name: 'unit', label: '起草单位', type: 'unit' },
    { ...at, label: '印发日期' },
    {
      name: 'needs',
      label: '需要解读',
      type: 'yes',
      optional: true,
      hint: '不填就按需要解读提醒，直到登记解读或者免予解读',
    },
  ],
  check: (_, given) => {
    if (given.nature === undefined)
      throw new BadInput(
        `没有标明公开属性的文件退回起草单位（${said(paperBases.attribute)}）：请标明主动公开、依申请公开或者不予公开（附理由）再登记`,
      )
    reasonFits(given)
  },
}

const isOpen = (it: Case): boolean => !isFinished(it)
const mayMove = (it: Case): boolean => isOpen(it) && !isPublished(it)

const attributed: Deed = {
  ...{ name: 'attributed', title: '改公开属性', roles: officeRoles, fits: mayMove },
  fields: [nature, reason, { name: 'why', label: '变更的原因', type: 'long' }, at],
  check: (it, given, c) => {
    reasonFits(given)
    if (!it) return
    const now = natureEvent(it)?.body
    if (!isReturned(it) && now?.nature === given.nature && (now?.reason ?? undefined) === given.reason)
      throw new BadInput(`公开属性现在就是“${wordOf(natures, given.nature)}”：没有变更`)
    notBefore(given, c, dayIn(madeOn(it)), '印发')
  },
}

const reviewed: Deed = {
  ...{ name: 'reviewed', title: '保密审查', roles: officeRoles, unit: true, fits: mayMove },
  fields: [
    { name: 'by', label: '审查人', type: 'text' },
    { name: 'conclusion', label: '审查结论', type: 'choice', options: conclusions },
    { ...at, label: '审查日期' },
    { name: 'note', label: '删除的内容或者说明', type: 'long', optional: true, hint: '不写涉密内容' },
  ],
}

/** 先审查后公开、一事一审. @throws BadInput with the articles that hold on the day */
const reviewedBefore = (it: Case, day: Day): void => {
  const bases = ruleOn(secrecyRules, day).review.map(said).join('、')
  const review = lastOf(it, 'reviewed')
  if (!review) throw new BadInput(`还没有保密审查：先审查后公开（${bases}），请先登记审查人、日期和结论`)
  if (review.body.conclusion === 'no')
    throw new BadInput(`保密审查的结论是“不得公开”（${bases}）：请改公开属性，或者删除有关内容后重新审查`)
  if (dayIn(review.at) > day)
    throw new BadInput(`公开的日期早于保密审查（${dayIn(review.at)}）：先审查后公开（${bases}），请核对日期`)
}

const published: Deed = {
  ...{ name: 'disclosed', title: '已公开', roles: officeRoles, unit: true },
  fields: [
    link,
    { name: 'channel', label: '公开的渠道', type: 'choice', options: channels, optional: true },
    { ...at, label: '公开日期' },
    {
      ...{ name: 'within', label: '几个工作日内解读', type: 'number', optional: true },
      hint: '不填就用本单位设定的；0就是与文件同日',
    },
  ],
  fits: mayMove,
  check: (it, given, c) => {
    if (!it) return
    if (isReturned(it)) throw new BadInput('文件已经退回起草单位：请先重新标明公开属性')
    if (natureOf(it) !== 'active')
      throw new BadInput(
        `公开属性是“${wordOf(natures, natureOf(it))}”（${said(paperBases.attribute)}）：要公开，请先改公开属性并写明原因`,
      )
    notBefore(given, c, dayIn(madeOn(it)), '印发')
    reviewedBefore(it, dayGiven(given, c))
    if (typeof given.within === 'number' && given.within > 60) throw new BadInput('解读的工作日数应在0到60之间')
  },
  // What the office has set may change later; the limit that held when the paper came out stays.
  settled: (given, { settings }) => ({
    ...{ channel: 'website' },
    ...(settings.interpret !== null && { within: settings.interpret }),
    ...given,
  }),
}

const interpreted: Deed = {
  ...{ name: 'interpreted', title: '已解读', roles: officeRoles, unit: true },
  fields: [
    link,
    { name: 'form', label: '解读的形式', type: 'choice', options: forms, optional: true },
    { ...at, label: '解读日期' },
  ],
  fits: (it) => isOpen(it) && isPublished(it),
  check: (it, given, c) => notBefore(given, c, dayIn((it && lastOf(it, 'disclosed')?.at) ?? ''), '公开'),
  settled: (given) => ({ form: 'text', ...given }),
}

const exempted: Deed = {
  ...{ name: 'exempted', title: '免予解读', roles: officeRoles },
  fields: [{ name: 'reason', label: '原因', type: 'long' }, at],
  fits: (it) => isOpen(it) && lacking(it).includes('解读'),
}

const returned: Deed = {
  ...{ name: 'returned', title: '退回起草单位', roles: officeRoles },
  fields: [{ name: 'reason', label: '原因', type: 'long' }, at],
  fits: (it) => mayMove(it) && !isReturned(it),
}

const finished: Deed = {
  ...{ name: 'finished', title: '办结', roles: officeRoles },
  fields: [{ name: 'reason', label: '说明', type: 'long', optional: true, hint: '三项没有齐全时必填' }, at],
  fits: (it) => isOpen(it) && lacking(it).length > 0,
  check: (it, given) => {
    const lacks = it ? lacking(it) : []
    if (given.reason === undefined)
      throw new BadInput(`还缺${lacks.join('、')}：请先登记；确实不需要的，写明原因再办结`)
  },
}

export const deeds: readonly Deed[] = [reviewed, published, interpreted, attributed, exempted, returned, finished]
