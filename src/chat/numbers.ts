import { numeralOf } from '../time/numerals.ts'

/** 12, 十二, 九十六, 一百零三, 两 → the number; anything else NaN. */
export const numberOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : (numeralOf(text) ?? Number.NaN))

/** What a number looks like in a pattern: Arabic, or Chinese up to 百. */
export const NUMBER = '(?:\\d{1,4}|[零〇一二两三四五六七八九十百]{1,7})'
