/** Numbers as Word writes them in front of paragraphs, by the name of their format (ECMA-376, 17.18.59). */

const HAN = '〇一二三四五六七八九'
const STEMS = '甲乙丙丁戊己庚辛壬癸'
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥'

/** 1 → 一, 12 → 十二, 20 → 二十, 105 → 一百〇五, up to 9999. */
function han(n: number): string {
  if (n < 1 || n > 9999) return String(n)
  let out = ''
  let gap = false
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(n / unit) % 10
    if (digit === 0) gap ||= out !== ''
    else {
      out += (gap ? '〇' : '') + (unit === 10 && out === '' && digit === 1 ? '' : HAN[digit]) + name
      gap = false
    }
  }
  return out
}

const digitByDigit = (n: number): string => [...String(n)].map((d) => HAN[Number(d)] ?? d).join('')
const of = (row: string, n: number): string => row[(n - 1) % row.length] ?? String(n)

/** 1 → a, 26 → z, 27 → aa, as Word repeats letters. */
const letter = (n: number): string => String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.min(30, Math.ceil(n / 26)))

const ROMAN = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
] as const
function roman(n: number): string {
  if (n > 3999) return String(n)
  let out = ''
  let rest = n
  for (const [value, letters] of ROMAN) for (; rest >= value; rest -= value) out += letters
  return out
}

const circled = (n: number): string => (n >= 1 && n <= 20 ? String.fromCharCode(0x245f + n) : `（${n}）`)

const FORMATS: Record<string, (n: number) => string> = {
  decimalZero: (n) => String(n).padStart(2, '0'),
  chineseCounting: han,
  chineseCountingThousand: han,
  taiwaneseCounting: han,
  taiwaneseCountingThousand: han,
  japaneseCounting: han,
  chineseLegalSimplified: han,
  ideographLegalTraditional: han,
  ideographDigital: digitByDigit,
  taiwaneseDigital: digitByDigit,
  ideographTraditional: (n) => of(STEMS, n),
  ideographZodiac: (n) => of(BRANCHES, n),
  ideographEnclosedCircle: (n) => `（${han(n)}）`,
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
  decimalEnclosedParen: (n) => `（${n}）`,
  decimalEnclosedFullstop: (n) => `${n}.`,
  lowerLetter: letter,
  upperLetter: (n) => letter(n).toUpperCase(),
  lowerRoman: roman,
  upperRoman: (n) => roman(n).toUpperCase(),
  numberInDash: (n) => `-${n}-`,
  bullet: () => '',
  none: () => '',
}

/**
 * A number in a format. What only looks different is written the one way that numbers of paragraphs are read elsewhere:
 * full-width figures as plain ones, 壹 as 一, ⑴ and ㈠ in brackets. A format that is not known is decimal.
 */
export const numberAs = (format: string, n: number): string => (FORMATS[format] ?? String)(n)
