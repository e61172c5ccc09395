import type { Command } from './command.ts'
import { unitName } from './present.ts'
import { problem } from './problem.ts'

/** The office binds a group to a unit; a person is bound by the office's one-time code, never by saying who they are. */
export const bind: Command<'bind'> = {
  intent: 'bind',
  title: '绑定',
  usage: '绑定本群 单位 / 绑定 绑定码',
  example: '绑定本群 市财政局',
  roles: ['liaison', 'head', 'leader', 'office', 'admin', 'unknown'],
  run: async (c, intent) => {
    if (intent.target !== 'group')
      return {
        reply: problem('需要绑定码', '登记身份要用主管科室发的绑定码，自己说明单位不能登记。', '例：绑定 8K3M7Q'),
      }
    if (c.actor.role !== 'office' && c.actor.role !== 'admin')
      return { reply: problem('不能绑定本群', '只有主管科室可以绑定群。', '请联系主管科室办理。'), refused: 'role' }
    if (c.place.address.kind !== 'room')
      return { reply: problem('请在群里绑定', '这里不是群聊，请在要绑定的群里说。', '例：绑定本群 市财政局') }
    const units = c.office.units.filter((unit) => intent.units?.includes(unit.name)).map((unit) => unit.id)
    if (units.length === 0) return { reply: problem('请写明单位', '要把本群绑定到哪个单位？', '例：绑定本群 市财政局') }
    return {
      reply: {
        title: '本群已绑定',
        tone: 'good',
        blocks: [
          {
            kind: 'text',
            text: `本群已绑定到${units.map((id) => unitName(c, id)).join('、')}，到期清单将推送到这里。`,
          },
        ],
      },
      room: { scope: 'units', units },
    }
  },
}
