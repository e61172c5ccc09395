import { isLabelLine, partLabels } from './labels.ts'
import { markerOf } from './marker.ts'
import type { Line, Passage, Sheet, Table } from './sheet.ts'
import { LONGEST_LINE } from './size.ts'
import { dayOf, isHan, squeeze } from './words.ts'

/** Lines joined into paragraphs where a page or a line's end cut them; tables stay where they stand. */
export function joinLines(sheet: Sheet): (Passage | Table)[] {
  const out: (Passage | Table)[] = []
  const page = pageOf(sheet)
  let open: Open | undefined
  const close = () => {
    if (open) out.push({ kind: 'passage', text: open.parts.join(''), starts: open.starts })
    open = undefined
  }
  for (const block of sheet.blocks) {
    if (block.kind === 'table') {
      close()
      out.push(block)
      continue
    }
    const text = withoutSpaces(block.text)
    if (text === '' || PAGE_NUMBER.test(text)) continue
    if (!open || !continues(open, block, page)) {
      close()
      open = { parts: [], starts: [], length: 0, balance: 0, last: '', stopped: false }
    }
    open.starts.push({ at: open.length, line: block.line })
    open.parts.push(text)
    open.length += text.length
    open.balance += balanceOf(text)
    open.last = block.text
    open.stopped ||= /[，。；,;]/.test(text)
  }
  close()
  return out
}

/** A full stop typed as a point. */
const HALF_STOP = /(?<=[\u4e00-\u9fff”"）)》%])\.(?=$|[\u4e00-\u9fff（(【“"]|\d{1,4}[年月])/g
/** The number of a page, alone on its line. */
const PAGE_NUMBER =
  /^(?:[—–\-－·]+\s*)?(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*\/\s*\d{1,4}|，?共\s*\d{1,4}\s*页)?(?:\s*[—–\-－·]+)?$/

/** A line without the spaces of its layout, but for one after its number: headings stay as they are printed. */
function withoutSpaces(line: string): string {
  const trimmed = partLabels(line.replace(/\*\*|__/g, '').trim())
  const raw = markerOf(trimmed)?.raw ?? ''
  return raw.replace(/\s+/g, ' ') + squeeze(trimmed.slice(raw.length)).replace(HALF_STOP, '。')
}

/** A paragraph that may go on. */
interface Open {
  parts: string[]
  starts: Passage['starts']
  length: number
  /** Brackets opened and not closed. */
  balance: number
  /** Its last line, as printed. */
  last: string
  /** It holds a stop or a comma. */
  stopped: boolean
}

interface Page {
  /** Length of a full line where the text is wrapped at a fixed width, else 0. */
  width: number
  /** Paragraphs begin with an indent. */
  indents: boolean
}

function pageOf(sheet: Sheet): Page {
  const lines = sheet.blocks.filter((b): b is Line => b.kind === 'line')
  const lengths = lines.map((l) => l.text.trim().length).sort((a, b) => a - b)
  const full = lengths[Math.floor(lengths.length * 0.9)] ?? 0
  const wrapped = lines.length >= 12 && full <= 60 && lengths.filter((n) => n >= full - 3).length >= lines.length * 0.35
  const indented = lines.filter((l) => /^\s{2,}|^\u3000/.test(l.text)).length
  return { width: wrapped ? full : 0, indents: indented >= 3 && indented < lines.length * 0.8 }
}

const APART = /^(?:附件|抄送|联系人|联系电话|主送|附[:：])/

/** Whether `next` goes on with the paragraph that `open` holds. */
function continues(open: Open, next: Line, page: Page): boolean {
  if (open.length >= LONGEST_LINE) return false
  const before = open.parts.at(-1) ?? ''
  const after = next.text.trim()
  if (markerOf(after) || isLabelLine(after) || APART.test(after) || isDayLine(after)) return false
  if (open.balance > 0 && open.length < 5000) return true
  const end = before.at(-1) ?? ''
  if ('，、,'.includes(end)) return true
  const full = page.width > 0 && open.last.trim().length >= page.width - 3
  if (full && page.indents) return !/^\s{2,}|^\u3000/.test(next.text)
  if ('。！？；：!?;:'.includes(end)) return false
  if ('）)】〕”'.includes(end)) return /^(?:[的等，、。；]|以及|及(?!时))/.test(after)
  if (full) return true
  if (APART.test(before)) return false
  const bare = open.parts.length === 1 ? before.slice(markerOf(before)?.raw.trim().length ?? 0) : before
  if (open.parts.length === 1 && markerOf(before)) return bare.includes('。') || bare.length > 45
  return open.stopped
}

/** A line that holds nothing but a day, or the line of 印发 at the foot; 完成时限：2025年8月31日 is none. */
export const isDayLine = (text: string): boolean =>
  text.length <= 40 && dayOf(text) !== '' && !isLabelLine(text) && /^[^，。；]*(?:日|\d)(?:印发)?[）)\s]*$/.test(text)

function balanceOf(text: string): number {
  let n = 0
  for (let i = 0; i < text.length; i++) {
    if (isHan(text.charCodeAt(i))) continue
    const c = text[i] as string
    if ('（(《'.includes(c)) n++
    else if ('）)》'.includes(c)) n--
  }
  return n
}
