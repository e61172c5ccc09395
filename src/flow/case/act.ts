import { mayDo } from '../../../commands/cases.ts'
import { fedFacts, feeding } from '../../../commands/feeding.ts'
import { isConflict } from '../../../db/conflict.ts'
import { caseNumbered, caseOf, nextCaseNumber } from '../../../db/queries/cases.ts'
import { factsOf } from '../../../db/queries/duties.ts'
import type { Case, CaseKind } from '../../model/case.ts'
import { Moment } from '../../model/clock.ts'
import type { Actor } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { decide, open } from '../../register/decide.ts'
import { registers } from '../../register/index.ts'
import type { Deed } from '../../register/register.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, type Stamp } from '../ledger.ts'
import { plannedWrites } from '../remind/planned.ts'
import { whyNotTaken } from '../secrecy.ts'
import { caseIn, deedContext } from './context.ts'
import { caseNotices } from './told.ts'
import { caseWrites } from './writes.ts'

export { mayDo }

type Input = Readonly<Record<string, unknown>>

const TRIES = 20

/** @throws BadInput where what is typed bears a mark of secrecy */
const refuseMarked = (input: Input): void => {
  if (Object.values(input).some((value) => typeof value === 'string' && whyNotTaken(value)))
    throw new BadInput('这里带有密级标志：涉密内容不能放到这里，没有保存')
}

/** @throws BadInput where a unit is not on the roster, or a case that is referred to is none */
const refuseUnknown = async (deps: Deps, { fields }: Deed, input: Input): Promise<void> => {
  const { view } = await deps.cache(deps.store)
  for (const { name, label, type } of fields) {
    const said = input[name]
    const ids = [said].flat().filter((one): one is string => typeof one === 'string' && one !== '')
    if (
      (type === 'unit' || type === 'units') &&
      ids.some((id) => !view.units.some((unit) => unit.id === id && unit.kind === 'unit'))
    )
      throw new BadInput(`${label}应是通讯录上的单位`)
    if (type === 'case') for (const id of ids) await refuseNoCase(deps, label, id)
  }
}

const refuseNoCase = async (deps: Deps, label: string, number: string): Promise<void> => {
  const [, word, year, ord] = /^(\D+)(\d{4})-(\d{1,6})$/.exec(number) ?? []
  const register = Object.values(registers).find((one) => one.word === word)
  if (!register || !(await caseNumbered(deps.store, register.kind, Number(year), Number(ord))))
    throw new BadInput(`${label}应是一个已登记的编号，没有“${number}”这一件`)
}

/** The case that the same person has entered from that form already. @throws BadInput where the key is another's */
const enteredBefore = async (deps: Deps, kind: CaseKind, key: string, { by }: Stamp) => {
  const row = await caseOf(deps.store, key)
  if (!row) return undefined
  const [first] = await factsOf(deps.store, row.kind, [key])
  if (row.kind !== kind || first?.by !== by) throw new BadInput('这张表已经用过：请重新打开再填')
  return { id: key, it: caseIn(row) }
}

/**
 * Enters a case, numbered in the year of its day. What comes with a `key` is entered once, however often it is sent.
 * @throws BadInput: nothing is entered
 */
export const openCase = async (
  deps: Deps,
  actor: Actor,
  kind: CaseKind,
  input: Input,
  stamp: Stamp,
  key?: string,
): Promise<{ id: string; it: Case }> => {
  const register = registers[kind]
  if (!mayDo(register.opening, actor, typeof input.unit === 'string' ? input.unit : ''))
    throw new BadInput('您的身份不能登记这一类事项')
  refuseMarked(input)
  await refuseUnknown(deps, register.opening, input)
  const id = key ?? deps.newId()
  for (let tries = 1; ; tries++) {
    const before = key === undefined ? undefined : await enteredBefore(deps, kind, key, stamp)
    if (before) return before
    const said = Moment.safeParse(input.at)
    // What is no day is refused below, by its field.
    const year = Number((said.success ? said.data : dayOf(deps.now(), deps.zone)).slice(0, 4))
    const c = await deedContext(deps, register, { year })
    const decided = open(register, input, { year, ord: await nextCaseNumber(deps.store, kind, year) }, c)
    try {
      const told = await caseNotices(deps, [{ id, decided }], c)
      const fed = fedFacts(await feeding({ ...c, db: deps.store }, decided.next))
      await deps.store.atomic((q) => [
        ...caseWrites(deps, q, { id, decided }, c, stamp),
        ...happeningWrites(deps, q, fed, stamp),
        ...plannedWrites(deps, q, told),
      ])
      return { id, it: decided.next }
    } catch (error) {
      if (!isConflict(error) || tries >= TRIES) throw error
    }
  }
}

/**
 * Does one deed to a case that is as whoever did it saw it. @returns undefined where there is none, or it moved on
 * @throws BadInput where it may not be done: nothing is changed; conflict
 */
export const actOnCase = async (
  deps: Deps,
  actor: Actor,
  { id, version, deed, input }: { id: string; version: number; deed: string; input: Input },
  stamp: Stamp,
): Promise<Case | undefined> => {
  const row = await caseOf(deps.store, id)
  if (!row || row.version !== version) return undefined
  refuseMarked(input)
  const c = await deedContext(deps, registers[row.kind], { year: row.year, id })
  const decided = decide(registers[row.kind], caseIn(row), deed, input, c)
  if (!mayDo(decided.deed, actor, row.unit)) throw new BadInput(`您的身份不能${decided.deed.title}`)
  await refuseUnknown(deps, decided.deed, input)
  const told = await caseNotices(deps, [{ id, decided }], c)
  const fed = fedFacts(await feeding({ ...c, db: deps.store }, decided.next))
  await deps.store.atomic((q) => [
    ...caseWrites(deps, q, { id, was: row, decided }, c, stamp),
    ...happeningWrites(deps, q, fed, stamp),
    ...plannedWrites(deps, q, told),
  ])
  return decided.next
}
