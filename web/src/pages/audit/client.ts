import { hc } from 'hono/client'
import type { AuditApi } from '../../../../src/http/api/audit.ts'
import { options } from '../../lib/api.ts'

export const auditClient = hc<AuditApi>('/api', options)
