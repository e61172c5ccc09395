import { part } from './kit.ts'

export const plansApi = () => part()
export type PlansApi = ReturnType<typeof plansApi>
