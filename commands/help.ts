import type { Role } from '../src/model/person.ts'
import type { AnyCommand, Command } from './command.ts'

const exampleFor = (command: AnyCommand, role: Role): string =>
  (role === 'office' || role === 'admin' ? command.officeExample : undefined) ?? command.example

/** What this person may do, one line each, with an example. The list is given, so that help and the commands never differ. */
export const helpFor = (commands: () => readonly AnyCommand[]): Command<'help'> => ({
  intent: 'help',
  title: '帮助',
  usage: '帮助',
  example: '帮助',
  roles: ['liaison', 'head', 'leader', 'office', 'admin', 'unknown'],
  run: async (c) => ({
    reply: {
      title: '可以这样说',
      tone: 'plain',
      blocks: [
        {
          kind: 'list',
          lines: commands()
            .filter((command) => command.intent !== 'help' && command.roles.includes(c.actor.role))
            .map((command) => ({ text: `${command.title}：${exampleFor(command, c.actor.role)}` })),
        },
        ...(c.actor.role === 'unknown'
          ? [{ kind: 'note' as const, text: '本账号尚未登记。请向主管科室领取绑定码，然后回复：绑定 绑定码' }]
          : []),
      ],
    },
  }),
})
