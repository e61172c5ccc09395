import { disclosureRules, transition } from '../clock/rules/disclosure.ts'
import { feeRules } from '../clock/rules/fees.ts'
import { incidentRules } from '../clock/rules/incidents.ts'
import { inspectionRules } from '../clock/rules/inspections.ts'
import { type Periods, suitOn } from '../clock/rules/periods.ts'
import { courtRules, reviewRules } from '../clock/rules/remedies.ts'
import { type Limit, ownLimit, ruleOn } from '../clock/rules/rule.ts'
import { deputyRules, proposalRules } from '../clock/rules/suggestions.ts'
import { type ClockEvent, runClock } from '../clock/run.ts'
import { basisTold, doesWords, spanTold, workTold } from '../clock/words.ts'
import { type Basis, type Clock, dayIn, Moment, type Span, type Step } from '../model/clock.ts'
import { type Day, Day as DayText } from '../model/deadline.ts'
import { BadInput } from '../model/problem.ts'
import { momentOf } from '../time/day.ts'
import { readArgs } from './args.ts'
import { out } from './print.ts'
import { withRuntime } from './runtime.ts'

/** A limit of the law as it stood on a day, and what may become of it. */
interface Ruled {
  limit: Limit | undefined
  extension?: Limit
  /** That asking others is not counted, and that it is counted anew. */
  uncounted?: Basis | undefined
  anew?: Basis
  by?: Periods
}

const rules: Record<string, { word: string; on: (day: Day) => Ruled }> = {
  answer: {
    word: '依申请公开答复',
    on: (day) => {
      const { answer, extension, thirdParty, supplement } = ruleOn(disclosureRules, day)
      return { limit: answer, extension, uncounted: thirdParty.uncounted, anew: supplement.restart }
    },
  },
  supplement: { word: '告知补正', on: (day) => ({ limit: ruleOn(disclosureRules, day).supplement.notice }) },
  'third-party': { word: '第三方提出意见', on: (day) => ({ limit: ruleOn(disclosureRules, day).thirdParty.reply }) },
  publish: { word: '主动公开', on: (day) => ({ limit: ruleOn(disclosureRules, day).publish }) },
  fee: { word: '缴纳信息处理费', on: (day) => ({ limit: ruleOn(feeRules, day).payment }) },
  statement: { word: '发布权威信息', on: (day) => ({ limit: ruleOn(incidentRules, day).statement }) },
  conference: { word: '新闻发布会', on: (day) => ({ limit: ruleOn(incidentRules, day).conference }) },
  response: { word: '回应其他舆情', on: (day) => ({ limit: ruleOn(incidentRules, day).response }) },
  suggestion: { word: '代表建议', on: (day) => ({ limit: ruleOn(deputyRules, day).reply }) },
  'suggestion-hard': { word: '代表建议（难办）', on: (day) => ({ limit: ruleOn(deputyRules, day).hard }) },
  proposal: { word: '政协提案', on: (day) => ({ limit: ruleOn(proposalRules, day).reply }) },
  objection: { word: '对督查结论申请复核', on: (day) => ({ limit: ruleOn(inspectionRules, day).objection }) },
  'review-apply': { word: '申请行政复议', on: (day) => ({ limit: ruleOn(reviewRules, day).apply, by: suitOn(day) }) },
  'review-answer': { word: '复议答复', on: (day) => ({ limit: ruleOn(reviewRules, day).defence, by: suitOn(day) }) },
  'review-decide': {
    word: '复议决定',
    on: (day) => {
      const { decide, extension } = ruleOn(reviewRules, day)
      return { limit: decide, extension, by: suitOn(day) }
    },
  },
  'court-after-review': {
    word: '复议后起诉',
    on: (day) => ({ limit: ruleOn(courtRules, day).afterReview, by: suitOn(day) }),
  },
  'court-direct': { word: '直接起诉', on: (day) => ({ limit: ruleOn(courtRules, day).direct, by: suitOn(day) }) },
  'court-answer': { word: '行政诉讼答辩', on: (day) => ({ limit: ruleOn(courtRules, day).defence, by: suitOn(day) }) },
}

const usage =
  'clock RULE --from DAY [--pause DAY --resume DAY] [--restart DAY] [--extend DAY] [--end DAY] | clock 20workday --from DAY'

const SPAN = /^(\d{1,3})(workday|day|hour|month)$/

const ruledOn = (name: string, day: Day): Ruled => {
  const [, n, type] = SPAN.exec(name) ?? []
  if (n !== undefined) return { limit: ownLimit('期限', { n: Number(n), type: type as Span['type'] }) }
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
  if (rule) return rule.on(day)
  const known = Object.entries(rules).map(([code, { word }]) => `${code} ${word}`)
  throw new BadInput(`没有“${name}”这个期限：可以写 ${known.join('、')}，或 20workday、30day、5hour、3month`)
}

const momentArg = (text: string | undefined, name: string): Moment => {
  if (text !== undefined && Moment.safeParse(text).success && DayText.safeParse(dayIn(text)).success) return text
  throw new BadInput(`${name} 应是日期或分钟，例如 2026-09-16、2026-09-16T22:30${text ? `，而不是“${text}”` : ''}`)
}

type Turn = 'pause' | 'resume' | 'restart' | 'extend' | 'end'
const turnWords: Record<Turn, string> = {
  ...{ pause: '征求意见', resume: '收到意见', restart: '收到补正', extend: '延长期限', end: '办结' },
}

/** @throws BadInput where the rule knows no such turn */
const turnOf = (
  does: Turn,
  at: Moment,
  { limit, extension, uncounted, anew, by }: Ruled & { limit: Limit },
): ClockEvent => {
  const own = limit.basis.law === '本单位设定' ? limit.basis : undefined
  const bases = { pause: uncounted, resume: uncounted, restart: anew, extend: extension?.basis, end: limit.basis }
  const basis = bases[does] ?? own
  if (!basis) throw new BadInput(`${limit.title}没有“${turnWords[does]}”：${basisTold(limit.basis)}没有这样规定`)
  const span = does === 'extend' ? (extension?.span ?? limit.span) : undefined
  return { event: turnWords[does], at, does, basis, ...(span && { span }), ...(by && { by }) }
}

/** What is allowed, or of a clock that was stopped: what is left. */
const leftTold = ({ does, span }: Step): string =>
  span && (does === 'pause' || does === 'resume') ? `还剩${spanTold(span)}` : spanTold(span)

const print = ({ steps, due, provisional }: Clock): void => {
  for (const step of steps) {
    const end = step.due ? `到${step.due.replace('T', ' ')}` : '不计时'
    const words = [step.at.replace('T', ' '), step.event, doesWords[step.does], leftTold(step), end]
    out(`${words.filter(Boolean).join(' ')}  ${basisTold(step.basis)}`)
    for (const line of workTold(step)) out(`    ${line}`)
  }
  out(
    due === null
      ? '现在没有在计算的期限'
      : `到期：${due.replace('T', ' ')}${provisional ? '（放假安排尚未公布，暂定）' : ''}`,
  )
}

/** The steps of one time limit by the office's calendar, for whoever checks a date by hand. Nothing is stored. */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const options = { from: text, pause: text, resume: text, restart: text, extend: text, end: text }
  const { values, positionals } = readArgs(argv, options, usage)
  const [name, ...rest] = positionals
  if (name === undefined || rest.length > 0) throw new BadInput(`用法：duban ${usage}`)
  const from = momentArg(values.from, '--from')
  const ruled = ruledOn(name, dayIn(from))
  const { limit, by } = ruled
  if (!limit) throw new BadInput(`${dayIn(from)}施行的规定没有给“${rules[name]?.word}”定期限`)
  const turns = (['pause', 'resume', 'restart', 'extend', 'end'] as const)
    .flatMap((does) => (values[does] === undefined ? [] : [{ does, at: momentArg(values[does], `--${does}`) }]))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  if (turns.some(({ at }) => at < from)) throw new BadInput(`--from 应是最早的一天：其余的都应在${from}或以后`)
  const start: ClockEvent = {
    event: '开始',
    at: from,
    does: 'start',
    span: limit.span,
    basis: limit.basis,
    ...(by && { by }),
  }
  const events = [start, ...turns.map(({ does, at }) => turnOf(does, at, { ...ruled, limit }))]
  await withRuntime(values, async ({ deps }) => {
    const { calendar } = await deps.cache(deps.store)
    print(runClock({ name, title: limit.title }, events, { calendar, now: momentOf(deps.now(), deps.zone) }))
    if (name === 'answer' && from < '2019-05-15') out(transition)
  })
}
