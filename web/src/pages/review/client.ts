import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { rereadAll } from '../../lib/query.ts'
import { hc } from 'hono/client'
import type { ReviewApi } from '../../../../src/http/api/review.ts'
import type { ReviewedMany, ReviewQueue, ReviewRow } from '../../../../src/http/shapes/review.ts'
import { options } from '../../lib/api.ts'
import { newId } from '../../lib/id.ts'

const client = hc<ReviewApi>('/api', options)

export interface Asked {
  unit: string
  plan: string
  kind: ReviewRow['kind'] | undefined
  offset: number
}

export const PAGE = 50

export const useQueue = (asked: Asked) =>
  useQuery({
    queryKey: ['review', asked],
    queryFn: async () => {
      const { unit, plan, kind, offset } = asked
      const query = { unit, plan, ...(kind && { kind }), offset: String(offset), limit: String(PAGE) }
      return (await (await client.review.$get({ query })).json()) as ReviewQueue
    },
    placeholderData: (before) => before,
  })

/** So many at a time, so that it is seen how far it is. */
const AT_ONCE = 20

export type Result = ReviewedMany['results'][number]

export interface Many {
  act: 'approve' | 'return' | 'grant' | 'refuse'
  rows: readonly Pick<ReviewRow, 'id' | 'version'>[]
  text: string
  until?: string | undefined
}

/** Answers many in turn; `onResults` hears of each handful, so that what is done is told even if the rest is lost. */
export const useMany = (onResults: (results: Result[]) => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ act, rows, text, until }: Many) => {
      const id = newId()
      for (let i = 0; i < rows.length; i += AT_ONCE) {
        const items = rows.slice(i, i + AT_ONCE).map((row) => ({ duty: row.id, version: row.version }))
        const json = { id: `${id}-${i}`, act, items, text, ...(until && { until }) }
        const { results } = (await (await client.review.$post({ json })).json()) as ReviewedMany
        onResults(results)
      }
    },
    onSettled: () => rereadAll(queries),
  })
}
