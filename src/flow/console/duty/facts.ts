import type { Context } from '../../../../commands/command.ts'
import { channelOf, type Fact, factWords } from '../../../../commands/history.ts'
import { unitName } from '../../../../commands/present.ts'
import { peopleOf } from '../../../../db/queries/people.ts'
import { Address } from '../../../model/message.ts'
import { roleWords } from '../../../model/person.ts'
import { dayOf, timeOf } from '../../../time/day.ts'

/** One thing that happened to a duty, as the page tells it. */
export interface DutyFact {
  seq: number
  kind: string
  /** 退回，8月25日前重报: what happened, without what was said with it. */
  what: string
  /** The office's day and time of day. */
  day: string
  time: string
  who: string
  /** 飞书群聊, 网页, 电话代报; empty where nobody knows. */
  way: string
  said: { label: string; text: string }[]
  links: string[]
  /** What was said has been erased since. */
  erased: boolean
}

/** What may be said with a fact, with the word before it; everything else in the words is not for people. */
const labels: Record<string, string> = {
  text: '',
  reason: '理由',
  by: '审查人',
  names: '科室',
  was: '原文',
  now: '现文',
}

const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.filter((one) => typeof one === 'string').join('、')
    : typeof value === 'string'
      ? value
      : ''

const saidIn = ({ words }: Fact): DutyFact['said'] =>
  Object.entries(labels).flatMap(([key, label]) => {
    const text = textOf(words?.[key]).replace(/^(?:原因|理由|说明|批示)[是为：:，,\s]*/, '')
    return text.trim() === '' ? [] : [{ label, text }]
  })

const wayOf = (fact: Fact): string => {
  const way = channelOf(fact)
  const room = Address.safeParse(fact.words?.room)
  const inRoom = room.success && room.data.platform !== 'console' && way !== ''
  return inRoom && !way.endsWith('代报') ? `${way}${room.data.kind === 'room' ? '群聊' : '私聊'}` : way
}

/** Names of whoever did it, with their unit or office; a machine's doing has none. */
export const doersOf = async (c: Context, facts: readonly Fact[]): Promise<(fact: Pick<Fact, 'by'>) => string> => {
  const people = new Map(
    (
      await peopleOf(
        c.db,
        facts.map(({ by }) => by),
      )
    ).map((person) => [person.id, person]),
  )
  return ({ by }) => {
    const person = people.get(by)
    if (!person) return by.startsWith('admin:') ? '管理员' : '系统'
    const of = person.units.length > 0 ? person.units.map((id) => unitName(c, id)).join('、') : roleWords[person.role]
    return `${person.name}（${of}）`
  }
}

/** Facts of one duty as they are told, newest first; of a 工作秘密 task nobody's words. */
export const factsTold = async (c: Context, facts: readonly Fact[], secret: boolean): Promise<DutyFact[]> => {
  const doer = await doersOf(c, facts)
  return facts
    .map((fact) => ({
      seq: fact.seq,
      kind: fact.kind,
      what: factWords(c, { ...fact, words: null }),
      day: dayOf(fact.at, c.zone),
      time: timeOf(fact.at, c.zone),
      who: doer(fact),
      way: wayOf(fact),
      said: secret ? [] : saidIn(fact),
      links: secret ? [] : linksIn(fact),
      erased: fact.words === null && fact.wordsDigest !== '',
    }))
    .reverse()
}

/** Links that were handed in with a report. */
export const linksIn = ({ body }: Pick<Fact, 'body'>): string[] => {
  const { links } = body
  return Array.isArray(links) ? links.filter((link) => typeof link === 'string') : []
}

/** What became of each report. */
export type ReportFate = 'waiting' | 'approved' | 'returned' | 'withdrawn'

/** Of each report, by its number in the ledger, what became of it. */
export const fatesOf = (facts: readonly Fact[]): Map<number, ReportFate> => {
  const fates = new Map<number, ReportFate>()
  const waiting: number[] = []
  const all = (fate: ReportFate) => {
    for (const seq of waiting.splice(0)) fates.set(seq, fate)
  }
  for (const { kind, seq } of facts) {
    if (kind === 'reported') {
      fates.set(seq, 'waiting')
      waiting.push(seq)
    } else if (kind === 'withdrawn') {
      const last = waiting.pop()
      if (last !== undefined) fates.set(last, 'withdrawn')
    } else if (kind === 'approved' || kind === 'returned') all(kind)
  }
  return fates
}
