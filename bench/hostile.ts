import { spawnSync } from 'node:child_process'
import { BadInput } from '../src/model/problem.ts'
import { parseFile } from '../src/plan/parse-file.ts'
import { hostile } from '../test/plan/hostile.ts'

/** Far beyond every limit, and below them: as much as is read of Chinese, and of ASCII. */
const SIZES = [10_000_000, 2_900_000, 900_000]
const MOST_SECONDS = 2
const here = process.argv[1] ?? ''

interface Read {
  seconds: number
  outcome: string
}

/** Reads one input in this process: the time of the processor it took, and what came of it. */
async function readOne(name: string, bytes: number): Promise<Read> {
  const input = hostile.find(([own]) => own === name)?.[1](bytes)
  if (!input) throw new Error(`no such input: ${name}`)
  const from = process.cpuUsage()
  const outcome = await parseFile(input).then(
    ({ tasks, questions }) => `a draft of ${tasks.length} tasks, ${questions.length} questions`,
    (error: unknown) => (error instanceof BadInput ? error.message : `CRASH ${String(error)}`),
  )
  return { seconds: process.cpuUsage(from).user / 1_000_000, outcome }
}

/** What a process of its own makes of an input; one that hangs or runs out of memory is told, not waited for. */
function readApart(name: string, bytes: number): Read {
  const args = [...process.execArgv, here, 'hostile', name, String(bytes)]
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })
  if (child.status !== 0) return { seconds: Number.NaN, outcome: `CRASH ${child.signal ?? child.stderr.slice(-200)}` }
  return JSON.parse(child.stdout) as Read
}

/**
 * Reads every hostile input in its sizes, each in a process of its own: it must end in under two seconds of the
 * processor, in a draft or in one line for the person.
 */
export const run = async ([name, size]: string[]): Promise<void> => {
  if (name !== undefined) {
    process.stdout.write(JSON.stringify(await readOne(name, Number(size))))
    return
  }
  let failed = 0
  for (const bytes of SIZES) {
    for (const [own] of hostile) {
      const { seconds, outcome } = readApart(own, bytes)
      const fits = seconds < MOST_SECONDS && !outcome.startsWith('CRASH')
      if (!fits) failed++
      console.log(
        `${fits ? 'ok  ' : 'FAIL'} ${(bytes / 1e6).toFixed(1)} MB ${seconds.toFixed(2)} s  ${own}: ${outcome}`,
      )
    }
  }
  console.log(failed === 0 ? 'all ended in time' : `${failed} did not end in time`)
  if (failed > 0) process.exitCode = 1
}
