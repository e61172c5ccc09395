import type { Day } from '../model/deadline.ts'
import { addDays } from '../time/day.ts'
import { COUNTED_TIMES } from './counted-times.ts'
import { NAMED_TIMES } from './named-times.ts'
import type { Span, Time } from './spans.ts'
import { MARK, mask } from './text.ts'

const RULES = [...NAMED_TIMES, ...COUNTED_TIMES]
const UP_TO = '(之前|以前|前|以内|之内|内)?'
const ANY = /[天日周月年季旬号底末期礼今明昨庆旦拜Qq\d]/
const BEFORE = new RegExp(`^(?:的|份)?(?!前[一二三四五六七八九十几\\dÑ])${UP_TO}`)

/** Adds 前, and what it makes of a stretch without a start. */
function limited(span: Span, text: string, end: number, asOf: Day): { span: Span; end: number } {
  const since = /^份?(?:以来|至今)/.exec(text.slice(end, end + 3))?.[0]
  if (since && span.from <= asOf) return { span: { from: span.from, to: asOf }, end: end + since.length }
  const [all, before] = BEFORE.exec(text.slice(end, end + 4)) ?? []
  const point = !span.day && span.from === span.to
  if (!before && !point) return { span, end }
  const inside = before !== undefined && /内/.test(before) && !span.day && !point
  const from = inside ? span.from : span.to >= asOf ? asOf : `${span.to.slice(0, 4)}-01-01`
  return {
    span: { ...span, from, before: before !== undefined },
    end: before ? end + (all?.length ?? 0) : end,
  }
}

/** Finds the times of a text; the masked text has a mark in their place. */
export function findTimes(text: string, asOf: Day): { times: Time[]; masked: string } {
  const times: Time[] = []
  if (!ANY.test(text)) return { times, masked: text }
  let masked = text
  for (const [needs, pattern, read] of RULES) {
    if (!needs.test(text)) continue
    pattern.lastIndex = 0
    for (let match = pattern.exec(masked); match; match = pattern.exec(masked)) {
      const span = read(match, asOf)
      if (!span) continue
      const stop = match.index + match[0].length
      if (span === 'no such day') {
        masked = mask(masked, match.index, stop, MARK.other)
        continue
      }
      const { span: full, end } = limited(span, masked, stop, asOf)
      times.push({
        start: match.index,
        end,
        from: full.from,
        to: full.to,
        periods: full.periods ?? [],
        day: full.day ?? false,
        before: full.before ?? false,
      })
      masked = mask(masked, match.index, end, MARK.time)
    }
  }
  return {
    times: join(
      times.sort((a, b) => a.start - b.start),
      text,
    ),
    masked,
  }
}

/** 8月1日到15日 stands as one rule; 周一到周三, 8月到10月底 are two times with 到 between them. */
function join(times: Time[], text: string): Time[] {
  const out: Time[] = []
  for (const time of times) {
    const last = out.at(-1)
    const lagging = last?.day && time.day && time.to < last.from && addDays(time.to, 7) > last.from
    const later = lagging ? addDays(time.to, 7) : time.to
    if (last && /^\s*(?:到|至|~|-)\s*$/.test(text.slice(last.end, time.start)) && last.from <= later) {
      out[out.length - 1] = { ...last, to: later, end: time.end, periods: [], day: false, before: time.before }
    } else out.push(time)
  }
  return out
}
