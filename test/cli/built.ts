import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inject } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The first worker to come builds, the others wait for it. */
const build = async (): Promise<string> => {
  const out = join(inject('scratch'), 'built')
  const [taken, ended] = [`${out}-taken`, `${out}-ended`]
  let isOurs = true
  try {
    mkdirSync(taken)
  } catch {
    isOurs = false
  }
  if (isOurs)
    await promisify(execFile)(process.execPath, [join(root, 'build.mjs'), 'src/cli.ts', out]).finally(() =>
      writeFileSync(ended, ''),
    )
  for (let tries = 0; !existsSync(ended) && tries < 500; tries++) await sleep(100)
  const program = join(out, 'cli.js')
  if (!existsSync(program)) throw new Error('the program was not built: see the error of the file that built it')
  return program
}

let built: Promise<string> | undefined

/** The path of the program as it is shipped; built once for all the test files of a run. */
export const builtProgram = (): Promise<string> => {
  built ??= build()
  return built
}
