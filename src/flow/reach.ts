import { accountsAll, type LiaisonView, type Reached } from '../../db/queries/people.ts'
import type { Reader } from '../../db/store.ts'
import { answering } from '../model/contact.ts'
import type { Day } from '../model/deadline.ts'

/** Who can be reached for a unit: everybody's accounts and posts, looked up without going through all of them. */
export interface Reach {
  /** A person's accounts by the person's id. */
  accounts: ReadonlyMap<string, readonly Reached[]>
  /** Liaisons by their units, A before B, and by id. */
  liaisons: ReadonlyMap<string, readonly LiaisonView[]>
  byId: ReadonlyMap<string, LiaisonView>
  /** Ids of heads with an account, by their units. */
  heads: ReadonlyMap<string, readonly string[]>
}

const put = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}

/** Made ready from the liaisons by their units, with one look at all accounts. */
export const readReach = async (
  reader: Reader,
  liaisons: ReadonlyMap<string, readonly LiaisonView[]>,
): Promise<Reach> => {
  const accounts = new Map<string, Reached[]>()
  const heads = new Map<string, string[]>()
  for (const one of await accountsAll(reader)) {
    const isKnown = accounts.has(one.id)
    put(accounts, one.id, one)
    if (one.role === 'head' && !isKnown) for (const unit of one.units) put(heads, unit, one.id)
  }
  const byId = new Map([...liaisons.values()].flat().map((one) => [one.id, one]))
  return { accounts, liaisons, byId, heads }
}

/** Somebody with those accounts of theirs that matter. */
export type Person = readonly Reached[]

/** A person by the accounts that are wanted; undefined where there is none. */
const having = ({ accounts }: Reach, id: string, wanted: (one: Reached) => boolean): Person | undefined => {
  const own = (accounts.get(id) ?? []).filter(wanted)
  return own.length > 0 ? own : undefined
}

/**
 * Who is spoken to for a unit: of those who answer for it that day the first with an account of the wanted kind, else its
 * liaison though away; undefined where nobody has one.
 */
export const spokenToBy = (
  reach: Reach,
  unit: string,
  today: Day,
  wanted: (one: Reached) => boolean,
): Person | undefined => {
  const own = reach.liaisons.get(unit) ?? []
  const near = [...own, ...own.flatMap(({ substitute }) => reach.byId.get(substitute) ?? [])]
  for (const { id } of [...answering(unit, near, today), ...own]) {
    const person = having(reach, id, wanted)
    if (person) return person
  }
  return undefined
}

/** Heads of a unit with an account of the wanted kind. */
export const headsBy = (reach: Reach, unit: string, wanted: (one: Reached) => boolean): Person[] =>
  (reach.heads.get(unit) ?? []).flatMap((id) => {
    const person = having(reach, id, wanted)
    return person ? [person] : []
  })
