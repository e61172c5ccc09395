/** Words that every task says, and that tell none from another. */
const COMMON =
  /按照?|及时|定期|全面|进一步|切实|积极|认真|公开|公布|发布|公示|通报|报送|上报|推进|推动|加强|加快|落实|完成|开展|组织|实施|制定|制订|修订|建立|健全|完善|做好|抓好|强化|深化|规范|优化|提升|提高|促进|加大|编制|印发|有关|相关|各类|各级|各单位|各部门|情况|工作|信息|方面|力度|机制|要求|内容|事项|任务|以及|并且|或者|通过|依法|年度|季度|月份|每[年月季周日]|[的和与及或并对在由等为将把向从以其各]/g

const MOST = 6
/** So many signs of a longer piece are enough. */
const ENOUGH = 4

/**
 * Words by which a page may be known to speak of a task: its text is parted at signs, digits and at the words that every
 * task says; of what is left the longest pieces stand, two signs at least.
 */
export const wordsOf = (text: string): string[] => {
  const pieces = text
    .replace(COMMON, ' ')
    .split(/[^\u4e00-\u9fff]+/)
    .filter((piece) => piece.length >= 2)
  return [...new Set(pieces)].sort((a, b) => b.length - a.length).slice(0, MOST)
}

/** The longest part of the word that the text holds: the whole, or four signs at least. */
const partIn = (text: string, word: string): string | undefined => {
  for (let size = word.length; size >= Math.min(word.length, ENOUGH); size--)
    for (let at = 0; at + size <= word.length; at++)
      if (text.includes(word.slice(at, at + size))) return word.slice(at, at + size)
  return undefined
}

/** Those of the words that a page says, as far as it says them, however it parts them by blanks. */
export const saidOf = (words: readonly string[], text: string): string[] => {
  const whole = text.replace(/\s/g, '')
  return [...new Set(words.flatMap((word) => partIn(whole, word) ?? []))]
}
