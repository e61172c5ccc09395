import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { deserialize } from 'node:v8'
import { beforeEach, expect, inject, it } from 'vitest'
import { builtProgram } from '../cli/built.ts'

let folder: string
beforeEach(async () => {
  // Beside what was built, so that its packages are found.
  folder = mkdtempSync(join(inject('scratch'), 'chunks-'))
  cpSync(dirname(await builtProgram()), folder, { recursive: true })
  return () => rmSync(folder, { recursive: true })
})

const cache = () => join(folder, 'chunks.cache')
const kept = (): Map<string, Buffer> => deserialize(readFileSync(cache()).subarray(32))

const run = (code: string, flags: string[] = []) =>
  promisify(execFile)(process.execPath, [...flags, '--input-type=module', '--eval', code], { cwd: folder })

/** The chunks that V8 compiles itself when the server's are loaded. */
const compiled = async (flags: string[] = [], names = [...kept().keys()]): Promise<string[]> => {
  const { stdout } = await run(
    `import { openChunks } from './chunks.mjs'
     const chunks = openChunks(process.cwd())
     for (const name of ${JSON.stringify(names)}) chunks.load(name)
     console.log(JSON.stringify(chunks.compiled()))`,
    flags,
  )
  return JSON.parse(stdout)
}

const deadlines = async (flags: string[] = []): Promise<string> => {
  const child = promisify(execFile)(process.execPath, [...flags, join(folder, 'cli.js'), 'deadlines'])
  child.child.stdin?.end(`${JSON.stringify({ text: '4月底前完成', asOf: '2026-01-05', year: 2026 })}\n`)
  return (await child).stdout
}

it('V8 takes every chunk of a server from the cache', async () => {
  expect(kept().size).toBeGreaterThan(50)
  expect(await compiled()).toEqual([])
})

it('another V8 compiles the chunks itself, with the same answers', async () => {
  const other = ['--no-lazy-feedback-allocation']
  expect((await compiled(other)).length).toBe(kept().size)
  expect(await deadlines(other)).toBe(await deadlines())
})

/** One byte of what lies behind the digest. */
const spoiled = () => readFileSync(cache()).map((byte, i) => (i === 500_000 ? byte ^ 1 : byte))

it.each([
  ['absent', () => rmSync(cache())],
  ['cut off', () => writeFileSync(cache(), readFileSync(cache()).subarray(0, 1_000_000))],
  ['spoiled', () => writeFileSync(cache(), spoiled())],
  ['empty', () => writeFileSync(cache(), '')],
])('a cache that is %s is not taken', async (_what, spoil) => {
  const before = await deadlines()
  const names = [...kept().keys()]
  spoil()
  expect(await compiled([], names)).toEqual(names)
  expect(await deadlines()).toBe(before)
})
