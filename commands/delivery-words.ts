import type { Unsent } from '../db/queries/deliveries.ts'
import type { OutboxState } from '../db/queries/outbox.ts'
import type { Day } from '../src/model/deadline.ts'
import { reasonClass } from '../src/model/problem.ts'
import { atOffice } from '../src/time/day.ts'
import type { Context } from './command.ts'
import { dayWords } from './present.ts'

/** What became of a push, as the accounts name it; together they are all that were to be sent. */
export const endWords: Record<OutboxState, string> = {
  sent: '已送达',
  waiting: '等待重试',
  dropped: '不再需要',
  dead: '发不出',
  unsure: '不确定',
}

const toRoom: Record<string, string> = {
  gone: '机器人已被移出群或群已解散',
  forbidden: '平台没有允许机器人在群里发消息',
  'no-route': '没有接通这个平台，或平台不允许机器人主动发消息',
  malformed: '平台不接受这条消息的内容',
}
/** A smart bot may speak only where somebody has spoken to it. */
const toWecomRoom: Record<string, string> = { ...toRoom, gone: '机器人不在群里，或群里还没有人@过它' }
const toPerson: Record<string, string> = {
  ...toRoom,
  gone: '账号已停用，或不在机器人的可用范围',
  forbidden: '平台没有允许机器人给本人发消息',
}

/** What an adapter says can be done about it, in the administrator's language and without the codes that stand before it; '' where it says nothing. */
export const adviceIn = (error: string | null): string => {
  const said = (error ?? '').replace(/^(?:gone|forbidden|no-route|malformed)(?:: |：)/, '')
  const advice = said.replace(/^[a-z][ -~]*?(?:：|(?=[^ -~]))/, '')
  return /[\u4e00-\u9fff]/.test(advice) ? advice : ''
}

type Advice = (error: string | null) => string
const noAdvice: Advice = () => ''

const why = ({ state, error, address, attempts, dueAt }: Unsent, now: Date, advice: Advice): string => {
  if (state === 'unsure') return '可能已送达，没有收到平台确认'
  if (state === 'waiting') {
    if (/能发进去/.test(error ?? '')) return '机器人没有连上，或这个群一分钟内说得太多，等待重试'
    if (attempts === 0) return dueAt > now ? '静音中，或不在推送时间，到时再发' : '正在排队'
    const said = advice(error)
    return `平台暂时没有接受${said && `（${said}）`}，等待重试`
  }
  const inRoom = address.platform === 'wecom' ? toWecomRoom : toRoom
  const known = (address.kind === 'person' ? toPerson : inRoom)[reasonClass(error)]
  const [, room = '', instead] = (state === 'dropped' && /^群里发不出（(.*)），(已改发给.*)$/s.exec(error ?? '')) || []
  if (instead) return `群里发不出（${advice(room) || known || '平台暂时没有接受'}），${instead}`
  if (known) return advice(error) || known
  // Past its time for whatever reason: what the platform said last is for the log.
  const late = /^已?过了?时效[^：]*/.exec(error ?? '')?.[0]
  const tries = /^试了(\d+)次/.exec(error ?? '')?.[1]
  return tries ? `试了${tries}次都没有成功` : late || error || '原因不明'
}

/** Why a push has not arrived, in a few words; a text that nobody knows is told as it stands. */
export const whyUnsent = (row: Unsent, now: Date): string => why(row, now, noAdvice)

/** Why a push has not arrived, and what can be done about it as far as its platform says so. */
export const whyAndWhat = (row: Unsent, now: Date): string => why(row, now, adviceIn)

/** A push by its batch: 每周清单, 8月21日; what a person caused, 随办随发. */
export const batchWords = (batch: string, today: Day): string => {
  const [kind, day = ''] = batch.split(':')
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day)
  if (kind === 'week' && isDay) return `周清单（${dayWords(day, today)}起的一周）`
  if (kind === 'month' && /^\d{4}-\d\d$/.test(day)) return `月清单（${Number(day.slice(5))}月）`
  if (kind === 'day' && isDay) return `${dayWords(day, today)}提醒`
  if (kind === 'calendar') return '日期变动'
  if (kind === 'clock') return '小时时限提醒'
  if (kind === 'case') return '办件提醒'
  if (kind === 'sub') return '定时推送'
  return batch === '' ? '办理通知（退回、催办、批示等）' : '其他推送'
}

const kinds: Record<string, string> = { week: '周清单', month: '月清单', day: '每日提醒' }

/** Pushes of one kind by a batch of theirs: 周清单, whichever week's. */
export const kindWords = (batch: string, today: Day): string =>
  kinds[batch.split(':')[0] ?? ''] ?? batchWords(batch, today)

/** The moments at which days of the office begin and end. */
export const spanOf = ({ zone }: Pick<Context, 'zone'>, from: Day, before: Day): { from: Date; to: Date } => ({
  from: atOffice(from, '00:00', zone),
  to: atOffice(before, '00:00', zone),
})
