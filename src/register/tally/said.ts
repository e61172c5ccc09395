/** 已公开，发布23条: how much a report says was published, in words or rest of words between. */
const PUBLISHED =
  /(?:发布|公开|公布|公示|推送|刊登|发出|更新|上传)(?!日期|时间)[^\d，,。；;、（(]{0,16}?(\d{1,7})(?![\d.])\s*(?:条|篇|则)/g
/** 共17条: what several come to. */
const IN_ALL = /(?:共计|合计|总计|一共|共)[^\d，,。；;]{0,8}?(\d{1,7})(?![\d.])\s*(?:条|篇|则)/
/** What is counted since the year began is no period's figure. */
const CUMULATIVE = /累计|截至|截止|今年以来|年初以来|[1-9一]\s*[-—至到]\s*\d{1,2}月/

/** The one count of published items that a report's words tell for its period; undefined where they tell none, or several. */
export const countSaid = (text: string): number | undefined => {
  if (CUMULATIVE.test(text)) return undefined
  const all = IN_ALL.exec(text)?.[1]
  if (all !== undefined) return Number(all)
  const counts = [...text.matchAll(PUBLISHED)].map(([, count]) => Number(count))
  return counts.length === 1 ? counts[0] : undefined
}
