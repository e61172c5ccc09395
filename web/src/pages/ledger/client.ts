import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { hc } from 'hono/client'
import type { LedgerApi } from '../../../../src/http/api/ledger.ts'
import { LedgerChoices, LedgerPage, PAGE } from '../../../../src/http/shapes/ledger.ts'
import type { LedgerRow } from '../../../../src/model/ledger.ts'
import { options } from '../../lib/api.ts'

const client = hc<LedgerApi>('/api', options)

/** The look as it stands in the address, without the page. */
export const lookOf = (params: URLSearchParams): Record<string, string> => {
  const look: Record<string, string> = {}
  for (const [key, value] of params) if (key !== 'page' && value) look[key] = value
  return look
}

const readPage = async (look: Record<string, string>, offset: number, limit: number): Promise<LedgerPage> => {
  const query = { ...look, offset: String(offset), limit: String(limit) }
  return LedgerPage.parse(await (await client.ledger.$get({ query })).json())
}

/** One page of the look (from 0). The page before stays while the next is read, for its total. */
export const usePage = (look: Record<string, string>, page: number, active = true) =>
  useQuery({
    queryKey: ['ledger', look, page],
    queryFn: () => readPage(look, page * PAGE, PAGE),
    enabled: active,
    ...(page === 0 && { placeholderData: keepPreviousData }),
  })

export const useChoices = () =>
  useQuery({
    queryKey: ['ledger', 'choices'],
    queryFn: async () => LedgerChoices.parse(await (await client.ledger.choices.$get()).json()),
    staleTime: 60_000,
  })

/** Rows read at once for printing. */
const MANY = 500

/** The first `most` rows of the look. */
export const readRows = async (look: Record<string, string>, most: number): Promise<LedgerRow[]> => {
  const rows: LedgerRow[] = []
  for (let total = most; rows.length < Math.min(total, most); ) {
    const page = await readPage(look, rows.length, MANY)
    if (page.rows.length === 0) break
    rows.push(...page.rows)
    total = page.total
  }
  return rows.slice(0, most)
}

/** The workbook of what is seen. */
export const readWorkbook = (look: Record<string, string>, columns: readonly string[]): Promise<Response> =>
  client.ledger.export.$get({ query: { ...look, columns: columns.join() } })
