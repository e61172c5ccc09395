import type { Case } from '../../model/case.ts'
import { dayIn } from '../../model/clock.ts'
import { lastOf, type Register } from '../register.ts'
import { clocksOf } from './clocks.ts'
import { deeds, opening } from './deeds.ts'
import { objectsOf, openedOn, openObjection, outcomes, sortOf, sorts, standingWith, unsettled } from './standing.ts'

const stateOf = (it: Case): string => {
  const last = lastOf(it, 'finished', 'cancelled')
  if (last) return last.kind === 'finished' ? 'done' : 'cancelled'
  if (openObjection(it)) return 'reviewing'
  if (unsettled(it).length > 0) return 'rectifying'
  return lastOf(it, 'concluded') ? 'concluded' : 'open'
}

const factsOf = (it: Case): [string, string][] => {
  const { order } = it.events[0]?.body ?? {}
  const standings = objectsOf(it).map((unit) => standingWith(it, unit))
  const outcome = lastOf(it, 'review-decided')?.body.outcome
  const withFindings = standings.filter((standing) => standing !== 'none').length
  const done = standings.filter((standing) => standing === 'done').length
  const facts: [string, string][] = [
    ['类型', sorts.find(([code]) => code === sortOf(it))?.[1] ?? ''],
    ['立项依据', typeof order === 'string' ? order : ''],
    ['督查对象', `${standings.length}个`],
    ['整改', withFindings > 0 ? `${withFindings}个对象有问题，${done}个已整改到位` : ''],
    ['复核', outcomes.find(([code]) => code === outcome)?.[1] ?? ''],
  ]
  return facts.filter(([, value]) => value !== '')
}

/**
 * 督查: planned with content, objects and scope, no more often than the office has set; what is found is put right by a day
 * and looked at again; the conclusion is fed back and may be objected to. A round of several objects is the office's alone
 * to read: none of them sees what was found with the others.
 */
export const inspection: Register = {
  kind: 'inspection',
  word: '督查',
  grain: 'day',
  states: {
    ...{ open: '督查中', rectifying: '整改中', concluded: '已反馈结论', reviewing: '复核中' },
    ...{ done: '已办结', cancelled: '已撤销' },
  },
  beside: true,
  opening,
  deeds,
  view: (it, c) => {
    const closed = lastOf(it, 'finished', 'cancelled')
    const [only, ...more] = objectsOf(it)
    return {
      title: String(it.events[0]?.body.title ?? ''),
      // Before anything is found a round is nobody's business but the office's: no notice, no welcome (四不两直).
      unit: more.length === 0 && lastOf(it, 'found', 'concluded') ? (only ?? '') : '',
      openedOn: openedOn(it),
      state: stateOf(it),
      closedOn: closed ? dayIn(closed.at) : null,
      clocks: clocksOf(it, c),
      facts: factsOf(it),
    }
  },
}
