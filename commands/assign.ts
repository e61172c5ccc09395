import { lastOrd } from '../db/queries/duties.ts'
import { findTimes } from '../src/chat/times.ts'
import type { Day, Deadline } from '../src/model/deadline.ts'
import type { DutySeed } from '../src/model/duty.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { readDeadlines } from '../src/time/deadline.ts'
import { roundsOf } from '../src/time/schedule.ts'
import type { AddedTask, Command, Context, Notice } from './command.ts'
import { dayWords, unitName } from './present.ts'
import { problem } from './problem.ts'
import { proofsSaid } from './proofs.ts'
import { runsOf } from './said.ts'

const example = '例：新增任务：市财政局9月15日前报送预算公开整改情况，来源：8月10日常务会'

const HEAD =
  /^\s*(?:请)?(?:帮我?)?(?:新增|追加|增加|添加|新建|立项|交办)(?:一[项个条])?(?:督办|临时|专项|工作)*(?:任务|事项|件)?\s*[:：,，]?\s*/
const SOURCE = /[,，。；;\s]*(?:任务)?来源\s*(?:是|为|于|[:：])?\s*([^,，。；;]+)[。]?/
const PROOFS = /[,，。；;\s]*(?:需要|办结时?需?要?)?(?:佐证|证明)(?:材料)?(?:要求)?[^:：]{0,6}[:：][^;；。\n]+/

interface Said {
  text: string
  source: string
  lead: string[]
  support: string[]
}

/** 市财政局牵头，市审计局配合，… at the head of a task: its units, and the words that are left. */
const takeUnits = (c: Context, text: string): Pick<Said, 'text' | 'lead' | 'support'> => {
  const lead: string[] = []
  const support: string[] = []
  let at = 0
  for (const run of runsOf(c, text)) {
    if (!/^(?:请|由|和|与|及|、|[\s,，;；])*$/.test(text.slice(at, run.start))) break
    const word =
      /^[\s]*(?:共同)?(?:分别)?(牵头|负责|承办|配合|协助|协同|主办|协办)?(?:办理|落实)?[\s]*[,，、;；:：]?/.exec(
        text.slice(run.end),
      )
    const own = /配合|协/.test(word?.[1] ?? '') ? support : lead
    own.push(...run.units)
    at = run.end + (word?.[0].length ?? 0)
  }
  return { text: text.slice(at).trim(), lead, support }
}

/** The answer to a question stands at the end of the words: a unit alone there is no part of the task. */
const withoutAnswer = (c: Context, text: string): string => {
  const cut = text.lastIndexOf('，')
  const tail = text.slice(cut + 1)
  const [run] = runsOf(c, tail)
  return cut > 0 && run && run.start === 0 && run.end === tail.length ? text.slice(0, cut) : text
}

/** What is to be done, by whom, and what it came from (来源：8月10日常务会). */
const readTask = (c: Context, said: string): Said => {
  const bare = withoutAnswer(c, said.replace(HEAD, '').trim())
  const source = SOURCE.exec(bare)?.[1]?.trim() ?? ''
  const rest = bare
    .replace(SOURCE, '')
    .replace(PROOFS, '')
    .replace(/[。\s]+$/, '')
  return { ...takeUnits(c, rest), source }
}

/** The office's own register of that year (`2017`). */
export const register = (year: string) => ({
  code: `交办${year.slice(2)}`,
  title: `${year}年临时交办事项`,
  year: Number(year),
})

/** Rounds of the task for each unit, by its own rule. */
export const seedsFor = (
  c: Context,
  { text, deadlines, lead, support }: Omit<Said, 'source'> & { deadlines: Deadline[] },
) => {
  const demands = deadlines.map((deadline, index) => ({ deadline, from: 'text' as const, index }))
  const year = Number(c.today.slice(0, 4))
  const { rounds } = roundsOf(demands, { text, issuedOn: c.today, year, calendar: c.calendar, zone: c.zone })
  return [
    ...lead.flatMap((unit) =>
      rounds.map((round): Omit<DutySeed, 'task'> => ({ ...round, unit, role: 'lead', named: true })),
    ),
    ...support.flatMap((unit) =>
      rounds.map(
        (round): Omit<DutySeed, 'task'> => ({
          ...{ ...round, unit, role: 'support', named: true },
          ...{ state: 'asleep', dueOn: null, dueAt: null },
        }),
      ),
    ),
  ]
}

/** The units of the words; else the one that the frame names, where it names no more than one or was asked. */
const leadsOf = (c: Context, said: Said, intent: IntentOf<'assign'>): string[] => {
  if (said.lead.length > 0) return [...new Set(said.lead)]
  const named = c.office.units.filter((unit) => intent.units?.includes(unit.name))
  const ids = [...new Set(named.flatMap((unit) => (unit.kind === 'class' ? (unit.members ?? []) : [unit.id])))]
  const asked = runsOf(c, said.text).length === 0
  return ids.length === 1 || asked ? ids : []
}

const dueFields = (c: Context, deadlines: readonly Deadline[], due: Day | null | undefined): string => {
  const raws = deadlines.map(({ raw }) => raw).join('；')
  if (!due) return raws
  return deadlines.some(({ kind }) => kind === 'recurring')
    ? `${raws}（首次${dayWords(due, c.today)}）`
    : dayWords(due, c.today)
}

/** 立项 in mid-year: the office adds a task of its own, with its unit, its time and its source; the units hear it at once. */
export const assign: Command<'assign'> = {
  intent: 'assign',
  title: '新增任务',
  usage: '新增任务：单位 日期前 事项，来源：…',
  example: '新增任务：市财政局9月15日前报送预算公开整改情况，来源：8月10日常务会',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const said = readTask(c, c.message.text)
    const lead = leadsOf(c, said, intent)
    if (lead.length === 0)
      return {
        reply: problem('请写明责任单位', '交给哪个单位办？回复单位名称即可。', example),
        ask: { intent, want: 'unit', options: [] },
      }
    const support = said.support.filter((unit) => !lead.includes(unit))
    const read = readDeadlines(said.text, { asOf: c.today, year: Number(c.today.slice(0, 4)) })
    const until = intent.until ?? findTimes(said.text, c.today).times.find((time) => time.day || time.before)?.to
    const deadlines: Deadline[] =
      read.length > 0 || !until
        ? read.map(({ deadline }) => deadline)
        : [{ kind: 'date', by: until, raw: `${dayWords(until, c.today)}前` }]
    if (deadlines.length === 0)
      return {
        reply: problem('请写明完成时限', '什么时候完成？回复日期即可。', example),
        ask: { intent, want: 'until', options: [] },
      }
    const seeds = seedsFor(c, { ...said, deadlines, lead, support })
    const past = deadlines.flatMap((one) => (one.kind === 'date' && one.by < c.today ? [one.by] : []))[0]
    if (past || seeds.length === 0)
      return {
        reply: problem('日期已过', `${past ? dayWords(past, c.today) : '各期'}已经过去，请写以后的日期。`, example),
      }
    const { code, title, year } = register(c.today.slice(0, 4))
    const plan = c.office.plans.find((one) => one.code === code)
    const number = String((plan ? await lastOrd(c.db, plan.id) : 0) + 1)
    const proofs = proofsSaid(c.message.text) ?? []
    const names = (units: readonly string[]) => units.map((unit) => unitName(c, unit))
    const added: AddedTask = {
      plan: plan ? { id: plan.id, version: plan.version } : { code, title, year },
      ...{ number, text: said.text, deadlines, proofs, source: said.source, seeds },
      ...{ lead: names(lead), support: names(support) },
    }
    const fields: [string, string][] = [
      ['责任单位', names(lead).join('、')],
      ['配合单位', names(support).join('、')],
      ['完成时限', dueFields(c, deadlines, seeds.find((seed) => seed.dueOn)?.dueOn)],
      ['需要的佐证', proofs.join('、')],
      ['来源', said.source],
    ]
    const shown = fields.filter(([, value]) => value !== '')
    return {
      reply: {
        title: `已立项：${code}-${number}`,
        tone: 'good',
        blocks: [
          { kind: 'text', text: said.text },
          { kind: 'fields', fields: shown },
        ],
      },
      rows: seeds.map((seed) => ({
        ...{ plan: code, task: number, unit: unitName(c, seed.unit), round: seed.round, due: seed.dueOn },
        ...{ state: seed.state, light: null },
      })),
      added: [added],
      notices: [...lead, ...support].map(
        (unit): Notice => ({
          cause: `assigned:${code}-${number}:${unit}`,
          to: { unit },
          tasks: [`${code}-${number}`],
          card: {
            title: `${support.includes(unit) ? '新交办配合任务' : '新交办任务'}：${code}-${number}`,
            tone: 'plain',
            blocks: [
              { kind: 'text', text: said.text },
              { kind: 'fields', fields: shown },
              ...(support.includes(unit)
                ? [{ kind: 'note' as const, text: '牵头单位收材料时再报。' }]
                : [{ kind: 'note' as const, text: `签收请回复：签收 ${code}-${number}` }]),
            ],
          },
        }),
      ),
    }
  },
}
