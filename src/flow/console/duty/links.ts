import { factsOf } from '../../../../db/queries/duties.ts'
import type { OfficeStore } from '../../../../db/store.ts'
import { type Actor, isOffice } from '../../../model/person.ts'
import { BadInput } from '../../../model/problem.ts'
import type { Deps } from '../../deps.ts'
import type { LinkState } from '../../link-check.ts'
import { contextFor } from '../context.ts'
import { readable } from '../duty.ts'
import { linksIn } from './facts.ts'

/** Links looked at in one go, the newest; so many at a time. */
const MOST = 20
const AT_ONCE = 5

/** A link that was looked at so lately is not called again: nobody drives this server at another's site. */
const FRESH_MS = 60_000
const MOST_KEPT = 1000

interface Looked {
  at: Date
  state: LinkState
}
const looked = new WeakMap<OfficeStore, Map<string, Looked>>()

/** How a link answers, or answered within the last minute. */
const lookAt = async ({ store, now }: Deps, look: NonNullable<Deps['checkLink']>, link: string): Promise<Looked> => {
  const kept = looked.get(store) ?? new Map<string, Looked>()
  looked.set(store, kept)
  const before = kept.get(link)
  if (before && Math.abs(now().getTime() - before.at.getTime()) < FRESH_MS) return before
  const { outcome, status, why } = await look(link)
  const state = { outcome, status, why }
  const found = { at: now(), state }
  // The newest stand last, so the first is the oldest.
  kept.delete(link)
  kept.set(link, found)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  return found
}

export interface LinkChecked extends LinkState {
  link: string
  /** When it was looked at. */
  at: string
}

const isOwn = (actor: Actor, unit: string): boolean =>
  isOffice(actor) || (actor.role === 'liaison' && actor.units.includes(unit))

/**
 * Looks whether the links that were handed in for a duty open. Only the duty's own links are looked at, whoever asks.
 * 'none' where the duty is not theirs to read, 'not-yours' where it is but is not theirs to check.
 * @throws BadInput where this server looks at no links
 */
export const checkLinks = async (
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<LinkChecked[] | 'none' | 'not-yours'> => {
  const c = await contextFor(deps, actor)
  const found = await readable(c, id)
  if (!found) return 'none'
  if (!isOwn(actor, found.duty.unit) || found.duty.secret) return 'not-yours'
  const { checkLink } = deps
  if (!checkLink) throw new BadInput('这台服务器不检查链接，请点开看一下')
  const facts = await factsOf(c.db, 'duty', [id])
  const links = [...new Set(facts.filter(({ kind }) => kind === 'reported').flatMap(linksIn))].slice(-MOST)
  const checked: LinkChecked[] = []
  for (let i = 0; i < links.length; i += AT_ONCE) {
    const some = links.slice(i, i + AT_ONCE)
    const found = await Promise.all(some.map((link) => lookAt(deps, checkLink, link)))
    checked.push(...found.map(({ at, state }, j) => ({ link: some[j] ?? '', at: at.toISOString(), ...state })))
  }
  return checked
}
