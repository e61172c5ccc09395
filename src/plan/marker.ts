import { numberOf } from './words.ts'

/** A number at the head of a paragraph. `rank` orders the usual levels: 章 0, 一、1, （一）2, 1. 3, （1）4, ① 5. */
export interface Marker {
  raw: string
  rank: number
  n: number
}

const HAN = '[一二三四五六七八九十]{1,3}'
const STYLES: [rank: number, pattern: RegExp][] = [
  [0, new RegExp(`^第(${HAN})(?:章|部分|编)[\\s、:：]*`)],
  [1, new RegExp(`^(${HAN})\\s*[、．.]\\s*`)],
  [2, new RegExp(`^[（(]\\s*(${HAN})\\s*[）)]\\s*[、．.]?\\s*`)],
  [3, new RegExp(`^(?:任务|第)(${HAN}|\\d{1,3})(?:[项条](?![目款件])[、:：.．\\s]*|[:：]\\s*)`)],
  [3.5, /^\d{1,2}\.(\d{1,2})(?![\d%万亿元个月年日户家项条批公亩])[.、\s]*/],
  [3, /^(\d{1,3})\s*(?:、|[.．](?!\d)|[.．](?=\d{4}年|\d{1,2}月|\d+[个项家户条批]))\s*/],
  [4, /^[（(]\s*(\d{1,2})\s*[）)]\s*/],
  [4, /^(\d{1,2})\s*[）)]\s*/],
  [5, /^([\u2460-\u2473])\s*/],
]

const WIDE_DIGITS = /[０-９]/g

/** The number that a line begins with, if it begins with one. */
export function markerOf(line: string): Marker | undefined {
  const text = line.trimStart()
  if (!/^[（(第任一二三四五六七八九十\d０-９\u2460-\u2473]/.test(text)) return undefined
  const plain = text.replace(WIDE_DIGITS, (c) => String(c.charCodeAt(0) - 0xff10))
  for (const [rank, pattern] of STYLES) {
    const m = pattern.exec(plain)
    if (m) return { raw: text.slice(0, m[0].length), rank, n: numberOf(m[1] ?? '') }
  }
  return undefined
}
