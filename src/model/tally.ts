import { z } from 'zod'

/** Where something was published; `points` are places to read in (查阅点), of which a unit has so many, `total` is in all. */
export const Channel = z.enum(['website', 'wechat', 'weibo', 'conference', 'points', 'other', 'total'])
export type Channel = z.infer<typeof Channel>

export const channels: readonly Channel[] = Channel.options

export const channelWords: Record<Channel, string> = {
  website: '政府网站',
  wechat: '政务微信',
  weibo: '政务微博',
  conference: '新闻发布会',
  points: '查阅点',
  other: '其他方式',
  total: '总数',
}

/** What is counted there. */
export const measures: Record<Channel, string> = {
  ...{ website: '条', wechat: '条', weibo: '条', conference: '场', points: '个', other: '条', total: '条' },
}

/** The channels whose 条 add up to the total; a press conference is counted in 场 and a place is none. */
export const flows = ['website', 'wechat', 'weibo', 'other'] as const satisfies readonly Channel[]

/** As much as anybody can have published; the column holds more. */
export const MOST_COUNTED = 999_999_999

/** What one figure is of: unit (id; empty: the whole area), period (`YYYY-MM`, or `YYYY` for a year), channel, theme (empty: in all). */
export interface Place {
  unit: string
  period: string
  channel: Channel
  theme: string
}

export interface Figure extends Place {
  count: number
}

/** Figures of a year by channel; null where nobody told one. The total is what was told, or what the flows add up to. */
export type ByChannel = Record<Channel, number | null>

/** What is known of a year. `questions`: what does not add up, as lines for people. */
export interface YearFigures {
  year: number
  /** Of the whole area: what the office entered for it, or what the units add up to. */
  byChannel: ByChannel
  /** `theme`: code of a plan's task or a name; `title`: what to call it. The most first. */
  byTheme: { theme: string; title: string; count: number }[]
  byUnit: { unit: string; name: string; byChannel: ByChannel }[]
  /** Months for which a unit told nothing, between its first and its last. */
  gaps: { unit: string; name: string; months: string[] }[]
  questions: string[]
}
