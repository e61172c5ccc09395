import { officeRow } from '../../db/queries/office.ts'
import { markSwept } from '../../db/queries/sweep.ts'
import type { Json } from '../../db/schema.ts'
import { BadInput } from '../model/problem.ts'
import { type Retention, type Settings, settingsOf } from '../model/settings.ts'
import type { Deps } from './deps.ts'
import { happeningWrites, officeMoves, type Stamp } from './ledger.ts'

/** The least and the most that things are kept: platforms send the same message again for hours, the accounts are yearly. */
const bounds: Record<keyof Retention, [name: string, least: number, most: number, unit: string, why: string]> = {
  receipts: ['消息编号', 7, 366, '天', '平台会把同一条消息重发好几个小时，太短会重复登记'],
  cards: ['消息卡片', 7, 400, '天', '发出的消息要能引用、能更正'],
  notices: ['推送记录', 40, 3660, '天', '推送情况按月统计'],
  sessions: ['登录记录', 1, 366, '天', '到期的登录当晚即可清除'],
  evidence: ['佐证', 1, 30, '年', '考核和复核要用到'],
}

const whyNotKept = (retention: Retention): string | undefined => {
  for (const [key, [name, least, most, unit, why]] of Object.entries(bounds)) {
    const value = retention[key as keyof Retention]
    if (value !== null && (value < least || value > most))
      return `${name}（${key}）应保留 ${least} 到 ${most} ${unit}，而不是 ${value} ${unit}：${why}`
  }
  if (retention.cards > retention.notices)
    return `消息卡片（cards）不能比推送记录（notices）留得更久：${retention.cards} 天和 ${retention.notices} 天`
  return undefined
}

/** What cannot be, in words that say what could; undefined where all is well. */
const whyNot = ({ hours, digestAt, ladder, retention }: Settings): string | undefined => {
  if (hours.from >= hours.to) return `推送时段的开始应早于结束，而不是 ${hours.from}-${hours.to}`
  if (digestAt < hours.from || digestAt >= hours.to)
    return `清单时间应在推送时段 ${hours.from}-${hours.to} 之内，而不是 ${digestAt}`
  if (ladder.some((step, i) => step <= (ladder[i - 1] ?? 0))) return '三步的工作日数应一个比一个大，例如 1,3,5'
  return whyNotKept(retention)
}

/**
 * The office's settings with those that it changes, as a fact of the office; the day is planned again by them.
 * @throws BadInput for settings that contradict each other, conflict where another set something meanwhile
 */
export const changeSettings = async (deps: Deps, change: Partial<Settings>, stamp: Stamp): Promise<Settings> => {
  const row = await officeRow(deps.store)
  if (!row) throw new BadInput('还没有这个机关：请先 roster import 或 import 方案')
  const own = { ...row.settings, ...change }
  const after = settingsOf(own)
  const wrong = whyNot(after)
  if (wrong) throw new BadInput(wrong)
  const otherTerms = JSON.stringify(after.retention) !== JSON.stringify(settingsOf(row.settings).retention)
  const body = { settings: own as unknown as Record<string, Json> }
  await deps.store.atomic((write) => [
    ...happeningWrites(deps, write, [{ row, kind: 'set', body }], stamp),
    officeMoves(deps, write),
    // What was cleared by the old terms is looked through again by the new ones.
    ...(otherTerms ? [markSwept(deps.store, write, '')] : []),
  ])
  return after
}
