/** The life of a plan, for the command line: draft, questions, release, close. */
export { answerQuestion, openDraft } from './plan/answer.ts'
export { closePlan } from './plan/close.ts'
export { type ImportResult, importPlan } from './plan/draft.ts'
export { type ReleaseResult, releasePlan } from './plan/release.ts'
