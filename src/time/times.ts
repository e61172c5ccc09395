import { clauseFrom } from './found.ts'

const occurrence = /(?<![第\d.下上])(\d{1,3})(?:次(?!性|数|元|生|序)|场次?|轮次?|遍|回|趟)/
const orMore = /(?<![第\d.])(\d{1,3})(?:期|批|篇|条)以上/
/** 每周编发2期, 每月刊发4篇 */
const issued = /(?:编发|编印|印发|刊发|出刊|推出|刊播|播出|制作)[^，。；\d]{0,6}(?<![第\d.])(\d{1,3})(?:期|篇|条)/
const atLeast = /(?:至少|不少于|不低于|不得少于|原则上)[^，。；\d]{0,8}?(\d{1,3})(?:期|篇|条|批|个|家|件)/

/** A count and the index at which its words end. */
export interface Count {
  times: number
  end: number
}

/** The stated count per period (至少2次, 不少于3场) in the clause after a period's words; nothing where none is stated. */
export function timesAfter(text: string, index: number): Count | undefined {
  const clause = clauseFrom(text, index, 48)
  const own = untilNext(clause)
  const inClause = countIn(own, index)
  if (inClause !== undefined || own.length < clause.length) return inClause
  const rest = text.slice(index + clause.length, index + clause.length + 16)
  const followed = /^，(?:每次|每年|原则上)?(?:至少|不少于|不低于|不得少于)[^，。；]{0,8}/.exec(rest)
  return followed ? countIn(followed[0], index + clause.length) : undefined
}

/** The part of the clause before another period's words begin. */
function untilNext(clause: string): string {
  const next = clause.search(/[每逐]|[按分](?:月|季|年|周)|(?:\d月|年)?[底末]前|上半年|下半年/)
  return next < 0 ? clause : clause.slice(0, next)
}

function countIn(words: string, index: number): Count | undefined {
  const match = occurrence.exec(words) ?? atLeast.exec(words) ?? orMore.exec(words) ?? issued.exec(words)
  const times = match && Number(match[1])
  return times ? { times, end: index + match.index + match[0].length } : undefined
}
