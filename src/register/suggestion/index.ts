import type { Case } from '../../model/case.ts'
import { dayIn } from '../../model/clock.ts'
import { titled } from '../plain.ts'
import { lastOf, type Register } from '../register.ts'
import { anewClock, replyClock } from './clocks.ts'
import { deeds, opening } from './deeds.ts'
import { isHard, isReplied, linkOf, reasons, results, satisfactions, sources, wordOf } from './standing.ts'

const stateOf = (it: Case): string => {
  const last = lastOf(it, 'finished', 'cancelled')
  if (last) return last.kind === 'finished' ? 'done' : 'cancelled'
  if (isReplied(it)) return 'replied'
  return lastOf(it, 'returned-anew') ? 'anew' : 'open'
}

const factsOf = (it: Case): [string, string][] => {
  const { source, session, number } = it.events[0]?.body ?? {}
  const reply = lastOf(it, 'replied')?.body
  const link = linkOf(it)
  const facts: [string, string][] = [
    ['来源', wordOf(sources, source)],
    ['会议', String(session ?? '')],
    ['编号', String(number ?? '')],
    ['涉及面广、处理难度大', isHard(it) ? '是' : '否'],
  ]
  if (!reply) return facts
  const open = reply.public === true ? link || '应公开，尚未公开' : `不公开：${wordOf(reasons, reply.why)}`
  const satisfied = wordOf(satisfactions, lastOf(it, 'opinion')?.body.satisfied)
  return [
    ...facts,
    ['办理结果', wordOf(results, reply.result)],
    ['答复公开', open],
    ...(satisfied ? ([['提出人意见', satisfied]] as [string, string][]) : []),
  ]
}

/** 建议提案: three months, or six where it is hard, from the day of handing over; talked over first, published or not with the reason. */
export const suggestion: Register = {
  kind: 'suggestion',
  word: '建议提案',
  grain: 'day',
  states: { open: '办理中', replied: '已答复', anew: '重新办理', done: '已办结', cancelled: '已撤销' },
  opening,
  deeds,
  view: (it, c) => {
    const closed = lastOf(it, 'finished', 'cancelled')
    return {
      ...titled(it),
      state: stateOf(it),
      closedOn: closed ? dayIn(closed.at) : null,
      clocks: [replyClock(it, c), ...anewClock(it, c)],
      facts: factsOf(it),
    }
  },
}
