import { codeOf, roundWords } from '../../../commands/present.ts'
import type { DutyView } from '../../../db/queries/duties.ts'
import type { EvidenceRow } from '../../../db/queries/evidence.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Card } from '../../model/card.ts'
import { addressKey } from '../../model/message.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import type { Ending } from './settle.ts'

const DAY_MS = 86_400_000

interface Told {
  name: string
  kept: boolean
  what: string
}

/** Each file once, however many duties it is for. */
const toldOf = (rows: readonly EvidenceRow[], ends: readonly Ending[]): Told[] => {
  const [first] = rows
  return rows
    .filter(({ duty }) => duty === first?.duty)
    .map((row) => {
      const end = ends.find((one) => one.row.id === row.id)
      const hint = end?.hint ?? row.hint
      const kept = (end?.state ?? row.state) === 'kept'
      return { name: end?.name ?? row.name, kept, what: (kept ? hint?.what : hint?.why) ?? '' }
    })
}

const listed = (told: readonly Told[]): string =>
  told.map(({ name, what }) => (what ? `${name}（${what}）` : name)).join('、')

const cardOf = (told: readonly Told[], where: string): Card => {
  const kept = told.filter((one) => one.kept)
  const lost = told.filter((one) => !one.kept)
  return {
    title: lost.length === 0 ? '材料已保存' : kept.length === 0 ? '材料没有保存' : '材料没有全部保存',
    tone: lost.length === 0 ? 'good' : 'warn',
    blocks: [
      ...(kept.length > 0
        ? [{ kind: 'text' as const, text: `${where && `附在${where}的反馈后面：`}${listed(kept)}` }]
        : []),
      ...(lost.length > 0 ? [{ kind: 'text' as const, text: `没有保存：${listed(lost)}` }] : []),
    ],
  }
}

/** When the last file of a message has ended, one notice where they were sent: what was kept and what was not. */
export const tellWrites = (
  deps: Deps,
  q: Query,
  {
    message,
    rows,
    ends,
    duties,
  }: { message: string; rows: readonly EvidenceRow[]; ends: readonly Ending[]; duties: readonly DutyView[] },
  at: Date,
): Write[] => {
  const files = rows.filter(({ kind }) => kind !== 'link')
  const ended = new Set(ends.map(({ row }) => row.id))
  const waits = files.some((row) => row.state === 'waiting' && !ended.has(row.id))
  const room = files.find((row) => ended.has(row.id))?.source?.room
  if (waits || !room) return []
  const told = toldOf(files, ends)
  const of = duties.filter(({ id }) => files.some(({ duty }) => duty === id))
  // Whoever is being asked which duty they are for hears of them with the answer; of what is lost at once.
  if (of.length === 0 && told.every(({ kept }) => kept)) return []
  const today = dayOf(at, deps.zone)
  const where = of.map((duty) => [codeOf(duty), roundWords(duty.round, today)].filter(Boolean).join(' ')).join('、')
  return [
    q
      .insert(deps.store.t.outbox)
      .values({
        office: deps.store.office,
        id: `evidence:${message}:${addressKey(room)}`,
        lane: 'push',
        units: [...new Set(of.map(({ unit }) => unit))],
        room: addressKey(room),
        ord: deps.newId(),
        address: room,
        card: cardOf(told, where),
        recipe: null,
        dueAt: at,
        validUntil: new Date(at.getTime() + DAY_MS),
        state: 'waiting',
        tasks: [...new Set(of.map(codeOf))],
      })
      .onConflictDoNothing(),
  ]
}
