import type { DutyView } from '../db/queries/duties.ts'
import type { Card } from '../src/model/card.ts'
import type { Context } from './command.ts'
import { dutyLine, seen } from './present.ts'

const SHOWN = 5

/** The duties that a choice or a button showed (`duty@version`), however they stand by now. */
export const dutiesShown = (reports: readonly string[], duties: readonly DutyView[]): DutyView[] => {
  const ids = new Set(reports.map((shown) => shown.replace(/@\d+$/, '')))
  return duties.filter(({ id }) => ids.has(id))
}

/** A card that says what went wrong, with how the duties stand: it takes the place of the one that was pressed. */
export const withState = (c: Context, card: Card, duties: readonly DutyView[]): Card => {
  if (duties.length === 0) return card
  const [words, ...rest] = card.blocks
  const lines = duties.slice(0, SHOWN).map((duty) => dutyLine(c, seen(c, duty), true))
  return { ...card, blocks: [...(words ? [words] : []), { kind: 'list', title: '目前状态', lines }, ...rest] }
}
