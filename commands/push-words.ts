import type { Card } from '../src/model/card.ts'
import type { Content, Rhythm, Subscription } from '../src/model/subscription.ts'
import { dayOf, timeOf, weekday } from '../src/time/day.ts'
import { nextFiring } from '../src/time/remind.ts'
import type { Context } from './command.ts'
import { dayWords } from './present.ts'

const WEEKDAYS = '一二三四五六日'

/** 09:00 → 9:00. */
export const clockWords = (at: string): string => at.replace(/^0(?=\d)/, '')

/** 每周一9:00, 每月最后一天16:00, 每个工作日9:00. */
export const rhythmWords = ({ every, on, at }: Rhythm): string => {
  const time = clockWords(at)
  if (every === 'week') return `每周${WEEKDAYS[(on ?? 1) - 1]}${time}`
  if (every === 'month') return on === 31 ? `每月最后一天${time}` : `每月${on ?? 1}日${time}`
  return `每个工作日${time}`
}

const periods = { day: ['今天', '明天'], workday: ['今天', '明天'], week: ['本周', '下周'], month: ['本月', '下月'] }

/** What it says: 本周到期清单, 逾期清单. */
export const contentWords = ({ content, every }: { content: Content; every: Rhythm['every'] }): string => {
  const [own, next] = periods[every]
  return {
    due: `${own}到期清单`,
    next: `${next}到期清单`,
    overdue: '逾期清单',
    figures: '完成情况',
    review: '待审核清单',
  }[content]
}

/** 10月9日（周一）9:00. */
export const momentWords = (c: Pick<Context, 'zone' | 'today'>, moment: Date): string => {
  const day = dayOf(moment, c.zone)
  return `${dayWords(day, c.today)}（周${WEEKDAYS[weekday(day) - 1]}）${clockWords(timeOf(moment, c.zone))}`
}

/** When it comes next, never before the day on which it begins. */
export const nextOf = (
  { startsOn, ...rhythm }: Rhythm & Pick<Subscription, 'startsOn'>,
  { now, calendar, zone }: Pick<Context, 'now' | 'calendar' | 'zone'>,
): Date => {
  let next = nextFiring(rhythm, now, calendar, zone)
  while (dayOf(next, zone) < startsOn) next = nextFiring(rhythm, next, calendar, zone)
  return next
}

/** One line of what a push would say now. */
export const nowWords = (card: Card | undefined): string => {
  if (!card) return '现在没有要推送的内容；到时仍没有，就不发。'
  const lines = card.blocks.reduce((n, block) => n + (block.kind === 'list' ? block.lines.length : 0), 0)
  return `现在推送的话：${card.title}${/项/.test(card.title) || lines === 0 ? '' : `，${lines}条`}。`
}
