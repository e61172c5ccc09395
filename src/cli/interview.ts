import type { Deps } from '../flow/deps.ts'
import { type Answer, answerQuestion, openDraft, type Reissue, reissueOf } from '../flow/import.ts'
import type { Stamp } from '../flow/ledger.ts'
import type { PlanDraft, Question } from '../model/plan.ts'
import { placeOf, questionKey, tasksOf } from '../plan/questions.ts'
import { readDay } from '../plan/sheet-in.ts'
import type { Ask } from './ask.ts'

/** The questions of a plan put to a person one by one, and what they say to each. */

export interface Talk {
  ask: Ask
  tell(line: string): void
}

const WORDS = 60
const brief = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}……` : text)

const SKIP = /^(?:跳过|略过|skip)$/i

/** One question until it has an answer that fits. `undefined`: skipped; null: nobody there any more. */
const hear = async (
  { ask, tell }: Talk,
  question: Question,
  draft: PlanDraft,
  count: string,
  take: (answer: string) => Promise<string | undefined>,
): Promise<string | undefined | null> => {
  const place = placeOf(question, draft)
  tell(`${count} ${place ? `${place}：` : ''}${question.text}`)
  const [task] = tasksOf(question, draft)
  if (task?.text) tell(`  原文：${brief(task.text, WORDS)}`)
  for (;;) {
    const heard = await ask(`  建议：${question.proposal}（回车采纳，或输入答复，或“跳过”）> `)
    if (heard === null) return null
    const answer = heard.trim()
    if (SKIP.test(answer)) return undefined
    const wrong = await take(answer)
    if (wrong === undefined) return answer
    tell(`  ${wrong}`)
  }
}

export interface Heard {
  settled: number
  skipped: number
  /** Nobody was there any more before the last question. */
  gone: boolean
}

/** Asks the questions of a stored draft, each once; every answer is stored before the next question. */
export const interview = async (deps: Deps, plan: string, talk: Talk, stamp: () => Stamp): Promise<Heard> => {
  const heard: Heard = { settled: 0, skipped: 0, gone: false }
  const { questions } = await openDraft(deps, plan)
  for (const [i, question] of questions.entries()) {
    const draft = await openDraft(deps, plan)
    // An answer to another may have settled it too.
    if (!draft.questions.some((one) => questionKey(one) === questionKey(question))) continue
    const answer = await hear(talk, question, draft, `[${i + 1}/${questions.length}]`, (words) =>
      answerQuestion(deps, plan, question, words, stamp()),
    )
    if (answer === null) return { ...heard, gone: true }
    if (answer === undefined) heard.skipped++
    else heard.settled++
  }
  return heard
}

/** Asks what a new version of a released plan leaves open; nothing is stored. Null when nobody was there any more. */
export const interviewReissue = async (
  deps: Deps,
  plan: string,
  next: PlanDraft,
  talk: Talk,
  stamp: Stamp,
): Promise<{ reissue: Reissue; answers: Answer[] } | null> => {
  const answers: Answer[] = []
  let reissue = await reissueOf(deps, plan, next, stamp)
  const { questions } = reissue
  for (const [i, question] of questions.entries()) {
    if (!reissue.questions.some((one) => questionKey(one) === questionKey(question))) continue
    const answer = await hear(talk, question, reissue.draft, `[${i + 1}/${questions.length}]`, async (words) => {
      try {
        reissue = await reissueOf(deps, plan, next, stamp, [...answers, { question, answer: words }])
        return undefined
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
    })
    if (answer === null) return null
    if (answer !== undefined) answers.push({ question, answer })
  }
  return { reissue, answers }
}

/** From which day rounds count; before it they are 待核实. Null when nobody was there any more. */
export const askStart = async ({ ask, tell }: Talk, today: string): Promise<string | null> => {
  for (;;) {
    const heard = await ask(`从哪一天起计算期次？此前到期的列为待核实。建议：${today}（回车采纳）> `)
    if (heard === null) return null
    const day = heard.trim() === '' ? today : readDay(heard)
    if (day) return day
    tell('  请写日期，如 2017-08-25')
  }
}

/** 是 or not; silence is no. */
export const askYes = async ({ ask }: Talk, what: string): Promise<boolean> =>
  /^(?:是|对|好|确认|y|yes)$/i.test((await ask(`${what}（输入“是”确认，回车不做）> `))?.trim() ?? '')
