import { answered, change } from './change.ts'
import type { Command } from './command.ts'
import { ownMeant } from './meant.ts'

/** A unit takes its last report back, as long as nobody has checked it. */
export const withdraw: Command<'withdraw'> = {
  intent: 'withdraw',
  title: '撤回反馈',
  usage: '撤回 编号',
  example: '撤回 1-2',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    const found = await ownMeant(c, intent, {
      kind: 'withdrawn',
      also: (duty) => duty.reportedOn !== null,
      rounds: 'one',
      example: '例：撤回 1-2',
      none: '没有待审核的反馈可以撤回；已经审核通过的，请联系主管科室。',
    })
    if ('outcome' in found) return found.outcome
    const changed = change(c, found.ok, 'withdrawn', {}, { text: c.message.text })
    return answered(c, changed, { title: '已撤回反馈，任务恢复为在办', tone: 'plain' })
  },
}
