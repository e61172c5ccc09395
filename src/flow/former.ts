import type { Context } from '../../commands/command.ts'
import type { Card } from '../model/card.ts'
import { openHeirs, successionWords } from '../unit/succession.ts'

/** A line for each unit that the words call by a name which others have succeeded: the answer is about those. */
export const tellFormer = ({ registry, office, message }: Context, card: Card): Card => {
  if (!office.units.some(({ succession }) => succession)) return card
  const former = new Set(registry.find(message.text).flatMap((found) => found.former ?? []))
  if (former.size === 0) return card
  const heirsOf = openHeirs(office.units)
  const notes = [...former].map((unit) => ({
    kind: 'note' as const,
    text: `${successionWords(unit, heirsOf(unit))}。`,
  }))
  return { ...card, blocks: [...notes, ...card.blocks] }
}
