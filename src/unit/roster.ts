export { type RosterChange, rosterDifference } from './roster-difference.ts'
export { type RosterDraft, rosterOf, type UnitDraft } from './roster-draft.ts'
export { readRosterJson } from './roster-json.ts'
export { readRosterRows } from './roster-rows.ts'
