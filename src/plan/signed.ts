import type { HeadLine } from './metadata.ts'
import { isDayLine } from './passages.ts'
import { dayOf } from './words.ts'

/** The ends of names of those who issue documents. */
export const OFFICE =
  /(?:人民政府|政府|办公室|办公厅|委员会|局|委|厅|中心|领导小组|领导小组办公室|党组|督查室|指挥部|公司|集团|大学|学院|医院|办事处|管委会|党委|支队|总队|办|协会|联合会|党校|法院|检察院|部|总工会|国务院|署|银行|分行|支行|大队|总队|供销社)$/

/** A unit alone on a line with a day on the line after it. */
export function signature(all: HeadLine[]): { issuer: HeadLine; day: HeadLine } | undefined {
  for (let i = 1; i < all.length; i++) {
    const [before, now] = [all[i - 1], all[i]]
    if (!before || !now || !isDayLine(now.text) || /印发/.test(now.text)) continue
    if (before.text.length <= 40 && OFFICE.test(before.text) && !/[，。；：]/.test(before.text)) {
      return { issuer: before, day: { line: now.line, text: dayOf(now.text) } }
    }
  }
  return undefined
}

/** X人民政府办公室　2025年5月20日 on one line, as minutes have it above their title. */
export function signedOnOneLine(all: HeadLine[]): { issuer: HeadLine; day: HeadLine } | undefined {
  for (const { line, text } of all) {
    if (text.length > 50 || !DAY_AT_END.test(text)) continue
    const office = text.replace(DAY_AT_END, '').replace(/[（(]?$/, '')
    if (office.length >= 4 && office.length <= 34 && OFFICE.test(office) && !/[，。；：:、]/.test(office))
      return { issuer: { line, text: office }, day: { line, text: dayOf(text) } }
  }
  return undefined
}

const DAY_AT_END =
  /[\d〇零○一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?$/

/** A day alone on a line, where nobody signed. */
export const lastDay = (lines: HeadLine[]): HeadLine | undefined => {
  const found = lines.find((l) => isDayLine(l.text) && !/印发/.test(l.text) && l.text.length <= 16)
  return found && { line: found.line, text: dayOf(found.text) }
}

/** X关于…的通知: who speaks, where nobody signed. */
export function speaker(top: HeadLine[]): HeadLine | undefined {
  for (const { line, text } of top.slice(0, 12)) {
    const name = /^([\u4e00-\u9fff]{3,30}?)关于/.exec(text)?.[1]
    if (name && OFFICE.test(name)) return { line, text: name }
  }
  return undefined
}

/** An office alone on one of the first lines. */
export const byline = (top: HeadLine[]): HeadLine | undefined =>
  top
    .slice(0, 5)
    .find(
      (l) => l.text.length >= 5 && l.text.length <= 34 && OFFICE.test(l.text) && !/[，。；：、（《]|附件/.test(l.text),
    )

/** （2025年3月28日） below a title. */
export function bracketed(top: HeadLine[]): HeadLine | undefined {
  const found = top.slice(0, 8).find((l) => /^[（(].{0,30}\d日.{0,40}[）)]$/.test(l.text) && dayOf(l.text) !== '')
  return found && { line: found.line, text: dayOf(found.text) }
}

/** The year that a document without a day and a year in its title names most often; 0 where it names none. */
export function usualYear(all: HeadLine[]): number {
  const counts = new Map<number, number>()
  for (const { text } of all)
    for (const m of text.matchAll(/(?<![〔[（(])((?:19|20)\d{2})年/g))
      counts.set(Number(m[1]), (counts.get(Number(m[1])) ?? 0) + 1)
  return [...counts].reduce((best, own) => (own[1] > best[1] ? own : best), [0, 0])[0] ?? 0
}

/** X办公室 2017年7月11日印发, on one line or two. */
export function printed(foot: HeadLine[]): HeadLine | undefined {
  const found = foot.find((l) => /印发$/.test(l.text) && dayOf(l.text) !== '')
  return found && { line: found.line, text: dayOf(found.text) }
}

export function printer(foot: HeadLine[]): HeadLine | undefined {
  const found = foot.find((l) =>
    /^[\u4e00-\u9fff]{4,30}?(?:办公室|办公厅|局|委员会)\d{4}年\d{1,2}月\d{1,2}日印发$/.test(l.text),
  )
  return found && { line: found.line, text: found.text.replace(/\d{4}年.*$/, '') }
}

/** X文件, the red heading. */
export function heading(top: HeadLine[]): HeadLine | undefined {
  const found = top.slice(0, 6).find((l) => /^[\u4e00-\u9fff]{4,30}文件$/.test(l.text))
  return found && { line: found.line, text: found.text.replace(/文件$/, '') }
}
