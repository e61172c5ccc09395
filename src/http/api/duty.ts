import { part } from './kit.ts'

export const dutyApi = () => part()
export type DutyApi = ReturnType<typeof dutyApi>
