import { type ClockEvent, runClock } from '../../clock/run.ts'
import type { Case, CaseEvent } from '../../model/case.ts'
import type { Basis, Clock } from '../../model/clock.ts'
import { eventsOf, lastOf, type RegisterContext } from '../register.ts'
import { givenOn, rulesOf } from './standing.ts'

const step = ({ at }: CaseEvent, event: string, does: ClockEvent['does'], basis: Basis): ClockEvent => ({
  ...{ event, at, does, basis },
})

/** Up to the first reply; a suggestion that is found to be hard has its six months from the beginning. */
export const replyClock = (it: Case, c: RegisterContext): Clock => {
  const { reply, hard } = rulesOf(it)
  const first = it.events[0]?.body.hard === true ? hard : reply
  const regraded = lastOf(it, 'regraded')
  const end = eventsOf(it, 'replied', 'cancelled')[0]
  return runClock(
    { name: 'reply', title: '答复代表、委员' },
    [
      { event: '交办', at: givenOn(it), does: 'start', span: first.span, basis: first.basis },
      ...(regraded
        ? [{ ...step(regraded, '认定涉及面广、处理难度大', 'restart', hard.basis), span: hard.span, from: givenOn(it) }]
        : []),
      ...(end ? [step(end, end.kind === 'replied' ? '答复' : '撤销登记', 'end', reply.basis)] : []),
    ],
    c,
  )
}

const ordered: Basis = { law: '本单位设定', article: '退回重办时确定的期限' }

/** Up to the next reply, each time that one was sent back. */
export const anewClock = (it: Case, c: RegisterContext): Clock[] => {
  const events = it.events.flatMap((event): ClockEvent[] => {
    if (event.kind === 'returned-anew')
      return [{ ...step(event, '退回重办', 'restart', ordered), due: String(event.body.by) }]
    return event.kind === 'replied' ? [step(event, '重新答复', 'end', ordered)] : []
  })
  const from = events.findIndex(({ does }) => does === 'restart')
  return from < 0 ? [] : [runClock({ name: 'anew', title: '重新答复' }, events.slice(from), c)]
}
