import { existsSync, readdirSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

/** What runs that were killed have left under names of this beginning. */
const clearLeft = (folder: string, beginning: string): void => {
  // A folder that is not there is told by whoever writes into it.
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = name.startsWith(beginning) ? Number(name.slice(beginning.length)) : Number.NaN
    if (Number.isInteger(pid) && !lives(pid)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

/** A place of this process's own beside `path`, that nothing else looks into: a file's name or a folder's. */
const ownPlace = (path: string, use: string): string => {
  const [folder, beginning] = [dirname(path), `.${basename(path)}.${use}-`]
  clearLeft(folder, beginning)
  return join(folder, `${beginning}${process.pid}`)
}

/**
 * Works in a folder and beside a file that are both gone afterwards, whether the work is done, fails or is told to end;
 * what a killed run leaves is taken away by the next. `beside` names a place next to a path.
 */
export const withStage = async <T>(
  { folder, use }: { folder: string; use: string },
  work: (stage: string, beside: (path: string) => string) => Promise<T>,
): Promise<T> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const stage = ownPlace(join(folder, 'duban'), use)
  const places = [stage]
  const clear = (): void => {
    for (const place of places) rmSync(place, { recursive: true, force: true })
  }
  const ended = (signal: NodeJS.Signals): void => {
    clear()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.once('SIGINT', ended)
  process.once('SIGTERM', ended)
  try {
    await mkdir(stage, { mode: 0o700 })
    return await work(stage, (path) => {
      const place = ownPlace(path, use)
      places.push(place)
      return place
    })
  } finally {
    process.off('SIGINT', ended)
    process.off('SIGTERM', ended)
    clear()
  }
}
