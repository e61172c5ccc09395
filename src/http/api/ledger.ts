import { part } from './kit.ts'

export const ledgerApi = () => part()
export type LedgerApi = ReturnType<typeof ledgerApi>
