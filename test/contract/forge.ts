import type { Wire } from '../fakes/wire.ts'

/** A small generator (mulberry32), so that a failure comes again. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

/** No backslash: one put before a slash spells the same JSON, which is no change. */
const LETTERS = 'abcXYZ0189+/="{}<%,:'

/** One letter replaced, taken out, put in or doubled, or the rest cut off; always another text. */
function spoil(text: string, roll: (sides: number) => number): string {
  const at = roll(text.length)
  const letter = LETTERS[roll(LETTERS.length)] ?? 'x'
  const head = text.slice(0, at)
  const tail = text.slice(at + 1)
  const spoilt = [head + letter + tail, head + tail, head + letter + text[at] + tail, head][roll(4)] ?? ''
  return spoilt === text ? `${text}${letter}` : spoilt
}

/** What the platforms prove that sign the whole request: its body, its query and their own headers. */
const wholeOf = (wire: Wire): string[] => [
  'body',
  ...new URL(wire.url).searchParams.keys(),
  ...Object.keys(wire.headers).filter((name) => name.startsWith('x-')),
]

/**
 * The request with one proven part spoilt: its body, or a value in its query or its platform's headers; or one of the
 * `headers`, where those alone are proven, of which none leaves the body.
 */
export function forge(wire: Wire, count: number, headers?: readonly string[], seed = 7): Wire[] {
  const roll = dice(seed)
  const parts = headers ?? wholeOf(wire)
  return Array.from({ length: count }, () => {
    const part = parts.length === 0 ? 'body' : (parts[roll(parts.length)] ?? 'body')
    if (part === 'body') return { ...wire, body: spoil(wire.body, roll) }
    if (part in wire.headers) {
      return { ...wire, headers: { ...wire.headers, [part]: spoil(wire.headers[part] ?? '', roll) } }
    }
    const url = new URL(wire.url)
    url.searchParams.set(part, spoil(url.searchParams.get(part) ?? '', roll))
    return { ...wire, url: url.href }
  })
}
