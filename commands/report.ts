import type { DutyView } from '../db/queries/duties.ts'
import { findDuties } from '../db/queries/duties.ts'
import type { Button } from '../src/model/card.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { stateOn } from '../src/model/life.ts'
import { overdueOn } from '../src/time/schedule.ts'
import { answered, type Changed, change } from './change.ts'
import { outstanding } from './collect.ts'
import type { Command, Context, Outcome } from './command.ts'
import { dutiesOfTasks, ownUnits } from './find.ts'
import { afterwards, happen } from './happen.ts'
import { matching } from './match.ts'
import { ownMeant } from './meant.ts'
import { withRest } from './partly.ts'
import { place } from './place.ts'
import { answerRow, codeOf, dayWords, firstWords, roundWords, seen, textOf, unitName } from './present.ts'
import { problem } from './problem.ts'
import { countTold } from './report-count.ts'
import { asForm } from './report-form.ts'
import { ofSection, partsLeft, proofsLeft, tick } from './tick.ts'
import { tickList } from './tick-list.ts'

type Report = IntentOf<'report'>

/** 已经保密审查, said in the report itself. */
const saysCleared = (text: string): boolean =>
  /(?:已|经|通过)[^，。；]{0,6}保密(?:审查|审核)|保密(?:审查|审核)[^，。；]{0,4}(?:已|通过|完成)/.test(text) &&
  !/(?:未|没|尚|待|正在)[^，。；]{0,6}保密/.test(text)

/** 审查人：王静, as the report itself says it. */
const reviewerSaid = (text: string): string | undefined =>
  /审[查核]人[:：是为 ]{0,3}([\u4e00-\u9fa5]{2,4})(?![\u4e00-\u9fa5])/.exec(text)?.[1]

/** What is 待核实 is from before the start day, and late in nobody's figures. */
const isLate = (c: Context, duty: DutyView): boolean =>
  duty.state !== 'unconfirmed' && duty.dueOn !== null && overdueOn(duty.dueOn, c.today, c.calendar)

/** What was said, and what a form asks for beside it. */
const wordsOf = (c: Context, { note }: Report): string => [c.message.text, note].filter(Boolean).join('，')

const isCleared = (c: Context, intent: Report): boolean =>
  intent.reviewer !== undefined || saysCleared(wordsOf(c, intent))

/** Who looked at it for secrecy, where it was looked at. */
const reviewerOf = (c: Context, intent: Report): string | undefined =>
  isCleared(c, intent) ? (intent.reviewer ?? reviewerSaid(wordsOf(c, intent))) : undefined

const reported = (c: Context, intent: Report, duty: DutyView): Changed[] => {
  const body = {
    ...{ links: intent.links ?? [], zero: intent.zero ?? false, late: isLate(c, duty) },
    ...(intent.via && { channel: intent.via }),
  }
  const words = { text: wordsOf(c, intent), room: { ...c.place.address } }
  const by = reviewerOf(c, intent)
  return change(c, [duty], 'reported', body, words).map((changed) => {
    if (!isCleared(c, intent)) return changed
    const facts = [...changed.facts, ...happen(c, changed.after, 'cleared', {}, by === undefined ? undefined : { by })]
    return { ...changed, facts, after: afterwards(duty, facts) }
  })
}

const clearedButton = (duties: readonly DutyView[]): Button => ({
  label: '已经保密审查',
  intent: {
    intent: 'secrecy',
    tasks: [...new Set(duties.map((duty) => duty.number))],
    reports: duties.map((duty) => duty.id),
  },
})

const named = (c: Context, duty: DutyView): string =>
  [codeOf(duty), roundWords(duty.round, c.today)].filter(Boolean).join(' ')

/** What the office will miss when it checks: said now, while it can still be sent. */
const missing = async (c: Context, duties: readonly DutyView[]): Promise<[string, string][]> => {
  const own = duties.filter((duty) => duty.state !== 'standing')
  const all = own.some((duty) => duty.role === 'lead')
    ? await dutiesOfTasks(
        c,
        own.map(({ task }) => ({ id: task })),
      )
    : []
  const sections = await Promise.all(own.map((duty) => partsLeft(c, duty)))
  const units = own.flatMap((duty) => outstanding(duty, all)).map((part) => unitName(c, part.unit))
  return [
    ['还差佐证', [...new Set(own.flatMap(proofsLeft))].join('、')],
    ['还没有交的科室', [...new Set(sections.flat())].join('、')],
    ['还没有交的配合单位', [...new Set(units)].join('、')],
  ]
}

const entered = async (c: Context, intent: Report, duties: DutyView[]): Promise<Outcome> => {
  const changed = duties.flatMap((duty) => reported(c, intent, duty))
  const stage = duties.every((duty) => stateOn(duty, c.today) === 'standing')
  const more = duties.filter((duty) => duty.state === 'review')
  const own = c.actor.role === 'liaison'
  const count = await countTold(c, duties, wordsOf(c, intent))
  const outcome = answered(c, changed, {
    title: stage ? '已记入阶段成果' : '已收到反馈，待审核',
    tone: 'good',
    fields: [
      ['链接', intent.links?.join('\n') ?? ''],
      ['保密审查人', reviewerOf(c, intent) ?? ''],
      ...count.fields,
      ...(await missing(c, duties)),
    ],
    notes: [
      ...(intent.zero ? ['本期零报告。'] : []),
      ...(more.length > 0
        ? [`${more.map((duty) => named(c, duty)).join('、')} 已有反馈待审核，这一份作为补充，一并送审。`]
        : []),
    ],
    ...(own && !intent.zero && !isCleared(c, intent) && { buttons: [clearedButton(duties)] }),
  })
  return { ...outcome, tallied: count.tallied }
}

const whys: Partial<Record<DutyView['state'], string>> = {
  asleep: '是配合事项，牵头单位收材料时再报即可。',
  waiting: '还在等待触发事项发生；事项发生后由主管科室登记，再开始计时。',
  suspended: '已经中止，恢复以后再报。',
  waived: '已经免予办理，不用再报。',
}

/** Why duties that are the speaker's take no report now. */
const whyNot = (c: Context, duties: DutyView[]): Outcome => {
  const items = duties.map((duty) => seen(c, duty))
  const first = items.find((item) => item.state === 'done') ?? items[0]
  const closed = first?.duty.closedOn
  const words =
    first?.state === 'done'
      ? `已于${closed ? dayWords(closed, c.today) : '此前'}办结。`
      : (first && whys[first.state]) || '本期还没有开始。'
  return {
    reply: problem(
      '这项任务现在不需要反馈',
      `${first ? named(c, first.duty) : ''} ${words}`,
      '回复“任务清单”可查看本单位全部任务。',
    ),
    rows: items.map((item) => answerRow(c, item)),
  }
}

const isLink = (text: string): boolean =>
  /^(?:https?:\/\/|www\.)[^\s<>"]+$/i.test(text) || /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#:][^\s<>"]*)?$/i.test(text)

/** A button and a form carry what nobody has read as an address yet. */
const notLinks = ({ links = [] }: Report): string[] => links.filter((link) => !isLink(link))

const badLinks = (links: readonly string[]): Outcome => ({
  reply: problem(
    '链接不对',
    `“${firstWords(links[0] ?? '', 40)}”不是网址，本次没有登记。`,
    '链接以 http:// 或 https:// 开头，几个之间用空格隔开；没有链接就不填。',
  ),
  refused: 'link',
})

const byNumber = async (c: Context, intent: Report): Promise<Outcome> => {
  const found = await ownMeant(c, intent, {
    // A report claims by itself.
    kind: ['reported', 'claimed'],
    rounds: 'one',
    begun: true,
    example: '例：12号 7月的已公开 http://…',
    none: '',
    instead: (duties) => whyNot(c, duties),
  })
  if ('outcome' in found) return asForm(c, found.outcome, wordsOf(c, intent), isCleared(c, intent))
  const [only] = found.ok
  // 预算科的材料交了 is one section's part, and not yet the unit's report.
  if (only && found.ok.length === 1 && (await ofSection(c, only)))
    return withRest(await tick.run(c, sectionSent(only)), found.rest)
  return withRest(await entered(c, intent, found.ok), found.rest)
}

const sectionSent = ({ id, number, planCode }: DutyView): IntentOf<'tick'> => ({
  ...{ intent: 'tick', tasks: [number], plan: planCode, reports: [id] },
})

/** A report without a number is matched by its words against the speaker's own open duties. */
const byWords = async (c: Context, intent: Report, units: string[]): Promise<Outcome> => {
  const own = await findDuties(c.db, { units, states: ['open', 'returned', 'unclaimed', 'standing'] })
  const numbers = [...new Set(matching(own, intent.keyword ?? '').map((duty) => `${duty.planCode} ${duty.number}`))]
  if (numbers.length === 0)
    return {
      reply: problem('请写明任务编号', '没有认出是哪一项任务，回复编号即可。', '例：12号 7月的已公开 http://…'),
      ask: { intent, want: 'task', options: [] },
    }
  const options = numbers.slice(0, 5).map((name) => {
    const [plan = '', number = ''] = name.split(' ')
    return { ...intent, tasks: [number], plan }
  })
  const [only] = options
  if (options.length === 1 && only) return byNumber(c, only)
  const lines = options.map((option, i) => {
    const duty = own.find((one) => one.number === option.tasks[0] && one.planCode === option.plan)
    return { text: `${i + 1}. ${duty ? `${codeOf(duty)} ${firstWords(textOf(duty))}` : ''}` }
  })
  return {
    reply: {
      title: '是哪一项任务？',
      tone: 'plain',
      blocks: [
        { kind: 'list', lines },
        { kind: 'note', text: '回复序号即可。' },
      ],
    },
    ask: { intent, want: 'task', options },
  }
}

export const report: Command<'report'> = {
  intent: 'report',
  title: '报完成',
  usage: '编号 [期次] 已完成 [链接] [已经保密审查（审查人：…）]',
  example: '1-2 7月的已公开 http://…',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    if (intent.evidence) return place(c, intent)
    const wrong = notLinks(intent)
    if (wrong.length > 0) return badLinks(wrong)
    if (intent.tasks?.length) return byNumber(c, intent)
    const units = ownUnits(c, intent.units)
    if ('outcome' in units) return units.outcome
    return intent.keyword ? byWords(c, intent, units.ok) : tickList(c, intent, units.ok)
  },
}
