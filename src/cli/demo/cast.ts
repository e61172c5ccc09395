import type { Deps } from '../../flow/deps.ts'
import { addressOf, personNamed, register } from '../../flow/roster.ts'
import type { Role } from '../../model/person.ts'
import { stampOf } from '../runtime.ts'

/** Units of the example whose liaisons one may speak as: one that hands in on time, one whose report waits to be checked. */
export const PUNCTUAL = '市财政局'
export const WAITING = '市统计局'

const OFFICE = { name: '林知夏', role: 'office' as const }
const ADMIN = { name: '管理员', role: 'admin' as const }

/** Who can be spoken as, by the account that is theirs in the simulated group. */
const accounts: { account: string; name: string; role: Exclude<Role, 'unknown'>; unit?: string }[] = [
  { account: 'liaison-1', name: '孟予安', role: 'liaison', unit: PUNCTUAL },
  { account: 'liaison-2', name: '孔嘉树', role: 'liaison', unit: WAITING },
  { account: 'head', name: '许修远', role: 'head', unit: PUNCTUAL },
  { account: 'leader', name: '常务副市长 周启明', role: 'leader' },
  { account: 'office', ...OFFICE },
  { account: 'admin', ...ADMIN },
]

const nobody = { units: [], charge: [], post: '' as const, mobile: '', identities: [] }

/** Binds the demo's people to accounts of the simulated group, and the groups that no unit has; the register stays as the roster made it. */
export const enterCast = async (deps: Deps): Promise<void> => {
  const stamp = stampOf(deps)
  const { view } = await deps.cache(deps.store)
  const bound = accounts.map(({ account, name, role, unit }) => ({
    ...nobody,
    ...{ name, role, identities: [`console:try:${account}`] },
    units: view.units.flatMap((one) => (one.name === unit ? [one.id] : [])),
  }))
  const group = (id: string, scope: 'all' | 'office') => ({
    address: addressOf(`console:${id}`, 'room'),
    scope,
    units: [],
  })
  await register(deps, { people: bound, rooms: [group('工作群', 'all'), group('主管科室', 'office')] }, stamp)
}

/** The person who checks, as the past is filled in. */
export const officePerson = (deps: Deps): Promise<string | undefined> => personNamed(deps, OFFICE.name, OFFICE.role)
