import type { Block } from './sheet.ts'
import { dayOf, squeeze } from './words.ts'

/** A 文号 such as 国办发〔2017〕24号. */
export const NUMBER = /[\u4e00-\u9fff]{1,20}[〔[［【（(]\s*(?:19|20)\d{2}\s*[〕\]］】）)]\s*第?\s*\d{1,4}\s*号/

/** A value of the head and its line. */
export interface HeadLine {
  line: number
  text: string
}

/** What a government site prints about a document. */
export interface Metadata {
  title?: HeadLine
  number?: HeadLine
  issuer?: HeadLine
  written?: HeadLine
  published?: HeadLine
}

/** With the blanks that spread a label over its cell. */
const LONGEST_LABEL = 40
const LONGEST_PAIR = 200

/** Label and value, several of them on one line (来源：… 发布时间：…). */
function pairsIn(text: string, line: number): { label: string; value: string; line: number }[] {
  if (text.length > LONGEST_PAIR || !/[:：]/.test(text) || /[。；]/.test(text)) return []
  return [...text.matchAll(/(?<=^|[\s|【[])([\u4e00-\u9fff]{2,6})[】\]]?[:：]\s?([^\s:：|【[]{2,40})/g)].map((m) => ({
    label: m[1] ?? '',
    value: m[2] ?? '',
    line,
  }))
}

/** The fields that a government site prints above a document: 发布机构, 文号, 成文日期, in a table or as label and value. */
export function metadata(blocks: Block[]): Metadata {
  const pairs: { label: string; value: string; line: number }[] = []
  for (const block of blocks.slice(0, 20)) {
    if (block.kind === 'line') {
      if (block.text.length > LONGEST_PAIR) continue
      const m = /^[【[]?\s*([\u4e00-\u9fff\s]{2,8}?)\s*[】\]]?\s*[:：]\s*(\S{2,40})$/.exec(block.text.trim())
      if (m) pairs.push({ label: squeeze(m[1] ?? ''), value: squeeze(m[2] ?? ''), line: block.line })
      else pairs.push(...pairsIn(block.text, block.line))
      continue
    }
    for (const row of block.rows.slice(0, 8)) {
      row.cells.forEach((cell, i) => {
        pairs.push(...pairsIn(cell, row.line))
        if (cell.length > LONGEST_LABEL) return
        const label = squeeze(cell).replace(/[[\]【】:：\s]/g, '')
        const value = squeeze(row.cells[i + 1] ?? '')
        if (label.length <= 8 && value !== '' && !/^[[【]/.test(value)) pairs.push({ label, value, line: row.line })
      })
    }
  }
  const field = (labels: RegExp, value: (v: string) => string): HeadLine | undefined => {
    const pair = pairs.find((p) => labels.test(p.label) && value(p.value) !== '')
    return pair && { line: pair.line, text: value(pair.value) }
  }
  const same = (v: string): string => v
  const title = field(/^(?:标题|名称|信息名称|文件名称)$/, same)
  const number = field(/^(?:文号|发文字号|发文号|文件编号)$/, (v) => NUMBER.exec(v)?.[0] ?? '')
  const issuer = field(
    /^(?:发布机构|发文机关|发文单位|制发机关|发布单位|公开主体|填报单位|填表单位|制表单位|印发机关|印发单位|制定机关|信息来源|来源)$/,
    (v) => (/(?:政府|办公室|办公厅|委员会|局|委|厅|中心|办|部|集团|大学|公司)$/.test(v) ? v : ''),
  )
  const written = field(/^(?:成文日期|成文时间|发文日期|印发日期|生成日期|填报日期|填报时间|填表日期|制表日期)$/, dayOf)
  const published = field(/^(?:发布日期|公开日期|发布时间|公开时间)$/, dayOf)
  return {
    ...(title ? { title } : {}),
    ...(number ? { number } : {}),
    ...(issuer ? { issuer } : {}),
    ...(written ? { written } : {}),
    ...(published ? { published } : {}),
  }
}
