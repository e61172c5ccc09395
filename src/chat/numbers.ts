const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const SCALES: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** 12, 十二, 九十六, 一百零三, 两 → the number; anything else NaN. */
export function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  let total = 0
  let digit = 0
  let read = false
  for (const char of text) {
    const scale = SCALES[char]
    const value = DIGITS[char]
    if (scale !== undefined) {
      total += (digit || (read ? 0 : 1)) * scale
      if (digit === 0 && read) return Number.NaN
      digit = 0
    } else if (value !== undefined) digit = value
    else return Number.NaN
    read = true
  }
  return read ? total + digit : Number.NaN
}

/** What a number looks like in a pattern: Arabic, or Chinese up to 千. */
export const NUMBER = '(?:\\d{1,4}|[零〇一二两三四五六七八九十百千]{1,7})'
