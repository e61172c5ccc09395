import { part } from './kit.ts'

export const overviewApi = () => part()
export type OverviewApi = ReturnType<typeof overviewApi>
