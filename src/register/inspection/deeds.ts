import { inspectionRules } from '../../clock/rules/inspections.ts'
import { ruleOn } from '../../clock/rules/rule.ts'
import { basisTold } from '../../clock/words.ts'
import type { Case, Field } from '../../model/case.ts'
import { officeRoles } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { dayField, givenDay, inOrder } from '../course.ts'
import { type Deed, type Given, lastOf, type RegisterContext } from '../register.ts'
import { objectionDue } from './clocks.ts'
import {
  isCancelled,
  isOpen,
  isPlanned,
  objectsOf,
  openObjection,
  outcomes,
  rulesOf,
  sortOf,
  sorts,
  standingWith,
  unsettled,
} from './standing.ts'

const text = (name: string, label: string): Field => ({ name, label, type: 'long' })
const object: Field = {
  name: 'object',
  label: '督查对象',
  type: 'unit',
  optional: true,
  hint: '只有一个督查对象时不用填',
}
const by: Field = { name: 'by', label: '整改期限', type: 'day' }

const deed = (one: Omit<Deed, 'roles' | 'fits'> & Partial<Deed>): Deed => ({
  ...{ roles: officeRoles, fits: isOpen, check: (it, given, c) => inOrder(it, given, c) },
  ...one,
})

/** So many planned rounds of one object in a year, as the office has set, and no more. @throws BadInput */
const checkFrequency = (given: Given, c: RegisterContext): void => {
  if (!isPlanned(given.sort)) return
  const { plan } = ruleOn(inspectionRules, givenDay(given, c))
  const most = c.settings.inspections
  const rounds = (c.siblings ?? []).filter((it) => isPlanned(sortOf(it)) && !isCancelled(it))
  const objects = Array.isArray(given.objects) ? given.objects : []
  const over = objects.filter((unit) => rounds.filter((it) => objectsOf(it).includes(unit)).length >= most)
  if (over.length > 0)
    throw new BadInput(
      `所选督查对象中有${over.length}个今年已督查${most}次：应当严格控制督查频次（${basisTold(plan)}），本单位设定对同一对象一年最多${most}次，请去掉或并入已有的督查`,
    )
}

export const opening: Deed = {
  ...{ name: 'registered', title: '立项', roles: officeRoles, fits: () => true },
  fields: [
    { name: 'sort', label: '类型', type: 'choice', options: sorts },
    { name: 'title', label: '督查事项', type: 'text', kept: true, hint: '不写个人姓名' },
    { name: 'objects', label: '督查对象', type: 'units' },
    { ...text('content', '督查内容'), hint: '政府督查工作条例第十五条：方案应明确内容、对象和范围' },
    text('scope', '督查范围'),
    { name: 'order', label: '立项依据', type: 'text', kept: true, optional: true, hint: '政府决策部署、批示的文号' },
    { name: 'until', label: '督查时限', type: 'day', optional: true },
    dayField('立项日期'),
  ],
  check: (_, given, c) => {
    const { plan } = ruleOn(inspectionRules, givenDay(given, c))
    if (given.until !== undefined && String(given.until) < givenDay(given, c))
      throw new BadInput(`督查时限应在立项日期以后（${basisTold(plan)}）`)
    const objects = Array.isArray(given.objects) ? given.objects : []
    if (new Set(objects).size < objects.length) throw new BadInput('督查对象有重复的单位：每个单位只写一次')
    checkFrequency(given, c)
  },
}

/** The object that a deed is about: the only one, or the one that is named. @throws BadInput where it is not in the plan */
const objectIn = (it: Case, given: Given): string => {
  const objects = objectsOf(it)
  if (given.object === undefined) {
    const [only, ...more] = objects
    if (only !== undefined && more.length === 0) return only
    throw new BadInput('有几个督查对象：请填写督查对象')
  }
  if (objects.includes(String(given.object))) return String(given.object)
  throw new BadInput(
    `这个单位不在督查方案里：不得变更督查对象（${basisTold(rulesOf(it).asPlanned)}），需要的请另行立项`,
  )
}

/** A round of one object need not say which. */
const ofObject = (
  one: Omit<Deed, 'roles' | 'fits' | 'check'> & Partial<Deed> & { fields: readonly Field[] },
): Deed => ({
  ...deed(one),
  fields: [object, ...one.fields],
  check: (it, given, c) => {
    inOrder(it, given, c)
    if (it) objectIn(it, given)
    one.check?.(it, given, c)
  },
  settled: (given, _, it) => (it ? { ...given, object: objectIn(it, given) } : given),
})

const afterIt = (given: Given, c: RegisterContext): void => {
  if (given.by !== undefined && String(given.by) < givenDay(given, c))
    throw new BadInput('整改期限不能早于这一步的日期')
}

const found = ofObject({
  ...{ name: 'found', title: '发现问题' },
  fields: [text('problem', '问题'), by, dayField('日期')],
  fits: (it) => isOpen(it) && lastOf(it, 'concluded') === undefined,
  check: (_, given, c) => afterIt(given, c),
})

const rectified = ofObject({
  ...{ name: 'rectified', title: '报告整改', unit: true },
  fields: [text('report', '整改情况'), dayField('日期')],
  fits: (it) => isOpen(it) && objectsOf(it).some((unit) => standingWith(it, unit) === 'open'),
  check: (it, given) => {
    if (it && standingWith(it, objectIn(it, given)) !== 'open') throw new BadInput('这个督查对象没有待整改的问题')
  },
})

const checked = ofObject({
  ...{ name: 'checked', title: '核查整改' },
  fields: [
    { name: 'passed', label: '整改到位', type: 'yes' },
    { ...by, label: '再次整改的期限', optional: true, hint: '没有到位时填' },
    dayField('日期'),
    { name: 'note', label: '说明', type: 'long', optional: true },
  ],
  fits: (it) => isOpen(it) && unsettled(it).length > 0,
  check: (it, given, c) => {
    if (it && !unsettled(it).includes(objectIn(it, given))) throw new BadInput('这个督查对象没有要核查的整改')
    if (given.passed === false && given.by === undefined)
      throw new BadInput(`没有整改到位的，请填再次整改的期限${it ? `（${basisTold(rulesOf(it).rectify)}）` : ''}`)
    if (given.passed === true && given.by !== undefined) throw new BadInput('已经整改到位的不填再次整改的期限')
    afterIt(given, c)
  },
})

const concluded = deed({
  ...{ name: 'concluded', title: '反馈督查结论' },
  fields: [text('conclusion', '结论'), dayField('督查对象收到之日')],
  fits: (it) => isOpen(it) && lastOf(it, 'concluded') === undefined,
})

const reviewAsked = ofObject({
  ...{ name: 'review-asked', title: '申请复核' },
  fields: [text('ground', '理由'), dayField('收到申请之日')],
  fits: (it) => isOpen(it) && lastOf(it, 'concluded') !== undefined && lastOf(it, 'review-asked') === undefined,
  check: (it, given, c) => {
    if (!it) return
    inOrder(it, given, c, { kind: 'concluded', word: '收到督查结论之日' })
    const due = objectionDue(it, c.calendar)
    if (due !== undefined && givenDay(given, c) > due)
      throw new BadInput(`申请复核的30日已于${due}届满（${basisTold(rulesOf(it).objection.basis)}）：不再受理`)
  },
})

const reviewDecided = deed({
  ...{ name: 'review-decided', title: '复核决定' },
  fields: [
    { name: 'outcome', label: '结果', type: 'choice', options: outcomes },
    { name: 'recused', label: '参与作出结论的人员已回避', type: 'yes' },
    dayField('日期'),
  ],
  fits: (it) => isOpen(it) && openObjection(it) !== undefined,
  check: (it, given, c) => {
    inOrder(it, given, c, { kind: 'review-asked', word: '收到复核申请之日' })
    if (it && given.recused !== true)
      throw new BadInput(
        `参与作出督查结论的工作人员在复核中应当回避（${basisTold(rulesOf(it).recusal)}）：请换人复核后登记`,
      )
  },
})

const noted = deed({
  ...{ name: 'noted', title: '记录' },
  fields: [text('note', '说明'), dayField('日期')],
})

const finished = deed({
  ...{ name: 'finished', title: '办结', fields: [dayField('日期')] },
  fits: (it) => isOpen(it) && lastOf(it, 'concluded') !== undefined && openObjection(it) === undefined,
  check: (it, given, c) => {
    if (!it) return
    inOrder(it, given, c, { kind: 'concluded', word: '反馈督查结论的日期' })
    const left = unsettled(it).length
    if (left > 0)
      throw new BadInput(`还有${left}个督查对象没有整改到位：请先核查整改（${basisTold(rulesOf(it).rectify)}）`)
    const due = objectionDue(it, c.calendar)
    if (due !== undefined && lastOf(it, 'review-asked') === undefined && givenDay(given, c) <= due)
      throw new BadInput(`督查对象到${due}都可以申请复核（${basisTold(rulesOf(it).objection.basis)}）：请在那以后办结`)
  },
})

const cancelled = deed({
  ...{ name: 'cancelled', title: '撤销登记' },
  fields: [{ name: 'reason', label: '原因', type: 'long' }],
  fits: (it) => isOpen(it) && lastOf(it, 'concluded') === undefined,
})

/** What is done in an inspection, in the order in which it mostly is. */
export const deeds: readonly Deed[] = [
  ...[found, rectified, checked, concluded, reviewAsked, reviewDecided, noted, finished, cancelled],
]
