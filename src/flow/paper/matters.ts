import type { Context } from '../../../commands/command.ts'
import { codeOf } from '../../../commands/present.ts'
import { findDuties } from '../../../db/queries/duties.ts'
import type { Paper } from '../../model/paper.ts'
import type { Matter } from '../../model/paper-life.ts'

/** What the paper holds against units, each with its code and the unit that answers for it on that day. */
export const mattersNamed = async (c: Context, { duties: ids }: Pick<Paper, 'duties'>): Promise<Matter[]> => {
  const found = new Map((ids.length > 0 ? await findDuties(c.db, { ids }) : []).map((duty) => [duty.id, duty]))
  return ids.flatMap((id) => {
    const duty = found.get(id)
    return duty ? [{ duty: id, code: codeOf(duty), unit: duty.unit }] : []
  })
}
