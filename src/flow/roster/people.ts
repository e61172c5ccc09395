import { endSessionsOfFormer } from '../../../db/queries/sessions.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Role } from '../../model/person.ts'
import type { RosterDraft } from '../../unit/roster.ts'
import { accountDigest, digestOf } from '../chain.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { changed, type Known, same } from './change.ts'

/** What recognises a verified mobile number without keeping it. */
export const mobileDigest = (deps: Pick<Deps, 'store' | 'alg'>, mobile: string): string =>
  mobile === ''
    ? ''
    : digestOf(deps.alg, ['mobile', deps.store.office, mobile.replace(/^\+?86/, '').replace(/\D/g, '')])

export interface PersonDraft {
  name: string
  role: Role
  units: string[]
  charge: string[]
  post: '' | 'A' | 'B'
  mobile: string
  identities: string[]
}

/** People with what they are bound to; who is there already keeps what the draft does not say. */
export const personWrites = (
  deps: Deps,
  q: Query,
  known: Known['people'],
  people: readonly PersonDraft[],
  stamp: Stamp,
): Write[] => {
  const { t, office } = deps.store
  return people.flatMap((person): Write[] => {
    const before = known.find(
      (one) =>
        one.name === person.name &&
        one.role === person.role &&
        (person.units.length === 0 || one.units.some((unit) => person.units.includes(unit))),
    )
    const values = {
      name: person.name,
      role: person.role,
      units: before ? [...new Set([...before.units, ...person.units])] : person.units,
      charge: person.charge.length > 0 ? person.charge : (before?.charge ?? []),
      post: person.post || (before?.post ?? ''),
      mobile: mobileDigest(deps, person.mobile) || (before?.mobile ?? ''),
    }
    const id = before?.id ?? deps.newId()
    const links = person.identities.flatMap((key) => [
      ...endSessionsOfFormer(deps.store, q, { key, person: id }, deps.now()),
      q
        .insert(t.identities)
        .values({ office, key, person: id })
        .onConflictDoUpdate({ target: [t.identities.office, t.identities.key], set: { person: id } }),
    ])
    const unchanged =
      before &&
      (['name', 'role', 'units', 'charge', 'post', 'mobile'] as const).every((key) => same(before[key], values[key]))
    const accounts = person.identities.map((key) => accountDigest(deps.alg, office, key))
    if (unchanged && accounts.length === 0) return []
    const body = { role: person.role, units: values.units, charge: values.charge, post: values.post, accounts }
    const { writes, set } = changed(
      deps,
      q,
      {
        subject: 'person',
        id,
        before,
        kind: 'listed',
        body,
        words: { name: person.name, accounts: person.identities },
      },
      stamp,
    )
    const row = { office, id, ...values, ...set }
    return [
      ...writes,
      q
        .insert(t.people)
        .values(row)
        .onConflictDoUpdate({ target: [t.people.office, t.people.id], set: { ...values, ...set } }),
      ...links,
    ]
  })
}

/** Who a roster file brings: liaisons, heads, and city leaders with the units in their charge. */
export const peopleOf = (draft: RosterDraft, idOf: (name: string) => string): PersonDraft[] => {
  const blank = { charge: [], post: '' as const, mobile: '', identities: [] }
  const liaisons = draft.units.flatMap((unit) =>
    unit.liaisons.map(
      (one): PersonDraft => ({
        ...blank,
        name: one.name,
        role: 'liaison',
        units: [idOf(unit.name)],
        post: one.post,
        mobile: one.mobile,
      }),
    ),
  )
  const heads = draft.units
    .filter((unit) => unit.head)
    .map((unit): PersonDraft => ({ ...blank, name: unit.head, role: 'head', units: [idOf(unit.name)] }))
  const leaders = [...new Set(draft.units.map((unit) => unit.leader).filter(Boolean))].map(
    (name): PersonDraft => ({
      ...blank,
      name,
      role: 'leader',
      units: [],
      charge: draft.units.filter((unit) => unit.leader === name).map((unit) => idOf(unit.name)),
    }),
  )
  return [...liaisons, ...heads, ...leaders]
}
