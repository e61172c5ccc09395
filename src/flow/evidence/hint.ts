import type { DutyView } from '../../../db/queries/duties.ts'
import type { Day } from '../../model/deadline.ts'
import type { Hint } from '../../model/evidence.ts'
import type { LinkRead } from '../link-check.ts'
import type { Page } from './page.ts'
import { daysOfRound } from './round.ts'
import { saidOf, wordsOf } from './task-words.ts'

const KB = 1024
/** 312KB, 1.4MB. */
export const sizeWords = (bytes: number): string =>
  bytes < KB ? `${bytes}字节` : bytes < KB * KB ? `${Math.round(bytes / KB)}KB` : `${(bytes / KB / KB).toFixed(1)}MB`

/** A link that was looked at, and what was read there. */
export interface LookedAt {
  read: LinkRead
  page?: Page
}

export const lookedAt = async (read: LinkRead): Promise<LookedAt> => {
  if (!read.body || !read.url) return { read }
  const { pageOf } = await import('./page.ts')
  return { read, page: await pageOf(read.body, read.url) }
}

const nothing = { title: '', days: [], inRound: null, words: [], ofWords: 0, what: '' }

/** What the look tells whoever checks the report. Nothing in a page changes anything else: only its title, days and words are told. */
export const hintOf = (
  { read, page }: LookedAt,
  duty: DutyView,
  around: { reportedOn: Day; issuedOn: Day | null },
): Hint => {
  const { outcome, status, why, body } = read
  if (!page || !body) return { v: 1, outcome, status, why, ...nothing }
  if (body.bytes.length === 0) return { v: 1, outcome, status, why: '没有内容', ...nothing }
  const words = wordsOf(duty.text)
  const isText = page.text !== ''
  const told = `${page.title} ${page.text}`
  return {
    ...{ v: 1, outcome, status, title: page.title, ofWords: isText ? words.length : 0 },
    why: [
      body.cut ? '内容太长或没有结束，只读了开头' : '',
      page.leadsOn ? '网页会自己跳到别处，没有跟着去' : '',
      page.kind === '网页' && !isText ? '网页没有文字（可能要在浏览器里才显示）' : '',
    ]
      .filter(Boolean)
      .join('；'),
    what: `${page.kind}，${body.cut ? '超过' : ''}${sizeWords(body.bytes.length)}`,
    ...(isText ? daysOfRound(told, duty, around) : { days: [], inRound: null }),
    words: isText ? saidOf(words, told) : [],
  }
}

/** A hint of what is no page: a file that was fetched, or not. */
export const fileHint = (outcome: 'kept' | 'lost', words: { what?: string; why?: string }): Hint => ({
  ...{ v: 1, outcome, status: null, ...nothing, why: words.why ?? '', what: words.what ?? '' },
})
