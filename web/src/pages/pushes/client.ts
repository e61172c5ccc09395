import { hc } from 'hono/client'
import type { PushesApi } from '../../../../src/http/api/pushes.ts'
import { options } from '../../lib/api.ts'

export const client = hc<PushesApi>('/api', options)
