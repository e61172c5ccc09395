import type { EvidenceRow } from '../db/queries/evidence.ts'
import type { Day } from '../src/model/deadline.ts'
import type { Hint } from '../src/model/evidence.ts'
import { dayWords } from './present.ts'

/** The card has lines, not pages. */
const MOST_DAYS = 3

const daysWords = ({ days, inRound }: Hint, today: Day): string => {
  if (days.length === 0) return inRound === null ? '' : '没有写日期'
  const shown = days.slice(0, MOST_DAYS).map((day) => dayWords(day, today))
  const said = `写有${shown.join('、')}${days.length > MOST_DAYS ? '等' : ''}`
  return inRound === null ? said : `${said}（${inRound ? '' : '不'}在期内）`
}

const wordsWords = ({ words, ofWords }: Hint): string =>
  ofWords === 0
    ? ''
    : words.length === 0
      ? '没有提到任务用词'
      : `提到${words.map((word) => `“${word}”`).join('')}（任务用词${ofWords}个中的${words.length}个）`

const openWords = (hint: Hint, today: Day): string =>
  [
    `${hint.what.split('，')[0] || '链接'}可打开`,
    hint.title && `《${hint.title}》`,
    daysWords(hint, today),
    wordsWords(hint),
    hint.why,
  ]
    .filter(Boolean)
    .join('，')

/** What is known of a piece of evidence, for whoever checks the report: a hint, never a verdict. */
export const hintWords = ({ kind, state, hint }: Pick<EvidenceRow, 'kind' | 'state' | 'hint'>, today: Day): string => {
  if (state === 'erased') return '已删除'
  if (state === 'waiting' || !hint) return kind === 'link' ? '还没有查看' : '正在保存'
  switch (hint.outcome) {
    case 'kept':
      return `已保存${hint.what && `，${hint.what}`}`
    case 'lost':
      return `${kind === 'link' ? '没有查看' : '没有保存'}${hint.why && `（${hint.why}）`}`
    case 'open':
      return openWords(hint, today)
    case 'skipped':
      return `没有查看（${hint.why}）`
    case 'refused':
      return `没有看到（${hint.status ?? ''} ${hint.why}）`
    case 'broken':
      return `打不开（${[hint.status, hint.why].filter(Boolean).join(' ')}）`
  }
}
