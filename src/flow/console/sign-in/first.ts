import { firstOfRoles, someoneSignedIn } from '../../../../db/queries/sessions.ts'
import type { Deps } from '../../deps.ts'
import { personNamed, register } from '../../roster.ts'
import { giveLink, lendLink, sealed } from './link.ts'

const NAME = '管理员'

/** Somebody has to be the first: an administrator, entered where the register has neither one nor an office. */
const firstPerson = async (deps: Deps): Promise<string | undefined> => {
  const known = (await firstOfRoles(deps.store, 'admin')) ?? (await firstOfRoles(deps.store, 'office'))
  if (known) return known.id
  const nobody = { units: [], charge: [], post: '' as const, mobile: '', identities: [] }
  await register(
    deps,
    { people: [{ ...nobody, name: NAME, role: 'admin' }] },
    { by: 'admin:cli', via: `start:${deps.newId()}`, at: deps.now() },
  )
  return personNamed(deps, NAME, 'admin')
}

/** The secret of a link for the first administrator; undefined once anybody of the office has signed in. */
export const firstLink = async (deps: Deps): Promise<string | undefined> => {
  if (await someoneSignedIn(deps.store, ['admin', 'office'])) return undefined
  const person = await firstPerson(deps)
  return person === undefined ? undefined : (await giveLink(deps, person)).secret
}

/**
 * Where somebody comes with the secret that the administrator has set (FIRST_LINK_SECRET), and nobody of the office has ever
 * signed in, it is made the first administrator's link. Afterwards it opens nothing, however long the variable stays.
 */
export const welcomeFirst = async (deps: Deps, text: string): Promise<void> => {
  if (deps.firstLink === undefined || text !== sealed(deps, deps.firstLink)) return
  if (await someoneSignedIn(deps.store, ['admin', 'office'])) return
  const person = await firstPerson(deps)
  if (person !== undefined) await lendLink(deps, person, deps.firstLink)
}
