import { readFileSync } from 'node:fs'
import { type Installation, readInstallation } from '../config.ts'

/** What this process was told to serve: the environment, and the files that it names. @throws BadInput, see readInstallation */
export const installationOf = (env: NodeJS.ProcessEnv, office?: string): Installation =>
  readInstallation(env, (path) => readFileSync(path, 'utf8'), office)
