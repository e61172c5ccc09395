import type { Deadline } from '../model/deadline.ts'
import { readDeadlines } from '../time/deadline.ts'
import type { Moment } from './closing.ts'
import type { Column } from './columns.ts'
import type { UnitCell } from './rows.ts'
import type { Passage } from './sheet.ts'
import type { Slot } from './slots.ts'

/** The cells that hold for a row: its own, or of the merged cell that covers it. */
export interface Spread {
  units: UnitCell[]
  time?: Passage
  doubt: string
}

/** What a page tells of its rows' cells beside the rows. */
export interface Layout {
  columns: Column[]
  /** The cells stand in their columns. */
  square: boolean
}

/**
 * Merged cells over the rows they covered: an empty cell is the one above, column by column; at the head of a page,
 * where themes are printed anew, the one below. `before` is what held at the end of a page that this one goes on with.
 */
export function spreadCells(slots: Slot[], before: Spread | undefined, moment: Moment, layout: Layout): Spread[] {
  const { square } = layout
  const goesOn = before !== undefined && slots[0]?.themes.length === 0
  const anew = slots.map((s, i) => square && s.heading !== (slots[i - 1]?.heading ?? s.heading))
  const units = square
    ? byColumn(slots, goesOn ? before.units : [], anew, layout.columns)
    : spread(
        slots.map((s) => (s.units.length ? s.units : undefined)),
        goesOn ? before.units : undefined,
        anew,
      ).map((cells) => ({ cells: cells ?? [], doubt: '' }))
  const times = spread(
    slots.map((s) => s.time ?? (s.bare.some((c) => layout.columns[c] === 'time') ? null : undefined)),
    goesOn ? before.time : undefined,
    anew,
  )
  const lower = belowInstead(slots, times, moment)
  const firstUnits = slots.findIndex((s) => s.units.length > 0)
  return slots.map((slot, i) => {
    const time = lower.get(i) ?? times[i]
    const own = units[i]
    const guessed = !square && i < firstUnits && own?.cells.length
    const doubt = guessed
      ? '责任单位格为空，按与下一行合并处理'
      : lower.has(i)
        ? '时限格为空，正文中的日期晚于上一行的时限，按与下一行合并处理'
        : (own?.doubt ?? '')
    return { units: own?.cells ?? [], ...(time ? { time } : {}), doubt: slot.doubt || doubt }
  })
}

interface Held {
  cells: UnitCell[]
  doubt: string
}

/**
 * The units of each row, each column for itself: a row that names who helps has its lead from above, one that names its
 * lead has no helpers from there unless a merged cell says so.
 */
function byColumn(slots: Slot[], before: UnitCell[], anew: boolean[], columns: Column[]): Held[] {
  const first = columns.indexOf('lead')
  const kinds = columns.flatMap((kind, c) => (kind === 'lead' || kind === 'support' ? [c] : []))
  let last = before
  return slots.map((slot, i) => {
    if (anew[i]) last = []
    const at = (cells: UnitCell[], c: number) => cells.filter((cell) => cell.column === c)
    let doubt = ''
    const cells = kinds.flatMap((c) => {
      const own = at(slot.units, c)
      const above = at(last, c)
      if (own.length > 0 || above.length === 0 || slot.bare.includes(c)) return own
      if (slot.units.length === 0 || slot.covered.includes(c)) return above
      if (c !== first) return []
      doubt = '牵头单位格为空，按与上一行合并处理'
      return above
    })
    last = cells
    return { cells, doubt }
  })
}

/** Each empty place takes the one above it, but for rows below a new heading and those that say nothing (null); those before the first take `before`, or the first. */
function spread<T>(cells: (T | null | undefined)[], before: T | undefined, anew: boolean[]): (T | undefined)[] {
  const square = anew.some((a) => a)
  let last = before ?? (square ? undefined : (cells.find((c) => c !== undefined) ?? undefined))
  return cells.map((c, i) => {
    last = c === null ? undefined : (c ?? (anew[i] ? undefined : last))
    return last
  })
}

/** Rows with an empty time cell under a day that their own texts go beyond: they belong to the cell below. */
function belowInstead(slots: Slot[], times: (Passage | undefined)[], moment: Moment): Map<number, Passage> {
  const out = new Map<number, Passage>()
  for (let i = 0; i < slots.length; ) {
    const start = i + 1
    let end = start
    while (end < slots.length && !slots[end]?.time) end++
    const above = slots[i]?.time ? times[i] : undefined
    const next = slots[end]?.time
    if (above && next && end > start && beyond(slots.slice(start, end), above, moment)) {
      for (let k = start; k < end; k++) out.set(k, next)
    }
    i = end
  }
  return out
}

function beyond(slots: Slot[], above: Passage, moment: Moment): boolean {
  const limits = readDeadlines(above.text, { ...moment, column: true }).map((f) => f.deadline)
  const [only] = limits
  if (limits.length !== 1 || only?.kind !== 'date') return false
  const later = (d: Deadline) => d.kind === 'date' && d.by > only.by
  return slots.some((s) => s.text && readDeadlines(s.text.text, moment).some((f) => later(f.deadline)))
}
