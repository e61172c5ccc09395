import type { Intent } from '../src/model/intent.ts'
import type { Outcome } from './command.ts'
import { problem } from './problem.ts'

/** 理由：…, 原因是：… at the head of a reason. */
const MARKED = /(?:理由|原因)(?:是|为)?[:：]\s*/

/** What is said as 理由：, else what stands behind the first stop; empty for neither. */
export const statedReason = (text: string): string => {
  const marked = MARKED.exec(text)
  if (marked) return text.slice(marked.index + marked[0].length).trim()
  const stop = text.search(/[，,。；：:]/)
  return stop < 0 ? '' : text.slice(stop + 1).trim()
}

/** The same, or what stands behind the word that holds the number: 退回 1-2 链接打不开. */
export const reasonOf = (text: string): string => {
  const stated = statedReason(text)
  if (stated !== '' || /[，,。；：:]/.test(text)) return stated
  const words = text.trim().split(/\s+/)
  const number = words.findIndex((word) => /\d/.test(word))
  return number < 0 ? '' : words.slice(number + 1).join(' ')
}

/** The reason is asked for, and a few words answer. */
export const askReason = (intent: Intent, what: string, example: string): Outcome => ({
  reply: problem(`请写明${what}`, `${what}要记入台账，回复${what}即可。`, example),
  ask: { intent, want: 'reason', options: [] },
})
