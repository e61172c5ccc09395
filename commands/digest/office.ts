import { lastSeal } from '../../db/queries/seals.ts'
import type { Block, Button, Card } from '../../src/model/card.ts'
import type { OfficeRecipe } from '../../src/model/recipe.ts'
import { toldUpTo } from '../../src/time/remind.ts'
import { approvals } from '../approvals.ts'
import type { Context } from '../command.ts'
import { missedLine } from '../deliveries.ts'
import { sharesOf } from '../page.ts'
import { dayWords, type Seen } from '../present.ts'
import { fromAbove } from './above.ts'
import { casePart, casesNear } from './cases.ts'
import { papersReady } from './office-papers.ts'
import { requests, unclaimed, waiting, waitingPart } from './office-waits.ts'
import { ailing, escalated, outlook, unreached } from './office-watch.ts'
import type { Part } from './parts.ts'
import { officeTitle } from './words.ts'

const shown = (sections: readonly Part[]): { blocks: Block[]; shares: number[]; cut: boolean } => {
  const shares = sharesOf(sections.map(({ lines }) => lines.length))
  return {
    blocks: sections.map(({ title, lines }, i) => ({ kind: 'list', title, lines: lines.slice(0, shares[i]) })),
    shares,
    cut: sections.some(({ lines }, i) => lines.length > (shares[i] ?? 0)),
  }
}

const sealLine = async (c: Context): Promise<string | undefined> => {
  const seal = await lastSeal(c.db)
  return (
    seal && `台账封印（${dayWords(seal.day, c.today)}，${seal.heads}个对象）：校验值 ${seal.hash}。请留存本条备查。`
  )
}

/** Reports of the digest that have a button; the list that one of them opens has more. */
const APPROVED = 3

const buttonsOf = (c: Context, queue: readonly Seen[], listed: number, missed: boolean): Button[] => [
  ...approvals(c, queue.slice(0, listed)).slice(0, APPROVED),
  ...(queue.length > 0
    ? [
        {
          label: '查看待审核',
          style: 'primary' as const,
          intent: { intent: 'list' as const, state: 'review' as const },
        },
      ]
    : []),
  ...(missed ? [{ label: '推送情况', intent: { intent: 'deliveries' as const } }] : []),
]

/**
 * The office's digest: what waits for it, what has come to it, what has not arrived. Undefined where there is nothing to
 * do; the seal alone is told on the first workday of the week.
 */
export const officeDigestCard = async (c: Context, { told }: OfficeRecipe): Promise<Card | undefined> => {
  const queue = await waiting(c)
  const late = await escalated(c, told)
  const cases = await casesNear(c)
  const sections = [
    ...waitingPart(c, queue),
    ...(await requests(c)),
    ...(await unclaimed(c, told)),
    ...late,
    ...(await fromAbove(c, told)),
    ...casePart(c, cases, { withUnit: true }),
    ...(await ailing(c, told)),
    ...(await unreached(c, told)),
    ...(await outlook(c, told)),
    ...(await papersReady(c, { kind: 'office', told })),
  ]
  const missed = await missedLine(c, toldUpTo(c.today, told.since, c.calendar), c.today)
  const seal = await sealLine(c)
  if (sections.length === 0 && !missed && !(told.week && seal)) return undefined
  const { blocks, shares, cut } = shown(sections)
  const notes = [
    cut ? '未列全的，回复“待审核的反馈”“延期中的任务”“待认领任务”“逾期任务”查看。' : undefined,
    missed,
    seal,
  ]
  const buttons = buttonsOf(c, queue, queue.length > 0 ? (shares[0] ?? 0) : 0, missed !== undefined)
  return {
    title: officeTitle(c, told),
    tone: late.length > 0 || cases.some(({ over }) => over) ? 'late' : missed ? 'warn' : 'plain',
    blocks: [
      ...(blocks.length > 0 ? blocks : [{ kind: 'text' as const, text: '没有需要办理的事项。' }]),
      ...notes.flatMap((text): Block[] => (text ? [{ kind: 'note', text }] : [])),
    ],
    ...(buttons.length > 0 && { buttons }),
  }
}
