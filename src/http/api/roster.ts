import { part } from './kit.ts'

export const rosterApi = () => part()
export type RosterApi = ReturnType<typeof rosterApi>
