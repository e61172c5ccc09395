import { z } from 'zod'
import { Day } from '../../model/deadline.ts'
import { Platform } from '../../model/message.ts'
import { Role } from '../../model/person.ts'

const Named = z.object({ id: z.string(), name: z.string() })
const name = z.string().max(60)
const ids = z.array(z.string().max(80)).max(2000)
/** The row's version as the editor saw it: another's change in between answers 409. */
const version = z.number().int().min(0)

/** A unit as the roster shows it; its people by name, rooms as `lark:oc_1`. */
export const UnitRow = z.object({
  id: z.string(),
  version: z.number(),
  name: z.string(),
  short: z.array(z.string()),
  level: z.string(),
  origin: z.enum(['roster', 'plan']),
  leader: z.string(),
  head: z.string(),
  liaisons: z.array(z.object({ id: z.string(), name: z.string(), post: z.string(), reached: z.boolean() })),
  rooms: z.array(z.string()),
  classes: z.array(Named),
  /** Who has taken its work over, since when. */
  succession: z.object({ to: z.array(Named), from: Day }).optional(),
})
export type UnitRow = z.infer<typeof UnitRow>

/** A class (各县区政府); `members` is null where the roster has not said who they are. */
export const ClassRow = z.object({
  id: z.string(),
  version: z.number(),
  name: z.string(),
  short: z.array(z.string()),
  members: z.array(Named).nullable(),
})
export type ClassRow = z.infer<typeof ClassRow>

export const Gaps = z.object({ liaison: z.array(Named), account: z.array(Named), room: z.array(Named) })
export type Gaps = z.infer<typeof Gaps>

export const UnitsShown = z.object({
  asOf: z.iso.datetime(),
  /** Of the whole roster: what an import was compared with. */
  version: z.number(),
  units: z.array(UnitRow),
  classes: z.array(ClassRow),
  gaps: Gaps,
})
export type UnitsShown = z.infer<typeof UnitsShown>

const unitForm = {
  short: z.array(name).max(20).default([]),
  leader: name.default(''),
  head: name.default(''),
  members: ids.default([]),
}
export const UnitEdit = z.object({ version, ...unitForm })
export type UnitEdit = z.infer<typeof UnitEdit>
export const UnitNew = z.object({
  name,
  kind: z.enum(['unit', 'class']),
  /** 是另一个单位: though its name reads like one of the roster's. */
  apart: z.boolean().default(false),
  ...unitForm,
})
export type UnitNew = z.infer<typeof UnitNew>

/** An account that somebody is bound to: enough to tell it from another, not to use it. */
const AccountRow = z.object({ digest: z.string(), platform: Platform, masked: z.string() })

export const PersonRow = z.object({
  id: z.string(),
  version: z.number(),
  name: z.string(),
  role: Role,
  units: z.array(Named),
  charge: z.array(Named),
  post: z.string(),
  /** A mobile number is on the register; it can be set and never be read. */
  mobile: z.boolean(),
  accounts: z.array(AccountRow),
  away: z.object({ until: Day, substitute: Named.nullable() }).nullable(),
  /** Browsers that are signed in. */
  sessions: z.number(),
})
export type PersonRow = z.infer<typeof PersonRow>
export const PeopleShown = z.object({ asOf: z.iso.datetime(), people: z.array(PersonRow), gaps: Gaps })
export type PeopleShown = z.infer<typeof PeopleShown>

export const PersonForm = z.object({
  name,
  role: Role.exclude(['unknown']),
  units: ids.default([]),
  charge: ids.default([]),
  post: z.enum(['', 'A', 'B']).default(''),
  /** A new number; '' takes it away, absent leaves it. */
  mobile: z.string().max(30).optional(),
})
export type PersonForm = z.infer<typeof PersonForm>
export const PersonEdit = PersonForm.extend({ version })
export type PersonEdit = z.infer<typeof PersonEdit>
export const Absence = z.object({ version, until: Day.nullable(), substitute: z.string().max(80).default('') })
export const Seen = z.object({ version })
export const CodeGiven = z.object({ code: z.string(), name: z.string(), expiresAt: z.iso.datetime() })
export type CodeGiven = z.infer<typeof CodeGiven>

const Scope = z.enum(['units', 'all', 'office'])
export const RoomRow = z.object({
  key: z.string(),
  version: z.number(),
  /** `lark:oc_1` */
  id: z.string(),
  platform: Platform,
  scope: Scope,
  units: z.array(Named),
  main: z.boolean(),
  shared: z.boolean(),
  overdue: z.boolean(),
  /** Pushes go through a group robot; its key is shown to nobody. */
  robot: z.boolean(),
  mutedUntil: z.iso.datetime().nullable(),
  lastPush: z.iso.datetime().nullable(),
  /** What is wrong with it, in words. */
  ailing: z.string(),
})
export type RoomRow = z.infer<typeof RoomRow>
export const RoomsShown = z.object({
  asOf: z.iso.datetime(),
  rooms: z.array(RoomRow),
  /** Groups in which the bot has answered somebody lately and that are bound to nobody. */
  strangers: z.array(z.object({ id: z.string(), platform: Platform, last: z.iso.datetime() })),
})
export type RoomsShown = z.infer<typeof RoomsShown>

export const RoomBind = z.object({
  id: z.string().max(200),
  scope: Scope,
  units: ids.default([]),
  main: z.boolean().default(false),
  overdue: z.boolean().optional(),
  /** Of the room as it was seen; absent for one that was not bound. */
  version: version.optional(),
})
export type RoomBind = z.infer<typeof RoomBind>
export const RoomSeen = z.object({ id: z.string().max(200), version })
export const RoomRobot = RoomSeen.extend({ webhook: z.string().max(500) })

/** What a roster file would change, before anything is written. */
export const RosterPreview = z.object({
  version: z.number(),
  added: z.number(),
  changed: z.number(),
  gone: z.number(),
  lines: z.array(z.string()),
  successions: z.array(z.array(z.string())),
  written: z.boolean(),
})
export type RosterPreview = z.infer<typeof RosterPreview>

export const SuccessionForm = z.object({
  olds: z.array(name).min(1).max(50),
  heirs: z.array(name).min(1).max(50),
  from: Day,
  reason: z.string().max(200).default(''),
})
export type SuccessionForm = z.infer<typeof SuccessionForm>
export const SuccessionSeen = z.object({
  version: z.number(),
  pending: z.boolean(),
  lines: z.array(z.string()),
  /** What nobody assigned of a split: it all goes to the first. */
  unsaid: z.array(z.string()),
})
export type SuccessionSeen = z.infer<typeof SuccessionSeen>
export const Done = z.object({ text: z.string() })
