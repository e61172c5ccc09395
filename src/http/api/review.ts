import { part } from './kit.ts'

export const reviewApi = () => part()
export type ReviewApi = ReturnType<typeof reviewApi>
