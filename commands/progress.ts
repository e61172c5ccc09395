import { answered, change } from './change.ts'
import type { Command } from './command.ts'
import { ownMeant } from './meant.ts'
import { withRest } from './partly.ts'

/** How far it is: written down, closes nothing. */
export const progress: Command<'progress'> = {
  intent: 'progress',
  title: '报进展',
  usage: '编号 进展情况',
  example: '12号正在办，初稿已征求意见',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    const found = await ownMeant(c, intent, {
      kind: 'progressed',
      rounds: 'first',
      example: '例：12号正在办，初稿已征求意见',
      none: '已经办结，或不再督办，不需要再报进展。',
    })
    if ('outcome' in found) return found.outcome
    const changed = change(c, found.ok, 'progressed', {}, { text: c.message.text })
    const done = answered(c, changed, {
      title: '已记录进展，任务仍在办理中',
      tone: 'plain',
      notes: [`办完后请回复：${found.ok[0]?.number} 已完成，并附链接。`],
    })
    return withRest(done, found.rest)
  },
}
