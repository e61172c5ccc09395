import { hc } from 'hono/client'
import type { YearendApi } from '../../../../src/http/api/yearend.ts'
import { options } from '../../lib/api.ts'

export const yearendClient = hc<YearendApi>('/api', options)
