type State =
  | 'open'
  | 'overdue'
  | 'done'
  | 'review'
  | 'returned'
  | 'unclaimed'
  | 'undivided'
  | 'waiting'
  | 'standing'
  | 'suspended'
  | 'waived'
  | 'unconfirmed'
  | 'asleep'

/** What the ledger's page can be narrowed to by its address: the figures of other pages link to their rows with it. */
export interface LedgerFilter {
  unit?: readonly string[] | undefined
  plan?: string | undefined
  /** Any of them. */
  state?: State | readonly State[]
  role?: 'lead' | 'support'
  light?: 'red' | 'yellow' | 'green'
  /** Days, both inclusive. */
  due?: readonly [from: string, to: string]
  closed?: readonly [from: string, to: string]
  reported?: readonly [from: string, to: string]
  theme?: string
  q?: string
  year?: number | undefined
  /** The rows of a figure that state and light do not tell: due up to today, and of those on time and late. */
  set?: 'due' | 'ontime' | 'late' | 'provisional'
}

/** `/ledger?unit=u1,u2&state=overdue`: the ledger's page with these rows. */
export const ledgerLink = ({ unit, plan, state, due, closed, reported, year, ...plain }: LedgerFilter): string => {
  const params = new URLSearchParams()
  if (unit && unit.length > 0) params.set('unit', unit.join(','))
  if (plan) params.set('plan', plan)
  if (year !== undefined) params.set('year', String(year))
  if (state) params.set('state', typeof state === 'string' ? state : state.join(','))
  if (due) params.set('due', due.join('..'))
  if (closed) params.set('closed', closed.join('..'))
  if (reported) params.set('reported', reported.join('..'))
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) params.set(name, value)
  const text = params.toString().replace(/%2C/g, ',')
  return text ? `/ledger?${text}` : '/ledger'
}
