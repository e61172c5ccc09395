import { papersAbout } from '../../db/queries/paper-rows.ts'
import type { Reader } from '../../db/store.ts'
import { naturalOf, type PaperAsk, paperMay } from '../../src/model/paper-life.ts'
import type { PaperStanding } from '../command.ts'

/**
 * Where a paper that is asked for stands: the unsigned one of the same (`was`), which is drafted anew, else a place of its
 * own (`bulletin:2017-Q3#2` beside one that is signed or void). `all`: how many there are of the same, whatever became of them.
 */
export const placeOfPaper = async (
  db: Reader,
  asked: PaperAsk,
): Promise<{ natural: string; was?: PaperStanding; all: number }> => {
  const natural = naturalOf(asked)
  const same = await papersAbout(db, natural)
  const was = same.find(({ state }) => paperMay('redrafted', state))
  if (was) return { natural: was.natural, was, all: same.length }
  return { natural: same.length === 0 ? natural : `${natural}#${same.length + 1}`, all: same.length }
}
