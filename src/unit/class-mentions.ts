/** A class word in running text. */
export interface ClassSpan {
  start: number
  end: number
  name: string
}

const CLASS =
  /(?:各个|各|全体|所有|全部|有关|相关)(?:(?:县(?:（区）|\(区\)|（市、区）|（市）)?市?区?|区县|市县区?|市区)(?:级)?(?:人民)?(?:政府)?|乡镇(?:街道)?|街道|级(?:各)?(?:部门|单位|政府)|(?:市|县|州|区|省)?(?:级|直|直属|本级)?(?:机关)?(?:责任|成员|职能)?(?:部门|单位))|(?:市|县|州|区|省)(?:级|直)(?:机关)?(?:各|有关|相关)?(?:部门|单位)|(?:五|[两三四六七八九十]|\d)(?:个)?县区/g

/** Class words that a running text holds, in its order. */
export function findClasses(text: string): ClassSpan[] {
  if (!/[部单县区乡街级]/.test(text)) return []
  const out: ClassSpan[] = []
  for (const match of text.matchAll(CLASS)) {
    const counted = /^[五两三四六七八九十\d]/.test(match[0])
    out.push({ start: match.index, end: match.index + match[0].length, name: counted ? '各县区' : match[0] })
  }
  return out
}
