import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api.ts'

/** A refusal stays one however often it is asked; only what was lost on the way is asked again. */
const again = (count: number, error: unknown): boolean =>
  count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500)

/** Reads again what was read of the ledger and the register, after something was changed there; not who is signed in. */
export const rereadAll = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })

/** What everything read from the server is kept in. A page that comes to the front is read again. */
export const createQueries = (): QueryClient =>
  new QueryClient({ defaultOptions: { queries: { retry: again, staleTime: 15_000 }, mutations: { retry: false } } })
