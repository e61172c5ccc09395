import { z } from 'zod'
import { Day } from '../model/deadline.ts'
import { BadInput } from '../model/problem.ts'
import { placeWords } from '../model/wrong-value.ts'
import { bareUnit, checkDraft, levelOf, type RosterDraft, type UnitDraft, usualLevel } from './roster-draft.ts'

const text = z.string().trim()
const Liaison = z.object({ name: text.min(1), post: z.enum(['A', 'B']).default('A'), mobile: text.default('') })
const UnitForm = z.union([
  text.min(1),
  z.object({
    name: text.min(1),
    short: z.array(text).default([]),
    level: text.optional(),
    leader: text.default(''),
    head: text.default(''),
    liaisons: z.array(Liaison).default([]),
    rooms: z.array(text).default([]),
  }),
])
const RosterForm = z.object({
  level: text.optional(),
  units: z.array(UnitForm),
  groups: z.record(z.string(), z.array(text)).default({}),
  successions: z
    .array(
      z.object({
        old: z.union([text.min(1).transform((name) => [name]), z.array(text.min(1)).min(1)]),
        heirs: z.union([text.min(1).transform((name) => [name]), z.array(text.min(1)).min(1)]),
        from: Day,
        reason: text.default(''),
      }),
    )
    .default([]),
})

/**
 * Reads a roster from JSON: `{ level, units, groups }`, a unit being its name or an object with name, short, level,
 * leader, head, liaisons and rooms; `successions` are `{ old, heirs, from, reason }`. Throws BadInput with the place that is wrong.
 */
export function readRosterJson(value: unknown): RosterDraft {
  const form = RosterForm.safeParse(value)
  if (!form.success) {
    const issue = form.error.issues[0]
    const where = placeWords(issue?.path ?? [])
    throw new BadInput(
      `通讯录 JSON 的“${where}”不对：应为 {"level":"市","units":["市财政局"],"groups":{"各县区政府":["甲县政府"]}}`,
    )
  }
  const { units, groups, successions } = form.data
  const names = units.map((unit) => (typeof unit === 'string' ? unit : unit.name))
  const level = form.data.level ?? usualLevel(names)
  const drafts = units.map((unit): UnitDraft => {
    if (typeof unit === 'string') return bareUnit(unit, level)
    return { ...unit, level: unit.level ?? levelOf(unit.name, level), short: unit.short.filter(Boolean) }
  })
  const classes = Object.entries(groups).map(([name, members]) => ({ name, members }))
  return checkDraft({
    level,
    units: drafts,
    classes,
    successions: successions.flatMap(({ old, ...rest }) => old.map((name) => ({ old: name, ...rest }))),
  })
}
