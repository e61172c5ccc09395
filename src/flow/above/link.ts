import type { Deps } from '../deps.ts'

interface Placed {
  deps: Deps
  /** The office above, and which of its units this one is. */
  above?: { office: string; unit: string } | undefined
}

/** Puts the offices of one process where they stand under one another. One whose office above is served elsewhere stands alone. */
export const linkOffices = (offices: readonly Placed[]): void => {
  const byName = new Map(offices.map(({ deps }) => [deps.store.office, deps]))
  for (const { deps, above } of offices) {
    if (offices.length > 1) deps.several = true
    const over = above && byName.get(above.office)
    if (above && over) deps.above = { deps: over, unit: above.unit }
  }
}
