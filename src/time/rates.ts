/** 每年减少约500万亩, 近年来每年都召开, 每日22时至次日6时: a rate, a habit, opening hours, and nothing that is asked for. */
const rate =
  /^(?:均|约|可|仍|(?:累计|连续)?(?:不得|不)超过|[^，。；\n]{0,12}(?:增幅|增长幅度|增长率|增长比例)|[^，。；\n\d]{0,10}(?:减少|增加|增长|净增|递增|递减|下降|上升|损失|侵占|流失|产生|受益|节约|节省)[^，。；\n\d]{0,6}\d)/
const hours = /^\d{1,2}(?:[时点]|：\d{2})?(?:至|-)/
const habit = /(?:年来|以来)[^。；\n]{0,20}$/
/** 明确每季度的形象进度; 报送每月的工作情况 asks for it every month. */
const owned = /^的(?:形象)?(?:进度|目标|任务|重点|指标|工作|变化)/
const reported = /[报公][^，。；\n]{0,16}$/

/** Whether a period's words at `index`, up to `end`, only tell how things are. */
export function isTold(text: string, index: number, end: number): boolean {
  const after = text.slice(end, end + 28)
  if (owned.test(after) && !reported.test(text.slice(Math.max(0, index - 20), index))) return true
  return rate.test(after) || hours.test(after) || habit.test(text.slice(Math.max(0, index - 26), index))
}
