import { type DutyView, factsOf } from '../db/queries/duties.ts'
import { evidenceOf } from '../db/queries/evidence.ts'
import type { Block } from '../src/model/card.ts'
import type { Context } from './command.ts'
import { hintWords } from './hints.ts'
import { codeOf, dayWords, roundWords, unitName } from './present.ts'

export type Fact = Awaited<ReturnType<typeof factsOf>>[number]

/** The reports of a duty that stand: what was sent back or checked is over, what was taken back is gone. */
const standing = (facts: readonly Fact[]): Fact[] => {
  const left: Fact[] = []
  for (const fact of facts) {
    if (fact.kind === 'reported') left.push(fact)
    else if (fact.kind === 'withdrawn') left.pop()
    else if (fact.kind === 'approved' || fact.kind === 'returned') left.length = 0
  }
  return left
}

/** The reports of each duty that stand, oldest first, by the duty's id. */
export const reportsOf = async (c: Context, duties: readonly DutyView[]): Promise<Map<string, Fact[]>> => {
  const facts = await factsOf(
    c.db,
    'duty',
    duties.map(({ id }) => id),
  )
  return new Map(duties.map(({ id }) => [id, standing(facts.filter((fact) => fact.id === id))]))
}

const LONGEST = 60
const SHOWN = 10

const saidIn = ({ body, words }: Fact): string => {
  const text = [
    ...String(words?.text ?? '')
      .replace(/https?:\/\/\S+/g, '')
      .trim(),
  ]
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST).join('')}…` : text.join('')
  return [body.zero === true ? '零报告' : '', short, ...((body.links ?? []) as string[])].filter(Boolean).join(' ')
}

/** What those reports brought, each a line with what was found. */
const hintsOf = async (c: Context, duties: readonly DutyView[], reports: ReadonlyMap<string, Fact[]>) => {
  const rows = await evidenceOf(
    c.db,
    duties.map(({ id }) => id),
  )
  return rows.flatMap((row) => {
    const duty = duties.find(({ id }) => id === row.duty)
    const stands = reports.get(row.duty)?.some(({ seq }) => seq === row.report)
    if (!duty || !stands) return []
    const of = duties.length > 1 ? `${codeOf(duty)} ${unitName(c, duty.unit)} · ` : ''
    return [{ text: `${of}${row.name}：${hintWords(row, c.today)}` }]
  })
}

/** What was reported of the duties that wait to be checked, each report a line with its links; of 工作秘密 nothing. */
export const evidence = async (c: Context, duties: readonly DutyView[]): Promise<Block[]> => {
  const waiting = duties.filter((duty) => duty.state === 'review' && !duty.secret)
  const reports = await reportsOf(c, waiting)
  const lines = waiting.flatMap((duty) =>
    (reports.get(duty.id) ?? []).map((fact) => ({
      text: [
        dayWords(String(fact.body.on ?? ''), c.today),
        unitName(c, duty.unit),
        roundWords(duty.round, c.today),
        saidIn(fact),
      ]
        .filter(Boolean)
        .join(' · '),
    })),
  )
  const brought = await hintsOf(c, waiting, reports)
  return [
    ...(lines.length > 0 ? [{ kind: 'list' as const, title: '待审核的反馈', lines: lines.slice(-SHOWN) }] : []),
    ...(brought.length > 0
      ? [{ kind: 'list' as const, title: '佐证（供参考，以人看为准）', lines: brought.slice(-SHOWN) }]
      : []),
  ]
}
