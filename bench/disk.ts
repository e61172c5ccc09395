import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Client from 'better-sqlite3'
import { sleep, until } from './chance.ts'
import { LIAISON, openServed, statusOf } from './served.ts'

type Served = Awaited<ReturnType<typeof openServed>>

/** Milliseconds after which Lark takes a callback for failed. */
const LARK_WAITS_MS = 3000
const QUIET_MS = 60_000

/** What came back to the platform: how often each status, and how long the slowest took. */
interface Door {
  statuses: Map<number, number>
  slowest: number
}

const doorWords = ({ statuses, slowest }: Door): string =>
  `${[...statuses].map(([status, n]) => `${status || 'none'} × ${n}`).join(', ')}; slowest ${Math.round(slowest)} ms`

/** One message as the platform brings it: again after a while until it is taken. */
const bring = async (served: Served, url: string, id: string, door: Door, giveUp: () => boolean): Promise<void> => {
  const wire = served.fake.says({ from: LIAISON, chat: `oc_chat_${id.slice(-1)}`, at: true, text: '5-1正在办', id })
  for (;;) {
    const began = performance.now()
    const status = await statusOf(url, wire, LARK_WAITS_MS)
    door.slowest = Math.max(door.slowest, performance.now() - began)
    door.statuses.set(status, (door.statuses.get(status) ?? 0) + 1)
    if (status === 200 || giveUp()) return
    await sleep(1500)
  }
}

/** How long the slowest look at the program's health took, until it is told to end. */
const watchHealth = (url: string) => {
  let on = true
  let slowest = 0
  const watching = (async () => {
    while (on) {
      const began = performance.now()
      await fetch(`${url}/healthz`)
      slowest = Math.max(slowest, performance.now() - began)
      await sleep(50)
    }
  })()
  return async () => {
    on = false
    await watching
    return slowest
  }
}

const answered = (served: Served): { ids: number; all: number } => {
  const to = served.fake.sent.flatMap(({ replyTo }) => replyTo ?? [])
  return { ids: new Set(to).size, all: to.length }
}

const linesOf = ({ logged }: Served, pattern: RegExp): number =>
  logged
    .join('')
    .split('\n')
    .filter((line) => pattern.test(line)).length

const whole = (served: Served): string => served.duban('verify').trim()

/** Another process holds the database's only pen. */
const locked = async (seconds: number): Promise<string[]> => {
  const served = await openServed()
  try {
    const url = await served.start()
    const rival = new Client(served.file)
    rival.exec('begin immediate')
    const door: Door = { statuses: new Map(), slowest: 0 }
    const health = watchHealth(url)
    const brought: Promise<void>[] = []
    for (let i = 0; i < seconds * 4; i++) {
      brought.push(bring(served, url, `om_locked_${i}`, door, () => false))
      await sleep(250)
    }
    rival.exec('rollback')
    rival.close()
    await Promise.all(brought)
    const slowestHealth = await health()
    await until(() => answered(served).ids === brought.length, QUIET_MS)
    const { ids, all } = answered(served)
    const named = linesOf(served, /"busy"/)
    console.log(
      `locked ${seconds} s: answered ${ids} of ${brought.length}, twice ${all - ids}; at our door ${doorWords(door)}; healthz slowest ${Math.round(slowestHealth)} ms; log lines that say busy ${named}; ${whole(served)}`,
    )
    const strange = [...door.statuses.keys()].filter((status) => ![200, 503, 0].includes(status))
    const promises: [boolean, string][] = [
      [ids === brought.length && all === ids, `locked: ${ids} answered, ${all - ids} twice`],
      [strange.length === 0, `locked: ${strange.join(', ')} at our door`],
      [named > 0, 'locked: no line of the log says so'],
      [slowestHealth < LARK_WAITS_MS, 'locked: the program did not answer for its health in time'],
    ]
    return promises.flatMap(([kept, broken]) => (kept ? [] : [broken]))
  } finally {
    await served.close()
  }
}

const SMALL_MB = 6

/** A small disk of its own: a tmpfs where we may mount one. Undefined where not. */
const openSmallDisk = () => {
  const folder = mkdtempSync(join(tmpdir(), 'duban-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_MB}m`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    how: `tmpfs of ${SMALL_MB} MB`,
    /** Somebody else takes what is left, to the last byte. */
    fill: () => {
      for (let size = 1 << 20; size >= 512; size = size >> 1)
        try {
          for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' })
        } catch {
          // No room for a piece of this size.
        }
    },
    empty: () => rmSync(ballast, { force: true }),
    close: () => {
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' })
      rmSync(folder, { recursive: true })
    },
  }
}

/** Without the right to mount: a limit on the size of the program's files, which the running process is given. */
const openLimited = (pid: () => number | undefined, file: () => string) => {
  const folder = mkdtempSync(join(tmpdir(), 'duban-disk-'))
  const limit = (to: string) => execFileSync('prlimit', ['--pid', String(pid()), `--fsize=${to}`], { stdio: 'pipe' })
  return {
    folder,
    how: 'file-size limit (prlimit)',
    fill: () => void limit(`${Math.max(statSync(file()).size, statSync(`${file()}-wal`).size)}:`),
    empty: () => void limit('unlimited:'),
    close: () => rmSync(folder, { recursive: true }),
  }
}

/** No room on the disk for a while: clear errors, nothing half-written, and on its own again when there is room. */
const full = async (messages: number): Promise<string[]> => {
  let served: Served | undefined
  const disk =
    openSmallDisk() ??
    openLimited(
      () => served?.pid(),
      () => served?.file ?? '',
    )
  mkdirSync(join(disk.folder, 'data'))
  try {
    served = await openServed({ folder: join(disk.folder, 'data') })
    const url = await served.start()
    const first: Door = { statuses: new Map(), slowest: 0 }
    for (let i = 0; i < messages; i++) await bring(served, url, `om_before_${i}`, first, () => false)
    disk.fill()
    const door: Door = { statuses: new Map(), slowest: 0 }
    let over = false
    const brought: Promise<void>[] = []
    // The log has room in pages that it used before, for some messages more.
    for (let i = 0; i < 20 * messages; i++) {
      brought.push(bring(served, url, `om_full_${i}`, door, () => false))
      await sleep(50)
      if (!over && i > 2 * messages && (door.statuses.get(503) ?? 0) > messages) {
        over = true
        break
      }
    }
    const refused = door.statuses.get(503) ?? 0
    const health = (await fetch(`${url}/healthz`)).status
    const named = linesOf(served, /SQLITE_(FULL|IOERR)/)
    disk.empty()
    await Promise.all(brought)
    const all = messages + brought.length
    await until(() => served !== undefined && answered(served).ids === all, QUIET_MS)
    const sent = answered(served)
    console.log(
      `disk full (${disk.how}): answered ${sent.ids} of ${all}, twice ${sent.all - sent.ids}; at our door ${doorWords(door)}; log lines that name it ${named}; ${whole(served)}`,
    )
    const strange = [...door.statuses.keys()].filter((status) => ![200, 503, 0].includes(status))
    const promises: [boolean, string][] = [
      [refused > 0, 'disk full: it never was'],
      [sent.ids === all && sent.all === all, `disk full: ${sent.ids} of ${all} answered, ${sent.all - sent.ids} twice`],
      [strange.length === 0, `disk full: ${strange.join(', ')} at our door`],
      [named > 0, 'disk full: no line of the log names it'],
      [health === 200, 'disk full: the program does not answer for its health'],
    ]
    return promises.flatMap(([kept, broken]) => (kept ? [] : [broken]))
  } finally {
    await served?.close()
    disk.close()
  }
}

/** The database locked by another process, and a full disk, under messages on the built program. `--short`: 4 s of lock, fewer messages. */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({ args: argv, options: { short: { type: 'boolean' }, only: { type: 'string' } } })
  const broken: string[] = []
  if (values.only !== 'full') broken.push(...(await locked(values.short ? 4 : 10)))
  if (values.only !== 'locked') broken.push(...(await full(values.short ? 5 : 20)))
  if (broken.length > 0) throw new Error(broken.join('; '))
}
