import { z } from 'zod'

export const Role = z.enum(['liaison', 'head', 'leader', 'office', 'admin', 'unknown'])
export type Role = z.infer<typeof Role>

/** Who speaks, as flow found it: the person bound to the sender, or an unknown sender. Units are unit ids. */
export interface Actor {
  /** Opaque person id, or the address key of a sender nobody has bound. */
  id: string
  name: string
  role: Role
  units: string[]
  /** Units in the charge of a city leader (我分管的). */
  charge: string[]
}
