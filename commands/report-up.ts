import { factsOf, type TaskView } from '../db/queries/duties.ts'
import { dutiesUnder } from '../db/queries/yearend.ts'
import { type AboveFact, isAboveCode, type UpFact } from '../src/model/above.ts'
import type { Body } from '../src/model/fact.ts'
import type { IntentOf } from '../src/model/intent.ts'
import type { Command, Context, Happening, Outcome } from './command.ts'
import { tasksNamed } from './find.ts'
import { askTask } from './meant.ts'
import { codeOf } from './present.ts'
import { problem } from './problem.ts'
import { saidBelow } from './said-below.ts'

const exampleFor = (code: string) => `例：上报 ${code}：初稿已征求意见，预计月底公开`
const LONGEST = 1000

/** Words to the office above: what stands behind the numbers (no day among them) and the word 上报. */
const wordsUp = (text: string): string =>
  text
    .replace(/[０-９－]/g, (wide) => wide.normalize('NFKC'))
    .replace(
      /^.*?上级\s?\d{2}\s?[-—–的]?\s?\d+(?:\s?(?:[、,/~—]|和|与|以?及|跟|还有|到|至)\s?(?:上级\s?\d{2}\s?[-—–的]\s?)?第?\d+(?![\d年月日天%.家个项]))*[号项]?/s,
      '',
    )
    .replace(
      /^\s*(?:任务|的?进展|的?成果)?\s*(?:先|再|一并)?(?:上报|报)?(?:给|到|至)?(?:上级|[市省州部][里上])?(?:一下|一次)?/,
      '',
    )
    .replace(/^[\s，,。；;：:]+/, '')
    .trim()

/** What came last of the task from above; undefined for one that did not come from there. */
const lastAbove = async (c: Context, { id }: TaskView): Promise<AboveFact | undefined> =>
  (await factsOf(c.db, 'task', [id]))
    .filter(({ kind }) => kind === 'above')
    .sort((a, b) => a.seq - b.seq)
    .at(-1)?.body as unknown as AboveFact | undefined

const CLOSED: Partial<Record<AboveFact['state'], string>> = {
  done: '上级已经审核通过，不需要再报。',
  suspended: '上级已经中止，恢复以后再报。',
  waived: '上级不再交办，不需要再报。',
}

const refusal = (task: TaskView, last: AboveFact | undefined): Outcome | undefined => {
  const why = last ? (last.what === 'gone' ? CLOSED.waived : CLOSED[last.state]) : '不是上级交办的事项，不用上报。'
  return why === undefined ? undefined : { reply: problem('没有上报', `${codeOf(task)} ${why}`) }
}

interface Up {
  task: TaskView
  last: AboveFact
  lines: string[]
}

const happening = (c: Context, { task: { id, version, head } }: Up, intent: IntentOf<'report-up'>): Happening => {
  const links = intent.links ?? []
  const body: UpFact = { on: c.today, done: intent.done ?? false, links }
  const row = { subject: 'task' as const, id, version, head }
  return {
    row,
    kind: 'sent-up',
    body: body as unknown as Body,
    words: { text: wordsUp(c.message.text).slice(0, LONGEST) },
  }
}

/** A standing one takes stage results, any other what is not called done as a word on the way. */
const howWords = ({ last }: Up, done = false): string =>
  last.state === 'standing' ? '阶段成果' : done ? '反馈，送上级审核' : '进展，仍在办理'

const asReport = ({ task }: Up): string => `要作为反馈送审，请写明已完成：上报 ${codeOf(task)}，已完成 http://…`

const told = (c: Context, ups: readonly Up[], { done }: IntentOf<'report-up'>): Outcome['reply'] => {
  const words = wordsUp(c.message.text)
  const onTheWay = done ? undefined : ups.find(({ last }) => last.state !== 'standing')
  return {
    title: '将上报上级',
    tone: 'good',
    blocks: [
      {
        kind: 'list',
        lines: ups.map((up) => ({
          text: `${codeOf(up.task)}（上级编号 ${up.last.code}）作为${howWords(up, done)}：${[words, ...up.lines].filter(Boolean).join('；')}`,
        })),
      },
      { kind: 'note', text: `一分钟内报出，结果记入每日一报。${onTheWay ? asReport(onTheWay) : ''}` },
    ],
  }
}

/** What is done so far goes to the office above, by this office's word; what is done in full goes by itself. */
export const reportUp: Command<'report-up'> = {
  intent: 'report-up',
  title: '上报上级',
  usage: '上报 编号：情况',
  example: '上报 上级26-3：初稿已征求意见，预计月底公开',
  roles: ['office', 'admin'],
  fits: (c) => c.office.plans.some(({ code }) => isAboveCode(code)),
  run: async (c, intent) => {
    if (!intent.tasks?.length) return askTask(intent, exampleFor('上级26-3')).outcome
    const found = await tasksNamed(c, intent)
    if ('outcome' in found) return found.outcome
    const ups: Up[] = []
    for (const task of found.ok) {
      const last = await lastAbove(c, task)
      const refused = refusal(task, last)
      if (refused || !last) return refused ?? {}
      const { lines } = await saidBelow(c.db, c.office.units, await dutiesUnder(c.db, [task.id]))
      if (lines.length === 0 && wordsUp(c.message.text) === '')
        return {
          reply: problem(
            '没有可以上报的内容',
            `${codeOf(task)} 下面各单位还没有反馈，也没有写明进展情况，本次没有登记。`,
            exampleFor(codeOf(task)),
          ),
        }
      ups.push({ task, last, lines })
    }
    return { reply: told(c, ups, intent), facts: ups.map((up) => happening(c, up, intent)) }
  },
}
