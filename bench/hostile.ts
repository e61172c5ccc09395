import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { BadInput } from '../src/model/problem.ts'
import { parseFile } from '../src/plan/parse-file.ts'
import { hostile } from '../test/plan/hostile.ts'

const BYTES = 10_000_000
const MOST_SECONDS = 2
const here = fileURLToPath(new URL('run.ts', import.meta.url))

/** Reads one of the inputs in this process: how long it took, and what came of it. */
const readOne = async (name: string): Promise<void> => {
  const bytes = hostile.find(([own]) => own === name)?.[1](BYTES)
  if (!bytes) throw new Error(`no such input: ${name}`)
  const from = performance.now()
  const outcome = await parseFile(bytes).then(
    ({ tasks, questions }) => `a draft: ${tasks.length} tasks, ${questions.length} questions`,
    (error: unknown) => (error instanceof BadInput ? error.message : `CRASH ${String(error)}`),
  )
  process.stdout.write(JSON.stringify({ seconds: (performance.now() - from) / 1000, outcome }))
}

/** What a child of its own makes of an input; one that hangs or runs out of memory is told, not waited for. */
const inChild = (name: string): { seconds: number; outcome: string } => {
  const child = spawnSync(process.execPath, [...process.execArgv, here, 'hostile', name], {
    encoding: 'utf8',
    timeout: 60_000,
  })
  if (child.status !== 0) return { seconds: Number.NaN, outcome: `CRASH ${child.signal ?? child.stderr.slice(-200)}` }
  return JSON.parse(child.stdout) as { seconds: number; outcome: string }
}

/** Reads each hostile input of 10 MB in a process of its own: it must end in under two seconds, in a draft or one line. */
export const run = async ([name]: string[]): Promise<void> => {
  if (name !== undefined) return readOne(name)
  let slow = 0
  for (const [own] of hostile) {
    const { seconds, outcome } = inChild(own)
    const fits = seconds < MOST_SECONDS && !outcome.startsWith('CRASH')
    if (!fits) slow++
    console.log(`${fits ? 'ok  ' : 'SLOW'} ${seconds.toFixed(2)} s  ${own}: ${outcome}`)
  }
  if (slow > 0) process.exitCode = 1
}
