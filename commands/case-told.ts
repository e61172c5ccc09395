import { caseOf } from '../db/queries/cases.ts'
import type { Block, Card } from '../src/model/card.ts'
import type { Clock } from '../src/model/clock.ts'
import type { CaseRecipe } from '../src/model/recipe.ts'
import { basisOf, caseNumber, clockWords, leftWords, runningOf } from './case-words.ts'
import { registerView, viewOf } from './cases.ts'
import type { Context } from './command.ts'
import { unitName } from './present.ts'

const titleOf = (c: Context, number: string, told: CaseRecipe['told'], ending: Clock | undefined): string => {
  if (told === 'handed') return `交办：${number}`
  return told === 'begun' || !ending?.due
    ? `${number} 时限开始计算`
    : `${number} ${ending.title}：${leftWords(c, ending.due)}`
}

/**
 * What is told of a case as it stands when it is sent; undefined where it is closed, another unit has it, or the clock was
 * met or moved meanwhile. Nothing of what its words hold.
 */
export const caseCard = async (c: Context, { case: id, unit, told, due }: CaseRecipe): Promise<Card | undefined> => {
  const row = await caseOf(c.db, id)
  if (!row || row.closedOn !== null || row.unit !== unit) return undefined
  const running = runningOf(viewOf(row, registerView(c)).clocks)
  const ending = due === '' ? running[0] : running.find((clock) => clock.due === due)
  if (told !== 'handed' && !ending) return undefined
  const bases = [...new Set(running.map(basisOf))].filter(Boolean)
  const fields: [string, string][] = [
    ['事由', row.title],
    ...(row.unit ? ([['承办单位', unitName(c, row.unit)]] as [string, string][]) : []),
    ...running.map((clock, i): [string, string] => [i === 0 ? '时限' : '', clockWords(c, clock)]),
  ]
  return {
    title: titleOf(c, caseNumber(row), told, ending),
    tone: told === 'left' || told === 'over' ? 'late' : 'plain',
    blocks: [
      { kind: 'fields', fields },
      ...(bases.length > 0 ? [{ kind: 'note', text: `依据：${bases.join('；')}` } satisfies Block] : []),
      ...(row.kind === 'incident'
        ? [{ kind: 'note', text: `办了就回复，例：舆情${row.ord}号权威信息已发布 网址` } satisfies Block]
        : []),
    ],
  }
}
