import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { BadInput } from '../../../src/model/problem.ts'
import { parseFile } from '../../../src/plan/parse-file.ts'

const example = (name: string): Uint8Array => readFileSync(new URL(`../../../examples/${name}`, import.meta.url))

/** What is done to some bytes: single ones replaced, a stretch copied elsewhere, the end cut off; places as shares of the whole. */
interface Damage {
  replaced: { at: number; byte: number }[]
  copied: { from: number; to: number; length: number } | null
  kept: number
}

const share = fc.double({ min: 0, max: 0.9999, noNaN: true })
const damage: fc.Arbitrary<Damage> = fc.record({
  replaced: fc.array(fc.record({ at: share, byte: fc.nat(255) }), { maxLength: 6 }),
  copied: fc.option(fc.record({ from: share, to: share, length: fc.nat(80) })),
  kept: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: share }),
})

function damaged(bytes: Uint8Array, { replaced, copied, kept }: Damage): Uint8Array {
  const out = new Uint8Array(bytes)
  const place = (at: number): number => Math.floor(at * out.length)
  if (copied) out.copyWithin(place(copied.to), place(copied.from), place(copied.from) + copied.length)
  for (const { at, byte } of replaced) if (out.length > 0) out[place(at)] = byte
  return out.subarray(0, place(kept))
}

/** A zip with one of its parts damaged and its sums right, so that the reader of the part meets it. */
function inside(bytes: Uint8Array, which: number, done: Damage): Uint8Array {
  const parts = unzipSync(bytes)
  const names = Object.keys(parts)
  const name = names[Math.floor(which * names.length)] ?? ''
  return zipSync({ ...parts, [name]: damaged(parts[name] ?? new Uint8Array(), done) }, { level: 0 })
}

async function readOrTold(bytes: Uint8Array): Promise<void> {
  const told = await parseFile(bytes).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (told !== undefined) expect(told).toBeInstanceOf(BadInput)
}

describe('a damaged file is read or told, never another error', () => {
  const files = ['table.docx', 'table.xlsx', 'table.ofd', 'table.html', 'table.pdf', 'table.txt', 'plan.docx']
  it.each(files)('%s', async (name) => {
    const bytes = example(name)
    await fc.assert(
      fc.asyncProperty(damage, (done) => readOrTold(damaged(bytes, done))),
      { numRuns: 12 },
    )
  })

  it.each(files.filter((name) => /docx|xlsx|ofd/.test(name)))('%s, in its parts', async (name) => {
    const bytes = example(name)
    await fc.assert(
      fc.asyncProperty(share, damage, (which, done) => readOrTold(inside(bytes, which, done))),
      { numRuns: 20 },
    )
  })
})
