import type { ReadRow } from './rows.ts'
import { join, type Passage, slice, trim } from './sheet.ts'
import type { Slot } from './slots.ts'
import { splitOutside } from './words.ts'

/** Texts that go on in rows below, until they are put together. */
export type Continued = Map<Slot, Passage[]>

export function goOn(more: Continued, slot: Slot, text: Passage): void {
  const parts = more.get(slot)
  if (parts) parts.push(text)
  else more.set(slot, [text])
}

export function joinContinued(more: Continued): void {
  for (const [slot, parts] of more) if (slot.text) slot.text = join([slot.text, ...parts])
}

/** Gives each text of a flattened page to its number: its own, or in order where all slipped; parts what holds two. */
export function giveTexts(slots: Slot[], rows: ReadRow[]): void {
  const texts = rows.filter((r) => r.text)
  const byId = new Map(slots.map((s) => [s.id, s]))
  const own = new Set(texts.map((r) => r.number))
  const slipped = own.has('') && texts.length >= slots.length - 1 && slots.some((s) => !own.has(s.id))
  if (slipped && texts.length <= slots.length) {
    for (const [i, row] of texts.entries()) put(slots[i], row)
    for (const slot of slots) if (slot.text) slot.doubt ||= '正文与序号不在同一行，按先后顺序对应'
  } else {
    const more: Continued = new Map()
    let last: Slot | undefined
    for (const row of texts) {
      const slot = row.number === '' ? undefined : byId.get(row.number)
      if (slot) put(slot, row)
      else if (last?.text && row.text) goOn(more, last, row.text)
      last = slot ?? last
    }
    joinContinued(more)
  }
  for (const row of rows) if (!row.text && row.themes.length) byId.get(row.number)?.themes.push(...row.themes)
  for (const [i, slot] of slots.entries()) if (!slot.text) fillEmpty(slots, i)
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
  const ends = splitOutside(text, '。')
    .slice(1)
    .map((p) => p.at)
  const [one] = ends
  if (one === undefined) return -1
  if (first) return one
  return ends.reduce((best, at) => (Math.abs(at - text.length / 2) < Math.abs(best - text.length / 2) ? at : best), one)
}
