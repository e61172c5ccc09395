import { z } from 'zod'
import type { Chart } from './card.ts'
import { Day } from './deadline.ts'

/**
 * bulletin 通报 · dispatch 调度情况 (internal) · notice 督办通知单 · list 任务清单 of one unit · summary 落实情况总结 of one
 * unit · brief 一页纸 for leaders · scores 考核得分.
 */
export const PaperKind = z.enum(['bulletin', 'dispatch', 'notice', 'list', 'summary', 'brief', 'scores'])
export type PaperKind = z.infer<typeof PaperKind>

export const paperWords: Record<PaperKind, string> = {
  bulletin: '通报',
  dispatch: '调度情况',
  notice: '督办通知单',
  list: '任务清单',
  summary: '落实情况总结',
  brief: '一页纸',
  scores: '考核得分',
}

/** 草稿, 待签发, 已签发, 作废. */
export const PaperState = z.enum(['draft', 'pending', 'signed', 'void'])
export type PaperState = z.infer<typeof PaperState>

export const paperStateWords: Record<PaperState, string> = {
  draft: '草稿',
  pending: '待签发',
  signed: '已签发',
  void: '作废',
}

/**
 * Papers of the ledger; the annual report (年度报告), which is made anew each time and kept as its figures alone; and letters
 * to somebody outside (an applicant), which are made from a case whenever they are asked for and kept nowhere.
 */
export type RenderedKind = PaperKind | 'annual' | 'letter'

/** Papers that name units and reach others: they need a signature (政府督查工作条例 第二十一条). */
export const needsSignature = (kind: RenderedKind): boolean => kind === 'bulletin' || kind === 'notice'

/** Has it a 文号 and a day of its own, for which there is room until they are there? */
export const isNumbered = (kind: RenderedKind): boolean => needsSignature(kind) || kind === 'letter'

/**
 * What stands at the head of each page: 待签发 from the first draft on until it is signed, of a paper that needs a
 * signature; a paper for the house itself has none of it.
 */
export const markOf = (kind: RenderedKind, state: PaperState): string => {
  if (state === 'signed') return ''
  if (state === 'void') return paperStateWords.void
  if (needsSignature(kind)) return `${paperStateWords.pending}（未经签发不得印发）`
  if (kind === 'dispatch') return '内部资料'
  return kind === 'summary' || kind === 'annual' ? paperStateWords.draft : ''
}

/** A picture of counts, as `Chart` in the cards: always beside a table that says the same. */
const PaperChart = z.object({
  title: z.string(),
  asOf: z.string(),
  parts: z.array(z.object({ name: z.string(), tone: z.enum(['done', 'review', 'open', 'late']) })),
  rows: z.array(z.object({ label: z.string(), values: z.array(z.number()), end: z.string() })),
}) satisfies z.ZodType<Chart>

/** One cell of a grid: over so many columns and rows, a head or not, its text in the middle or at the left. */
export const GridCell = z.object({
  text: z.string(),
  across: z.number().int().min(1).optional(),
  down: z.number().int().min(1).optional(),
  head: z.literal(true).optional(),
  left: z.literal(true).optional(),
})
export type GridCell = z.infer<typeof GridCell>

/** One part of a paper; `src/paper` renders it as docx. */
export const PaperBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), level: z.union([z.literal(1), z.literal(2)]), text: z.string() }),
  /** A paragraph of the body; each line of it is one. `codes`: the tasks that it names. */
  z.object({ kind: z.literal('text'), text: z.string(), codes: z.array(z.string()).optional() }),
  /** What only people know and have still to write: （此处请补充：…）. */
  z.object({ kind: z.literal('blank'), text: z.string() }),
  z.object({
    kind: z.literal('table'),
    title: z.string().optional(),
    /** `width`: share of the line, in any unit. */
    columns: z.array(z.object({ title: z.string(), width: z.number(), align: z.enum(['left', 'center']).optional() })),
    rows: z.array(z.array(z.string())),
  }),
  /**
   * A form with merged cells. `widths`: shares of the line, one a column; `heads`: how many of its first rows stand on each
   * page again. A row leaves out the places that a cell above it or before it takes.
   */
  z.object({
    kind: z.literal('grid'),
    title: z.string().optional(),
    widths: z.array(z.number()),
    heads: z.number().int().min(0),
    rows: z.array(z.array(GridCell)),
  }),
  z.object({ kind: z.literal('chart'), chart: PaperChart }),
  /** Small print: as of when, what a figure leaves out. */
  z.object({ kind: z.literal('note'), text: z.string() }),
  /** Begins an annex (附件1 and its title) on a page of its own. */
  z.object({ kind: z.literal('annex'), title: z.string() }),
  /** 回执: a part to cut off, fill in and send back. */
  z.object({ kind: z.literal('receipt'), title: z.string(), text: z.string(), fields: z.array(z.string()) }),
])
export type PaperBlock = z.infer<typeof PaperBlock>

/** A paper's content as it was drafted: figures and words from the ledger alone, each as of `asOf`. Stored in `papers.content`. */
export const Paper = z.object({
  v: z.literal(1),
  kind: PaperKind,
  title: z.string(),
  /** 主送; empty where it goes to nobody. */
  to: z.string(),
  asOf: Day,
  blocks: z.array(PaperBlock),
  /** 落款: who issues it. */
  issuer: z.string(),
  /** Units that it names, by id: whoever is named must not learn it from a paper that nobody signed. */
  units: z.array(z.string()),
  /** Duties (by id) that it holds against their units: what has to be put right. */
  duties: z.array(z.string()),
  /** What the office is told beside the paper (what it must do before it goes out); never printed in it. */
  remarks: z.array(z.string()),
})
export type Paper = z.infer<typeof Paper>

/** What of a paper is printed. */
export type Printed = Pick<Paper, 'title' | 'to' | 'asOf' | 'blocks' | 'issuer'> & { kind: RenderedKind }

/** What its life adds to a paper: printed once it is there. */
export interface PaperMarks {
  state: PaperState
  /** 文号, or empty. */
  number: string
  /** 签发人, or empty. */
  signer: string
  signedOn: Day | null
}
