import type { Question } from '../model/plan.ts'
import type { Sheet } from './sheet.ts'

/** What a list of units says of lists instead of naming units: 列第一位者为牵头单位，下同; 以下均需各县政府落实，不再列出. */
const NOTE =
  /[，,。；;、（(](?:(?:括号内|其中|均?由?)?[^，,。；;、（）()]{0,6}?(?:排|列|位列)?(?:在|于)?(?:第一|首)(?:位|个|家|者|列)|以下(?:各项|各条|均|皆|都|同|工作|任务|不再)|[^，,。；;、（）()]{0,4}下同|除[^，,。；;、]{2,20}外[，,])/

/** A list of units without the rule for all lists that stands behind its names. */
export function withoutNote(list: string): string {
  const at = list.search(NOTE)
  return at > 0 ? list.slice(0, at) : list
}

const EVERYWHERE = /以下[^。；;，,]{0,12}(?:均|都|皆)[^。；;]{2,60}不再[^。；;）)〕]{0,8}/

/** Asks about units that a plan leaves out of its lists because they answer for everything (以下均需各县落实，不再列出). */
export function unlisted(sheet: Sheet): Question[] {
  return sheet.blocks.flatMap((block): Question[] => {
    const words = block.kind === 'line' ? EVERYWHERE.exec(block.text)?.[0] : undefined
    if (!words) return []
    const text = `文中写明“${words}”，各项只记了逐项列出的单位，请确认是否补上`
    return [{ kind: 'unsure-row', line: block.kind === 'line' ? block.line : 1, text, proposal: '只记逐项列出的单位' }]
  })
}
