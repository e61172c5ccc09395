import type { ReadRow } from './rows.ts'
import type { Slot } from './slots.ts'

/** Cells of units and times go to the slot of the text on their line, else of the number there; what stands below all rows is shared out. */
export function giveCells(slots: Slot[], rows: ReadRow[]): void {
  const byText = new Map(slots.flatMap((s) => (s.text ? s.text.starts.map((x) => [x.line, s] as const) : [])).reverse())
  const byRow = new Map(slots.map((s) => [`${s.id} ${s.line}`, s]))
  const below: ReadRow[] = []
  for (const row of rows) {
    const slot = (row.text && byText.get(row.line)) || byRow.get(`${row.number} ${row.line}`)
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
  const [hasUnits, hasTime] = [slots.some((s) => s.units.length > 0), slots.some((s) => s.time)]
  below.forEach((row, i) => {
    const slot = slots[starts[i] ?? slots.length - 1]
    if (!slot) return
    const alone = below.length === 1 && (row.time ? hasTime : hasUnits)
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
