import { lastOrd } from '../db/queries/duties.ts'
import type { Deadline } from '../src/model/deadline.ts'
import type { DutySeed } from '../src/model/duty.ts'
import { readDeadlines } from '../src/time/deadline.ts'
import { roundsOf } from '../src/time/schedule.ts'
import type { AddedTask, Command, Context } from './command.ts'
import { dayWords, unitName } from './present.ts'
import { problem } from './problem.ts'

const example = '例：新增任务：市财政局9月15日前报送预算公开整改情况，来源：8月10日常务会'

const HEAD =
  /^\s*(?:请)?(?:帮我?)?(?:新增|追加|增加|添加|新建|立项|交办)(?:一[项个条])?(?:督办|临时|专项|工作)*(?:任务|事项|件)?\s*[:：,，]?\s*/
const SOURCE = /[,，。；;\s]*(?:任务)?来源\s*(?:是|为|于|[:：])?\s*([^,，。；;]+)[。]?\s*$/

/** What is to be done, and what it came from (来源：8月10日常务会). */
const readTask = (text: string): { text: string; source: string } => {
  const bare = text.replace(HEAD, '').trim()
  const source = SOURCE.exec(bare)?.[1]?.trim() ?? ''
  return { text: bare.replace(SOURCE, '').replace(/[。\s]+$/, ''), source }
}

const register = (year: string) => ({
  code: `交办${year.slice(2)}`,
  title: `${year}年临时交办事项`,
  year: Number(year),
})

/** Rounds of the task for each unit, by its own rule. */
const seedsOf = (
  c: Context,
  text: string,
  deadlines: Deadline[],
  units: readonly string[],
): Omit<DutySeed, 'task'>[] => {
  const demands = deadlines.map((deadline, index) => ({ deadline, from: 'text' as const, index }))
  const year = Number(c.today.slice(0, 4))
  const { rounds } = roundsOf(demands, { text, issuedOn: c.today, year, calendar: c.calendar, zone: c.zone })
  return units.flatMap((unit) =>
    rounds.map((round) => ({ ...round, unit, role: 'lead' as const, named: true, state: round.state })),
  )
}

/** 立项 in mid-year: the office adds a task of its own, with its unit, its time and its source; the units hear it at once. */
export const assign: Command<'assign'> = {
  intent: 'assign',
  title: '新增任务',
  usage: '新增任务：单位 日期前 事项，来源：…',
  example: '新增任务：市财政局9月15日前报送预算公开整改情况，来源：8月10日常务会',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const named = c.office.units.filter((unit) => intent.units?.includes(unit.name))
    const units = [...new Set(named.flatMap((unit) => (unit.kind === 'class' ? (unit.members ?? []) : [unit.id])))]
    if (units.length === 0)
      return {
        reply: problem('请写明责任单位', '交给哪个单位办？回复单位名称即可。', example),
        ask: { intent, want: 'unit', options: [] },
      }
    const { text, source } = readTask(c.message.text)
    const read = readDeadlines(text, { asOf: c.today, year: Number(c.today.slice(0, 4)) }).map((one) => one.deadline)
    const said: Deadline[] =
      read.length > 0 || !intent.until ? read : [{ kind: 'date', by: intent.until, raw: `${intent.until}前` }]
    if (said.length === 0)
      return {
        reply: problem('请写明完成时限', '什么时候完成？回复日期即可。', example),
        ask: { intent, want: 'until', options: [] },
      }
    if (intent.until && intent.until < c.today)
      return { reply: problem('日期已过', `${dayWords(intent.until, c.today)}已经过去，请写以后的日期。`, example) }
    const { code, title, year } = register(c.today.slice(0, 4))
    const plan = c.office.plans.find((one) => one.code === code)
    const number = String((plan ? await lastOrd(c.db, plan.id) : 0) + 1)
    const seeds = seedsOf(c, text, said, units)
    const added: AddedTask = {
      plan: plan ? { id: plan.id, version: plan.version } : { code, title, year },
      ...{ number, text, deadlines: said, proofs: [], source, seeds },
    }
    const due = seeds.find((seed) => seed.dueOn)?.dueOn
    const fields: [string, string][] = [
      ['责任单位', units.map((unit) => unitName(c, unit)).join('、')],
      ['完成时限', due ? dayWords(due, c.today) : said.map((one) => one.raw).join('；')],
      ...(source ? [['来源', source] as [string, string]] : []),
    ]
    return {
      reply: {
        title: `已立项：${code}-${number}`,
        tone: 'good',
        blocks: [
          { kind: 'text', text },
          { kind: 'fields', fields },
        ],
      },
      rows: seeds.map((seed) => ({
        ...{ plan: code, task: number, unit: unitName(c, seed.unit), round: seed.round, due: seed.dueOn },
        ...{ state: seed.state, light: null },
      })),
      added: [added],
      notices: units.map((unit) => ({
        cause: `assigned:${code}-${number}:${unit}`,
        to: { unit },
        tasks: [`${code}-${number}`],
        card: {
          title: `新交办任务：${code}-${number}`,
          tone: 'plain',
          blocks: [
            { kind: 'text', text },
            { kind: 'fields', fields },
            { kind: 'note', text: `签收请回复：签收 ${number}` },
          ],
        },
      })),
    }
  },
}
