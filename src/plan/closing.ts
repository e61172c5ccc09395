import type { Deadline } from '../model/deadline.ts'
import { readDeadlines } from '../time/deadline.ts'
import { type FoundTask, NOBODY, type PlacedUnits } from './found.ts'
import { type Node, sectionOf } from './outline.ts'
import { isRestLimit } from './rest-limits.ts'
import { join, lineAt, type Passage, slice, trim } from './sheet.ts'
import { type Subject, sentenceSubject, subjectOf } from './subject.ts'
import { splitOutside } from './words.ts'

/** What a reading of times needs to know of the document. */
export interface Moment {
  asOf: string
  year: number
}

/** Who is to act, and the words that say so. */
export interface Acting extends Pick<Subject, 'units' | 'support'> {
  said: Passage
}
/** How many parts of sentences below a demand without a subject one is looked for. */
const LOOK_AHEAD = 12

interface Part {
  node: Node
  text: Passage
  subject: Subject
}

const TO_RING = '(?:联系人|联系电话|联系方式|联系地址|电子邮箱|电子信箱|邮箱|信箱|传真|电话|手机)'
/** A line that only says whom to ring. */
const CONTACT = new RegExp(`^${TO_RING}(?:及[^，。；]{1,10})?(?:[:：]|[^，。；于请应须前]{0,8}\\d{3})`)
/** What a sentence says of it at its end. */
const RING_TAIL = new RegExp(`[，,]?${TO_RING}[:：][^，,。；]*(?:[，,]${TO_RING}[:：][^，,。；]*)*$`)
const COUNT = /至少|不少于|不低于|不得少于|[\d一二两三四五六七八九十]+[次场期]/
const ALSO = /^(?:并|结果|同时|且|以及|及时|由)/

/**
 * The demands of a closing chapter or a covering notice that bear a time a clerk would check. A sentence is one demand
 * unless its parts have times of their own; who is to act carries over from the sentence before. `fallback` is whom the
 * notice speaks to.
 */
export function readDemands(chapters: Node[], moment: Moment, fallback: Acting): FoundTask[] {
  const parts = chapters.flatMap((node) => partsOf(node))
  const found: FoundTask[] = []
  let standing: Acting | undefined
  parts.forEach((part, index) => {
    if (part.subject.units.length) standing = { ...part.subject, said: part.text }
    if (!/[\d〇零一二两三四五六七八九十年月季周日天]/.test(part.text.text)) return
    const below = parts.slice(index, index + LOOK_AHEAD).find((p) => p.subject.units.length > 0)
    const later = below && { ...below.subject, said: below.text }
    const addressed = !part.node.marker && fallback.units.length > 0
    for (const task of demandsOf(part, standing ?? (addressed ? fallback : (later ?? fallback)), moment))
      found.push(task)
  })
  return found.map((task, i) => ({ ...task, id: `R-${i + 1}` }))
}

/** The pieces of a chapter's sentences between semicolons, without what only says whom to ring. */
function partsOf(node: Node): Part[] {
  const parts: Part[] = []
  for (const body of node.body) {
    for (const sentence of splitOutside(body.text, '。！')) {
      for (const piece of splitOutside(sentence.text, '；;')) {
        const text = withoutContact(
          trim(slice(body, sentence.at + piece.at, sentence.at + piece.at + piece.text.length)),
        )
        if (text.text === '' || CONTACT.test(text.text) || isRestLimit(text.text)) continue
        parts.push({ node, text, subject: sentenceSubject(text.text) })
      }
    }
  }
  return parts
}

const BRACKETS = /[（(][^（）()]*[）)]/g
const RINGS = new RegExp(TO_RING)

/** A passage without the brackets and the last words that say whom to ring. */
function withoutContact(text: Passage): Passage {
  const m = [...text.text.matchAll(BRACKETS)].find(([words]) => RINGS.test(words))
  const body = m && m.index > 0 ? join([slice(text, 0, m.index), slice(text, m.index + m[0].length)]) : text
  const tail = RING_TAIL.exec(body.text)
  return tail && tail.index > 0 ? slice(body, 0, tail.index) : body
}

interface Clause {
  from: number
  to: number
  text: string
  times: Deadline[]
}

function demandsOf(part: Part, acting: Acting, moment: Moment): FoundTask[] {
  const text = part.text.text
  const found = readDeadlines(text, moment).filter((f) => f.deadline.kind !== 'ongoing' && f.deadline.kind !== 'prompt')
  if (found.length === 0) return []
  let next = 0
  /** The times of a clause: both stand in the order of the text. */
  const timesUpTo = (end: number): Deadline[] => {
    const from = next
    while ((found[next]?.start ?? end) < end) next++
    return found.slice(from, next).map(({ deadline }) => deadline)
  }
  const clauses: Clause[] = splitOutside(text, '，,').map((c) => ({
    from: c.at,
    to: c.at + c.text.length,
    text: c.text,
    times: timesUpTo(c.at + c.text.length),
  }))
  return groupClauses(clauses).map(([first, last]) => {
    const from = clauses[first]?.from ?? 0
    const words = slice(part.text, from, clauses[last]?.to)
    const own = { ...sentenceSubject(words.text), said: words }
    return {
      id: '',
      numbers: [],
      section: sectionOf(part.node),
      text: trim(words),
      units: answering(own.units.length ? own : acting),
      limits: [],
      note: '',
    }
  })
}

/** The units that a sentence names as those who act, each with the line that names it. */
export function answering({ units, support, said }: Acting): PlacedUnits {
  const place = (name: string) => ({
    name,
    source: { line: lineAt(said, Math.max(0, said.text.indexOf(name))), raw: name },
  })
  return { ...NOBODY, lead: units.map(place), support: support.filter((name) => !units.includes(name)).map(place) }
}

/** Which clauses, first and last, make a demand each. */
function groupClauses(clauses: Clause[]): [first: number, last: number][] {
  const timed = clauses.flatMap((c, i) => (c.times.length ? [i] : []))
  const kinds = new Set(timed.map((i) => clauses[i]?.times.map(keyOf).join('+')))
  const groups: number[][] = kinds.size > 1 ? timed.map((i) => [i]) : [timed]
  return groups.map((group, n) => {
    const first = group[0] ?? 0
    const last = group.at(-1) ?? first
    const before = (groups[n - 1]?.at(-1) ?? -1) + 1
    const after = (groups[n + 1]?.[0] ?? clauses.length) - 1
    const counted = COUNT.test(clauses[first]?.text ?? '')
    if (!counted) return [before, after]
    let end = last
    while (end < after && ALSO.test(clauses[end + 1]?.text ?? '')) end++
    return [beginning(clauses, before, first), end]
  })
}

/** A counted demand begins with its own subject; what another subject has to do before it is no part of it. */
function beginning(clauses: Clause[], before: number, first: number): number {
  const whole = sentenceSubject(
    clauses
      .slice(before, first + 1)
      .map((c) => c.text)
      .join('，'),
  )
  if (whole.support.length > 0) return before
  const subjects = clauses.slice(before, first + 1).map((c) => subjectOf(c.text))
  const own = subjects.at(-1)
  const openers = subjects.slice(0, -1)
  if (own && (own.units.length > 0 || own.person)) return openers.some((s) => s.units.length > 0) ? first : before
  for (let i = openers.length - 1; i >= 0; i--) {
    const opener = openers[i]
    if (opener && (opener.units.length > 0 || opener.person)) return before + i
  }
  return before
}

const keyOf = ({ raw: _, ...rest }: Deadline): string => JSON.stringify(rest)
