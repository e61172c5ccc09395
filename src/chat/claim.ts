import type { Intent } from '../model/intent.ts'
import { planOf, type Reading, tasksOf } from './reading.ts'
import type { TaskMention } from './tasks.ts'

const QUESTION = /\?|吗|哪些|哪个|谁|多少|怎么|如何|是不是|是否|有没有|什么/

const REST = /(?:其余|其他|其它|剩下|剩余|别|另外|余下|别的)(?:的)?(?:几项|任务|几个|Ñ|事项|各项)?/
const MINE =
  /认领|领了|认账|是我们(?:局|委|办|单位|中心)?的|归我们?|我们(?:局)?(?:的|来办|办理|负责|牵头)|涉及(?:我|本)/
/** 25号是我们局的，86号不是. */
const OURS_SAID = /Ŧ(?:任务)?(?:都)?是(?:我们?|本)(?:局|委|办|单位|县|区|院|中心)?(?:的)(?:任务|职责)?(?=[,。!]|$)/
const NOT_MINE =
  /不(?:涉及|认领|领|是我们?|是我局|是本|属于|归|该|由|认)|无关|与我.{0,4}无关|没(?:有)?关系|非我|不涉|都不是|不是(?:的)?$/

/** 1至10号中只有3号是我们的: the numbers that others are picked from say nothing themselves. */
const amongThem = (r: Reading): TaskMention[] =>
  r.tasks.filter(
    ({ end }) => !/^(?:任务)?(?:里面?|当中|之中|中)[,，]?(?:只有?|仅有?|就)/.test(r.masked.slice(end, end + 10)),
  )

/** 认领1、3、7，其余不涉及: clause by clause. */
export function readClaim(r: Reading): Intent | undefined {
  const w = r.words
  if (!(/认领|不涉及|领了|认账|领走|领取|不涉/.test(w) || OURS_SAID.test(w)) || QUESTION.test(w) || r.leader)
    return undefined
  if (/(?:没|未|尚未|还没)(?:有)?认领|待认领/.test(w)) return undefined
  const mine: string[] = []
  const not: string[] = []
  let rest: 'claim' | 'not' | undefined
  let at = 0
  let waiting: string[] = []
  const told = amongThem(r)
  for (const clause of r.masked.split(/[,;。\n!:]|但是?/)) {
    const ids = told.filter((t) => t.start >= at && t.start < at + clause.length).flatMap((t) => t.ids)
    at = r.masked.indexOf(clause, at) + clause.length + 1
    const away = NOT_MINE.test(clause)
    const ours = !away && (MINE.test(clause) || /领/.test(clause) || (mine.length > 0 && ids.length > 0 && !not.length))
    const others =
      REST.test(clause) ||
      /^(?:我局|我们|我单位)?(?:全部|都|全都|所有)(?:任务)?(?:的)?(?:都)?(?:认领|领了|不涉及)|(?:全部|全都|都|所有)(?:都)?认领|认领(?:全部|所有)|除[^,]{1,40}外/.test(
        clause,
      )
    if (others && !ids.length) rest = away ? 'not' : ours || /都?(?:是|涉及|要|办)/.test(clause) ? 'claim' : rest
    else if (others && /除/.test(clause)) {
      if (away) mine.push(...ids)
      else not.push(...ids)
      rest = away ? 'not' : 'claim'
    } else if (away) not.push(...waiting, ...ids)
    else if (ours) mine.push(...waiting, ...ids)
    waiting = (away || ours || others) && !(others && /除/.test(r.words)) ? [] : [...waiting, ...ids]
  }
  if (/除/.test(w) && waiting.length && rest === 'claim') not.push(...waiting)
  else if (/除/.test(w) && waiting.length && rest === 'not') mine.push(...waiting)
  if (!mine.length && !not.length && !rest) {
    return r.ids.length && /认领/.test(w) ? { intent: 'claim', ...tasksOf(r) } : undefined
  }
  return {
    intent: 'claim',
    ...(mine.length ? { tasks: [...new Set(mine)] } : {}),
    ...(not.length ? { not: [...new Set(not)] } : {}),
    ...(rest ? { rest } : {}),
    ...planOf(r),
  }
}
