import { kit } from './kit/sqlite.ts'
import { defineTables } from './schema.ts'

/** One export a table: drizzle-kit looks for them by that. */
export const {
  offices,
  units,
  people,
  identities,
  codes,
  rooms,
  subscriptions,
  plans,
  tasks,
  duties,
  facts,
  seals,
  receipts,
  outbox,
  shown,
  listeners,
  links,
  sessions,
  documents,
  files,
  evidence,
  papers,
  assessments,
  scores,
  quotas,
  dialogues,
  days,
  guards,
} = defineTables(kit)
