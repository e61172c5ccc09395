import { unitRows } from '../db/queries/office.ts'
import { factsOfKind } from '../db/queries/paper-rows.ts'
import type { Day } from '../src/model/deadline.ts'
import type { Body } from '../src/model/fact.ts'
import type { Command, Context, Happening } from './command.ts'
import { tasksNamed } from './find.ts'
import { codeOf, dayWords, unitName } from './present.ts'
import { problem } from './problem.ts'

const example = '例：记录约谈 市水利局 8月20日 李副市长约谈王局长，公开17-12逾期两个月'

const HEAD = /^\s*(?:请)?(?:帮我?)?(?:记录|登记|录入|补记|记)(?:一?[下次条])?(?:对)?/
const LONGEST = 500

/** One 约谈 of a unit, as its fact has it: names stand in the words. */
export interface Talk {
  unit: string
  day: Day
  tasks: string[]
  by: string
  whom: string
  text: string
  at: Date
}

/** Talks on record, the newest first; of these units, or of all. */
export const talksOf = async (c: Pick<Context, 'db'>, units?: readonly string[]): Promise<Talk[]> =>
  (await factsOfKind(c.db, 'unit', 'talked'))
    .filter(({ id }) => !units || units.includes(id))
    .map(({ id: unit, body, words, at }) => ({
      ...{ unit, day: String(body.day), tasks: (body.tasks as string[] | undefined) ?? [], at },
      ...{ by: String(words?.by ?? ''), whom: String(words?.whom ?? ''), text: String(words?.text ?? '') },
    }))
    .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : b.at.getTime() - a.at.getTime()))

/** 李副市长约谈王局长：逾期两个月（公开17-12） */
export const talkWords = ({ by, whom, text, tasks }: Pick<Talk, 'by' | 'whom' | 'text' | 'tasks'>): string =>
  [by || whom ? `${by}约谈${whom}` : '', text, tasks.length > 0 ? `（${tasks.join('、')}）` : '']
    .filter(Boolean)
    .join(by || whom ? '：' : '')
    .replace('：（', '（')

/** The facts of one talk, one for each unit. */
export const talkFacts = async (
  c: Pick<Context, 'db' | 'today'>,
  { units, day, tasks, words }: { units: readonly string[]; day: Day; tasks: string[]; words: Body },
): Promise<Happening[]> =>
  (await unitRows(c.db, units)).map((row) => ({ row, kind: 'talked', body: { on: c.today, day, tasks }, words }))

const listed = async (c: Context, names: readonly string[] | undefined) => {
  const units = names?.length
    ? c.office.units.filter(({ name }) => names.includes(name)).map(({ id }) => id)
    : undefined
  const talks = await talksOf(c, units)
  if (talks.length === 0) return { reply: problem('没有约谈记录', '还没有记录过约谈。', example) }
  const lines = talks.slice(0, 20).map((talk) => ({
    text: `${dayWords(talk.day, c.today)} ${unitName(c, talk.unit)} ${talkWords(talk)}`,
  }))
  return {
    reply: { title: `约谈记录${talks.length}次`, tone: 'plain' as const, blocks: [{ kind: 'list' as const, lines }] },
  }
}

/** 记录约谈: who talked to whom, on which day, about what; it stands on the unit. */
export const talk: Command<'talk'> = {
  intent: 'talk',
  title: '记录约谈',
  usage: '记录约谈 单位 日期 谁约谈谁，事由；约谈记录',
  example: '记录约谈 市水利局 8月20日 李副市长约谈王局长，12号逾期两个月',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    if (intent.list) return listed(c, intent.units)
    const units = c.office.units.filter(({ name, kind }) => kind === 'unit' && intent.units?.includes(name))
    if (units.length === 0)
      return {
        reply: problem('请写明被约谈的单位', '约谈了哪个单位？回复单位名称即可。', example),
        ask: { intent, want: 'unit', options: [] },
      }
    if (!intent.on) return { reply: problem('请写明约谈的日期', '哪一天约谈的？请连同单位、日期再说一次。', example) }
    if (intent.on > c.today)
      return { reply: problem('日期还没有到', `${dayWords(intent.on, c.today)}还没有到，约谈以后再记。`, example) }
    const text = c.message.text
      .replace(HEAD, '')
      .replace(/^(?:约谈)\s*[:：,，]?\s*/, '')
      .trim()
    if (!/约谈|事由|因|逾期|整改|[:：]/.test(text) || text.length > LONGEST)
      return { reply: problem('请写明谁约谈了谁、为什么', `请把经过写完整（不超过${LONGEST}字）。`, example) }
    const tasks = intent.tasks?.length ? await tasksNamed(c, intent) : { ok: [] }
    if ('outcome' in tasks) return tasks.outcome
    const codes = tasks.ok.map(codeOf)
    const ids = units.map(({ id }) => id)
    return {
      reply: {
        title: `已记录约谈：${units.map(({ name }) => name).join('、')}`,
        tone: 'good',
        blocks: [
          {
            kind: 'fields',
            fields: [
              ['日期', dayWords(intent.on, c.today)],
              ...(codes.length > 0 ? [['涉及任务', codes.join('、')] as [string, string]] : []),
              ['经过', text],
            ],
          },
        ],
      },
      facts: await talkFacts(c, { units: ids, day: intent.on, tasks: codes, words: { text } }),
    }
  },
}
