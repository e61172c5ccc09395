import type { Context } from '../../../commands/command.ts'
import { codeOf, seen } from '../../../commands/present.ts'
import { findDuties } from '../../../db/queries/duties.ts'
import type { Paper } from '../../model/paper.ts'
import { type Matter, type PaperAsk, wordsOfBlock } from '../../model/paper-life.ts'

/** 公开17-1 stands in 公开17-12 too: a code ends where no number goes on. */
const named = (words: string, code: string): boolean => {
  for (let at = words.indexOf(code); at >= 0; at = words.indexOf(code, at + 1)) {
    const [before, after] = [words[at - 1] ?? '', words.slice(at + code.length, at + code.length + 2)]
    if (!/^(?:\d|[-.]\d)/.test(after) && !/[A-Za-z\u4e00-\u9fa5]/.test(before)) return true
  }
  return false
}

/** Matters that the paper names as late: overdue on its day, of a unit that it names, with their code somewhere in its words. */
export const mattersNamed = async (c: Context, paper: Paper, { plan }: Pick<PaperAsk, 'plan'>): Promise<Matter[]> => {
  if (paper.units.length === 0) return []
  const duties = await findDuties(c.db, {
    ...{ units: paper.units, states: ['open', 'returned', 'unclaimed'], role: 'lead', due: { to: c.today } },
    ...(plan && { plans: [plan] }),
  })
  const words = paper.blocks.flatMap(wordsOfBlock).join('\n')
  return duties
    .filter((duty) => seen(c, duty).overdue && named(words, codeOf(duty)))
    .map((duty) => ({ duty: duty.id, code: codeOf(duty), unit: duty.unit }))
}
