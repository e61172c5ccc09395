import { addDays, dayFrom, endOf, startOfWeek } from '../time/day.ts'
import { NUMBER } from './numbers.ts'
import { lengthIn, one, type Rule, weekdayIn, yearOf } from './spans.ts'

/** Days and stretches that are counted from today: 明天, 下周三, 两周内, 国庆前. */
export const COUNTED_TIMES: readonly Rule[] = [
  [/月/, /(?:月底|月末)/g, (_, asOf) => ({ from: endOf(asOf, 'month'), to: endOf(asOf, 'month'), day: true })],
  [
    /[月年季周]度?内/,
    /(?<![\d一二两三四五六七八九十个半本这当])(月|年|季|周)度?内/g,
    ([, word], asOf) => ({
      from: asOf,
      to: endOf(
        asOf,
        ({ 月: 'month', 年: 'year', 季: 'quarter', 周: 'week' } as const)[word as '月' | '年' | '季' | '周'],
      ),
      before: true,
    }),
  ],
  [/今明/, /今明[两二]?[天日]/g, (_, asOf) => ({ from: asOf, to: addDays(asOf, 1) })],
  [/明后/, /明后[两二]?[天日]/g, (_, asOf) => ({ from: addDays(asOf, 1), to: addDays(asOf, 2) })],
  [
    /[天日今明昨当]/,
    /(大?后天|大?前天|今天|今日|今儿|今晚|当天|当日|明天|明日|明早|昨天|昨日|昨晚)/g,
    ([word], asOf) => {
      const far = word.startsWith('大') ? 1 : 0
      const shift = /后/.test(word)
        ? 2 + far
        : /前/.test(word)
          ? -2 - far
          : /明/.test(word)
            ? 1
            : /昨/.test(word)
              ? -1
              : 0
      return one(addDays(asOf, shift))
    },
  ],
  [
    /周|星期|礼拜/,
    /(下下|下个?|上上|上个?|本|这个?)?(?:周|星期|礼拜)([一二三四五六日天末])(?![次个项年])/g,
    ([, word, day], asOf) => {
      const shift = { 下下: 2, 下: 1, 上: -1, 上上: -2 }[(word ?? '').replace('个', '')] ?? 0
      const found = addDays(startOfWeek(asOf), shift * 7 + weekdayIn(day ?? '') - 1)
      return one(word === undefined && found < asOf ? addDays(found, 7) : found)
    },
  ],
  [
    /周|星期|礼拜/,
    /(下下个?|下个?|上上个?|上个?|本|这个?|当)(?:周|星期|礼拜)(?:内)?/g,
    ([, word], asOf) => {
      const shift = { 下下: 2, 下: 1, 上: -1, 上上: -2 }[(word ?? '').replace('个', '')] ?? 0
      const from = addDays(startOfWeek(asOf), shift * 7)
      return { from, to: addDays(from, 6) }
    },
  ],
  [
    /[天日周期拜月]/,
    new RegExp(
      `(过去|前|近期|最近|近|未来|今后|接下来|往后|后面|后)(的)?(${NUMBER}|半)个?(天|日|周|星期|礼拜|月)(?:内|之内|以内)?`,
      'g',
    ),
    ([, word, , n, unit], asOf) => {
      const days = lengthIn(n ?? '', unit ?? '')
      if (!Number.isFinite(days)) return undefined
      return /过去|^前/.test(word ?? '')
        ? { from: addDays(asOf, -days), to: asOf }
        : { from: asOf, to: addDays(asOf, days) }
    },
  ],
  [
    /内/,
    new RegExp(`(${NUMBER}|半)个?(天|日|周|星期|礼拜|月)(?:内|之内|以内)`, 'g'),
    ([, n, unit], asOf) => {
      const days = lengthIn(n ?? '', unit ?? '')
      return Number.isFinite(days) ? { from: asOf, to: addDays(asOf, days) } : undefined
    },
  ],
  [
    /前/,
    /(国庆|元旦|五一|劳动节|七一|八一)节?(?=前|之前|以前)/g,
    ([, word], asOf) => {
      const [m, d] = { 国庆: [9, 30], 元旦: [12, 31], 七一: [6, 30], 八一: [7, 31] }[word ?? ''] ?? [4, 30]
      const day = dayFrom(yearOf(asOf), m ?? 1, d ?? 1)
      return one(day && day < asOf ? dayFrom(yearOf(asOf) + 1, m ?? 1, d ?? 1) : day)
    },
  ],
]
