import { officeRow } from '../../../db/queries/office.ts'
import { annualPaper } from '../../annual/paper.ts'
import type { AnnualForm } from '../../model/annual.ts'
import { BadInput } from '../../model/problem.ts'
import { paperDocx } from '../../paper/docx.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, type Stamp } from '../ledger.ts'
import { checkYear } from './change.ts'
import { type AnnualReport, annualReport } from './read.ts'

/** A year's report as a Word file, a draft to be looked over. @throws BadInput for a year that cannot be reported on */
export const annualFile = async (
  deps: Deps,
  { year, form }: { year: number; form?: AnnualForm },
): Promise<{ report: AnnualReport; title: string; bytes: Uint8Array }> => {
  const today = dayOf(deps.now(), deps.zone)
  const report = await annualReport(deps.store, { year: checkYear(deps, year), today, ...(form && { form }) })
  const { view } = await deps.cache(deps.store)
  const paper = annualPaper(report.inputs, report.figures, view.name)
  const bytes = await paperDocx(paper, { state: 'draft', number: '', signer: '', signedOn: null })
  return { report, title: paper.title, bytes }
}

/** The same for the machine's administrator, who is on no register: a fact of the office. @throws BadInput */
export const exportAnnualAs = async (deps: Deps, stamp: Stamp, asked: { year: number; form?: AnnualForm }) => {
  const row = await officeRow(deps.store)
  if (!row) throw new BadInput('还没有这个机关：请先 roster import 或 import 方案')
  const made = await annualFile(deps, asked)
  const body = { what: 'annual', year: asked.year, form: made.report.inputs.form }
  await deps.store.atomic((q) => happeningWrites(deps, q, [{ row, kind: 'exported', body }], stamp))
  return made
}
