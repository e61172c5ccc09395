import { liaisonsOf, peopleNamed } from '../db/queries/people.ts'
import type { Command, Happening } from './command.ts'
import { unitName } from './present.ts'
import { problem } from './problem.ts'

const example = '例：市财政局联络员换成李明'

/** Another person answers for a unit from now on; who did so before answers for it no more, and what was done stays theirs. */
export const handover: Command<'handover'> = {
  intent: 'handover',
  title: '更换联络员',
  usage: '[单位] 联络员换成 姓名',
  example: '市财政局联络员换成李明',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const units = c.office.units.filter((unit) => intent.units?.includes(unit.name)).map((unit) => unit.id)
    const [unit] = units
    if (!unit || units.length > 1) return { reply: problem('请写明是哪个单位', '更换哪个单位的联络员？', example) }
    if (!intent.to) return { reply: problem('请写明换成谁', `${unitName(c, unit)}换成谁？`, example) }
    const everyone = await peopleNamed(c.db, intent.to)
    // A head or a leader of that name is somebody else, or answers in another way.
    const named = everyone.filter((one) => one.role === 'liaison')
    const [next] = named
    if (!next || named.length > 1)
      return {
        reply: problem(
          next ? '有同名的人' : '通讯录里没有这个人',
          next
            ? `有${named.length}位“${intent.to}”，请在通讯录里分清后再换。`
            : `请先登记“${intent.to}”，并发给绑定码。`,
          '例：duban people add 李明 --role liaison --unit 市财政局',
        ),
      }
    const others = (await liaisonsOf(c.db, [unit])).filter((one) => one.id !== next.id)
    const post = /([AB])岗/i.exec(c.message.text)?.[1]?.toUpperCase()
    // Of A and B the one that is named goes, else A.
    const leaves = others.find((one) => c.message.text.includes(one.name)) ?? others.find((one) => one.post === post)
    const before = [leaves ?? others[0]].flatMap((one) => one ?? [])
    const row = (one: typeof next) => ({ subject: 'person' as const, id: one.id, version: one.version, head: one.head })
    const facts: Happening[] = [
      {
        row: row(next),
        kind: 'took-over',
        body: { on: c.today, units: [...new Set([...next.units, unit])], post: before[0]?.post ?? next.post },
      },
      ...before.map((one) => ({
        row: row(one),
        kind: 'handed-over',
        body: { on: c.today, units: one.units.filter((id) => id !== unit), post: one.post },
      })),
    ]
    return {
      reply: {
        title: '联络员已更换',
        tone: 'good',
        blocks: [
          {
            kind: 'fields',
            fields: [
              ['单位', unitName(c, unit)],
              ['原联络员', before.map((one) => one.name).join('、') || '无'],
              ['现联络员', next.name],
            ],
          },
          {
            kind: 'note',
            text: before.length > 0 ? '原联络员的账号即时起不能再办理该单位的任务。' : '该单位此前没有联络员。',
          },
        ],
      },
      facts,
    }
  },
}
