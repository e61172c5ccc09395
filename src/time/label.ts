import { label } from './words.ts'

const wholly = new RegExp(`^[（(【\\[]?(?:${label.source})[）)\\]】]?[:：]?$`)
const labelled = new RegExp(`(?:${label.source})[）】]?(?:：|】|为：|是：)`, 'g')
const nextLabel =
  /[。；\n]|[（【]?(?:责任|牵头|配合|主要|承办|主办|协办|整改|工作|目标|具体|完成|备注|联系|实施|单位)[\u4e00-\u9fa5]{1,6}：/g

/** Whether a cell or a line's head names the column of time limits: 完成时限, 整改时限：, 时间要求. */
export const isTimeLabel = (text: string): boolean => wholly.test(text.replace(/[\s　]/g, ''))

/** The stretches of a plain text that follow such a label, up to the end of the sentence or the next label. */
export function labelledParts(text: string): { from: number; to: number }[] {
  if (!text.includes('：') && !text.includes('】')) return []
  const parts: { from: number; to: number }[] = []
  for (const match of text.matchAll(labelled)) {
    const from = match.index + match[0].length
    const held = parts.at(-1)
    if (held && from < held.to) continue
    nextLabel.lastIndex = from
    parts.push({ from, to: nextLabel.exec(text)?.index ?? text.length })
  }
  return parts
}
