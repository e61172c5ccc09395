export { rosterDifference } from './roster-difference.ts'
export { levelOf, type RosterDraft, rosterOf } from './roster-draft.ts'
export { readRosterJson } from './roster-json.ts'
export { readRosterRows } from './roster-rows.ts'
