import type { Case, Field } from '../model/case.ts'
import { dayIn } from '../model/clock.ts'
import type { Day } from '../model/deadline.ts'
import { BadInput } from '../model/problem.ts'
import { type Given, lastOf, type RegisterContext } from './register.ts'

/** The day of a deed as it is put in. */
export const givenDay = ({ at }: Given, c: RegisterContext): Day => (typeof at === 'string' ? dayIn(at) : c.today)

/** When it happened; left empty, today. */
export const dayField = (label: string): Field => ({
  name: 'at',
  label,
  type: 'day',
  optional: true,
  hint: '不填就是今天',
})

/** What happens to a case happens in its order. @throws BadInput that says after which day it must be */
export const inOrder = (
  it: Case | undefined,
  given: Given,
  c: RegisterContext,
  after?: { kind: string; word: string },
): void => {
  if (!it) return
  const follows = after && lastOf(it, after.kind)
  const [from, word] = follows ? [dayIn(follows.at), after.word] : [dayIn(it.events[0]?.at ?? ''), '登记的日期']
  if (givenDay(given, c) < from) throw new BadInput(`日期早于${word}（${from}）：应是那一天或以后`)
}
