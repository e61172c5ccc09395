import { draftedFor, pendingPapers } from '../../db/queries/paper-rows.ts'
import type { OfficeRecipe } from '../../src/model/recipe.ts'
import { addDays, atOffice } from '../../src/time/day.ts'
import type { Context } from '../command.ts'
import { paperUrl } from '../papers/issued.ts'
import type { Part } from './parts.ts'

/** Drafts that the schedule made since the last day that was told, and on list days how many papers wait for a signature. */
export const papersReady = async (c: Context, { told }: OfficeRecipe): Promise<Part[]> => {
  const { monthly, quarterly } = c.office.settings.papers
  const since = told.since === '' ? c.today : addDays(told.since, 1)
  const drafts = monthly === null && quarterly === null ? [] : await draftedFor(c.db, atOffice(since, '00:00', c.zone))
  const pending = told.week ? await pendingPapers(c.db) : []
  const lines = [
    ...drafts.map(({ id, title }) => {
      const url = paperUrl(c, id)
      return { text: `《${title}》草稿已备好，没有发给任何单位${url ? `：${url}` : '，请到网页版“文书”查看'}` }
    }),
    ...pending.map(({ title }) => ({ text: `待签发：《${title}》` })),
  ]
  return lines.length > 0 ? [{ title: '文书', lines }] : []
}
