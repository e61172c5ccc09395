import { spokenTo } from '../../../commands/rooms.ts'
import type { Reached } from '../../../db/queries/people.ts'
import { addressFrom } from '../../model/message.ts'
import { isList, type Step } from '../../model/recipe.ts'
import { type Agenda, isUp, messageTo, movedOf } from './agenda.ts'
import { hasOwnFigures } from './asked.ts'
import type { Planned } from './planned.ts'
import { stepsIn } from './rooms.ts'

/** A digest in a chat of somebody's own. `ahead`: they hear what a room would, not only what is late. */
const alone = (agenda: Agenda, person: Reached, units: string[], steps: Step[], ahead: boolean): Planned[] => {
  const address = addressFrom(person.key, 'person')
  if (!address) return []
  const { told } = agenda
  const moved = ahead ? movedOf(agenda, units) : {}
  return [
    messageTo(agenda, { address }, units, {
      ...{ kind: 'digest', person: person.id, units, told, steps, ahead },
      ...moved,
    }),
  ]
}

/**
 * What a unit's liaison hears instead of a room: everything of a unit that has none, the lateness of one whose main room
 * is shared and must not hear it. `undefined` where a room hears it all.
 */
const liaisonPart = (agenda: Agenda, unit: string): 'whole' | 'late' | undefined => {
  const room = agenda.main.get(unit)
  if (!room) return 'whole'
  return stepsIn(agenda, room).length === 0 ? 'late' : undefined
}

const isLate = ({ up }: Agenda, unit: string): boolean => {
  const steps = up.get(unit)?.steps
  return steps !== undefined && (steps.has(1) || steps.has(2))
}

/** One digest to each liaison to be spoken to, of all units that they answer for. */
export const liaisonDigests = (agenda: Agenda): Planned[] => {
  const { view, people, today, told, headed, unitsTold } = agenda
  const byPerson = new Map<string, { person: Reached; units: string[]; whole: boolean }>()
  for (const { id: unit, kind } of view.units) {
    const part = kind === 'unit' ? liaisonPart(agenda, unit) : undefined
    if (!part) continue
    const due = part === 'late' ? isLate(agenda, unit) : isList(told) || isUp(agenda, unit, [1, 2])
    const person = due ? spokenTo(people, unit, today) : undefined
    if (!person || (unitsTold.get(unit) ?? person.key) !== person.key) continue
    const known = byPerson.get(person.id)
    const whole = part === 'whole' || (known?.whole ?? false)
    byPerson.set(person.id, { person, units: [...(known?.units ?? []), unit], whole })
  }
  return [...byPerson.values()].flatMap(({ person, units, whole }) =>
    alone(agenda, person, units, units.some((unit) => headed.has(unit)) ? [1] : [1, 2], whole),
  )
}

/** To heads with an account, the units of which something has come to the second step. */
export const headDigests = (agenda: Agenda): Planned[] =>
  agenda.people
    .filter(({ role }) => role === 'head')
    .flatMap((person) => {
      const units = person.units.filter((unit) => agenda.up.get(unit)?.steps.has(2))
      return units.length > 0 ? alone(agenda, person, units, [2], false) : []
    })

/**
 * On the day of the weekly list the week's figures, to each leader who asked for none of their own. They are about units, not
 * to them: a message to none.
 */
export const leaderWeeks = (agenda: Agenda): Planned[] =>
  agenda.people.flatMap(({ id, role, key }) => {
    const hears = agenda.told.week && role === 'leader' && !hasOwnFigures(agenda.view, key, agenda.today)
    const address = hears ? addressFrom(key, 'person') : undefined
    return address ? [messageTo(agenda, { address }, [], { kind: 'leader', person: id })] : []
  })
