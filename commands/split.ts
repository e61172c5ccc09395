import { answered, change } from './change.ts'
import type { Command } from './command.ts'
import { ownMeant } from './meant.ts'
import { withRest } from './partly.ts'
import { dayWords } from './present.ts'
import { dayGone, problem } from './problem.ts'

const example = '例：12号分给国库科、预算科，18日前'

/** A unit divides a duty among its own sections; its liaison sums up, and the unit owes one report as before. */
export const split: Command<'split'> = {
  intent: 'split',
  title: '内部分办',
  usage: '编号 分给 科室、科室，日期前',
  example: '12号分给国库科、预算科，18日前',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    const until = intent.until ?? null
    if (until !== null && until < c.today) return { reply: dayGone(c, until, example) }
    const found = await ownMeant(c, intent, {
      kind: 'split',
      rounds: 'one',
      example,
      none: '不在办理中，不能分办。',
    })
    if ('outcome' in found) return found.outcome
    const names = [...new Set(intent.parts ?? [])]
    if (names.length === 0) return { reply: problem('请写明分给哪些科室', '分办要写明科室。', example) }
    const parts = names.map((_, i) => ({ n: i + 1, until }))
    const again = found.ok.some((duty) => duty.parts.length > 0)
    const done = answered(c, change(c, found.ok, 'split', { parts }, { names }), {
      title: `已分给${names.length}个科室`,
      tone: 'good',
      fields: [
        ['科室', names.join('、')],
        ['内部时限', until ? `${dayWords(until, c.today)}前` : ''],
      ],
      notes: [
        ...(again ? ['此前的分办由这一次代替。'] : []),
        `各科室交齐后由联络员汇总报完成；收到一份可回复：${found.ok[0]?.number ?? ''} ${names[0]}已交`,
      ],
    })
    return withRest(done, found.rest)
  },
}
