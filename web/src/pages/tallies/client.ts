import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { hc } from 'hono/client'
import type { TalliesApi } from '../../../../src/http/api/tallies.ts'
import { TallyEntered, type TallyEntry, TallyUnit, TallyYear } from '../../../../src/http/shapes/tallies.ts'
import { type ApiError, options } from '../../lib/api.ts'
import { rereadAll } from '../../lib/query.ts'

const client = hc<TalliesApi>('/api', options)

/** What is looked at, as it stands in the address. */
export interface Look {
  year?: string
  theme?: string
}

export const lookOf = (params: URLSearchParams): Look => {
  const [year, theme] = [params.get('year'), params.get('theme')]
  return { ...(year && { year }), ...(theme && { theme }) }
}

/** The address of a unit's figures; the whole area has no id. */
export const unitPath = (unit: string, { year, theme }: Look): string => {
  const query = new URLSearchParams({ ...(year && { year }), ...(theme && { theme }) }).toString()
  return `/tallies/${unit === '' ? 'area' : encodeURIComponent(unit)}${query && `?${query}`}`
}

export const useYear = (look: Look) =>
  useQuery({
    queryKey: ['tallies', 'year', look],
    queryFn: async () => TallyYear.parse(await (await client.tallies.$get({ query: { ...look } })).json()),
    placeholderData: keepPreviousData,
  })

export const useUnit = (unit: string, look: Look) =>
  useQuery({
    queryKey: ['tallies', 'unit', unit, look],
    queryFn: async () =>
      TallyUnit.parse(await (await client.tallies.units[':unit'].$get({ param: { unit }, query: { ...look } })).json()),
  })

export const useEntry = (unit: string) => {
  const queries = useQueryClient()
  return useMutation<TallyEntered, ApiError, TallyEntry>({
    mutationFn: async (json) =>
      TallyEntered.parse(await (await client.tallies.units[':unit'].$put({ param: { unit }, json })).json()),
    onSettled: () => rereadAll(queries),
  })
}

/** The year as a workbook. */
export const readWorkbook = (year: number): Promise<Response> =>
  client.tallies.export.$get({ query: { year: String(year) } })

/** The months of a year, `2017-07`, and last the year itself. */
export const periodsOf = (year: number): string[] => [
  ...Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`),
  `${year}`,
]

export const periodName = (period: string): string => (period.length === 4 ? '全年数' : `${Number(period.slice(5))}月`)

/** Is the period over, so that it can be told? */
export const isOver = (period: string, lastMonth: string): boolean =>
  period.length === 4 ? `${period}-12` <= lastMonth : period <= lastMonth
