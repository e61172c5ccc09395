import { type CaseRow, caseNumbered } from '../../../db/queries/cases.ts'
import { officeRow } from '../../../db/queries/office.ts'
import { BadInput } from '../../model/problem.ts'
import { paperDocx } from '../../paper/docx.ts'
import { application } from '../../register/application/index.ts'
import { type LetterKind, letterKinds, letterOf, letterWords } from '../../register/application/letters/index.ts'
import { numberOf } from '../../register/register.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, type Stamp } from '../ledger.ts'
import { caseIn, registerContext } from './context.ts'

/** 答复书 or `answer`. @throws BadInput where there is no such letter */
const letterKindOf = (said: string): LetterKind => {
  const kind = letterKinds.find((one) => one === said || letterWords[one] === said)
  if (!kind) throw new BadInput(`没有“${said}”这种文书：可以是${letterKinds.map((one) => letterWords[one]).join('、')}`)
  return kind
}

/** A letter about an application as a Word file. @throws BadInput where what it needs is not recorded */
export const letterFile = async (deps: Deps, row: CaseRow, kind: LetterKind, result?: string) => {
  const { view } = await deps.cache(deps.store)
  const writing = { it: caseIn(row), c: await registerContext(deps), issuer: view.name }
  const { printed, number, day } = letterOf(kind, writing, result)
  const bytes = await paperDocx(printed, { state: 'draft', number, signer: '', signedOn: day })
  return { name: `${letterWords[kind]}-${numberOf(application, row)}.docx`, bytes }
}

/** What is written down of a letter that was taken out: which one, of which case. */
export const letterFact = ({ id }: CaseRow, kind: LetterKind) => ({ what: 'letter', letter: kind, case: id })

/** A letter for the machine's administrator, who is on no register: a fact of the office. @throws BadInput */
export const exportLetterAs = async (
  deps: Deps,
  stamp: Stamp,
  { number, kind, result }: { number: string; kind: string; result?: string | undefined },
) => {
  const [, year, ord] = /^(?:依申请)?(\d{4})-(\d{1,6})(?:号)?$/.exec(number) ?? []
  if (year === undefined) throw new BadInput(`--number 应写成 2026-3，而不是“${number}”`)
  const letter = letterKindOf(kind)
  const row = await caseNumbered(deps.store, 'application', Number(year), Number(ord))
  if (!row) throw new BadInput(`登记簿里没有依申请${year}-${ord}`)
  const file = await letterFile(deps, row, letter, result)
  const office = await officeRow(deps.store)
  if (office)
    await deps.store.atomic((q) =>
      happeningWrites(deps, q, [{ row: office, kind: 'exported', body: letterFact(row, letter) }], stamp),
    )
  return file
}
