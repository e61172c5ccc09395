import type { Block } from '../src/model/card.ts'
import { isOffice, officeRoles, type Role } from '../src/model/person.ts'
import type { Command, Context, Listed } from './command.ts'
import { readScope } from './find.ts'

/** Commands that belong together, under the word by which help is asked for more of them (帮助 审核). */
export interface Group {
  title: string
  commands: readonly Listed[]
}

const reading = ['list', 'task', 'figures']

/** May this person use it here? A stranger reads only where the room tells whose it is. */
const offered = (c: Context, command: Listed): boolean =>
  command.roles.includes(c.actor.role) &&
  (command.fits?.(c) ?? true) &&
  (c.actor.role !== 'unknown' || !reading.includes(command.intent) || 'ok' in readScope(c, undefined))

/** What this person may do here, by group; groups of which nothing is left are left out. */
export const offeredTo = (c: Context, groups: readonly Group[]): Group[] =>
  groups
    .map(({ title, commands }) => ({ title, commands: commands.filter((command) => offered(c, command)) }))
    .filter(({ commands }) => commands.length > 0)

const FILES =
  '导入方案：在飞书、钉钉和企业微信智能机器人（长连接）里，把方案文件（Word、PDF、Excel、网页）在单聊里直接发给我，先成草稿，不会下达。'

/** Whoever may bring a plan in is told that a file does it. */
const filesNote = ({ actor, place: { scope } }: Context): Block[] =>
  isOffice(actor) && (scope === 'private' || scope === 'office') ? [{ kind: 'note', text: FILES }] : []

const exampleFor = (command: Listed, role: Role): string =>
  (officeRoles.includes(role) ? command.officeExample : undefined) ?? command.example

/** 帮助 审核, 帮助 退回: the commands of a group, or the ones whose name the words hold. */
const about = (topic: string, groups: readonly Group[]): Listed[] => {
  const group = groups.find(({ title }) => title === topic)
  if (group) return [...group.commands]
  return groups
    .flatMap(({ commands }) => commands)
    .filter(({ title }) => title.includes(topic) || topic.includes(title))
}

const detailed = (c: Context, commands: readonly Listed[]): Block[] => [
  {
    kind: 'list',
    lines: commands.map((command) => ({ text: `${command.title}：${exampleFor(command, c.actor.role)}` })),
  },
]

const overview = (c: Context, groups: readonly Group[]): Block[] => {
  const lines = groups.map(({ title, commands }) => {
    const own = commands.filter(({ intent }) => intent !== 'help')
    const [first] = own
    return first
      ? `${title}：${own.map((command) => command.title).join('、')}。例：${exampleFor(first, c.actor.role)}`
      : undefined
  })
  return [{ kind: 'list', lines: lines.flatMap((text) => (text ? [{ text }] : [])) }]
}

/** So few commands need no groups. */
const FEW = 5

/**
 * What this person may do here, shortly: a line a group, and the sentences of one group when it is named. The list is
 * given, so that help and the commands never differ.
 */
export const helpFor = (all: () => readonly Group[]): Command<'help'> => ({
  intent: 'help',
  title: '帮助',
  usage: '帮助 [审核/反馈/…]',
  example: '帮助',
  roles: ['liaison', 'head', 'leader', 'office', 'admin', 'unknown'],
  run: async (c, intent) => {
    const groups = offeredTo(c, all())
    const few = groups.flatMap(({ commands }) => commands).filter((command) => command.intent !== 'help')
    const meant = intent.topic ? about(intent.topic, groups) : []
    const named = groups.find(({ commands }) => commands.length > 1)?.title ?? ''
    const blocks: Block[] =
      meant.length > 0
        ? detailed(c, meant)
        : few.length <= FEW
          ? detailed(c, few)
          : [...overview(c, groups), { kind: 'note', text: `回复“帮助 ${named}”看其中每一项怎么说。` }, ...filesNote(c)]
    return {
      reply: {
        title: meant.length > 0 ? `${intent.topic}：可以这样说` : '可以这样说',
        tone: 'plain',
        blocks: [
          ...blocks,
          ...(c.actor.role === 'unknown'
            ? [{ kind: 'note' as const, text: '本账号尚未登记。请向主管科室领取绑定码，然后回复：绑定 绑定码' }]
            : []),
        ],
      },
    }
  },
})
