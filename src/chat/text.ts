/** Marks that stand, character for character, where an entity stood in the text, so that positions stay. */
export const MARK = { task: 'Ŧ', unit: 'Ü', time: 'Đ', link: 'Ł', plan: 'Þ', other: 'Ñ' } as const

const INVISIBLE = /[\p{Cc}\p{Cf}]/gu
const MARKS = /[ŦÜĐŁÞÑ]/g

/** One form of each character: half-width letters and punctuation, no invisible ones; lines stay. */
export const normal = (text: string): string =>
  text
    .replace(/\r\n?|\u2028/g, '\n')
    .replace(INVISIBLE, (char) => (char === '\n' || char === '\t' ? char : ''))
    .normalize('NFKC')
    .replace(MARKS, '')
    .replace(/[〔【［]/g, '[')
    .replace(/[〕】］]/g, ']')
    .replace(/[–—－‐‑−]/g, '-')
    .replace(/[～∼]/g, '~')
    .trim()

/** Lays a mark over a stretch. */
export const mask = (text: string, start: number, end: number, mark: string): string =>
  text.slice(0, start) + mark.repeat(end - start) + text.slice(end)

/** A masked text for judging its words: each entity one mark, no blanks. */
export const flatten = (masked: string): string => masked.replace(/([ŦÜĐŁÞÑ])\1+/g, '$1').replace(/[ \t\u3000]+/g, '')
