import type { Case, CaseEvent } from '../model/case.ts'
import { dayIn, type Moment } from '../model/clock.ts'
import { BadInput } from '../model/problem.ts'
import { apart, readFields } from './fields.ts'
import type { Deed, Register, RegisterContext } from './register.ts'

/** What a deed comes to: its event, what of it can be erased, and the case after it. */
export interface Decided {
  deed: Deed
  event: CaseEvent
  words: Record<string, string>
  next: Case
}

/** The moment a deed happened, as fine as the register counts. @throws BadInput where it has not come yet */
const momentOf = ({ grain }: Register, said: unknown, c: RegisterContext): Moment => {
  const at = said === undefined ? c.now : String(said)
  const moment = grain === 'day' ? dayIn(at) : at.length === 10 ? `${at}T00:00` : at
  if (moment > (grain === 'day' ? c.today : c.now))
    throw new BadInput(`${moment.replace('T', ' ')}还没有到：请填已经发生的时间`)
  return moment
}

const after = (
  was: Case | undefined,
  born: Pick<Case, 'kind' | 'year' | 'ord'>,
  event: CaseEvent,
  words: Record<string, string>,
): Case => {
  const secret = Object.fromEntries(Object.entries(words).map(([name, text]) => [`${event.kind}.${name}`, text]))
  if (!was) return { ...born, events: [event], secret }
  return { ...was, events: [...was.events, event], secret: { ...was.secret, ...secret } }
}

const run = (
  register: Register,
  deed: Deed,
  was: Case | undefined,
  input: Readonly<Record<string, unknown>>,
  born: Pick<Case, 'kind' | 'year' | 'ord'>,
  c: RegisterContext,
): Decided => {
  const read = readFields(deed.fields, input)
  deed.check?.(was, read, c)
  const given = deed.settled?.(read, c, was) ?? read
  const { body, words } = apart(deed.fields, given)
  const event = { kind: deed.name, at: momentOf(register, given.at, c), body }
  return { deed, event, words, next: after(was, born, event, words) }
}

/** Enters a new case as number `ord` of its year. @throws BadInput: nothing is entered */
export const open = (
  register: Register,
  input: Readonly<Record<string, unknown>>,
  { year, ord }: Pick<Case, 'year' | 'ord'>,
  c: RegisterContext,
): Decided => run(register, register.opening, undefined, input, { kind: register.kind, year, ord }, c)

/** Does one deed to a case. @throws BadInput where there is no such deed, it does not fit, or what was put in is not right */
export const decide = (
  register: Register,
  was: Case,
  name: string,
  input: Readonly<Record<string, unknown>>,
  c: RegisterContext,
): Decided => {
  const deed = register.deeds.find((one) => one.name === name)
  if (!deed) throw new BadInput(`没有“${name}”这一步`)
  if (!deed.fits(was, c)) {
    const open = register.deeds.filter((one) => one.fits(was, c)).map(({ title }) => title)
    throw new BadInput(`现在不能${deed.title}：${open.length > 0 ? `可以${open.join('、')}` : '这一件已经办完'}`)
  }
  return run(register, deed, was, input, was, c)
}
