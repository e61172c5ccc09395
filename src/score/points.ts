/** Points and shares are whole hundredths: 4.50 is 450. */

/** 450 → “4.50”, -5 → “-0.05”. */
export const pointWords = (points: number): string => {
  const size = Math.abs(points)
  return `${points < 0 ? '-' : ''}${Math.trunc(size / 100)}.${String(size % 100).padStart(2, '0')}`
}

const WRITTEN = /^(\d{1,6})(?:\.(\d{1,2}))?$/

/** “4.5”, “4.5分”, “４．５” → 450; undefined for what is no number of at most two decimals. */
export const pointsOf = (text: string): number | undefined => {
  const [, whole, part = ''] =
    WRITTEN.exec(
      text
        .normalize('NFKC')
        .replace(/[分%\s]+$/, '')
        .trim(),
    ) ?? []
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'))
}

export interface Rounded {
  value: number
  /** It did not come out even, and was rounded to the hundredth, half up. */
  rounded: boolean
}

/** `a × b ÷ c` in whole numbers, half away from zero; no fraction is ever held. */
export const portion = (a: number, b: number, c: number): Rounded => {
  const [product, by] = [BigInt(a) * BigInt(b), BigInt(c)]
  const size = product < 0n ? -product : product
  const value = Number((2n * size + by) / (2n * by)) * (product < 0n ? -1 : 1)
  return { value: value === 0 ? 0 : value, rounded: size % by !== 0n }
}
