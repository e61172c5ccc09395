import { codeHolder, roomOf, roomsOf } from '../db/queries/people.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { addressKey, anyRouteKey } from '../src/model/message.ts'
import type { Command, Context, Outcome } from './command.ts'
import { unitName } from './present.ts'
import { problem } from './problem.ts'
import { isBound, mainElsewhere } from './rooms.ts'

const example = '例：绑定 8K3M7Q'

/** A person is bound by the office's one-time code, said in a single chat or a group; never by saying who they are. */
const bindSelf = async (c: Context, code: string | undefined): Promise<Outcome> => {
  if (!code) return { reply: problem('需要绑定码', '登记身份要用主管科室发的绑定码，自己说明单位不能登记。', example) }
  const digest = c.digestOfCode(code)
  const holder = await codeHolder(c.db, digest)
  if (!holder || holder.usedAt || holder.expiresAt <= c.now)
    return {
      reply: problem('绑定码无效', '绑定码不对，或已经用过、过期。请向主管科室重新领取。', example),
      refused: 'code',
    }
  const units = holder.units.map((id) => unitName(c, id)).join('、')
  return {
    reply: {
      title: '已登记',
      tone: 'good',
      blocks: [
        { kind: 'text', text: `${[holder.name, units].filter(Boolean).join('，')}。回复“帮助”看您可以做什么。` },
      ],
    },
    bound: { person: holder.person, version: holder.version, head: holder.head, digest },
  }
}

/** Of several rooms of a unit its pushes go into one. */
const whatComesHere = async (c: Context, units: readonly string[]): Promise<string> => {
  const [unit = '', ...others] = units
  const elsewhere = others.length === 0 && mainElsewhere(c.office, await roomsOf(c.db), unit, c.place.address)
  return elsewhere
    ? '可以在这里查和报。主动推送的仍进这个单位先绑定的群；要改到本群，请管理员用命令 rooms bind 加 --main。'
    : '到期清单将推送到这里。'
}

/** The group in which the office says so belongs to the unit. */
const bindGroup = async (c: Context, intent: IntentOf<'bind'>): Promise<Outcome> => {
  if (c.actor.role !== 'office' && c.actor.role !== 'admin')
    return { reply: problem('不能绑定本群', '只有主管科室可以绑定群。', '请联系主管科室办理。'), refused: 'role' }
  if (c.place.address.kind !== 'room')
    return { reply: problem('请在群里绑定', '这里不是群聊，请在要绑定的群里说。', '例：绑定本群 市财政局') }
  const units = c.office.units.filter((unit) => intent.units?.includes(unit.name)).map((unit) => unit.id)
  if (units.length === 0) return { reply: problem('请写明单位', '要把本群绑定到哪个单位？', '例：绑定本群 市财政局') }
  const names = units.map((id) => unitName(c, id)).join('、')
  return {
    reply: {
      title: '本群已绑定',
      tone: 'good',
      blocks: [{ kind: 'text', text: `本群已绑定到${names}，${await whatComesHere(c, units)}` }],
    },
    room: { scope: 'units', units },
  }
}

/** Which plan a bare number means in the room from now on; the office says so. */
const aimRoom = async (c: Context, code: string): Promise<Outcome> => {
  if (c.actor.role !== 'office' && c.actor.role !== 'admin')
    return { reply: problem('不能设定本群的方案', '只有主管科室可以设定。', '请联系主管科室办理。'), refused: 'role' }
  const { address } = c.place
  const room = address.kind === 'room' ? await roomOf(c.db, [addressKey(address), anyRouteKey(address)]) : undefined
  if (!room || !isBound(room))
    return { reply: problem('请先绑定本群', '只有绑定了单位的群可以设定方案。', '例：绑定本群 市财政局') }
  const plan = c.office.plans.find((one) => one.code === code)
  if (code !== '' && plan?.state !== 'released')
    return {
      reply: problem(
        '这份方案不在办',
        `${code}${plan?.state === 'closed' ? '已经办结' : '还没有下达'}，本群没有改动。`,
      ),
    }
  const row = { subject: 'room' as const, id: room.key, version: room.version, head: room.head }
  return {
    reply: {
      title: code === '' ? '本群不再指定方案' : `本群用${code}`,
      tone: 'good',
      blocks: [
        {
          kind: 'text',
          text:
            code === ''
              ? '只说编号时，按本单位在办的方案查；几份方案都有的会问是哪一份。'
              : `在本群只说编号，指的是${code}的任务；别的方案请带上简称，如“${otherExample(c, code)}”。`,
        },
      ],
    },
    facts: [{ row, kind: 'aimed', body: { on: c.today, plan: plan?.id ?? '' } }],
  }
}

const otherExample = (c: Context, code: string): string =>
  `${c.office.plans.find((one) => one.state === 'released' && one.code !== code)?.code ?? '交办18'}-1`

export const bind: Command<'bind'> = {
  intent: 'bind',
  title: '绑定',
  usage: '绑定本群 单位 / 绑定 绑定码',
  example: '绑定 8K3M7Q（主管科室发的绑定码）',
  officeExample: '绑定本群 市财政局',
  roles: ['liaison', 'head', 'leader', 'office', 'admin', 'unknown'],
  run: async (c, intent) =>
    intent.plan !== undefined
      ? aimRoom(c, intent.plan)
      : intent.target === 'group'
        ? bindGroup(c, intent)
        : bindSelf(c, intent.code),
}
