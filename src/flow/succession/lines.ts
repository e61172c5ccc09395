import { roundWords } from '../../../commands/present.ts'
import type { DutyView } from '../../../db/queries/duties.ts'
import { stateWords } from '../../model/duty.ts'
import { type Foreseen, roomNames } from './foresee.ts'
import type { Passage } from './joining.ts'

/** What a succession moves, in lines for whoever is to confirm it. */

const SHOWN = 60

const codeOf = ({ planCode, number }: DutyView): string => `${planCode}-${number}`

const codesOf = (duties: readonly DutyView[]): string => {
  const codes = [...new Set(duties.map(codeOf))]
  return codes.length <= SHOWN ? codes.join('、') : `${codes.slice(0, SHOWN).join('、')}等${codes.length}项`
}

const kindOf = ({ olds, heirs }: Foreseen): string =>
  heirs.length > 1 ? '拆分' : olds.length > 1 ? '合并' : '更名或并入'

export const nameList = (units: readonly { name: string }[]): string => units.map(({ name }) => name).join('、')

type NameOf = (id: string) => string

const one = (duty: DutyView, nameOf: NameOf): string =>
  `${nameOf(duty.unit)}的（${stateWords[duty.state]}${duty.role === 'support' && duty.state !== 'asleep' ? '，配合' : ''}）`

/** Where several duties come to one place: which stays. */
const joinLine = ({ stays, how, from, ended }: Passage, nameOf: NameOf): string => {
  const round = roundWords(stays.round, '')
  const others = ended.map((duty) => one(duty, nameOf)).join('、')
  const rest = how === 'joined' && from ? `，办理状态取${one(from, nameOf)}` : ''
  return `  合为一条 ${codeOf(stays)}${round ? ` ${round}` : ''}：保留${one(stays, nameOf)}${rest}；${others}不再单列`
}

const boundTo = (ids: readonly string[], heirs: Foreseen['heirs']): string =>
  nameList(heirs.filter(({ id }) => ids.includes(id)))

/** The preview: what is entered, open duties by number, liaisons, rooms, classes, and what stays. */
export const foreseenLines = (foreseen: Foreseen): string[] => {
  const { olds, heirs, entered, alike, request, passages, people, rooms, classes, closed } = foreseen
  const names = new Map([...olds, ...heirs].map(({ id, name }) => [id, name]))
  const nameOf: NameOf = (id) => names.get(id) ?? id
  const { from, reason } = request
  const leaving = heirs.flatMap((heir) => {
    const own = passages.filter((passage) => passage.heir === heir.id)
    const duties = own.flatMap(({ how, stays, ended }) => (how === 'moved' ? [stays, ...ended] : ended))
    return own.length === 0 ? [] : [`责任事项 ${duties.length}条 → ${heir.name}：${codesOf(duties)}`]
  })
  const joins = passages.filter(({ ended }) => ended.length > 0)
  return [
    `${nameList(olds)} 自 ${from} 起由 ${nameList(heirs)} 承接（${kindOf(foreseen)}${reason ? `，${reason}` : ''}）`,
    ...(entered.length > 0 ? [`录入新单位：${nameList(entered)}`] : []),
    ...alike.map(({ name, unit }) => `  “${name}”与通讯录里的“${unit}”相近；若是同一单位，请写“${unit}”`),
    ...(leaving.length > 0 ? leaving : ['责任事项：没有未办结的']),
    ...joins.map((passage) => joinLine(passage, nameOf)),
    ...people.map(({ row, units, charge }) => `人员 ${row.name} → ${boundTo([...units, ...charge], heirs)}`),
    ...rooms.map(({ row, units }) => `群 ${roomNames(row)[1]} → ${boundTo(units, heirs)}`),
    ...(classes.length > 0 ? [`单位组：${classes.join('、')}里由承接单位接替`] : []),
    ...(closed > 0 ? [`已办结的${closed}条仍记在原单位名下，两个名称都能查到`] : []),
  ]
}

/** What nobody assigned of a split; empty where all is said. */
export const unsaidLines = ({ heirs, unsaid, people, rooms }: Foreseen): string[] => {
  const persons = people.filter((one) => one.unsaid).map(({ row }) => row.name)
  const chats = rooms.filter((one) => one.unsaid).map(({ row }) => roomNames(row)[1])
  const [first] = heirs
  if (!first || unsaid.length + persons.length + chats.length === 0) return []
  return [
    `没有写明归哪个单位的，将全部归${first.name}：`,
    ...(unsaid.length > 0 ? [`  责任事项：${codesOf(unsaid)}（用 --duties 编号,编号=单位）`] : []),
    ...(persons.length > 0 ? [`  人员：${persons.join('、')}（用 --people 姓名,姓名=单位）`] : []),
    ...(chats.length > 0 ? [`  群：${chats.join('、')}（用 --rooms 群,群=单位）`] : []),
  ]
}
