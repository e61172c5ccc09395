import { isPromise, judge, type Verdict } from './done.ts'
import type { Reading } from './reading.ts'
import type { Time } from './spans.ts'
import { flatten, MARK } from './text.ts'

/** A stretch of text with the task numbers it speaks of, judged by itself. */
interface Group {
  ids: string[]
  verdict: Verdict
  from: number
  to: number
}

/** Whose duties a message calls done, not done, neither, with the times and links of what is done. */
export interface Told {
  done: string[]
  not: string[]
  none: string[]
  asks: boolean
  times: Time[]
  links: string[]
}

const STOP = /[,;。\n!]/
const REST = /^[,;。\n! ]*(?:其他|其余|其它|剩下|余下|另外的|别的)/
const OF_THEM = /^[,;。\n! ]*其中/
const DATED_DEED =
  /^[^,。;!]{0,14}?(?:于?Đ(?:在[^,。;!]{1,12})?(?:公开|发布|公示|印发|上线|挂网|出台|召开|报送|上报|办结|完成|归档|答复|更新|上传|推送|落实|整改|备案|拨付|下达|签订|验收|举办|移交|兑现)[,。;!]?)+(?:Ł|(?<=[,。;!]).*)?$/
/** 12号明天发布: a deed with its day still to come. */
const PROMISED = /公开|发布|报|发|交|完成|办结|上传|印发|挂|公示|出台|弄|做|办/

function verdictOf(r: Reading, from: number, to: number): Verdict {
  const words = flatten(r.masked.slice(from, to))
  const verdict = judge(words, r.text.slice(from, to))
  if (verdict === 'none' && isDated(r, from, to, words)) return 'done'
  const open = verdict === 'done' || (verdict === 'none' && PROMISED.test(words))
  return open && isPromise(r, from, to, words) ? 'not' : verdict
}

/** 5月10日印发，5月12日公开: a bare deed on a day that is past. */
function isDated(r: Reading, from: number, to: number, words: string): boolean {
  const times = r.times.filter((t) => t.start >= from && t.start < to)
  return times.length > 0 && times.every((t) => t.day && t.to < r.asOf) && DATED_DEED.test(words)
}

/** The places of the stops in a stretch, and its end. */
function clausesOf(text: string, from: number, to: number): [from: number, to: number][] {
  const out: [number, number][] = []
  let start = from
  for (let at = from; at < to; at += 1) {
    if (!STOP.test(text.charAt(at)) || at === start) continue
    out.push([start, at])
    start = at
  }
  if (start < to) out.push([start, to])
  return out
}

/** Where a message turns to other tasks: at the stop before a number, or at the number itself once something was said of the last. */
function cutsOf(r: Reading): number[] {
  const cuts = [0]
  let last = r.tasks[0]?.end ?? 0
  for (const { start, end } of r.tasks.slice(1)) {
    const between = r.masked.slice(last, start)
    const stop = Math.max(...[',', ';', '。', '\n', '!'].map((mark) => between.lastIndexOf(mark)))
    if (stop >= 0) cuts.push(last + stop)
    else if (judge(flatten(between), r.text.slice(last, start)) !== 'none') cuts.push(start)
    last = end
  }
  return cuts
}

function groupsOf(r: Reading): Group[] {
  const cuts = cutsOf(r)
  return cuts.flatMap((from, i) => {
    const to = cuts[i + 1] ?? r.masked.length
    const ids = r.tasks.filter((t) => t.start >= from && t.start < to).flatMap((t) => t.ids)
    const turn = clausesOf(r.masked, from, to).find(([a]) => a > from && REST.test(r.masked.slice(a)))?.[0]
    const group = (a: number, b: number, of: string[]): Group => ({
      ids: of,
      verdict: verdictOf(r, a, b),
      from: a,
      to: b,
    })
    return turn === undefined ? [group(from, to, ids)] : [group(from, turn, ids), group(turn, to, [])]
  })
}

/**
 * 4号、9号都公开了: numbers that say nothing themselves share what the next group says; 12、13、14号，其中14号没好，其他都好了:
 * what is left of them is what 其他 speaks of.
 */
function spread(groups: Group[], text: string): Group[] {
  const out: Group[] = []
  let pool: string[] = []
  for (const group of groups) {
    const words = text.slice(group.from, group.to)
    const last = out.at(-1)
    if (REST.test(words)) {
      const own = out.filter((g) => g !== last || g.verdict !== 'none').flatMap((g) => g.ids)
      const waiting = last?.verdict === 'none' ? last.ids : pool
      if (last?.verdict === 'none') out.pop()
      out.push({ ...group, ids: waiting.filter((id) => !own.includes(id)) })
    } else if (last?.verdict === 'none' && OF_THEM.test(words)) {
      out.pop()
      pool = last.ids
      out.push(group)
    } else if (last?.verdict === 'none' && group.ids.length) {
      out[out.length - 1] = { ...group, ids: [...last.ids, ...group.ids], from: last.from }
    } else out.push(group)
  }
  return out
}

/** 4月的发了，5月的还没到时间: clauses of one task, each with its round, judged each by itself. */
function byRound(r: Reading, group: Group): Group[] {
  if (group.verdict !== 'not' || r.times.filter((t) => t.periods.length).length < 2) return [group]
  const clauses = clausesOf(r.masked, group.from, group.to)
  const rounds = clauses.map(([from, to]) => r.times.filter((t) => t.start >= from && t.start < to && t.periods.length))
  if (clauses.length < 2 || rounds.some((times) => times.length === 0)) return [group]
  const parts = clauses.map(([from, to]) => ({ ids: group.ids, verdict: verdictOf(r, from, to), from, to }))
  return parts.some((p) => p.verdict === 'none' || p.verdict === 'ask') ? [group] : parts
}

function linksWithin(r: Reading, spans: Group[]): string[] {
  if (!r.links.length) return []
  const places = [...r.masked.matchAll(new RegExp(`${MARK.link}+`, 'g'))].map((match) => match.index)
  return r.links.filter((_, i) => spans.some(({ from, to }) => (places[i] ?? 0) >= from && (places[i] ?? 0) < to))
}

/** What a message says of each of its tasks; a task that is both done and not is not. */
export function toldOf(r: Reading): Told {
  const groups = r.tasks.length
    ? spread(groupsOf(r), r.masked)
    : [{ ids: r.ids, verdict: verdictOf(r, 0, r.masked.length), from: 0, to: r.masked.length }]
  const rounds = groups.flatMap((group) => byRound(r, group))
  const idsOf = (verdict: Verdict): string[] => [
    ...new Set(groups.filter((g) => g.verdict === verdict).flatMap((g) => g.ids)),
  ]
  const split = rounds.filter((g) => !groups.includes(g) && g.verdict === 'done').flatMap((g) => g.ids)
  const not = idsOf('not').filter((id) => !split.includes(id))
  const closed = rounds.filter((g) => g.verdict === 'done')
  const done = [...new Set(closed.flatMap((g) => g.ids))].filter(
    (id) => !not.includes(id) && !idsOf('ask').includes(id),
  )
  const spans = closed.filter((g) => g.ids.some((id) => done.includes(id)))
  return {
    done,
    not,
    none: idsOf('none'),
    asks: groups.some((g) => g.verdict === 'ask'),
    times: r.times.filter((t) => spans.some(({ from, to }) => t.start >= from && t.start < to)),
    links: linksWithin(r, spans),
  }
}

/**
 * The tasks that a word such as 延期 or 不归我们 stands by, where a message speaks of several; nothing where the message
 * first calls others done: that is reported, the rest is said again.
 */
export function concerned(r: Reading, word: RegExp): string[] | undefined {
  if (r.tasks.length < 2) return r.ids
  const groups = spread(groupsOf(r), r.masked)
  const said = (g: Group): boolean => word.test(flatten(r.masked.slice(g.from, g.to)))
  if (groups.length < 2 || groups.every(said) || !groups.some(said)) return r.ids
  if (groups[0]?.verdict === 'done' && !said(groups[0])) return undefined
  return [...new Set(groups.filter(said).flatMap((g) => g.ids))]
}
