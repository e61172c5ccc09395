import { factsOf } from '../db/queries/duties.ts'
import type { Block } from '../src/model/card.ts'
import type { Command, Context } from './command.ts'
import { dutiesOfTasks, readScope, tasksNamed, withoutMerged } from './find.ts'
import { answerRow, codeOf, dayWords, dutyLine, seen, textOf, unitName } from './present.ts'
import { problem } from './problem.ts'

const SHOWN = 10

const factWords: Record<string, string> = {
  released: '下达',
  claimed: '认领',
  disclaimed: '报不涉及',
  progressed: '报进展',
  reported: '反馈',
  approved: '审核通过',
  returned: '退回',
  amended: '按修订调整',
  waived: '免予办理',
  reassigned: '转由承接单位办理',
  merged: '并入承接单位的同一事项',
  joined: '并入原单位的同一事项',
}

type Fact = Awaited<ReturnType<typeof factsOf>>[number]

/** Whose each fact was: before a duty came to another unit its facts are the old one's. */
const unitsThen = (
  facts: readonly Fact[],
  duties: readonly { id: string; unit: string }[],
): ((fact: Fact) => string) => {
  const unitOf = new Map(duties.map(({ id, unit }) => [id, unit]))
  const moves = facts.filter(({ kind }) => kind === 'reassigned')
  return ({ id, seq }) =>
    String(moves.find((move) => move.id === id && move.seq >= seq)?.body.from ?? unitOf.get(id) ?? '')
}

const wordsOf = (c: Context, { kind, body }: Fact): string =>
  kind === 'reassigned' ? `转由${unitName(c, String(body.to))}承接` : (factWords[kind] ?? kind)

/** One task in detail: its words, units, limits, how each unit stands, and the last facts. */
export const task: Command<'task'> = {
  intent: 'task',
  title: '看一项任务',
  usage: '编号是什么 / 看下 编号',
  example: '12号任务是什么',
  roles: ['liaison', 'head', 'leader', 'office', 'admin', 'unknown'],
  run: async (c, intent) => {
    if (!intent.tasks?.length) return { reply: problem('请写明任务编号', '要看哪一项任务？', '例：12号任务是什么') }
    const scope = readScope(c, undefined)
    if ('outcome' in scope) return scope.outcome
    const tasks = await tasksNamed(c, intent, scope.ok)
    if ('outcome' in tasks) return tasks.outcome
    const [one] = tasks.ok
    if (!one) return { reply: problem('没有这个编号', '台账里没有这项任务。') }
    const held = await dutiesOfTasks(c, [one], scope.ok)
    const duties = (await withoutMerged(c, held)).map((duty) => seen(c, duty))
    if (duties.length === 0)
      return {
        reply: problem(
          '不是本单位的任务',
          `${codeOf(one)} 不是本单位的任务，不能查看。`,
          '回复“任务清单”可查看本单位全部任务。',
        ),
        refused: 'other-unit',
      }
    const facts = (
      await factsOf(
        c.db,
        'duty',
        held.map(({ id }) => id),
      )
    ).filter((fact) => fact.kind !== 'released')
    const unitThen = unitsThen(facts, held)
    const fields: [string, string][] = [
      ['出处', one.section.join(' › ') || '—'],
      ['时限', one.deadlines.map((deadline) => deadline.raw).join('；') || '未写明'],
      ['牵头', one.draft.lead.join('、') || '—'],
      ...(one.draft.support.length > 0 ? [['配合', one.draft.support.join('、')] as [string, string]] : []),
    ]
    const blocks: Block[] = [
      { kind: 'text', text: textOf(one) },
      { kind: 'fields', fields: one.secret ? [] : fields },
      {
        kind: 'list',
        title: '办理情况',
        lines: duties.slice(0, SHOWN).map((item) => dutyLine(c, item, scope.ok?.length !== 1)),
      },
    ]
    if (duties.length > SHOWN)
      blocks.push({ kind: 'note', text: `共${duties.length}条，回复“${one.number}号还差谁”看各单位情况。` })
    if (facts.length > 0)
      blocks.push({
        kind: 'list',
        title: '最近记录',
        lines: facts.slice(-3).map((fact) => ({
          text: `${dayWords(String(fact.body.on ?? ''), c.today)} ${unitName(c, unitThen(fact))} ${wordsOf(c, fact)}`,
        })),
      })
    return { reply: { title: codeOf(one), tone: 'plain', blocks }, rows: duties.map((item) => answerRow(c, item)) }
  },
}
