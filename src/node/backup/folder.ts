import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Day } from '../../model/deadline.ts'
import { addDays, dayOf, timeOf } from '../../time/day.ts'

/** A folder of backups that are named by their moment in the office's zone; nothing else in it is ours. */

const NAME = /^duban-(\d{4})(\d\d)(\d\d)-\d{6}\.tar\.gz$/

const dayIn = (name: string): Day => name.replace(NAME, '$1-$2-$3')

/** The backups of a folder, the newest first; none where there is no folder. */
const backupsIn = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
}

/** Where the backup of a moment goes; the folder is made for the owner alone. */
export const placeIn = async (folder: string, at: Date, zone: string): Promise<string> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const seconds = String(at.getUTCSeconds()).padStart(2, '0')
  const stamp = `${dayOf(at, zone)}-${timeOf(at, zone)}${seconds}`
    .replace(/^(\d+)-(\d+)-(\d+)/, '$1$2$3')
    .replace(':', '')
  return join(folder, `duban-${stamp}.tar.gz`)
}

/** When the newest one was written, or undefined for none. */
export const newestIn = async (folder: string): Promise<Date | undefined> => {
  const [name] = await backupsIn(folder)
  return name === undefined ? undefined : (await stat(join(folder, name)).catch(() => undefined))?.mtime
}

/** Is there one of that day? */
export const hasOneOf = async (folder: string, day: Day): Promise<boolean> =>
  (await backupsIn(folder)).some((name) => dayIn(name) === day)

/**
 * Takes out what is more than `keep` in number or older than `keepDays` before `today`; the newest stays whatever is said.
 * Returns how many went.
 */
export const thinOut = async (
  folder: string,
  today: Day,
  { keep, keepDays }: { keep?: number | undefined; keepDays?: number | undefined },
): Promise<number> => {
  const names = await backupsIn(folder)
  const before = keepDays === undefined ? '' : addDays(today, -keepDays)
  const old = names.filter((name, i) => i > 0 && (i >= (keep ?? names.length) || dayIn(name) < before))
  for (const name of old) await rm(join(folder, name), { force: true })
  return old.length
}
