import { disclosureRules } from '../../clock/rules/disclosure.ts'
import { paperBases } from '../../clock/rules/publications.ts'
import { ownLimit, ruleOn, span } from '../../clock/rules/rule.ts'
import { type ClockEvent, runClock } from '../../clock/run.ts'
import type { Case, CaseEvent } from '../../model/case.ts'
import { type Clock, dayIn } from '../../model/clock.ts'
import { eventsOf, lastOf, type RegisterContext } from '../register.ts'
import { interpretedBy, madeOn, natures, wordOf } from './course.ts'

/** Twenty workdays from the making; of a paper whose 公开属性 became 主动公开 later, from the day on which it did. */
const publishClock = (it: Case, c: RegisterContext): Clock[] => {
  const { title, span, basis } = ruleOn(disclosureRules, dayIn(madeOn(it))).publish
  let active = false
  const events = it.events.flatMap(({ kind, at, body }: CaseEvent): ClockEvent[] => {
    if (kind === 'disclosed') return [{ event: '公开', at, does: 'end', basis }]
    if (kind === 'finished') return [{ event: '办结', at, does: 'end', basis }]
    if (kind !== 'registered' && kind !== 'attributed') return []
    const was = active
    active = body.nature === 'active'
    if (active === was) return []
    const to = wordOf(natures, body.nature)
    if (!active) return [{ event: `公开属性改为${to}`, at, does: 'end', basis: paperBases.attribute }]
    const event = kind === 'registered' ? '印发' : `公开属性改为${to}`
    return [{ event, at, does: 'restart', span, basis }]
  })
  return events.some(({ does }) => does === 'restart') ? [runClock({ name: 'publish', title }, events, c)] : []
}

/** The office's own limit, as it stood when the paper came out; none where it has set none. */
const interpretClock = (it: Case, c: RegisterContext): Clock[] => {
  const out = lastOf(it, 'disclosed')
  const within = out?.body.within
  if (!out || typeof within !== 'number' || it.events[0]?.body.needs === false) return []
  const done = interpretedBy(it)
  // Exempted beforehand: nothing ever ran.
  if (done && done.kind === 'exempted' && it.events.indexOf(done) < it.events.indexOf(out)) return []
  const limit = ownLimit(within === 0 ? '与文件同日解读' : `公开后${within}个工作日内解读`, span.workdays(within))
  const end = done ?? eventsOf(it, 'finished')[0]
  const words: Record<string, string> = { interpreted: '解读', exempted: '免予解读', finished: '办结' }
  return [
    runClock(
      { name: 'interpret', title: '解读' },
      [
        { event: '公开', at: out.at, does: 'start', span: limit.span, basis: limit.basis },
        ...(end ? [{ event: words[end.kind] ?? '', at: end.at, does: 'end' as const, basis: limit.basis }] : []),
      ],
      c,
    ),
  ]
}

export const clocksOf = (it: Case, c: RegisterContext): Clock[] => [...publishClock(it, c), ...interpretClock(it, c)]
