import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { describeError, type Level, type Log, type LogEntry, shaped } from '../log.ts'

interface Wanted {
  now(): Date
  /** What is less than this is not written. */
  level?: Level | undefined
  /** A file descriptor (2: stderr) or a file's path. */
  to?: number | string
}

/** Lines that nobody takes are kept up to this many bytes; beyond it they are dropped. */
const MOST = 1 << 20

/** Where a process of the server writes what it does. */
export interface ProcessLog {
  log: Log
  /** The same with the office's name in each line, where a process serves several. */
  of(office: string): Log
}

/**
 * The log by pino: level, time and pid before the fields that `shaped` lets through. Each line is with the kernel when the
 * call returns, so a process that is killed has told all that it did; that costs some 4 µs a line more than gathering them.
 * A reader that went away or a full disk ends the lines and not the server.
 */
export const openLog = ({ now, level = 'info', to = 2 }: Wanted): ProcessLog => {
  const destination = pino.destination({ dest: to, sync: true, maxLength: MOST })
  destination.on('error', () => undefined)
  const logger = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: () => `,"at":"${now().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
  const salt = randomBytes(12).toString('hex')
  const logOf =
    (to: Pick<typeof logger, Level>): Log =>
    (entry: LogEntry) => {
      const { level: at, fields } = shaped(entry, salt)
      to[at](fields)
    }
  return { log: logOf(logger), of: (office) => logOf(logger.child({ office })) }
}

/**
 * What nobody caught ends the process: state may be half of something. Node would print the message, which may hold
 * people's words; the log says only what it was.
 */
export const tellCrash = (log: Log): void => {
  process.on('uncaughtException', (error) => {
    log({ event: 'crash', error: describeError(error) })
    process.exit(1)
  })
}
