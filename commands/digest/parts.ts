import type { DutyView } from '../../db/queries/duties.ts'
import type { Line } from '../../src/model/card.ts'
import type { Context } from '../command.ts'
import { dutyLine, type Seen, seen } from '../present.ts'

/** A part of the office's digest under its title. */
export interface Part {
  title: string
  lines: Line[]
}

/** One part, or none where it has no lines. */
export const part = (title: string, lines: Line[]): Part[] => (lines.length > 0 ? [{ title, lines }] : [])

export const seenAll = (c: Context, duties: readonly DutyView[]): Seen[] => duties.map((duty) => seen(c, duty))
export const dutyLines = (c: Context, items: readonly Seen[]): Line[] => items.map((item) => dutyLine(c, item, true))
