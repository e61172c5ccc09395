import type { Found, Registry } from '../unit/names.ts'

/** 财政这块, 教育、民政还有哪些没报: a body by two characters, without 局 or 委, before words that only follow a body. */
const BARE =
  /(?<=^|[\s,。、和与及催请让把的Đ])(?!统计(?!这|那|口|系|还))([\u4e00-\u9fa5]{2})(?=(?:[、和与及][\u4e00-\u9fa5]{2}){0,5}(?:这[块边]|那[块边]|口(?![号头径味])|系统|条线|还有[几哪什啥多谁没]|还[剩差欠][几哪什啥多]|有[几哪啥]|有什么|有没有|(?:没|未)[交报完办]|[两三四五六几]家))/g

/** Bodies that a text names by their bare stem; only those that the roster knows as one unit. */
export function findBareUnits(text: string, registry: Registry): Found[] {
  if (!/这|那|口|系统|条线|[还有没未家]/.test(text)) return []
  const out: Found[] = []
  for (const match of text.matchAll(BARE)) {
    for (const suffix of ['局', '委']) {
      const meant = registry.resolve(`${match[1]}${suffix}`)
      if (meant.kind !== 'one') continue
      out.push({ start: match.index, end: match.index + 2, units: [meant.unit], of: 'one' })
      break
    }
  }
  return out
}
