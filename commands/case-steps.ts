import type { Block } from '../src/model/card.ts'
import { type Clock, type DayRun, dayIn, type Span, type Step } from '../src/model/clock.ts'
import { momentWords } from './case-words.ts'
import type { Context } from './command.ts'
import { dayWords } from './present.ts'

const types: Record<Span['type'], string> = { workday: '个工作日', day: '日', hour: '小时', month: '个月' }

const does: Record<Step['does'], string> = {
  ...{ start: '', pause: '，停止计算', resume: '，继续计算', restart: '，重新计算', extend: '，延长' },
  ...{ move: '，改期', end: '，结束', lapse: '，终止' },
}

/** 4月4日至6日清明节; weekends go without saying. */
const runWords = (c: Context, runs: readonly DayRun[] = []): string =>
  runs
    .filter(({ why }) => why !== '周末')
    .map(({ from, to, why }) => `${dayWords(from, c.today)}${to === from ? '' : `至${dayWords(to, c.today)}`}${why}`)
    .join('、')

const counted = (c: Context, step: Step): string => {
  const { span, counts, due, skipped, worked, does: what } = step
  if (what === 'pause') return span ? `，还剩${span.n}${types[span.type]}` : ''
  if (due === undefined || what === 'end' || what === 'lapse') return ''
  const off = runWords(c, skipped)
  const on = runWords(c, worked)
  return [
    span ? `：${span.n}${types[span.type]}` : '',
    counts === undefined || dayIn(counts) > due ? '' : `，自${momentWords(c, counts)}起`,
    `，到${momentWords(c, due)}`,
    off === '' ? '' : `（不计${off}）`,
    on === '' ? '' : `（${on}）`,
  ].join('')
}

/** 3月2日 收到申请：20个工作日，自3月3日起，到3月30日（第三十三条第二款）: as whoever checks it can count after. */
const stepWords = (c: Context, step: Step): string => {
  const { law, article, confirmed } = step.basis
  const basis = `${law}${article}${confirmed === false ? '，条文待核对' : ''}`
  return `${momentWords(c, step.at)} ${step.event}${does[step.does]}${counted(c, step)}（${basis}）`
}

/** How each clock of a case came about, step by step. */
export const stepBlocks = (c: Context, clocks: readonly Clock[]): Block[] =>
  clocks.map((clock) => ({
    ...{ kind: 'list', title: `${clock.title}的期限` },
    lines: clock.steps.map((step) => ({ text: stepWords(c, step) })),
  }))
