import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * The name by which wechaty keeps its login in a file, made here first so that only this user can read it: whoever has the
 * file may take over the account. @param path without the ending that wechaty gives it (`.memory-card.json`)
 */
export async function memoryName(path: string): Promise<string> {
  const name = resolve(path)
  const file = `${name}.memory-card.json`
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, '{}', { flag: 'wx', mode: 0o600 }).catch((error: { code?: string }) => {
    if (error.code !== 'EEXIST') throw error
  })
  await chmod(file, 0o600)
  return name
}
