import type { Deadline } from '../model/deadline.ts'
import type { DeadlineSource, TaskDraft } from '../model/plan.ts'
import { readDeadlines } from '../time/deadline.ts'
import type { Moment } from './closing.ts'
import { lineAt, type Passage } from './sheet.ts'
import { splitOutside } from './words.ts'

/** A time limit that a plan gives once for all of its tasks that state none (未注明时限的，均于年底前完成). */

const WORK = '(?:工作|任务|事项|措施|问题|内容|项目)'
const TIME = '(?:完成|整改|办结|落实|推进)?(?:时限|期限|时间|节点)'
/** What such a rule speaks of; the limit stands after it. */
const OPENS = new RegExp(
  [
    `(?:未|没有|无)(?:单独|另行|特别|具体|明确)?(?:注明|标明|标注|明确|列明|写明|规定|载明|说明|作出)[^，。；]{0,6}${TIME}(?:要求)?的?(?:[^，。；]{0,4}${WORK})?`,
    `除(?:已|另|特别|有|明确|单独)*(?:说明|注明|标注|明确|规定|要求|列明)[^，。；]{0,10}(?:外|以外)`,
    `(?<![^，。；：、（\\s])(?:对)?(?:以上|上述|前述)(?:各项|所有|全部|重点|主要)*${WORK}`,
  ].join('|'),
  'g',
)

/** What may stand between those words and the limit; anything else is a demand of its own. */
const LEADS = new RegExp(
  `^(?:(?:各项|所有|全部|其余|其他|其它|均|都|一律|应当?|须|需|必须|要|原则上|最迟|务必|确保|力争|按|为|是|于|在|到|[，：])|${WORK})*`,
)

interface RestLimit {
  deadlines: { deadline: Deadline; source: DeadlineSource }[]
}

const LIMIT =
  /^(?:\d{1,4}(?:年|月|个?(?:工作)?日)|今年|本年|年[底末内]|全年|长期|持续|第?[一二三四]季度|[上下]半年|[一二三四五六七八九十]{1,2}月)/

/** One of these stands in every such rule. */
const HINT = /[未没无除]|以上|上述|前述/

/** Where the limit's words begin in a sentence that gives such a rule; undefined in any other. */
function limitIn(sentence: string): number | undefined {
  if (!HINT.test(sentence)) return undefined
  for (const said of sentence.matchAll(OPENS)) {
    const from = said.index + said[0].length
    const at = from + (LEADS.exec(sentence.slice(from))?.[0].length ?? 0)
    if (LIMIT.test(sentence.slice(at))) return at
  }
  return undefined
}

/** Whether a sentence gives such a rule. */
export const isRestLimit = (sentence: string): boolean => limitIn(sentence) !== undefined

/** The rules of that kind in the passages, in their order. */
export function restLimitsOf(passages: readonly Passage[], moment: Moment): RestLimit[] {
  return passages.flatMap((passage) => {
    if (!HINT.test(passage.text)) return []
    return splitOutside(passage.text, '。；').flatMap(({ at, text }) => {
      const own = limitIn(text)
      if (own === undefined) return []
      const from = at + own
      const read = readDeadlines(passage.text.slice(from, at + text.length), { ...moment, column: true })
      const limits = read.filter(
        ({ deadline: limit }) => limit.kind === 'ongoing' || (limit.kind === 'date' && limit.by >= moment.asOf),
      )
      const deadlines = limits.map(({ deadline, start }) => ({
        deadline,
        source: { line: lineAt(passage, from + start), raw: deadline.raw, from: 'column' as const },
      }))
      return deadlines.length > 0 ? [{ deadlines }] : []
    })
  })
}

/** Tasks without a time limit take that of the first such rule. */
export function withRestLimits(tasks: TaskDraft[], [rule]: readonly RestLimit[]): TaskDraft[] {
  if (!rule) return tasks
  return tasks.map((task) =>
    task.deadlines.length > 0
      ? task
      : {
          ...task,
          deadlines: rule.deadlines.map(({ deadline }) => deadline),
          sources: { ...task.sources, deadlines: rule.deadlines.map(({ source }) => source) },
        },
  )
}
