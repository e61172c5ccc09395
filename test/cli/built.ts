import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inject } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const build = async (): Promise<string> => {
  const out = mkdtempSync(join(inject('scratch'), 'built-'))
  await promisify(execFile)(process.execPath, [join(root, 'build.mjs'), 'src/cli.ts', out])
  return join(out, 'cli.js')
}

let built: Promise<string> | undefined

/** The path of the program as it is shipped; built once for all the test files of a worker. */
export const builtProgram = (): Promise<string> => {
  built ??= build()
  return built
}
