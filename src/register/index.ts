import type { CaseKind } from '../model/case.ts'
import { activity } from './activity.ts'
import { application } from './application/index.ts'
import { incident } from './incident.ts'
import { inspection } from './inspection/index.ts'
import { publication } from './publication/index.ts'
import type { Register } from './register.ts'
import { suggestion } from './suggestion/index.ts'

/** Every register, by the kind of its cases. */
export const registers: Readonly<Record<CaseKind, Register>> = {
  ...{ application, incident, publication, suggestion, inspection, activity },
}
