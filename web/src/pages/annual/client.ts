import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { hc } from 'hono/client'
import type { AnnualApi } from '../../../../src/http/api/annual.ts'
import type { AnnualBehind, AnnualCell, AnnualEntered, AnnualPage } from '../../../../src/http/shapes/annual.ts'
import { options } from '../../lib/api.ts'
import { rereadAll } from '../../lib/query.ts'

export const annualClient = hc<AnnualApi>('/api', options)

/** Which report: both come from the address. */
export interface Asked {
  year: string | undefined
  form: '2021' | '2014' | undefined
}

export const queryOf = ({ year, form }: Asked) => ({ ...(year && { year }), ...(form && { form }) })

export const useAnnual = (asked: Asked) =>
  useQuery({
    queryKey: ['annual', asked],
    queryFn: async () => (await (await annualClient.annual.$get({ query: queryOf(asked) })).json()) as AnnualPage,
  })

export const useBehind = (year: number, form: '2021' | '2014', cell: string, wanted: boolean) =>
  useQuery({
    queryKey: ['annual', 'behind', year, form, cell],
    enabled: wanted,
    queryFn: async () =>
      (await (
        await annualClient.annual.behind.$get({ query: { year: String(year), form, cell } })
      ).json()) as AnnualBehind,
  })

export const useEnter = () => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (json: AnnualEntered) => annualClient.annual.$post({ json }),
    onSettled: () => rereadAll(queries),
  })
}

export const fromWords: Record<AnnualCell['from'], string> = {
  cases: '从登记来',
  tallies: '从报数来',
  entered: '填写',
  missing: '待填',
}

/** 增加12件（10.0%） */
export const movedWords = ({ by, permille, unit }: AnnualCell): string => {
  if (by === null) return ''
  if (by === 0) return '持平'
  const share = permille === null ? '' : `（${(Math.abs(permille) / 10).toFixed(1)}%）`
  return `${by > 0 ? '增加' : '减少'}${Math.abs(by)}${unit}${share}`
}
