/** Marks that stand, character for character, where an entity stood in the text, so that positions stay. */
export const MARK = { task: 'Ŧ', unit: 'Ü', time: 'Đ', link: 'Ł', plan: 'Þ', other: 'Ñ' } as const

const INVISIBLE = /[\p{Cc}\p{Cf}]/gu
const MARKS = /[ŦÜĐŁÞÑ]/g

const BRACKETS_AND_DASHES = /[〔【［〕】］–—－‐‑−～∼]/
const UNUSUAL = /[\p{Cc}\p{Cf}\u2028ŦÜĐŁÞÑ]/u

/** One form of each character: half-width letters and punctuation, no invisible ones; lines stay. */
export function normal(text: string): string {
  const clean = UNUSUAL.test(text)
    ? text
        .replace(/\r\n?|\u2028/g, '\n')
        .replace(INVISIBLE, (char) => (char === '\n' || char === '\t' ? char : ''))
        .replace(MARKS, '')
    : text
  const one = clean.normalize('NFKC').replace(MARKS, '').trim()
  if (!BRACKETS_AND_DASHES.test(one)) return one
  return one
    .replace(/[〔【［]/g, '[')
    .replace(/[〕】］]/g, ']')
    .replace(/[–—－‐‑−]/g, '-')
    .replace(/[～∼]/g, '~')
}

/** Lays a mark over a stretch. */
export const mask = (text: string, start: number, end: number, mark: string): string =>
  text.slice(0, start) + mark.repeat(end - start) + text.slice(end)

/** A masked text for judging its words: each entity one mark, no blanks. */
export const flatten = (masked: string): string => masked.replace(/([ŦÜĐŁÞÑ])\1+/g, '$1').replace(/[ \t\u3000]+/g, '')
