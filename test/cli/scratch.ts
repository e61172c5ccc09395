import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    scratch: string
  }
}

const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url))

/** A folder for the whole run, within the repository, so that what is built there finds its packages; gone at the end. */
export default (project: TestProject) => {
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'duban-'))
  project.provide('scratch', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
