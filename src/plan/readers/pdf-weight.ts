import { Unzlib } from 'fflate'
import { BadInput } from '../../model/problem.ts'

/** What a page of text takes is a hundredth of this. */
const LARGEST_STREAM = 3_000_000
const LARGEST_SUM = 24_000_000
const STEP = 16_384
const MOST_OPEN = 1000

/**
 * Refuses a PDF file that would unfold without end, or whose objects are opened and never closed, before it is opened:
 * PDF.js sets itself no bounds. Pictures and fonts are left out, since no picture is decoded here.
 * Throws BadInput; a stream that cannot be unpacked is left to PDF.js.
 */
export function refuseBombs(bytes: Uint8Array): void {
  const text = new TextDecoder('latin1').decode(bytes)
  const [opened, closed] = [count(text, ' obj'), count(text, 'endobj')]
  if (opened > closed * 2 + MOST_OPEN) throw new BadInput('PDF 文件已损坏，打不开：请重新导出或下载后再导入')
  if (repeats(text)) throw tooLarge()
  let sum = 0
  for (let at = text.indexOf('stream'); at >= 0; at = text.indexOf('stream', at + 6)) {
    const dictionary = text.slice(Math.max(0, at - 400), at)
    const own = dictionary.slice(dictionary.lastIndexOf(' obj') + 1)
    const end = text.indexOf('endstream', at)
    if (end < 0) break
    const flate = own.split('FlateDecode').length - 1
    if (flate > 1) throw tooLarge()
    const from = at + (text[at + 6] === '\r' ? 8 : 7)
    const stream = bytes.subarray(from, end)
    const drawn = !/\/Image|\/Length1|\/Type1C|\/CIDFontType0C|\/OpenType/.test(own)
    if (drawn && flate === 1) sum += weightOf(stream, own.includes('/ObjStm'))
    else if (drawn && (stream.length > LARGEST_STREAM || savesAfter(0, stream) > MOST_OPEN)) throw tooLarge()
    if (sum > LARGEST_SUM) throw tooLarge()
    at = end + 3
  }
}

function weightOf(packed: Uint8Array, holdsObjects: boolean): number {
  const decoder = new TextDecoder('latin1')
  let objects = ''
  let size = 0
  let depth = 0
  const unpack = new Unzlib((chunk) => {
    size += chunk.length
    depth = savesAfter(depth, chunk)
    if (holdsObjects && size <= LARGEST_STREAM) objects += decoder.decode(chunk)
  })
  try {
    for (let at = 0; at < packed.length && size <= LARGEST_STREAM; at += STEP)
      unpack.push(packed.subarray(at, at + STEP), false)
  } catch {
    return size
  }
  if (size > LARGEST_STREAM || depth > MOST_OPEN || repeats(objects)) throw tooLarge()
  return size
}

const MOST_REFERENCES = 300

/** Whether an array names the same few objects over and over: a page whose drawing is one stream a thousand times. */
function repeats(text: string): boolean {
  let named = new Set<string>()
  let references = 0
  for (const [token] of text.matchAll(/[[\]]|\b\d{1,7} \d{1,5} R\b/g)) {
    if (token === '[' || token === ']') {
      if (references > MOST_REFERENCES && named.size * 10 < references) return true
      named = new Set()
      references = 0
    } else {
      references++
      named.add(token)
    }
  }
  return false
}

/** How many saved states (q without its Q) are open after a piece of a drawing; each costs PDF.js a copy of all it knows. */
function savesAfter(depth: number, piece: Uint8Array): number {
  let open = depth
  for (let i = 1; i < piece.length - 1; i++) {
    const c = piece[i]
    if ((c === 0x71 || c === 0x51) && (piece[i - 1] ?? 0) <= 0x20 && (piece[i + 1] ?? 0) <= 0x20)
      open = c === 0x71 ? open + 1 : Math.max(0, open - 1)
  }
  return open
}

const tooLarge = (): BadInput =>
  new BadInput('PDF 文件展开后太大，不像公文：请只导出工作方案的页，或换用 Word 文件再导入')

function count(text: string, words: string): number {
  let n = 0
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) n++
  return n
}
