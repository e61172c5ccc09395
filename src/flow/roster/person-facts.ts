import { and, eq, isNull } from 'drizzle-orm'
import { officeRow } from '../../../db/queries/office.ts'
import { dropLinksOf } from '../../../db/queries/sessions.ts'
import type { Query, Write } from '../../../db/store.ts'
import { isAway } from '../../model/contact.ts'
import type { Day } from '../../model/deadline.ts'
import type { Body } from '../../model/fact.ts'
import type { Role } from '../../model/person.ts'
import { roleWords } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf } from '../../time/day.ts'
import { accountDigest } from '../chain.ts'
import { codeWrites } from '../codes.ts'
import type { Deps } from '../deps.ts'
import { officeMoves, type Stamp } from '../ledger.ts'
import { changed, type Known, readKnown } from './change.ts'
import { mobileDigest, personWrites } from './people.ts'

type Row = Known['people'][number]

/** What the office says of a person. `mobile`: a new number, '' takes it away, undefined leaves what is there. */
export interface PersonForm {
  name: string
  role: Exclude<Role, 'unknown'>
  units: string[]
  charge: string[]
  post: '' | 'A' | 'B'
  mobile?: string | undefined
}

const MOBILE = /^1\d{10}$/

/** The form as it is stored: what does not belong to the role is left out. @throws BadInput with what would be right */
const checked = async (deps: Deps, form: PersonForm): Promise<PersonForm> => {
  const name = form.name.trim()
  if (name === '') throw new BadInput('请填写姓名')
  const { view } = await deps.cache(deps.store)
  const living = new Set(view.units.filter((unit) => unit.kind === 'unit' && !unit.succession).map(({ id }) => id))
  const ofUnit = form.role === 'liaison' || form.role === 'head'
  const units = ofUnit ? [...new Set(form.units)] : []
  const charge = form.role === 'leader' ? [...new Set(form.charge)] : []
  if ([...units, ...charge].some((id) => !living.has(id)))
    throw new BadInput('所选单位不在通讯录上（可能刚被改动）：请刷新后重新选择')
  if (ofUnit && units.length === 0) throw new BadInput(`${roleWords[form.role]}要写明单位：请至少选择一个单位`)
  const mobile = form.mobile?.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
  if (mobile && !MOBILE.test(mobile)) throw new BadInput('手机号码应是 1 开头的 11 位数字，例如 13800000000')
  return { ...form, name, units, charge, post: form.role === 'liaison' ? form.post : '', mobile }
}

/** Two of one name and role are told apart by their units alone. @throws BadInput */
const apart = (people: readonly Row[], { name, role, units }: PersonForm, self?: string): void => {
  const twin = people.find(
    (one) =>
      one.id !== self &&
      one.name === name &&
      one.role === role &&
      (units.length === 0 || one.units.some((unit) => units.includes(unit))),
  )
  if (twin)
    throw new BadInput(`通讯录上已有${roleWords[role]}“${name}”：是同一人请修改原来那条；是另一人请在姓名后加字区分`)
}

/** The person of that id who is still on duty. @throws BadInput */
const onDuty = async (deps: Deps, id: string): Promise<Row> => {
  const person = (await readKnown(deps)).people.find((one) => one.id === id && one.role !== 'unknown')
  if (!person) throw new BadInput('此人已不在通讯录上')
  return person
}

interface PersonFact {
  kind: string
  body: Body
  words?: Body
  /** What it moves in the row. */
  set: Partial<Row>
}

/** A person's row after a fact, with what its kind moves, all guarded by the version that was read. */
const personChange = (
  deps: Deps,
  q: Query,
  before: Row,
  { kind, body, words, set: columns }: PersonFact,
  stamp: Stamp,
): Write[] => {
  const { t, office } = deps.store
  const change = { subject: 'person' as const, id: before.id, before, kind, body, ...(words && { words }) }
  const { writes, set } = changed(deps, q, change, stamp)
  const own = and(eq(t.people.office, office), eq(t.people.id, before.id))
  return [
    ...writes,
    q
      .update(t.people)
      .set({ ...columns, ...set })
      .where(own),
  ]
}

/** Enters somebody new. @throws BadInput where the form is wrong or they are there already */
export const addPerson = async (deps: Deps, form: PersonForm, stamp: Stamp): Promise<void> => {
  const draft = await checked(deps, form)
  if (!(await officeRow(deps.store))) throw new BadInput('还没有这个机关：请先导入通讯录')
  const { people } = await readKnown(deps)
  apart(people, draft)
  await deps.store.atomic((q) => [
    ...personWrites(deps, q, people, [{ ...draft, mobile: draft.mobile ?? '', identities: [] }], stamp),
    officeMoves(deps, q),
  ])
}

/** What the office says of somebody from now on. @throws BadInput, conflict where another changed them meanwhile */
export const editPerson = async (deps: Deps, id: string, form: PersonForm, stamp: Stamp): Promise<void> => {
  const { name, role, units, charge, post, mobile } = await checked(deps, form)
  const { people } = await readKnown(deps)
  apart(people, { name, role, units, charge, post }, id)
  const before = await onDuty(deps, id)
  if (id === stamp.by && before.role !== role) throw new BadInput('不能改自己的身份：请另一位管理人员来改')
  const digest = mobile === undefined ? before.mobile : mobileDigest(deps, mobile)
  const body = { on: dayOf(stamp.at, deps.zone), role, units, charge, post, mobile: digest !== before.mobile }
  await deps.store.atomic((q) => [
    ...personChange(
      deps,
      q,
      before,
      { kind: 'edited', body, words: { name }, set: { name, role, units, charge, post, mobile: digest } },
      stamp,
    ),
    officeMoves(deps, q),
  ])
}

/** Ways into the console, open and given: whoever has the person's former telephone has these too. */
const endWeb = ({ store }: Deps, q: Query, person: string, at: Date): Write[] => {
  const { sessions } = store.t
  const running = and(eq(sessions.office, store.office), eq(sessions.person, person), isNull(sessions.endedAt))
  return [dropLinksOf(store, q, [person]), q.update(sessions).set({ endedAt: at }).where(running)]
}

/** What lets somebody in: codes and links that are not used yet, and running sessions. All end now. */
const shutOut = (deps: Deps, q: Query, person: string, at: Date): Write[] => {
  const { t, office } = deps.store
  return [
    q
      .update(t.codes)
      .set({ usedAt: at })
      .where(and(eq(t.codes.office, office), eq(t.codes.person, person), isNull(t.codes.usedAt))),
    ...endWeb(deps, q, person, at),
  ]
}

/**
 * Takes somebody off duty: of no unit and no role, without accounts, codes and sessions. The row stays, since the ledger
 * names them. @throws BadInput
 */
export const removePerson = async (deps: Deps, id: string, stamp: Stamp): Promise<void> => {
  if (id === stamp.by) throw new BadInput('不能移除自己：请另一位管理人员来办')
  const before = await onDuty(deps, id)
  const { t, office } = deps.store
  const gone = {
    role: 'unknown' as const,
    units: [],
    charge: [],
    post: '',
    mobile: '',
    awayUntil: null,
    substitute: '',
  }
  await deps.store.atomic((q) => [
    ...personChange(
      deps,
      q,
      before,
      { kind: 'removed', body: { on: dayOf(stamp.at, deps.zone), role: before.role }, set: gone },
      stamp,
    ),
    q.delete(t.identities).where(and(eq(t.identities.office, office), eq(t.identities.person, id))),
    ...shutOut(deps, q, id, stamp.at),
    officeMoves(deps, q),
  ])
}

/** An account is no longer the person's, nor is what was opened by it; `digest` as `accountDigest` makes it. @throws BadInput where it is none of theirs */
export const unbindAccount = async (deps: Deps, id: string, digest: string, stamp: Stamp): Promise<void> => {
  const before = await onDuty(deps, id)
  const { t, office, q } = deps.store
  const own = await q
    .select({ key: t.identities.key })
    .from(t.identities)
    .where(and(eq(t.identities.office, office), eq(t.identities.person, id)))
  const key = own.find((one) => accountDigest(deps.alg, office, one.key) === digest)?.key
  if (key === undefined) throw new BadInput('这个账号已经不在此人名下')
  const body = { on: dayOf(stamp.at, deps.zone), account: digest }
  await deps.store.atomic((write) => [
    ...personChange(deps, write, before, { kind: 'unbound', body, words: { account: key }, set: {} }, stamp),
    write.delete(t.identities).where(and(eq(t.identities.office, office), eq(t.identities.key, key))),
    ...endWeb(deps, write, id, stamp.at),
    officeMoves(deps, write),
  ])
}

/** A new one-time code, told once; that it was given, and by whom, is a fact of the person. @throws BadInput */
export const handOutCode = async (
  deps: Deps,
  id: string,
  stamp: Stamp,
): Promise<{ code: string; expiresAt: Date; name: string }> => {
  const before = await onDuty(deps, id)
  const { code, expiresAt, writes } = codeWrites(deps, id)
  const body = { on: dayOf(stamp.at, deps.zone) }
  await deps.store.atomic((q) => [
    ...personChange(deps, q, before, { kind: 'code-given', body, set: {} }, stamp),
    ...writes(q),
  ])
  return { code, expiresAt, name: before.name }
}

/** Away until a day with whoever stands in, or (null) back: the same fact as the word to the bot. @throws BadInput */
export const setAbsence = async (
  deps: Deps,
  id: string,
  { until, substitute }: { until: Day | null; substitute: string },
  stamp: Stamp,
): Promise<void> => {
  const before = await onDuty(deps, id)
  const today = dayOf(stamp.at, deps.zone)
  if (before.role !== 'liaison') throw new BadInput('只有联络员登记请假')
  if (until === null && !isAway({ awayUntil: before.awayUntil }, today)) throw new BadInput(`${before.name}没有在请假`)
  if (until !== null && until < today) throw new BadInput('日期已过：请写今天或以后的日期')
  const other = (await readKnown(deps)).people.find((one) => one.id === substitute)
  const stands =
    other && other.id !== id && other.role === 'liaison' && other.units.some((unit) => before.units.includes(unit))
  if (substitute !== '' && !stands) throw new BadInput('代班人应是本单位的另一位联络员')
  const change: PersonFact =
    until === null
      ? { kind: 'back', body: { on: today }, set: { awayUntil: null, substitute: '' } }
      : { kind: 'away', body: { on: today, until, to: substitute }, set: { awayUntil: until, substitute } }
  await deps.store.atomic((q) => [...personChange(deps, q, before, change, stamp), officeMoves(deps, q)])
}
