import { register } from '../../src/flow/roster.ts'
import { anyRouteKey, type Platform } from '../../src/model/message.ts'
import type { Town } from './town.ts'

/** Who is who on a platform: account ids of the people of the transcript. */
export const accounts = { leader: 'ou_leader', finance: 'ou_finance', audit: 'ou_audit', office: 'ou_office' } as const
export type Who = keyof typeof accounts

/** Registers the transcript's people (but those left out) with their accounts, and binds the groups. */
export const settle = async (town: Town, platform: Platform, leftOut: readonly Who[] = []): Promise<void> => {
  const { registry } = await town.deps.cache(town.deps.store)
  const unit = (name: string) => {
    const found = registry.resolve(name)
    if (found.kind !== 'one') throw new Error(name)
    return found.unit.id
  }
  const person = (who: Who, name: string, role: 'leader' | 'liaison' | 'office', units: string[]) => ({
    name,
    role,
    units,
    charge: [],
    post: '' as const,
    mobile: '',
    identities: [anyRouteKey({ platform, id: accounts[who] })],
  })
  const room = (id: string, scope: 'units' | 'all', units: string[]) => ({
    address: { platform, route: '*', kind: 'room' as const, id },
    scope,
    units,
  })
  await register(
    town.deps,
    {
      people: [
        person('leader', '林副市长', 'leader', []),
        person('finance', '周小舟', 'liaison', [unit('市财政局')]),
        person('audit', '吴桐', 'liaison', [unit('市审计局')]),
        person('office', '沈清', 'office', []),
      ].filter(({ identities }) => !leftOut.some((who) => identities[0]?.endsWith(accounts[who]))),
      rooms: [room('oc_finance', 'units', [unit('市财政局')]), room('oc_work', 'all', [])],
    },
    { by: 'admin:test', via: 'test:settle', at: town.deps.now() },
  )
}
