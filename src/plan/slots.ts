import { join, type Passage, slice, trim } from './sheet.ts'
import type { ReadPage, ReadRow, UnitCell } from './rows.ts'
import { splitOutside } from './words.ts'

/** One numbered row of a table put together again: its text and the cells that begin at it. */
export interface Slot {
  id: string
  line: number
  themes: string[]
  heading: string
  text?: Passage
  column: number
  units: UnitCell[]
  time?: Passage
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
    for (let n = last + 1; n < nextNumber; n++) slots.push({ ...emptySlot(String(n), rows.at(-1)?.line ?? 0), doubt: `序号${n}在原表中缺失` })
  }
  giveTexts(slots, rows)
  giveCells(slots, rows)
  return slots
}

const emptySlot = (id: string, line: number): Slot => ({ id, line, themes: [], heading: '', column: -1, units: [], doubt: '' })
const slotOf = (row: ReadRow, id: string): Slot => ({ ...emptySlot(id, row.line), themes: row.themes, column: row.column, units: row.units, ...(row.text ? { text: row.text } : {}), ...(row.time ? { time: row.time } : {}) })

/** Each row its own; a row without a number is the one above going on, or a further demand of it. */
function square(rows: ReadRow[]): Slot[] {
  const out: Slot[] = []
  let heading = ''
  let below = 1
  for (const row of rows) {
    if (row.heading !== '') {
      heading = row.heading
      continue
    }
    const last = out.at(-1)
    if (row.number !== '' || !last) {
      out.push({ ...slotOf(row, row.number), heading })
      below = 1
    } else if (row.text && (row.units.length > 0 || row.time)) {
      if (below === 1) last.id = `${last.id}-1`
      below++
      out.push({ ...slotOf(row, last.id.replace(/-\d+$/, `-${below}`)), heading })
    } else if (row.text && last.text) last.text = join([last.text, row.text])
    else {
      last.units.push(...row.units)
      if (row.time && !last.time) last.time = row.time
    }
  }
  return out
}

function unnumbered(rows: ReadRow[]): Slot[] {
  let heading = ''
  const out: Slot[] = []
  for (const row of rows) {
    if (row.heading !== '') heading = row.heading
    else if (row.text) out.push({ ...slotOf(row, ''), heading })
  }
  return out
}

/** Which slot each row's text went to. */
function giveTexts(slots: Slot[], rows: ReadRow[]): void {
  const texts = rows.filter((r) => r.text)
  const byId = new Map(slots.map((s) => [s.id, s]))
  const slipped = texts.some((r) => r.number === '') && texts.length >= slots.length - 1 && slots.some((s) => !texts.some((r) => r.number === s.id))
  if (slipped && texts.length <= slots.length) {
    texts.forEach((row, i) => put(slots[i], row))
    for (const slot of slots) if (slot.text) slot.doubt ||= '正文与序号不在同一行，按先后顺序对应'
  } else {
    let last: Slot | undefined
    for (const row of texts) {
      const slot = row.number === '' ? undefined : byId.get(row.number)
      if (slot) put(slot, row)
      else if (last?.text && row.text) last.text = join([last.text, row.text])
      last = slot ?? last
    }
  }
  for (const row of rows) if (!row.text && row.themes.length) slots.find((s) => s.id === row.number)?.themes.push(...row.themes)
  slots.forEach((slot, i) => {
    if (!slot.text) fillEmpty(slots, i)
  })
}

function put(slot: Slot | undefined, row: ReadRow): void {
  if (!slot || !row.text) return
  slot.text = row.text
  slot.column = row.column
  slot.themes.push(...row.themes)
}

/** A number without a text: the paragraph above holds two rows' texts, or the text is lost. */
function fillEmpty(slots: Slot[], index: number): void {
  const slot = slots[index]
  if (!slot) return
  const inside = index < slots.length - 1
  const from = inside ? index - 1 : longestAbove(slots, index)
  const above = slots[from]
  const at = above?.text ? middleStop(above.text.text, inside) : -1
  if (!above?.text || at < 0) {
    slot.doubt = `第${slot.id}号的正文在原文中缺失`
    return
  }
  const [head, tail] = [trim(slice(above.text, 0, at)), trim(slice(above.text, at))]
  for (let i = index; i > from + 1; i--) {
    const [to, before] = [slots[i], slots[i - 1]]
    if (to && before) move(before, to)
  }
  const next = slots[from + 1]
  above.text = head
  if (next) next.text = tail
  for (let i = from; i <= index; i++) {
    const one = slots[i]
    if (one) one.doubt = `第${above.id}、${next?.id ?? ''}号的正文合在一段里，按句号拆开`
  }
}

function move(from: Slot, to: Slot): void {
  to.column = from.column
  if (from.text) to.text = from.text
  delete from.text
}

function longestAbove(slots: Slot[], index: number): number {
  let best = -1
  for (let i = 0; i < index; i++) {
    const text = slots[i]?.text?.text ?? ''
    if (middleStop(text, false) > 0 && text.length > (slots[best]?.text?.text.length ?? 0)) best = i
  }
  return best
}

/** The end of the first sentence, or of the one that ends nearest to the middle; -1 where there is but one. */
function middleStop(text: string, first: boolean): number {
  const ends = splitOutside(text, '。').slice(1).map((p) => p.at)
  const [one] = ends
  if (one === undefined) return -1
  if (first) return one
  return ends.reduce((best, at) => (Math.abs(at - text.length / 2) < Math.abs(best - text.length / 2) ? at : best), one)
}

/** Cells of units and times go to the slot of the text on their line, else of the number there; what stands below all rows is shared out. */
function giveCells(slots: Slot[], rows: ReadRow[]): void {
  const byText = new Map(slots.flatMap((s) => (s.text ? s.text.starts.map((x) => [x.line, s] as const) : [])).reverse())
  const byId = new Map(slots.map((s) => [s.id, s]))
  const below: ReadRow[] = []
  for (const row of rows) {
    const slot = (row.text && byText.get(row.line)) || byId.get(row.number)
    if (!slot) {
      if (row.units.length || row.time) below.push(row)
      continue
    }
    slot.units.push(...row.units)
    if (row.time && !slot.time) slot.time = row.time
  }
  shareBelow(slots, below)
}

/** Cells that stand on lines of their own after the last row: one run of rows each. */
function shareBelow(slots: Slot[], below: ReadRow[]): void {
  if (below.length === 0) return
  const starts = runs(slots, below.length)
  below.forEach((row, i) => {
    const slot = slots[starts[i] ?? slots.length - 1]
    if (!slot) return
    const alone = below.length === 1 && slots.some((s) => (row.time ? s.time : s.units.length > 0))
    const to = alone ? slots.at(-1) : slot
    if (row.units.length) to?.units.push(...row.units)
    if (row.time && to && !to.time) to.time = row.time
    if (to && below.length > 1) to.doubt ||= '责任单位、时限写在表后，按先后顺序分给各行'
  })
}

/** Where `n` runs of rows begin: after texts that slipped to another column the next run starts; else in equal parts. */
function runs(slots: Slot[], n: number): number[] {
  const starts = [0]
  slots.forEach((slot, i) => {
    const before = slots[i - 1]
    if (before && slot.column >= 0 && before.column > slot.column) starts.push(i)
  })
  if (starts.length === n) return starts
  return Array.from({ length: n }, (_, i) => Math.floor((slots.length * i) / n))
}
