import fc from 'fast-check'
import type { Wire } from '../test/fakes/wire.ts'

/** One change to a text: something put in, taken out, doubled or cut off, at a place between 0 and 1. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  how: fc.constantFrom('put', 'take', 'double', 'cut', 'swap'),
  what: fc.oneof(
    fc.string({ maxLength: 8, unit: 'binary' }),
    fc.constantFrom('\u0000', '<', '&a;', ']]>', '"', '{', '\\u0000', '=', '%', '😀', '9'.repeat(400)),
  ),
})
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

const edited = (text: string, edits: readonly Edit[]): string => {
  let out = text
  for (const { at, how, what } of edits) {
    const i = Math.floor(at * (out.length + 1))
    const [head, tail] = [out.slice(0, i), out.slice(i)]
    if (how === 'put') out = head + what + tail
    else if (how === 'take') out = head + tail.slice(1 + what.length)
    else if (how === 'double') out = head + tail.slice(0, 40) + tail
    else if (how === 'cut') out = head
    else out = head + what + tail.slice(what.length)
  }
  return out
}

const edits = fc.array(edit, { minLength: 1, maxLength: 3 })

/** A header's value cannot hold everything; what cannot be sent is not a request. */
const asHeader = (value: string): string => value.replace(/[^\t\x20-\x7e]/g, '?')

/** A proven request with its body, one of its headers or one value of its query spoilt; its headers alone where no proof covers the body. */
export const spoilt = (wires: readonly Wire[], { bodyUnsigned = false } = {}): fc.Arbitrary<Wire> =>
  fc.record({ wire: fc.constantFrom(...wires), part: fc.nat(9), edits, gone: fc.boolean() }).map((spoil) => {
    const { wire } = spoil
    const url = new URL(wire.url)
    const query = [...url.searchParams.keys()]
    const headers = Object.keys(wire.headers)
    const parts = [...(bodyUnsigned ? [] : ['body']), ...query.map((name) => `?${name}`), ...headers]
    const part = parts[spoil.part % parts.length] ?? 'body'
    if (part === 'body') return { ...wire, body: edited(wire.body, spoil.edits) }
    if (part.startsWith('?')) {
      const name = part.slice(1)
      if (spoil.gone) url.searchParams.delete(name)
      else url.searchParams.set(name, edited(url.searchParams.get(name) ?? '', spoil.edits))
      return { ...wire, url: url.href }
    }
    const { [part]: value = '', ...rest } = wire.headers
    return { ...wire, headers: spoil.gone ? rest : { ...rest, [part]: asHeader(edited(value, spoil.edits)) } }
  })

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const wild = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<Json>(-1, 2 ** 53, 1e308, '', '9'.repeat(5000), [], {}, [[[[[[[[]]]]]]]], { __proto__: { a: 1 } }),
  fc.constantFrom('@_user_1', '<at id=all></at>', '\ud83d', '1-2 已公开'.repeat(2000)),
)

/** One value somewhere in the tree replaced, taken out, or put there 200 times. */
const replanted = (value: Json, path: readonly number[], how: number, by: Json): Json => {
  const [step, ...rest] = path
  if (value === null || typeof value !== 'object' || step === undefined) return by
  const keys = Object.keys(value)
  const key = keys[step % Math.max(1, keys.length)]
  if (key === undefined) return by
  const inner = (value as Record<string, Json>)[key] ?? null
  const isLeaf = inner === null || typeof inner !== 'object' || rest.length === 0
  if (Array.isArray(value)) {
    if (isLeaf && how === 2) return Array.from({ length: 200 }, () => inner)
    return value.map((each, i) => (String(i) === key ? replanted(each, rest, how, by) : each))
  }
  const { [key]: _, ...others } = value
  if (isLeaf && how === 1) return others
  return { ...others, [key]: isLeaf ? by : replanted(inner, rest, how, by) }
}

/** What was under the proof, no longer as it should be: as text, or where it is JSON as a tree, also with a key twice. */
export const nonsense = (plains: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.record({ plain: fc.constantFrom(...plains), edits }).map(({ plain, edits }) => edited(plain, edits)),
    fc
      .record({
        plain: fc.constantFrom(...plains),
        path: fc.array(fc.nat(12), { minLength: 1, maxLength: 6 }),
        how: fc.nat(2),
        by: wild,
        twice: fc.boolean(),
      })
      .map(({ plain, path, how, by, twice }) => {
        if (!plain.startsWith('{')) return plain.replace('</xml>', `<MsgType>${JSON.stringify(by)}</MsgType></xml>`)
        const text = JSON.stringify(replanted(JSON.parse(plain), path, how, by as Json))
        return twice ? text.replace(/^\{("\w+"):/, (all, key) => `{${key}:${JSON.stringify(by)},${all.slice(1)}`) : text
      }),
  )
