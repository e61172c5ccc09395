import { z } from 'zod'

export const Role = z.enum(['liaison', 'head', 'leader', 'office', 'admin', 'unknown'])
export type Role = z.infer<typeof Role>

/** Roles as people call them. */
export const roleWords: Record<Role, string> = {
  liaison: '联络员',
  head: '分管领导',
  leader: '领导',
  office: '主管科室',
  admin: '管理员',
  unknown: '未登记人员',
}

/** Whoever is on the register. */
export const knownRoles: readonly Role[] = ['liaison', 'head', 'leader', 'office', 'admin']
/** Whose the ledger is: 主管科室, and the administrator in its place. */
export const officeRoles: readonly Role[] = ['office', 'admin']
/** Who reads all units, not their own alone. */
export const widelyReading: readonly Role[] = ['leader', ...officeRoles]

export const isOffice = ({ role }: { role: Role }): boolean => officeRoles.includes(role)
export const readsAll = ({ role }: { role: Role }): boolean => widelyReading.includes(role)

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
