import { z } from 'zod'
import type { Day } from './deadline.ts'
import type { Body } from './fact.ts'
import { Window } from './intent.ts'
import { Paper, type PaperBlock, PaperKind, type PaperState } from './paper.ts'

/** Which paper: of what stretch, of one plan (its id; '' is all), of some units (ids; none are all). */
export const PaperAsk = z.object({ kind: PaperKind, window: Window, plan: z.string(), units: z.array(z.string()) })
export type PaperAsk = z.infer<typeof PaperAsk>

/** A matter that a paper names as late: a duty, its code as printed, the unit that answers for it. */
export const Matter = z.object({ duty: z.string(), code: z.string(), unit: z.string() })
export type Matter = z.infer<typeof Matter>

/** A paper's content as it stands frozen in its row, with what was asked for and the matters that it names. */
export const PaperContent = Paper.extend({ asked: PaperAsk, matters: z.array(Matter) })
export type PaperContent = z.infer<typeof PaperContent>

/** Bodies of the facts of a paper; its title, its content, who signed and why it is void stand in the words. */
export interface PaperFacts {
  /** `digest`: of the content, which the row must still have. */
  drafted: {
    on: Day
    kind: PaperKind
    natural: string
    asOf: Day
    from: Day
    to: Day
    plan: string
    units: string[]
    digest: string
  }
  /** Before it is signed: the figures as of another day. What was asked to be signed is a draft again. */
  redrafted: { on: Day; asOf: Day; units: string[]; digest: string }
  /** Asked to be signed. */
  submitted: { on: Day }
  /** `until`: the day of the 整改 that it opens; `opened`: the task of each; `skipped`: and why none was opened. */
  signed: {
    on: Day
    signedOn: Day
    number: string
    digest: string
    hash: string | null
    until: Day | null
    opened: { duty: string; task: string }[]
    skipped: { duty: string; why: SkipReason }[]
  }
  /** Told to the rooms of these units. */
  issued: { on: Day; units: string[] }
  voided: { on: Day }
}
export type PaperFactKind = keyof PaperFacts

/** Why a matter that is named opens no 整改: it was done meanwhile or waits for review, or one of it is open already. */
export type SkipReason = 'done' | 'review' | 'open'
export const skipWords: Record<SkipReason, string> = {
  done: '已办结或不再督办',
  review: '已经反馈，待审核',
  open: '已有整改在办',
}

/** From which states each is legal. */
const moves: Record<Exclude<PaperFactKind, 'drafted'>, readonly PaperState[]> = {
  redrafted: ['draft', 'pending'],
  submitted: ['draft'],
  signed: ['draft', 'pending'],
  issued: ['signed'],
  voided: ['draft', 'pending', 'signed'],
}

export const paperMay = (kind: keyof typeof moves, state: PaperState): boolean => moves[kind].includes(state)

/** The columns of a paper's row that a fact moves. Pure: the row is this, over its facts. */
export const paperColumns = ({ kind, body }: { kind: string; body: Body }) => {
  switch (kind as PaperFactKind) {
    case 'drafted':
      return { state: 'draft' as const, natural: String(body.natural), units: body.units as string[] }
    case 'redrafted':
      return { state: 'draft' as const, units: body.units as string[] }
    case 'submitted':
      return { state: 'pending' as const }
    case 'signed':
      return {
        state: 'signed' as const,
        ...{ number: String(body.number), signedOn: body.signedOn as Day, hash: body.hash as string | null },
      }
    case 'issued':
      return {}
    case 'voided':
      return { state: 'void' as const }
  }
}

/** The round that the stretch is, as rounds are written (2017-08, 2017-Q3, 2017-H1, 2017); else its days. */
export const spanLabel = ({ from, to }: Window): string => {
  const [year, month] = [from.slice(0, 4), Number(from.slice(5, 7))]
  if (from.slice(8) !== '01' || to.slice(0, 4) !== year || new Date(`${to}T12:00:00Z`).getUTCDate() !== lastOf(to))
    return `${from}..${to}`
  const months = Number(to.slice(5, 7)) - month + 1
  if (months === 1) return from.slice(0, 7)
  if (months === 3 && month % 3 === 1) return `${year}-Q${(month + 2) / 3}`
  if (months === 6 && month % 6 === 1) return `${year}-H${month === 1 ? 1 : 2}`
  return months === 12 ? year : `${from}..${to}`
}

const lastOf = (day: Day): number =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate()

/** What a paper is about, so that nothing is drafted twice: `bulletin:2017-Q3`. A further one of the same gets `#2`. */
export const naturalOf = ({ kind, window, plan, units }: PaperAsk): string =>
  [kind, spanLabel(window), ...(plan || units.length > 0 ? [plan] : []), ...[...units].sort()].join(':')

const linesIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(linesIn)
      : []

/** Everything that a part of the paper says. */
export const wordsOfBlock = ({ kind, ...said }: PaperBlock): string[] => linesIn(said).filter(Boolean)

const rowsOf = (block: PaperBlock): string[] =>
  block.kind === 'table' ? block.rows.map((row) => row.join(' ')) : [wordsOfBlock(block).join(' ')]

/** What a new draft says that the old one did not, and the other way round, line by line. */
export const paperDifference = (
  before: Pick<Paper, 'blocks'>,
  after: Pick<Paper, 'blocks'>,
): { added: string[]; removed: string[] } => {
  const [old, now] = [before.blocks.flatMap(rowsOf), after.blocks.flatMap(rowsOf)]
  const [known, still] = [new Set(old), new Set(now)]
  return { added: now.filter((line) => !known.has(line)), removed: old.filter((line) => !still.has(line)) }
}
