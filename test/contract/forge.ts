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

/** The request with one proven part spoilt: its body, or a value in its query or its platform's headers. */
export function forge(wire: Wire, count: number, seed = 7): Wire[] {
  const roll = dice(seed)
  const query = [...new URL(wire.url).searchParams.keys()]
  const headers = Object.keys(wire.headers).filter((name) => name.startsWith('x-'))
  const parts = ['body', ...query, ...headers]
  return Array.from({ length: count }, () => {
    const part = parts[roll(parts.length)] ?? 'body'
    if (part === 'body') return { ...wire, body: spoil(wire.body, roll) }
    if (part.startsWith('x-')) {
      return { ...wire, headers: { ...wire.headers, [part]: spoil(wire.headers[part] ?? '', roll) } }
    }
    const url = new URL(wire.url)
    url.searchParams.set(part, spoil(url.searchParams.get(part) ?? '', roll))
    return { ...wire, url: url.href }
  })
}
