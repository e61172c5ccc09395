import type { SignOn, SignOnAsked } from '../../../adapters/adapter.ts'
import { personOf } from '../../../db/queries/people.ts'
import { addressKey, anyRouteKey } from '../../model/message.ts'
import type { Deps } from '../deps.ts'
import { secretOf } from './sign-in/link.ts'
import { openSession } from './sign-in.ts'

/** Platforms by whose accounts people may sign in, in the order in which they are offered. */
export const signOnWays = ['lark', 'wecom'] as const
export type SignOnWay = (typeof signOnWays)[number]

const adapterOf = ({ adapters }: Pick<Deps, 'adapters'>, way: SignOnWay) =>
  adapters.find((one) => one.platform === way && one.signOn)

/** The ways that are set up here. The platforms send the browser back to our own address, so there must be one. */
export const waysHere = (deps: Pick<Deps, 'adapters' | 'publicUrl'>): SignOnWay[] =>
  deps.publicUrl ? signOnWays.filter((way) => adapterOf(deps, way)) : []

/** An attempt to sign in, as the browser that made it keeps it. */
export type Attempt = Omit<SignOnAsked, 'back'> & { office: string; way: SignOnWay; next: string }

const plain = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '0')

/** A new attempt, which nobody can guess. */
export const newAttempt = (deps: Pick<Deps, 'secureRandom' | 'store'>, way: SignOnWay, next: string): Attempt => ({
  ...{ office: deps.store.office, way, next },
  state: plain(secretOf(deps)),
  verifier: plain(secretOf(deps) + secretOf(deps)),
})

const askedOf = (deps: Pick<Deps, 'publicUrl'>, { way, state, verifier }: Attempt): SignOnAsked => ({
  back: `${deps.publicUrl ?? ''}/api/session/${way}/callback`,
  ...{ state, verifier },
})

const signOnOf = (deps: Pick<Deps, 'adapters' | 'publicUrl'>, way: SignOnWay): SignOn | undefined =>
  waysHere(deps).includes(way) ? adapterOf(deps, way)?.signOn : undefined

/** Where the browser goes to be asked who it is; undefined where that way is not set up. */
export const askThere = (deps: Deps, attempt: Attempt, inside: boolean): Promise<string> | undefined =>
  signOnOf(deps, attempt.way)?.ask({ ...askedOf(deps, attempt), inside })

/** Whoever is bound to the account, through its own app, any app, or another of ours on the same platform. */
const personBehind = async (deps: Deps, way: SignOnWay, id: string) => {
  const own = adapterOf(deps, way)
  const others = deps.adapters.filter((one) => one.platform === way && one !== own)
  for (const { route } of own ? [own, ...others] : []) {
    const place = { platform: way, route, id }
    const person = await personOf(deps.store, [addressKey(place), anyRouteKey(place)])
    if (person && person.role !== 'unknown') return person
  }
  return undefined
}

/** Signs in whoever came back from the platform: `refused`: it vouches for nobody; `unbound`: for somebody we do not know. @throws DeliveryError */
export const signOn = async (
  deps: Deps,
  attempt: Attempt,
  query: URLSearchParams,
  agent: string,
): Promise<'refused' | 'unbound' | { cookie: string; expiresAt: Date }> => {
  const account = await signOnOf(deps, attempt.way)?.answer(askedOf(deps, attempt), query)
  if (!account) return 'refused'
  const person = await personBehind(deps, attempt.way, account)
  return person ? openSession(deps, person.id, attempt.way, agent) : 'unbound'
}
