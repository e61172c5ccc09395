const DIGITS = '零一二三四五六七八九'

/** Text without the spaces that layout put in; a space between two Latin words or two figures stays. */
export function squeeze(text: string): string {
  if (!/\s/.test(text)) return text
  const trimmed = text.trim()
  return trimmed.replace(/\s+/g, (run, at: number) => {
    const both = isWord(trimmed[at - 1]) && isWord(trimmed[at + run.length])
    return both ? ' ' : ''
  })
}

const isWord = (c: string | undefined): boolean => c !== undefined && /[A-Za-z0-9]/.test(c)

/** 二十三 → 23, 12 → 12, ③ → 3; 0 where the words are no number up to 99. */
export function numberOf(words: string): number {
  if (/^\d+$/.test(words)) return Number(words)
  const circled = words.codePointAt(0) ?? 0
  if (circled >= 0x2460 && circled <= 0x2473) return circled - 0x245f
  const [tens, ones] = words.includes('十') ? words.split('十') : ['', words]
  const ten = words.includes('十') ? (tens ? DIGITS.indexOf(tens) : 1) : 0
  const one = ones ? DIGITS.indexOf(ones) : 0
  return ten < 0 || one < 0 ? 0 : ten * 10 + one
}

/** 二〇一七年七月十一日 or 2017-07-11 or 2017.7.11 → `2017-07-11`; '' where the words hold no day. */
export function dayOf(words: string): string {
  const m =
    /([\d〇零○Ｏ一二三四五六七八九]{4})\s*[年./-]\s*([\d一二三四五六七八九十]{1,3})\s*[月./-]\s*([\d一二三四五六七八九十]{1,3})/.exec(
      words,
    )
  if (!m) return ''
  const year = [...(m[1] ?? '')].map((c) => (/\d/.test(c) ? c : Math.max(0, DIGITS.indexOf(c)))).join('')
  const [month, day] = [numberOf(m[2] ?? ''), numberOf(m[3] ?? '')]
  if (month < 1 || month > 12 || day < 1 || day > 31) return ''
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Most characters of a text are Han: no mark or bracket of any kind is one. */
export const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff

/** The pieces between `marks`, outside brackets and quotes, with where each begins. */
export function splitOutside(text: string, marks: string): { at: number; text: string }[] {
  const pieces: { at: number; text: string }[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    if (isHan(text.charCodeAt(i))) continue
    const c = text[i] as string
    if ('（(“《〔【'.includes(c)) depth++
    else if ('）)”》〕】'.includes(c)) depth = Math.max(0, depth - 1)
    else if (depth === 0 && marks.includes(c)) {
      pieces.push({ at: from, text: text.slice(from, i) })
      from = i + 1
    }
  }
  pieces.push({ at: from, text: text.slice(from) })
  return pieces.filter((p) => p.text !== '')
}
