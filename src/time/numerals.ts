/** A text in one spelling (no blanks, ASCII digits, one form of dash and of comma) and where its characters came from. */
export interface Plain {
  text: string
  /** Offset in the given text of the character at this index; the given text's length for the index past the end. */
  at(index: number): number
}

const digits: Readonly<Record<string, number>> = {
  〇: 0,
  '○': 0,
  零: 0,
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

const spelled = '〇○零一二两三四五六七八九十百'
const positional = /^(?:([一二两三四五六七八九])百零?)?(?:([一二两三四五六七八九])?十)?([一二两三四五六七八九])?$/

/** 二十 → 20, 二〇一七 → 2017; nothing where the characters are no one number (十四五). */
export function numeralOf(text: string): number | undefined {
  if (/^[〇○零一二三四五六七八九]{4}$/.test(text)) return Number([...text].map((char) => digits[char]).join(''))
  const parts = positional.exec(text)
  if (!parts || text === '') return undefined
  const tens = text.includes('十') ? (parts[2] ? (digits[parts[2]] ?? 0) : 1) : 0
  return (digits[parts[1] ?? '零'] ?? 0) * 100 + tens * 10 + (digits[parts[3] ?? '零'] ?? 0)
}

// A numeral counts only where a unit of time or of occurrence follows it, at once or after more numerals (一、二季度).
const counted = new RegExp(
  `(?<![几数${spelled}])[${spelled}]+(?=(?:[、\\-至到和][${spelled}]{1,3}){0,5}(?:[年月日号天周个季次场轮遍旬篇条时期回]|小时))`,
  'g',
)

const numeral = new RegExp(`[${spelled}]`)

const sameForm: Readonly<Record<string, string>> = {
  '－': '-',
  '—': '-',
  '–': '-',
  '―': '-',
  '‐': '-',
  '‑': '-',
  '～': '-',
  '~': '-',
  '〜': '-',
  '─': '-',
  '﹣': '-',
  ',': '，',
  ':': '：',
  ';': '；',
  '(': '（',
  ')': '）',
  '．': '.',
  '／': '/',
  '\r': '\n',
  '\t': '\n',
  曰: '日',
}
const unusual = /[\s　\u00a0－—–―‐‑～~〜─﹣,:;()．／曰０-９]/g
const blank = /[^\S\n\t]/

function respell(char: string): string {
  if (char >= '０' && char <= '９') return String.fromCharCode(char.charCodeAt(0) - 0xfee0)
  return sameForm[char] ?? char
}

function withoutBlanks(given: string): { text: string; from: number[] | undefined } {
  if (!blank.test(given)) return { text: given.replace(unusual, respell), from: undefined }
  const from: number[] = []
  let text = ''
  for (let index = 0; index < given.length; index++) {
    const char = given[index] ?? ''
    if (char !== '\n' && char !== '\t' && /[\s　\u00a0]/.test(char)) continue
    text += respell(char)
    from.push(index)
  }
  from.push(given.length)
  return { text, from }
}

/** Brings a text into the one spelling that the grammar reads; offsets lead back to the text as given. */
export function plain(given: string): Plain {
  const { text: flat, from } = withoutBlanks(given)
  const back = (index: number) => (from ? (from[index] ?? given.length) : index)
  if (!numeral.test(flat)) return { text: flat, at: back }
  let text = ''
  let read = 0
  let places: number[] | undefined
  for (const match of flat.matchAll(counted)) {
    const value = numeralOf(match[0])
    // 周五个 names a weekday, 每周五次 a count.
    const isWeekday = /[周期拜]$/.test(flat.slice(Math.max(0, match.index - 1), match.index))
    const next = flat[match.index + match[0].length] ?? ''
    if (value === undefined || (isWeekday && !/[次场轮遍]/.test(next))) continue
    places ??= []
    for (let index = read; index < match.index; index++) places.push(index)
    const written = String(value)
    text += flat.slice(read, match.index) + written
    for (let digit = 0; digit < written.length; digit++) places.push(match.index)
    read = match.index + match[0].length
  }
  if (!places) return { text: flat, at: back }
  for (let index = read; index <= flat.length; index++) places.push(index)
  const known = places
  return { text: text + flat.slice(read), at: (index) => back(known[index] ?? flat.length) }
}
