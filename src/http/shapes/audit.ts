import { z } from 'zod'
import { keptSubjects } from '../../model/fact.ts'
import { Role } from '../../model/person.ts'

export const FactGroup = z.enum(['ledger', 'cases', 'login', 'refused', 'export', 'roster', 'settings'])
export type FactGroup = z.infer<typeof FactGroup>

/** What the groups of the audit page are called. */
export const groupWords: Record<FactGroup, string> = {
  ledger: '台账',
  cases: '办件',
  login: '登录',
  refused: '拒绝',
  export: '导出',
  roster: '通讯录',
  settings: '设置',
}

export const FactSubject = z.enum([
  'plan',
  'task',
  'duty',
  'unit',
  'person',
  'room',
  'subscription',
  'office',
  ...keptSubjects,
])

/** Which facts: days of the office's zone, both inclusive. */
export const AuditFilter = z.object({
  from: z.iso.date().optional(),
  to: z.iso
    .date()
    .refine((day) => day < '9999-12-31', { error: '没有再往后的日子' })
    .optional(),
  /** Who did it. */
  by: z.string().max(200).optional(),
  group: FactGroup.optional(),
  subject: FactSubject.optional(),
  /** One subject alone, with `subject`. */
  id: z.string().max(200).optional(),
  /** A unit's id. */
  unit: z.string().max(200).optional(),
  q: z.string().trim().max(100).optional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>

/** Everything that somebody did, as a line of the audit page. */
export const AuditFact = z.object({
  key: z.string(),
  at: z.iso.datetime(),
  /** Day and time in the office's zone. */
  when: z.string(),
  who: z.object({ id: z.string(), name: z.string(), role: Role.optional() }),
  /** By which way it came: 飞书, 网页, 命令行, 系统. */
  way: z.string(),
  subject: FactSubject,
  id: z.string(),
  /** What the subject is called. */
  about: z.string(),
  /** The plan that it belongs to, where it is a plan, task or duty. */
  plan: z.string().optional(),
  kind: z.string(),
  body: z.string(),
  words: z.string(),
  /** There were words, and they have been erased. */
  erased: z.boolean(),
})
export type AuditFact = z.infer<typeof AuditFact>

export const AuditPage = z.object({
  facts: z.array(AuditFact),
  /** Where the next page begins; absent after the last. */
  next: z.string().optional(),
})
export type AuditPage = z.infer<typeof AuditPage>

/** Who and what can be chosen in the filters. */
export const AuditChoices = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string(), role: Role })),
  units: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type AuditChoices = z.infer<typeof AuditChoices>

/** The check of all chains and seals: how far it is, or what it came to. */
export const LedgerCheck = z.object({
  state: z.enum(['never', 'running', 'done', 'failed']),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** Facts looked at, of how many there were at its start. */
  done: z.number().int(),
  of: z.number().int(),
  result: z
    .object({
      subjects: z.number().int(),
      facts: z.number().int(),
      seals: z.number().int(),
      /** Kept files that are whole, and those that nothing names any more. */
      files: z.number().int(),
      orphans: z.number().int(),
      /** What does not hold, a line each: the first hundred. */
      broken: z.array(z.string()),
      brokenCount: z.number().int(),
    })
    .optional(),
})
export type LedgerCheck = z.infer<typeof LedgerCheck>

export const Seals = z.object({
  seals: z.array(z.object({ day: z.iso.date(), heads: z.number().int(), alg: z.string(), hash: z.string() })),
  next: z.iso.date().optional(),
})
export type Seals = z.infer<typeof Seals>
