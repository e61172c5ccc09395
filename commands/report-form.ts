import type { DutyView } from '../db/queries/duties.ts'
import type { Form, Input } from '../src/model/card.ts'
import type { Intent, IntentOf } from '../src/model/intent.ts'
import { masked } from '../src/model/mask.ts'
import type { Context, Outcome } from './command.ts'
import { dayWords, roundWords } from './present.ts'
import { roundsOpen } from './rounds.ts'

type Report = IntentOf<'report'>

/** As many as a list to choose from has. */
const MOST = 10
/** What a form's frame may carry along of what was said; it lies on the platform, so numbers of people are not whole. */
const MOST_WORDS = 400

const links: Input = { name: 'links', label: '链接（几个之间用空格隔开）', hint: 'http://' }
const reviewer: Input = { name: 'reviewer', label: '保密审查人（已经保密审查的填姓名）' }
const note: Input = { name: 'note', label: '说明' }

/** 7月, 三季度, 8月20日到期: a round among others of its task. */
const roundLabel = (c: Context, round: string): string =>
  roundWords(round, c.today) || (/^\d{4}-\d{2}-\d{2}$/.test(round) ? `${dayWords(round, c.today)}到期` : '持续推进')

const periodInput = (c: Context, rounds: readonly string[]): Input => ({
  name: 'period',
  label: '期次',
  required: true,
  options: rounds.slice(0, MOST).map((value) => ({ value, label: roundLabel(c, value) })),
})

/** The same in words: 1-2 7月的已完成 http://…，已经保密审查（审查人：姓名）. */
const usageOf = (c: Context, number: string, round: string): string => {
  const period = roundWords(round, c.today)
  return `反馈可以用一句话回复：${number} ${period && `${period}的`}已完成 http://…，已经保密审查（审查人：姓名）`
}

const formOf = (c: Context, intent: Report, rounds: readonly string[], inputs: Input[]): Form => {
  const [first = ''] = rounds
  const { period: _, periods: __, reports: ___, ...frame } = intent
  const several = rounds.length > 1
  return {
    intent: several ? frame : { ...frame, period: first },
    inputs: [...(several ? [periodInput(c, rounds)] : []), ...inputs],
    submit: '提交反馈',
    usage: usageOf(c, intent.tasks?.[0] ?? '', first),
  }
}

/**
 * A liaison reads one of its own tasks: the form by which it reports there and then. Of two units of its own it could not
 * tell for which, so there is none.
 */
export const reportForm = (c: Context, duties: readonly DutyView[]): Form | undefined => {
  if (c.actor.role !== 'liaison') return undefined
  const own = roundsOpen(
    duties.filter(({ unit }) => c.actor.units.includes(unit)),
    c.today,
  ).sort((a, b) => ((a.dueOn ?? '9') < (b.dueOn ?? '9') ? -1 : 1))
  const [first] = own
  if (!first || own.some(({ unit, task }) => unit !== first.unit || task !== first.task)) return undefined
  const intent: Report = { intent: 'report', tasks: [first.number], plan: first.planCode }
  const form = formOf(c, intent, [...new Set(own.map(({ round }) => round))], [links, reviewer, note])
  // Of one duty alone the card rests on it, and is put right when that moves.
  return own.length > 1 ? form : { ...form, intent: { ...form.intent, reports: [first.id] } as Report }
}

const isReport = (option: Intent): option is Report => option.intent === 'report'

/** Asked which round is meant: the form that chooses it and asks for what the message did not say. */
export const asForm = (c: Context, outcome: Outcome, words: string, cleared: boolean): Outcome => {
  const { ask, reply } = outcome
  const options = ask?.want === 'period' ? ask.options.filter(isReport) : []
  const [first] = options
  const same = options.every(({ tasks, units }) => tasks?.[0] === first?.tasks?.[0] && units?.[0] === first?.units?.[0])
  // The rows of what is asked about come first, in the options' order.
  const rounds = [...new Set((outcome.rows ?? []).slice(0, options.length).map(({ round }) => round))]
  if (!reply || !first || !same || rounds.length < 2) return outcome
  const intent: Report = { ...first, ...(words && words.length <= MOST_WORDS && { note: masked(words) }) }
  const inputs = [...(first.links?.length ? [] : [links]), ...(cleared ? [] : [reviewer])]
  return { ...outcome, reply: { ...reply, form: { ...formOf(c, intent, rounds, inputs), usage: '' } } }
}
