/** The life of a plan, for the command line: draft, questions, release, new versions, close. */
export { answerQuestion, openDraft } from './plan/answer.ts'
export { applyReissue } from './plan/apply.ts'
export { type Closed, type Closing, closePlan, targetOf } from './plan/close.ts'
export { addTask, correctHead, correctTask, dropTask, type HeadEdit, momentOf, STALE } from './plan/correct.ts'
export {
  brief,
  effectWords,
  fieldMoves,
  limitsOf,
  signOf,
  unitWords,
} from './plan/difference-words.ts'
export { type ImportResult, importPlan } from './plan/draft.ts'
export {
  type Ending,
  endingOf,
  type Fate,
  groupWords,
  needsReason,
  type OpenDuty,
  openGroups,
} from './plan/ending.ts'
export { type Following, followingOf, followPlan } from './plan/follow.ts'
export { type Answer, headWord, isDifferent, type Reissue, reissueOf, type TaskChange } from './plan/reissue.ts'
export { releasePlan } from './plan/release.ts'
export { settleWritten } from './plan/written.ts'
