import type { DutyView } from '../db/queries/duties.ts'
import type { Row } from './command.ts'

/** The duty's row as it was read, for flow to guard. */
export const dutyRow = (value: DutyView): Row => ({
  subject: 'duty',
  id: value.id,
  version: value.version,
  head: value.head,
  value,
})
