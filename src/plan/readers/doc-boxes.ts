import { type DocFile, PARTS } from './doc-file.ts'
import { u16, u32 } from './doc-sprms.ts'

/** The text of a text box; `anchor` is where in the body it hangs, undefined where it does not say. */
export interface Box {
  from: number
  to: number
  anchor: number | undefined
}

const BOX_BYTES = 22
const ANCHOR_BYTES = 26

/** The text boxes of the body, found by the shape that each belongs to ([MS-DOC] 2.8.32 PlcftxbxTxt, 2.8.37 PlcfSpa). */
export function boxesOf(file: DocFile): Box[] {
  const anchors = new Map<number, number>()
  const places = file.part(PARTS.anchors)
  const hung = Math.max(0, Math.floor((places.length - 4) / (4 + ANCHOR_BYTES)))
  for (let i = 0; i < hung; i++) anchors.set(u32(places, 4 * (hung + 1) + ANCHOR_BYTES * i), u32(places, 4 * i))

  const texts = file.part(PARTS.boxes)
  const count = Math.max(0, Math.floor((texts.length - 4) / (4 + BOX_BYTES)))
  const boxes: Box[] = []
  let end = file.boxes.from
  for (let i = 0; i < count; i++) {
    const entry = 4 * (count + 1) + BOX_BYTES * i
    const from = file.boxes.from + u32(texts, 4 * i)
    const to = Math.min(file.boxes.to, file.boxes.from + u32(texts, 4 * i + 4))
    if (u16(texts, entry + 8) !== 0 || from < end || to <= from) continue
    end = to
    boxes.push({ from, to, anchor: anchors.get(u32(texts, entry + 14)) })
  }
  return boxes
}
