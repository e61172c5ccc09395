import { statfs } from 'node:fs/promises'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Counted } from '../http/app.ts'
import type { Log, LogEntry } from '../log.ts'
import { newestIn } from './backup/folder.ts'

interface Watched {
  now(): Date
  /** When a tick last ended as a whole, or the process began. */
  ticked(): Date
  /** Where the database and the kept files lie. */
  dataDir: string
  /** Where the nightly backups go, if anywhere. */
  backups?: string | undefined
}

export interface Figures extends Counted {
  /** A log that is counted before it is written. */
  counting(log: Log): Log
  /** A tick ended as a whole after so many milliseconds. */
  ticked(ms: number): void
}

/** Errors that are the database's own word; a platform's codes look the same. */
const DATABASE = /^(?:SqliteError|DatabaseError|DrizzleQueryError)$/
const TROUBLES: readonly [kind: string, code: RegExp][] = [
  ['busy', /^SQLITE_(BUSY|LOCKED)/],
  ['full', /^(SQLITE_FULL|53100)$/],
  ['conflict', /^(SQLITE_CONSTRAINT.*|40001|40P01|23505|23502)$/],
  ['outage', /^(SQLITE_(IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB).*|(08|53)...|57P..)$/],
]

/** Which trouble of the database an error is, one of few words; undefined for none. */
const troubleOf = ({ outcome = '', error }: LogEntry): string | undefined => {
  if (!error) return undefined
  const found = DATABASE.test(error.class)
    ? (TROUBLES.find(([, code]) => code.test(error.code ?? ''))?.[0] ?? 'other')
    : undefined
  return found ?? (['busy', 'outage', 'conflict'].includes(outcome) ? outcome : undefined)
}

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const TICK_SECONDS = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300]

/** Gauges that are called as counters are. */
const NOT_TOLD = ['handles', 'requests', 'resources'].map((what) => `nodejs_active_${what}_total`)

const counters = (registry: Registry) => {
  const of = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers: [registry] })
  return {
    messages: of('duban_messages_total', 'Messages by platform and what became of them', ['platform', 'outcome']),
    refused: of('duban_refused_total', 'Requests at the doors of platforms that were not taken', ['door', 'status']),
    deliveries: of('duban_deliveries_total', 'Deliveries by platform, end and reason', [
      'platform',
      'outcome',
      'reason',
    ]),
    ticks: of('duban_tick_failures_total', 'Parts of ticks that failed', []),
    database: of('duban_database_errors_total', 'Errors of the database, by kind', ['kind']),
    faults: of('duban_faults_total', 'Errors that should not happen, by what they happened to', ['event']),
  }
}

type Counters = ReturnType<typeof counters>

const HEARD = ['answered', 'seen', 'silent', 'refused']
const DELIVERED = ['sent', 'waiting', 'dropped', 'dead', 'unsure']
const among = (words: readonly string[], word: string): string => (words.includes(word) ? word : 'other')

/** What the log is told is what is counted. */
const count = (to: Counters, entry: LogEntry): void => {
  const { event, platform = 'none', outcome = '', reason = '', status, error } = entry
  if (event === 'message') to.messages.inc({ platform, outcome: among(HEARD, outcome.split('-')[0] ?? '') })
  if (event === 'delivery' && DELIVERED.includes(outcome)) to.deliveries.inc({ platform, outcome, reason })
  if (event === 'tick' && outcome === 'failed') to.ticks.inc()
  if (error && (status === 500 || outcome === 'failed')) to.faults.inc({ event })
  const kind = troubleOf(entry)
  if (kind) to.database.inc({ kind })
}

/** What one process counts of itself; every label is one of few words. What the database tells of all is told apart from it. */
export const createFigures = ({ now, ticked, dataDir, backups }: Watched): Figures => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const name of NOT_TOLD) registry.removeSingleMetric(name)
  const to = counters(registry)
  const webhook = new Histogram({
    ...{ name: 'duban_webhook_seconds', help: 'How long requests of platforms took', labelNames: ['door'] as const },
    ...{ buckets: SECONDS, registers: [registry] },
  })
  const tick = new Histogram({
    ...{ name: 'duban_tick_seconds', help: 'How long ticks took', buckets: TICK_SECONDS, registers: [registry] },
  })
  new Gauge({
    ...{ name: 'duban_tick_age_seconds', help: 'Since a tick last ended as a whole, or this process began' },
    registers: [registry],
    collect() {
      this.set((now().getTime() - ticked().getTime()) / 1000)
    },
  })
  new Gauge({
    ...{ name: 'duban_disk_free_bytes', help: 'Left on the disk of DATA_DIR', registers: [registry] },
    async collect() {
      const disk = await statfs(dataDir).catch(() => undefined)
      if (disk) this.set(disk.bavail * disk.bsize)
    },
  })
  if (backups !== undefined)
    new Gauge({
      ...{ name: 'duban_backup_age_seconds', help: 'Since the newest backup in BACKUP_DIR', registers: [registry] },
      async collect() {
        const newest = await newestIn(backups)
        this.set(newest ? Math.max(0, now().getTime() - newest.getTime()) / 1000 : Number.POSITIVE_INFINITY)
      },
    })
  return {
    counting: (log) => (entry) => {
      count(to, entry)
      log(entry)
    },
    answered: (door, status, ms) => {
      webhook.observe({ door }, ms / 1000)
      if (status >= 400) to.refused.inc({ door, status })
    },
    ticked: (ms) => tick.observe(ms / 1000),
    // What is no number yet is written in the format's own spelling.
    text: async () => (await registry.metrics()).replaceAll(/ Nan$/gm, ' NaN'),
  }
}
