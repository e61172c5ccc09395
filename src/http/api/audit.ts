import { part } from './kit.ts'

export const auditApi = () => part()
export type AuditApi = ReturnType<typeof auditApi>
