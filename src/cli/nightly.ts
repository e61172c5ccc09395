import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import type { Store } from '../../db/store.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { createNightly } from '../node/backup/nightly.ts'

const MINUTE_MS = 60_000

interface Given {
  config: Config
  store: Store
  office: string
  now(): Date
  log: Log
}

/**
 * A backup a night where BACKUP_DIR is set, by `duban backup` in a process of its own and at low priority: copying the
 * database would hold up every message meanwhile. Returns how it is ended.
 */
export const startNightly = ({ config, store, office, now, log }: Given): (() => void) => {
  const { backup } = config
  if (!backup) return () => undefined
  const quit = new AbortController()
  const write = async (at: Date): Promise<void> => {
    const [program = ''] = process.argv.slice(1)
    const own = ['backup', `${backup.folder}/`, '--keep-days', String(backup.keepDays), '--now', at.toISOString()]
    const child = spawn(process.execPath, [...process.execArgv, program, ...own], {
      stdio: 'ignore',
      signal: quit.signal,
      killSignal: 'SIGTERM',
    })
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error('backup failed')
  }
  const look = createNightly({ office: store.of(office), zone: config.zone, folder: backup.folder, now, log, write })
  const timer = setInterval(look, MINUTE_MS)
  void look()
  return () => {
    clearInterval(timer)
    quit.abort()
  }
}
