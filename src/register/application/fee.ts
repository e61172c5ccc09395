/**
 * 政府信息公开信息处理费 (国办函〔2020〕109号), in yuan. By item: all that one applicant asks for in a calendar month, the
 * first 10 free, the 11th to 30th 100 each, from the 31st on each further 10 add 100 to the price of one. By volume: the
 * pages of one application, the first 30 free, to the 100th 10 each, to the 200th 20, from the 201st 40.
 */
export const feeByItems = (items: number): number => {
  let fee = Math.max(0, Math.min(items, 30) - 10) * 100
  for (let first = 31, price = 200; first <= items; first += 10, price += 100)
    fee += Math.min(10, items - first + 1) * price
  return fee
}

/** Up to and including that page, so much a page. */
const PAGES = [
  [30, 0],
  [100, 10],
  [200, 20],
  [Number.POSITIVE_INFINITY, 40],
] as const

export const feeByPages = (pages: number): number => {
  let [fee, before] = [0, 0]
  for (const [to, price] of PAGES) {
    fee += Math.max(0, Math.min(pages, to) - before) * price
    before = to
  }
  return fee
}

export type FeeBasis = 'items' | 'pages'

/** What one notice asks for; of items those that an earlier notice of the month has asked for are taken off. */
export const feeOf = ({ by, count, charged }: { by: FeeBasis; count: number; charged: number }): number =>
  by === 'pages' ? feeByPages(count) : feeByItems(count) - feeByItems(charged)
