import { part } from './kit.ts'

export const accountApi = () => part()
export type AccountApi = ReturnType<typeof accountApi>
