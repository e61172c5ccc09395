/**
 * Line ends made one, and what could fool the eye or break a payload taken out: control characters, marks that turn the
 * writing direction, halves of surrogate pairs.
 */
export function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, (c) =>
      c === '\n' || c === '\t' ? c : '',
    )
}

/** The first `length` UTF-16 units, without half a surrogate pair at the end. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length)
}
