import { numberAs } from './labels.ts'

/** Signs of the symbol fonts that offices tick with; any other of such a font is an ornament. */
const TICKS: Record<string, string> = {
  fc: '√',
  '50': '√',
  fe: '☑',
  '52': '☑',
  a8: '□',
  '6f': '□',
  '71': '□',
  fb: '×',
  '4f': '×',
  fd: '☒',
  '53': '☒',
}

/** The character of a `w:sym`: its font and its code in hexadecimal, in the private area (F0FC) or plain (2460). */
export function symbol(font: string, char: string): string {
  const code = Number.parseInt(char, 16)
  if (!(code > 0x1f) || code > 0xffff || (code >= 0xd800 && code < 0xe000)) return ''
  const symbolic = /^(?:wingdings|webdings|symbol)/i.test(font)
  if (symbolic || (code >= 0xf000 && code <= 0xf0ff)) return TICKS[(code & 0xff).toString(16)] ?? ''
  return String.fromCharCode(code)
}

const CIRCLED = /^\s*eq\s*\\o\s*(?:\\ac)?\s*\(\s*[○〇◯]\s*[,，;]\s*([^()\s]{1,3})\s*\)\s*$/i

/** What a field shows that has a code and no result of its own: 带圈字符, a figure put into a circle; else ''. */
export function circledBy(code: string): string {
  const inside = CIRCLED.exec(code)?.[1] ?? ''
  return /^\d+$/.test(inside) ? numberAs('decimalEnclosedCircle', Number(inside)) : inside
}
