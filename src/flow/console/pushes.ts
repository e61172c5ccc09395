import { accountsOf } from '../../../commands/deliveries.ts'
import { batchWords, endWords, spanOf, whyAndWhat } from '../../../commands/delivery-words.ts'
import { heardBy } from '../../../commands/noise.ts'
import { placesNamed } from '../../../commands/places.ts'
import { ailingWords, roomsAiling } from '../../../commands/rooms-ailing.ts'
import { pushesLooked, type Told } from '../../../db/queries/deliveries.ts'
import type { OutboxState } from '../../../db/queries/outbox.ts'
import type { Day } from '../../model/deadline.ts'
import { addressFrom, addressKey, anyRouteKey } from '../../model/message.ts'
import { BadInput, reasonClass } from '../../model/problem.ts'
import { addDays, dayOf, daysBetween, endOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { machineContext } from '../machine.ts'

/** The days that are shown where none are asked for, and the most at once. */
const DAYS = 14
const MOST = 366

const contextOf = async (deps: Deps) => machineContext(deps, await deps.cache(deps.store))

/** The days that are meant. @throws BadInput where they end before they begin, or are too many */
const daysOf = (deps: Deps, { from, to }: { from?: Day | undefined; to?: Day | undefined }) => {
  const last = to ?? dayOf(deps.now(), deps.zone)
  const first = from ?? addDays(last, 1 - DAYS)
  if (first > last) throw new BadInput('起始日应不晚于截止日')
  if (daysBetween(first, last) > MOST) throw new BadInput('一次最多看一年，请缩短时间')
  return { from: first, to: last }
}

/** What people caused has no batch of its own (''), which no address bar can hold. */
const CAUSED = 'caused'

/** The accounts of some days' pushes, whole and push by push. */
export const pushAccounts = async (deps: Deps, asked: { from?: Day | undefined; to?: Day | undefined }) => {
  const c = await contextOf(deps)
  const days = daysOf(deps, asked)
  const { whole, batches } = await accountsOf(c, spanOf(c, days.from, addDays(days.to, 1)))
  return {
    ...{ asOf: c.now.toISOString(), ...days, whole },
    batches: [...batches]
      .map(([batch, account]) => ({ batch: batch || CAUSED, words: batchWords(batch, c.today), account }))
      .sort((a, b) => {
        const day = (batch: string) => batch.slice(batch.indexOf(':') + 1)
        return day(b.batch) < day(a.batch) ? -1 : 1
      }),
    ailing: (await ailingWords(c, await roomsAiling(c))).map(({ text }) => text),
  }
}

/** What the office can do about a push that has not arrived. */
const remedyOf = ({ state, error, address }: Told): string => {
  if (state === 'sent') return ''
  if (state === 'waiting') return '不用管，到时自动再发'
  if (state === 'unsure') return '请在群里看一眼；确实没有收到的，请口头告知，下一次清单会再列'
  if (/^群里发不出/.test(error ?? '')) return '已改发给个人；请把机器人重新拉进群'
  const what = reasonClass(error)
  if (what === 'gone')
    return address.kind === 'person'
      ? '请本人在可用范围内重新绑定：在“人员”里发一个绑定码'
      : '请把机器人重新拉进群；群已解散的，在“群”里解除绑定，再绑定新群'
  if (what === 'forbidden') return '请平台管理员在后台给机器人开通发消息的权限'
  if (what === 'no-route') return '请接通这个平台；或先请群里的人 @机器人 说一句话'
  if (what === 'malformed') return '请把这条消息的编号告诉系统管理员'
  if (state === 'dropped') return '不用管，事情已经办了或已改变'
  return '请看机器人是否在线；恢复后下一次清单会再列'
}

interface Asked {
  from?: Day | undefined
  to?: Day | undefined
  batch?: string | undefined
  state: readonly string[]
  unit?: string | undefined
  room?: string | undefined
  offset: number
  limit: number
}

const isState = (text: string): text is OutboxState => Object.hasOwn(endWords, text)

/** Pushes one by one, each with what became of it, why, and what to do. @throws BadInput for a state that is none */
export const pushMessages = async (deps: Deps, { batch, state, unit, room, offset, limit, ...asked }: Asked) => {
  const c = await contextOf(deps)
  const days = daysOf(deps, asked)
  const states = state.filter(isState)
  if (states.length < state.length) throw new BadInput(`状态只有 ${Object.keys(endWords).join('、')}`)
  const address = room === undefined ? undefined : addressFrom(room, 'room')
  const which = {
    ...spanOf(c, days.from, addDays(days.to, 1)),
    ...{ batch: batch === CAUSED ? '' : batch, states, unit },
    rooms: room === undefined ? undefined : [room, ...(address ? [addressKey(address), anyRouteKey(address)] : [])],
  }
  const { total, rows } = await pushesLooked(deps.store, which, { offset, limit })
  const nameOf = await placesNamed(c)
  const names = new Map(c.office.units.map(({ id, name }) => [id, name]))
  return {
    ...{ asOf: c.now.toISOString(), total },
    rows: rows.map((row) => ({
      ...{ id: row.id, batch: batchWords(row.batch, c.today), room: row.room, place: nameOf(row) },
      ...{ units: row.units.map((id) => names.get(id) ?? id), state: row.state, words: endWords[row.state] },
      why: row.state === 'sent' ? '' : whyAndWhat(row, c.now),
      remedy: remedyOf(row),
      at: (row.settledAt ?? row.dueAt).toISOString(),
      attempts: row.attempts,
    })),
  }
}

/** How many messages each unit got in a month, most unasked first; units that got none are left in with zeros. */
export const noiseOf = async (deps: Deps, month: string | undefined) => {
  const c = await contextOf(deps)
  const of = month ?? c.today.slice(0, 7)
  const from = `${of}-01`
  const heard = await heardBy(c, { from, to: endOf(from, 'month') })
  const none = { unasked: 0, caused: 0, answers: 0, asks: 0 }
  return {
    ...{ asOf: c.now.toISOString(), month: of },
    rows: c.office.units
      .filter(({ id, kind, succession }) => kind === 'unit' && (!succession || heard.has(id)))
      .map(({ id, name }) => ({ unit: { id, name }, ...(heard.get(id) ?? none) }))
      .sort((a, b) => b.unasked - a.unasked || b.caused - a.caused || b.answers - a.answers),
  }
}
