import { addressOf, type RoomDraft, register } from '../flow/roster.ts'
import { BadInput } from '../model/problem.ts'
import { readArgs } from './args.ts'
import { out } from './print.ts'
import { stampOf, withRuntime } from './runtime.ts'
import { unitNamed } from './units.ts'

const usage = 'rooms bind PLATFORM:ID… [--unit UNIT]… | --all | --office'

/** `--office` names an office everywhere; here, with no name after it, it binds the room to the office itself. */
const withOfficeRoom = (argv: string[]): string[] =>
  argv.map((arg, i) => {
    const next = argv[i + 1]
    return arg === '--office' && (next === undefined || next.startsWith('--') || next.includes(':'))
      ? '--office-room'
      : arg
  })

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(
    withOfficeRoom(argv),
    { unit: { type: 'string', multiple: true }, all: { type: 'boolean' }, 'office-room': { type: 'boolean' } },
    usage,
  )
  const [verb, ...ids] = positionals
  if (verb !== 'bind' || ids.length === 0) throw new BadInput(`用法：duban ${usage}`)
  const scope = values.all ? 'all' : values['office-room'] ? 'office' : 'units'
  if (scope === 'units' && !values.unit?.length)
    throw new BadInput('要绑定到哪里？用 --unit 单位、--all（全体工作群）或 --office（主管科室）')
  const addresses = ids.map((id) => addressOf(id, 'room'))
  await withRuntime(values, async ({ deps }) => {
    const { registry } = await deps.cache(deps.store)
    const units = (values.unit ?? []).map((unit) => unitNamed(registry, unit))
    const rooms = addresses.map((address): RoomDraft => ({ address, scope, units: units.map((unit) => unit.id) }))
    await register(deps, { rooms }, stampOf(deps))
    for (const id of ids)
      out(
        `已绑定 ${id}：${scope === 'all' ? '全体' : scope === 'office' ? '主管科室' : units.map((unit) => unit.name).join('、')}`,
      )
  })
}
