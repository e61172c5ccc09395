import { isBound, isShared, mainElsewhere, mainRooms } from '../../commands/rooms.ts'
import type { OfficeView } from '../../db/queries/office.ts'
import { lastPushes } from '../../db/queries/outbox.ts'
import { type RoomView, roomsOf } from '../../db/queries/people.ts'
import type { Deps } from '../flow/deps.ts'
import {
  addressOf,
  aimRoom,
  hookRoom,
  type RoomDraft,
  register,
  showOverdue,
  unbindRoom,
  webhookKey,
} from '../flow/roster.ts'
import { type Address, addressKey } from '../model/message.ts'
import { BadInput } from '../model/problem.ts'
import { dayOf, timeOf } from '../time/day.ts'
import { readArgs } from './args.ts'
import { out } from './print.ts'
import { stampOf, withRuntime } from './runtime.ts'
import { unitNamed } from './units.ts'

const usage =
  'rooms list | rooms bind PLATFORM:ID… [--unit UNIT]… | --all | --office [--main] [--overdue | --no-overdue] | rooms bind PLATFORM:ID --webhook KEY | --no-webhook | rooms bind PLATFORM:ID… --plan PLAN | --no-plan | rooms unbind PLATFORM:ID…'

/** `--office` names an office everywhere; here, with no name after it, it binds the room to the office itself. */
const withOfficeRoom = (argv: string[]): string[] =>
  argv.map((arg, i) => {
    const next = argv[i + 1]
    return arg === '--office' && (next === undefined || next.startsWith('--') || next.includes(':'))
      ? '--office-room'
      : arg
  })

const scopeWords = { all: '全体', office: '主管科室' } as const

const unitsSaid = (view: OfficeView, { scope, units }: Pick<RoomView, 'scope' | 'units'>): string =>
  scope === 'units'
    ? units.map((id) => view.units.find((unit) => unit.id === id)?.name ?? id).join('、')
    : scopeWords[scope]

const at = (moment: Date, zone: string): string => `${dayOf(moment, zone)} ${timeOf(moment, zone)}`

/** Each bound room on a line: whose it is, what it hears, and when it was last told something. */
const list = async (deps: Deps): Promise<void> => {
  const { view } = await deps.cache(deps.store)
  const rooms = (await roomsOf(deps.store)).filter(isBound)
  const main = new Set([...mainRooms(view, rooms).values()].map(({ key }) => key))
  const pushed = await lastPushes(deps.store)
  if (rooms.length === 0) out('还没有绑定的群')
  for (const room of rooms) {
    const last = pushed.get(addressKey(room.address))
    const muted = room.mutedUntil && room.mutedUntil > deps.now() ? room.mutedUntil : undefined
    out(
      [
        `${room.address.platform}:${room.address.id}`,
        unitsSaid(view, room),
        main.has(room.key) && !isShared(view, room) ? '主群' : '',
        room.overdue ? '清单显示逾期' : '',
        room.webhook ? '群机器人推送' : '',
        muted ? `静音到 ${at(muted, deps.zone)}` : '',
        last ? `最近推送 ${at(last, deps.zone)}` : '还没有推送过',
      ]
        .filter(Boolean)
        .join('  '),
    )
  }
}

interface Bound {
  unit?: string[] | undefined
  all?: boolean | undefined
  'office-room'?: boolean | undefined
  main?: boolean | undefined
  overdue?: boolean | undefined
  'no-overdue'?: boolean | undefined
  webhook?: string | undefined
  'no-webhook'?: boolean | undefined
  plan?: string | undefined
  'no-plan'?: boolean | undefined
}

/** The key of the group robot that a room gets, '' where it loses it; undefined where nothing is said of it. @throws BadInput */
const readWebhook = (values: Bound, addresses: readonly Address[]): string | undefined => {
  const { webhook, 'no-webhook': none } = values
  if (webhook === undefined && !none) return undefined
  if (webhook !== undefined && none) throw new BadInput('--webhook 和 --no-webhook 只能写一个')
  if (addresses.some(({ platform }) => platform !== 'wecom'))
    throw new BadInput('--webhook 是企业微信群机器人的地址，只用于 wecom:编号 的群')
  if (none || webhook === undefined) return ''
  if (addresses.length > 1) throw new BadInput('一个群机器人只在一个群里：--webhook 一次只能写一个群')
  return webhookKey(webhook)
}

/** Only the room's group robot is spoken of: what it is bound to stays. */
const isHookAlone = ({ unit, all, main, ...values }: Bound): boolean =>
  !unit && !all && !main && !values['office-room'] && !values.overdue && !values['no-overdue']

const hookWords = (key: string): string => (key === '' ? '不再用群机器人推送' : '群机器人推送')

/** What the options say, where they do not contradict each other. @throws BadInput */
const readBound = (values: Bound) => {
  const scope: RoomDraft['scope'] = values.all ? 'all' : values['office-room'] ? 'office' : 'units'
  const named = values.unit ?? []
  if (scope === 'units' && named.length === 0)
    throw new BadInput('要绑定到哪里？用 --unit 单位、--all（全体工作群）或 --office（主管科室）')
  if (values.main && (scope !== 'units' || named.length > 1))
    throw new BadInput('--main 是一个单位几个群里的主群，只能和一个 --unit 一起用')
  if (values.overdue && values['no-overdue']) throw new BadInput('--overdue 和 --no-overdue 只能写一个')
  const overdue = values.overdue ? true : values['no-overdue'] ? false : undefined
  if (overdue !== undefined && (scope === 'office' || (scope === 'units' && named.length < 2)))
    throw new BadInput('--overdue 只用于几个单位共用的群（几个 --unit，或 --all）；单位自己的群一直显示逾期')
  return { scope, named, main: values.main === true, overdue }
}

/** Whoever binds a room expects the pushes in it: told where they go, if elsewhere. */
const tellMain = async (deps: Deps, unit: string, addresses: readonly Address[]): Promise<void> => {
  const { view } = await deps.cache(deps.store)
  const rooms = await roomsOf(deps.store)
  const elsewhere = addresses.map((here) => mainElsewhere(view, rooms, unit, here))
  const [first] = elsewhere
  if (first && elsewhere.every(Boolean))
    out(`主动推送的仍进先绑定的 ${first.address.platform}:${first.address.id}；要进这个群，加 --main`)
}

/** Which plan a bare number means in the rooms from now on. */
const aim = async (deps: Deps, addresses: readonly Address[], code: string): Promise<void> => {
  for (const address of addresses) {
    await aimRoom(deps, address, code, stampOf(deps))
    out(`${address.platform}:${address.id}：${code === '' ? '不再指定方案' : `只说编号时指${code}`}`)
  }
}

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(
    withOfficeRoom(argv),
    {
      unit: { type: 'string', multiple: true },
      ...{ all: { type: 'boolean' }, 'office-room': { type: 'boolean' }, main: { type: 'boolean' } },
      ...{ overdue: { type: 'boolean' }, 'no-overdue': { type: 'boolean' } },
      ...{ webhook: { type: 'string' }, 'no-webhook': { type: 'boolean' } },
      ...{ plan: { type: 'string' }, 'no-plan': { type: 'boolean' } },
    },
    usage,
  )
  const [verb, ...ids] = positionals
  if (verb === 'list' && ids.length === 0) return withRuntime(values, ({ deps }) => list(deps))
  if ((verb !== 'bind' && verb !== 'unbind') || ids.length === 0) throw new BadInput(`用法：duban ${usage}`)
  const addresses = ids.map((id) => addressOf(id, 'room'))
  if (verb === 'unbind')
    return withRuntime(values, async ({ deps }) => {
      for (const address of addresses) {
        await unbindRoom(deps, address, stampOf(deps))
        out(`已解除绑定 ${address.platform}:${address.id}`)
      }
    })
  const webhook = readWebhook(values, addresses)
  if (values.plan !== undefined && values['no-plan']) throw new BadInput('--plan 和 --no-plan 只能写一个')
  const code = values['no-plan'] ? '' : values.plan
  const isPlanAlone = webhook === undefined && isHookAlone(values)
  if (code !== undefined && isPlanAlone) return withRuntime(values, ({ deps }) => aim(deps, addresses, code))
  if (webhook !== undefined && code === undefined && isHookAlone(values))
    return withRuntime(values, async ({ deps }) => {
      for (const address of addresses) {
        await hookRoom(deps, address, webhook, stampOf(deps))
        out(`${address.platform}:${address.id}：${hookWords(webhook)}`)
      }
    })
  const { scope, named, main, overdue } = readBound(values)
  await withRuntime(values, async ({ deps }) => {
    const { registry } = await deps.cache(deps.store)
    const units = named.map((unit) => unitNamed(registry, unit))
    const rooms = addresses.map(
      (address): RoomDraft => ({ address, scope, units: units.map((unit) => unit.id), ...(main && { main }) }),
    )
    await register(deps, { rooms }, stampOf(deps))
    if (overdue !== undefined) for (const address of addresses) await showOverdue(deps, address, overdue, stampOf(deps))
    if (webhook !== undefined) for (const address of addresses) await hookRoom(deps, address, webhook, stampOf(deps))
    if (code !== undefined) await aim(deps, addresses, code)
    const more = [
      main ? '主群' : '',
      overdue === undefined ? '' : overdue ? '清单显示逾期' : '清单不显示逾期',
      webhook === undefined ? '' : hookWords(webhook),
    ]
    for (const id of ids)
      out(
        `已绑定 ${id}：${[scope === 'units' ? units.map((unit) => unit.name).join('、') : scopeWords[scope], ...more].filter(Boolean).join('，')}`,
      )
    const [unit, ...others] = units
    if (unit && others.length === 0 && !main) await tellMain(deps, unit.id, addresses)
  })
}
