import type { Every } from '../model/deadline.ts'
import { matchAt, type Reading } from './found.ts'
import { entry } from './period.ts'
import { timesAfter } from './times.ts'

// 每3个月 is every quarter; what comes round in another number of periods (每2年, 每2个月) has no rule here.
const manyFold = /每(\d{1,2})个?(月|季度|年|周|天|日)(?!内|前|度)/y
const sameAs: Readonly<Record<string, Every>> = {
  '3月': 'quarter',
  '6月': 'half-year',
  '12月': 'year',
  '7天': 'week',
  '7日': 'week',
}

/** Reads a period that is several of a smaller one; an empty finding where no rule of ours says it. */
export function severalAt(text: string, index: number): Reading | undefined {
  const match = matchAt(manyFold, text, index)
  if (!match || match[1] === '1') return undefined
  const every = sameAs[`${match[1]}${match[2]}`]
  const end = index + match[0].length
  if (!every) return { end, found: [] }
  const counted = timesAfter(text, end)
  return {
    end: counted?.end ?? end,
    found: [entry(index, counted?.end ?? end, { every, ...(counted ? { times: counted.times } : {}) })],
  }
}
