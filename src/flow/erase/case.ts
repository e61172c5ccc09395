import { type CaseRow, caseNumbered } from '../../../db/queries/cases.ts'
import { factsWithWords, noticesWithWords, wordless } from '../../../db/queries/mentions.ts'
import { BadInput } from '../../model/problem.ts'
import { registers } from '../../register/index.ts'
import { dayOf } from '../../time/day.ts'
import { caseIn, registerContext } from '../case/context.ts'
import { caseColumns } from '../case/writes.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { happens } from '../subjects.ts'
import { noticeWrites, type Traces } from './person.ts'

/** The case of a number as people write it: 依申请2026-3. @throws BadInput where there is none */
const caseOfNumber = async (deps: Deps, number: string): Promise<CaseRow> => {
  const [, word, year, ord] = /^(\D+)(\d{4})-(\d{1,6})$/.exec(number) ?? []
  const register = Object.values(registers).find((one) => one.word === word)
  const row = register && (await caseNumbered(deps.store, register.kind, Number(year), Number(ord)))
  if (!row) throw new BadInput(`没有“${number}”这一件：应是登记的编号，例如 依申请2026-3`)
  return row
}

const isErased = ({ secret }: CaseRow): boolean => secret === null || Object.keys(secret).length === 0

/** Facts of the case that hold words, and messages that hold any of them. */
const tracesOf = async (deps: Deps, row: CaseRow) => {
  const { title } = caseColumns({ ...caseIn(row), secret: {} }, await registerContext(deps))
  // A title may stand for somebody by their first character; without words it does not.
  const titles = title === row.title ? [] : [row.title]
  const said = [...Object.values(row.secret ?? {}), ...titles].filter((text) => text.length > 1)
  const facts: [string, string, number][] = []
  for await (const page of factsWithWords(deps.store))
    for (const { subject, id, seq } of page) if (subject === row.kind && id === row.id) facts.push([subject, id, seq])
  const notices: Traces['notices'] = { theirs: [], waiting: [], others: [] }
  for await (const page of noticesWithWords(deps.store))
    for (const { id, state, card, recipe, error } of page) {
      const text = JSON.stringify([card, recipe, error])
      if (said.some((one) => text.includes(JSON.stringify(one).slice(1, -1))))
        (state === 'waiting' ? notices.waiting : notices.others).push(id)
    }
  return { title, facts, notices }
}

export interface CaseTraces {
  facts: number
  notices: number
}

/** What erasing the words of a case would take away. @throws BadInput where there is no such case, or nothing is left */
export const foreseeCaseErasure = async (deps: Deps, number: string): Promise<CaseTraces> => {
  const row = await caseOfNumber(deps, number)
  if (isErased(row)) throw new BadInput(`${number}里没有可以清除的姓名、联系方式和说明，或已经清除`)
  const { facts, notices } = await tracesOf(deps, row)
  return { facts: facts.length, notices: notices.waiting.length + notices.others.length }
}

/**
 * Erases the words of a case: names, contacts and free text, in its facts, its row and the messages that hold them. What
 * happened and when, its answer and its place in the figures stay, and the chain holds. @throws BadInput, conflict
 */
export const eraseCase = async (deps: Deps, number: string, reason: string, stamp: Stamp): Promise<CaseTraces> => {
  const row = await caseOfNumber(deps, number)
  if (isErased(row)) throw new BadInput(`${number}里没有可以清除的姓名、联系方式和说明，或已经清除`)
  const { title, facts, notices } = await tracesOf(deps, row)
  const fact = { kind: 'erased', body: { on: dayOf(stamp.at, deps.zone) }, words: { reason } }
  await deps.store.atomic((q) => [
    ...happens(deps, q, { subject: row.kind, was: row, facts: [fact], set: { title, secret: null } }, stamp),
    ...wordless(deps.store, q, facts),
    ...noticeWrites(deps, q, notices, stamp.at),
  ])
  return { facts: facts.length, notices: notices.waiting.length + notices.others.length }
}
