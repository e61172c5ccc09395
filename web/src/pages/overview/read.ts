import { useQuery } from '@tanstack/react-query'
import { hc } from 'hono/client'
import { useSearchParams } from 'react-router'
import type { OverviewApi } from '../../../../src/http/api/overview.ts'
import type { DueCalendar, Movement, Overview, Provisional, Themes } from '../../../../src/http/shapes/overview.ts'
import { options } from '../../lib/api.ts'
import type { LedgerFilter } from '../../lib/ledger-link.ts'

const client = hc<OverviewApi>('/api', options)

/** What the page is narrowed to; it stands in the address, as the API takes it. */
export interface Chosen {
  plan?: string
  year?: string
  unit?: string
  mine?: '1'
}

export const useChosen = (): [Chosen, (changed: Chosen) => void] => {
  const [params, setParams] = useSearchParams()
  const of = (name: string) => params.get(name) || undefined
  const [plan, year, unit] = [of('plan'), of('year'), of('unit')]
  const chosen: Chosen = {
    ...(plan && { plan }),
    ...(year && { year }),
    ...(unit && { unit }),
    ...(params.get('mine') === '1' && { mine: '1' }),
  }
  return [chosen, (next) => setParams({ ...next })]
}

export const useOverview = (chosen: Chosen) =>
  useQuery({
    queryKey: ['overview', 'figures', chosen],
    queryFn: async () => (await (await client.overview.$get({ query: chosen })).json()) as Overview,
    placeholderData: (before) => before,
  })

export const useThemes = (chosen: Chosen) =>
  useQuery({
    queryKey: ['overview', 'themes', chosen],
    queryFn: async () => (await (await client.overview.themes.$get({ query: chosen })).json()) as Themes,
  })

export const useDueCalendar = (chosen: Chosen, of: number) =>
  useQuery({
    queryKey: ['overview', 'calendar', chosen, of],
    queryFn: async () =>
      (await (await client.overview.calendar.$get({ query: { ...chosen, of: String(of) } })).json()) as DueCalendar,
    placeholderData: (before) => before,
  })

export const useMovement = (chosen: Chosen) =>
  useQuery({
    queryKey: ['overview', 'moved', chosen],
    queryFn: async () => (await (await client.overview.moved.$get({ query: chosen })).json()) as Movement,
  })

export const useProvisional = (chosen: Chosen) =>
  useQuery({
    queryKey: ['overview', 'provisional', chosen],
    queryFn: async () => (await (await client.overview.provisional.$get({ query: chosen })).json()) as Provisional,
  })

/** The same narrowing as the ledger's page has it: by the units that the server says are meant. */
export const asLedger = ({ plan, year }: Chosen, units: Overview['units']): LedgerFilter => ({
  plan,
  ...(units && { unit: units.map(({ id }) => id) }),
  ...(year && { year: Number(year) }),
})

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)}%`
