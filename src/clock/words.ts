import type { Basis, DayRun, Span, Step } from '../model/clock.ts'
import { daysBetween } from '../time/day.ts'

const units: Record<Span['type'], string> = { workday: '个工作日', day: '日', hour: '小时', month: '个月' }

/** 20个工作日 */
export const spanTold = (span: Span | undefined): string => (span ? `${span.n}${units[span.type]}` : '')

/** What a step does to its clock. */
export const doesWords: Record<Step['does'], string> = {
  start: '开始计算',
  pause: '停止计算',
  resume: '继续计算',
  restart: '重新计算',
  extend: '延长',
  move: '改期',
  end: '办结',
  lapse: '终止',
}

/** 政府信息公开条例（2019年修订）第三十三条第二款; one whose text could not be read says so. */
export const basisTold = ({ law, article, confirmed }: Basis): string =>
  `${law}${article.startsWith('第') ? '' : '：'}${article}${confirmed === false ? '（条文待核对）' : ''}`

/** 国庆节2019-10-01至2019-10-07（7天） */
const runTold = ({ from, to, why }: DayRun): string =>
  from === to ? `${why}${from}` : `${why}${from}至${to}（${daysBetween(from, to) + 1}天）`

/** A step's work, such that whoever checks it can count after. */
export const workTold = (step: Step): string[] => {
  const { from, counts, movedFrom, skipped = [], worked = [], paused, span, counting = [] } = step
  return [
    ...(from ? [`期限自${from}起计算`] : []),
    ...(counts ? [`从${counts.replace('T', ' ')}起算`] : []),
    ...(skipped.length > 0 ? [`不计：${skipped.map(runTold).join('，')}`] : []),
    ...(worked.length > 0 ? [`周末计入：${worked.map(runTold).join('，')}`] : []),
    ...(movedFrom ? [`期间的最后一日${movedFrom}是休息日，顺延到其后第一个工作日`] : []),
    ...(paused === undefined ? [] : [`其间停止计算${spanTold({ n: paused, type: span?.type ?? 'day' })}`]),
    ...(counting.length > 0 ? [`计算方法：${counting.map(basisTold).join('、')}`] : []),
  ]
}
