import { factsOf } from '../../../../db/queries/duties.ts'
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
    const states = await Promise.all(some.map(checkLink))
    const at = deps.now().toISOString()
    checked.push(...some.flatMap((link, j) => (states[j] ? [{ link, at, ...states[j] }] : [])))
  }
  return checked
}
