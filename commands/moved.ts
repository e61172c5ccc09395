import { type DutyView, findDuties } from '../db/queries/duties.ts'
import type { Block, Card } from '../src/model/card.ts'
import type { Held, MovedRecipe, Words } from '../src/model/recipe.ts'
import type { Context } from './command.ts'
import { entryLine, together } from './page.ts'
import { seen } from './present.ts'

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What the facts moved has to stand as they left it; where they moved nothing that is told, the state has. */
export const heldBy = ({ duty, after }: { duty: DutyView; after: DutyView }): Held => {
  const { unit, state, dueOn, asked } = after
  const moved = {
    ...(duty.unit !== unit && { unit }),
    ...(duty.state !== state && { state }),
    ...(duty.dueOn !== dueOn && { dueOn }),
    ...(asked !== null && !same(duty.asked, asked) && { asked }),
  }
  return { id: after.id, while: Object.keys(moved).length > 0 ? moved : { unit, state } }
}

const stands = (held: Held, duty: DutyView): boolean =>
  Object.entries(held.while).every(([column, value]) => same(duty[column as keyof Held['while']], value))

const fieldsBlock = (fields: Words['fields'] = []): Block[] => {
  const said = fields.filter(([, value]) => value !== '')
  return said.length > 0 ? [{ kind: 'fields', fields: said }] : []
}

/** The duties as lines, with what is said of them. */
export const movedCard = (c: Context, duties: readonly DutyView[], words: Words, withUnit: boolean): Card => {
  const entries = together(
    duties.map((duty) => seen(c, duty)),
    true,
  )
  return {
    title: words.title,
    tone: words.tone,
    blocks: [
      ...(entries.length > 0
        ? [{ kind: 'list' as const, lines: entries.map((entry) => entryLine(c, entry, withUnit)) }]
        : []),
      ...fieldsBlock(words.fields),
      ...(words.notes ?? []).map((text) => ({ kind: 'note' as const, text })),
    ],
    ...(words.buttons && { buttons: words.buttons }),
  }
}

/** The card of what still stands of a notice; undefined where all of it has moved on. */
export const movedStill = async (c: Context, { words, withUnit, duties }: MovedRecipe): Promise<Card | undefined> => {
  const now = new Map((await findDuties(c.db, { ids: duties.map(({ id }) => id) })).map((duty) => [duty.id, duty]))
  const left = duties.flatMap((held) => {
    const duty = now.get(held.id)
    return duty && stands(held, duty) ? [duty] : []
  })
  return left.length > 0 ? movedCard(c, left, words, withUnit) : undefined
}
