import { giveCells } from './cells.ts'
import { type Marker, markerOf } from './marker.ts'
import type { ReadPage, ReadRow, Theme, UnitCell } from './rows.ts'
import { type Passage, slice } from './sheet.ts'
import { type Continued, giveTexts, goOn, joinContinued } from './texts.ts'

/** One numbered row of a table put together again: its text and the cells that begin at it. */
export interface Slot {
  id: string
  line: number
  themes: Theme[]
  heading: string
  text?: Passage
  column: number
  units: UnitCell[]
  time?: Passage
  bare: number[]
  covered: number[]
  /** Why the row is not sure; '' where the table says it plainly. */
  doubt: string
}

/**
 * The numbered rows of a page. Where texts slipped below their numbers they are given to them in order; where a number
 * has no text of its own, the text above it is parted at a full stop, or the row stays without.
 */
export function slotsOf(page: ReadPage, nextNumber: number): Slot[] {
  const rows = page.rows.filter((r) => r.heading === '')
  const numbered = rows.filter((r) => r.number !== '')
  if (numbered.length === 0) return unnumbered(page.rows)
  if (page.square) return square(page.rows)
  const slots = numbered.map((row) => emptySlot(row.number, row.line))
  const last = Number(numbered.at(-1)?.number)
  const extra = rows.some((r) => r.number === '')
  if (extra && nextNumber > last + 1 && nextNumber <= last + 3) {
    for (let n = last + 1; n < nextNumber; n++)
      slots.push({ ...emptySlot(String(n), rows.at(-1)?.line ?? 0), doubt: `序号${n}在原表中缺失` })
  }
  giveTexts(slots, rows)
  giveCells(slots, rows)
  return slots
}

const emptySlot = (id: string, line: number): Slot => ({
  id,
  line,
  themes: [],
  heading: '',
  column: -1,
  units: [],
  bare: [],
  covered: [],
  doubt: '',
})
const slotOf = (row: ReadRow, id: string): Slot => ({
  ...emptySlot(id, row.line),
  themes: row.themes,
  column: row.column,
  units: row.units,
  bare: row.bare,
  covered: row.covered,
  ...(row.text ? { text: row.text } : {}),
  ...(row.time ? { time: row.time } : {}),
})

/** Each row its own; a row without a number is the one above going on, or a further demand of it. */
function square(rows: ReadRow[]): Slot[] {
  const out: Slot[] = []
  let heading = ''
  let below = 1
  const more: Continued = new Map()
  for (const row of rows) {
    if (row.heading !== '') {
      heading = row.heading
      continue
    }
    const last = out.at(-1)
    if (row.number !== '' || !last) {
      out.push({ ...slotOf(row, row.number), heading })
      below = 1
    } else if (row.text && (row.units.length > 0 || row.time) && !wrapped(last, row)) {
      if (below === 1) last.id = `${last.id}-1`
      below++
      out.push({ ...slotOf(row, last.id.replace(/-\d+$/, `-${below}`)), heading })
    } else {
      if (row.text && last.text) goOn(more, last, row.text)
      last.units = [...last.units, ...row.units]
      if (row.time && !last.time) last.time = row.time
    }
  }
  joinContinued(more)
  return out
}

/** Whether a row without a number is the one above broken over two lines, not a further demand of it. */
function wrapped(above: Slot, row: ReadRow): boolean {
  const cut = (before: string, after: string): boolean =>
    /[、，,]$/.test(before) || /^[、，,。；的等及和与]/.test(after)
  const [last, first] = [above.units.at(-1)?.passage.text ?? '', row.units[0]?.passage.text ?? '']
  return cut(above.text?.text ?? '', row.text?.text ?? '') || (last !== '' && first !== '' && cut(last, first))
}

function unnumbered(rows: ReadRow[]): Slot[] {
  let heading = ''
  const out: Slot[] = []
  for (const row of rows) {
    if (row.heading !== '') heading = row.heading
    else if (row.text) out.push({ ...slotOf(row, ''), heading })
  }
  return withOwnNumbers(out)
}

/** Where the texts themselves are numbered (1. …, 2. …) and no column is, each row takes the number of its text. */
function withOwnNumbers(slots: Slot[]): Slot[] {
  const markers = slots.map((slot) => (slot.text ? markerOf(slot.text.text) : undefined))
  const numbered = markers.every((m, i) => m?.rank === 3 && m.n > (markers[i - 1]?.n ?? 0))
  if (!numbered || slots.length < 2) return slots
  return slots.map((slot, i) => {
    const { raw, n } = markers[i] as Marker
    return slot.text ? { ...slot, id: String(n), text: slice(slot.text, raw.length) } : slot
  })
}
