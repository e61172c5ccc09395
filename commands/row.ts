import type { DutyView, TaskView } from '../db/queries/duties.ts'
import type { Context, Happening, Row } from './command.ts'

/** The duty's row as it was read, for flow to guard. */
export const dutyRow = (value: DutyView): Row => ({
  subject: 'duty',
  id: value.id,
  version: value.version,
  head: value.head,
  value,
})

/** The task's row as it was read, for flow to guard. */
export const taskRead = ({ id, version, head }: TaskView): Row => ({ subject: 'task', id, version, head })

/** The office's own correction of a task, whose body and words say what. */
export const taskFact = (
  c: Context,
  task: TaskView,
  body: Happening['body'],
  words?: Happening['words'],
): Happening => ({
  row: taskRead(task),
  kind: 'corrected',
  body: { on: c.today, ...body },
  ...(words && { words }),
})
