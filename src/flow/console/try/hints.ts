import { roundWords } from '../../../../commands/present.ts'
import { type DutyView, findDuties } from '../../../../db/queries/duties.ts'
import { addDays, dayOf } from '../../../time/day.ts'
import type { Deps } from '../../deps.ts'
import { type CastMember, privateKey, type TryRoom } from '../try.ts'

/** Something to try: who says what where, and what it shows. */
export interface Hint {
  account: string
  room: string
  text: string
  /** What one learns by it. */
  why: string
}

const AHEAD_DAYS = 45
const LONGER_DAYS = 10

const isPrinted = ({ number }: DutyView): boolean => /^\d/.test(number)
const dayWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`

/** Things to try, with numbers of the demo's ledger as it stands; what there is no duty for is left out. */
export const hintsOf = async (deps: Deps, cast: readonly CastMember[], rooms: readonly TryRoom[]): Promise<Hint[]> => {
  const { view } = await deps.cache(deps.store)
  const today = dayOf(deps.now(), deps.zone)
  const unitName = (id: string) => view.units.find((unit) => unit.id === id)?.name ?? id
  const near = { from: addDays(today, -AHEAD_DAYS), to: addDays(today, AHEAD_DAYS) }
  const found = await findDuties(deps.store, { states: ['open', 'review'], role: 'lead', due: near })
  // Numbers as the plan prints them say more to a newcomer than those of its closing part.
  const duties = [...found].sort((a, b) => Number(isPrinted(b)) - Number(isPrinted(a)))
  const of = (member: CastMember | undefined, state: DutyView['state']) =>
    duties.find((duty) => duty.state === state && duty.times === 1 && member?.units.includes(unitName(duty.unit)))
  const [first, second] = cast.filter(({ role }) => role === 'liaison')
  const known = (role: CastMember['role']) => cast.find((one) => one.role === role)
  const [leader, office, head, unknown] = [known('leader'), known('office'), known('head'), known('unknown')]
  const roomOf = (name: string | undefined) => rooms.find((room) => room.name === `${name}群`)?.key
  const work = rooms.find(({ name }) => name.startsWith('全体'))?.key
  const desk = rooms.find(({ name }) => name.startsWith('主管'))?.key
  const late = duties.find((duty) => duty.state === 'open' && duty.dueOn !== null && duty.dueOn < today)
  const mine = of(first, 'open')
  const theirs = of(second, 'open')
  const waiting = duties.filter(({ state }) => state === 'review')
  const waits = waiting.find((duty) => isPrinted(duty) && duty === of(second, 'review')) ?? waiting[0]
  const period = (duty: DutyView): string => {
    const words = roundWords(duty.round, today)
    return words && duty.round !== 'standing' ? ` ${words}的` : ''
  }
  const hint = (who: CastMember | undefined, room: string | undefined, text: string, why: string): Hint[] =>
    who && room ? [{ account: who.account, room, text, why }] : []
  return [
    ...hint(leader, work, '本月有哪些到期任务', '领导在群里问进度'),
    ...(mine
      ? hint(
          first,
          roomOf(first?.units[0]),
          `${mine.planCode}-${mine.number}${period(mine)}已公开 https://www.example.gov.cn/${mine.number}.html`,
          '联络员报完成，附链接',
        )
      : []),
    ...hint(office, desk, '待审核的反馈', '主管科室看有哪些要审核'),
    ...(waits
      ? hint(office, desk, `通过 ${unitName(waits.unit)} ${waits.planCode}-${waits.number}`, '用一句话审核通过')
      : []),
    ...(theirs?.dueOn
      ? hint(
          second,
          roomOf(second?.units[0]),
          `${theirs.planCode}-${theirs.number}${period(theirs)} 申请延期到${dayWords(addDays(theirs.dueOn, LONGER_DAYS))}，因数据还在核对`,
          '主管科室群里会来一张卡片，可以点“同意”',
        )
      : []),
    ...(late
      ? hint(office, desk, `催办 ${unitName(late.unit)} ${late.planCode}-${late.number}`, '催一催逾期的单位')
      : []),
    ...(mine
      ? hint(leader, work, `批示：请${unitName(mine.unit)}抓紧${mine.number}号`, '领导批示，本单位群会收到')
      : []),
    ...hint(head, head && privateKey(head), '本单位的任务', '分管领导看本单位'),
    ...hint(unknown, unknown && privateKey(unknown), '本月有哪些到期任务', '没有登记的人看不到任务'),
    ...hint(first, first && privateKey(first), '帮助', '每种身份的帮助不一样'),
  ]
}
