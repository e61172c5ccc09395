import { useQuery } from '@tanstack/react-query'
import { hc } from 'hono/client'
import type { DutyApi } from '../../../../src/http/api/duty.ts'
import type { DutyPage, LinksChecked } from '../../../../src/http/shapes/duty.ts'
import { options } from '../../lib/api.ts'

const client = hc<DutyApi>('/api', options)

export const useDuty = (id: string) =>
  useQuery({
    queryKey: ['duty', id],
    queryFn: async () => (await (await client.duties[':id'].$get({ param: { id } })).json()) as DutyPage,
  })

export const checkLinks = async (id: string): Promise<LinksChecked> =>
  (await (await client.duties[':id'].links.check.$post({ param: { id }, json: {} })).json()) as LinksChecked
