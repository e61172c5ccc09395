import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openStore } from '../../db/open.ts'
import { stampOf } from '../../src/cli/runtime.ts'
import { readConfig } from '../../src/config.ts'
import { register } from '../../src/flow/roster.ts'
import { nodeDeps } from '../../src/node-deps.ts'
import { createFakeLark, freeLark, larkEnv } from '../../test/fakes/lark.ts'
import { createClock } from '../movable-clock.ts'
import { openRough } from '../rough.ts'
import { type Binding, fillOffice } from '../webhook/office.ts'

const cli = join(new URL('../../', import.meta.url).pathname, 'dist/cli.js')

/** A Monday, a minute after the lists of the week are due. */
const MONDAY = '2026-04-20T09:01:00+08:00'

/** Replies and pushes take as long as a platform takes, so that something is always under way. */
const latency = () => 20 + Math.random() * 60

/** So many characters of a process's log say what it came to. */
const KEPT = 1000

interface Replica {
  url: string
  /** The last lines that it logged. */
  said: () => string
  child: ChildProcess
}

/** The liaisons' accounts, entered as the command line would: a process for each of them takes too long. */
const bind = async (url: string, now: () => Date, bindings: readonly Binding[]): Promise<void> => {
  const store = await openStore(url)
  try {
    const given = { config: readConfig({}), store, now, log: () => undefined, office: 'default' }
    const deps = nodeDeps(given, new Set())
    const { view } = await deps.cache(deps.store)
    const units = view.units.filter(({ kind }) => kind === 'unit')
    const people = bindings.map(({ key, name }, i) => ({
      ...{ name, role: 'liaison' as const, units: [units[i]?.id ?? ''], charge: [], post: '' as const, mobile: '' },
      identities: [key],
    }))
    await register(deps, { people }, stampOf(deps))
  } finally {
    await store.close()
  }
}

/**
 * An office of sixty units on a corner of its own of a PostgreSQL database, a platform, and room for so many processes of
 * the built program; none of them runs yet.
 */
export const openReplicas = async (database: string, many: number) => {
  if (!existsSync(cli)) throw new Error('dist/cli.js is not there: npm run build first')
  const folder = await mkdtemp(join(tmpdir(), 'duban-replicas-'))
  const schema = `bench_replicas_${process.pid}_${Date.now().toString(36)}`
  const address = new URL(database)
  address.searchParams.set('options', `-c search_path=${schema}`)
  const admin = new pg.Pool({ connectionString: address.href, max: 2 })
  await admin.query(`create schema ${schema}`)
  const clock = createClock(MONDAY)
  const fake = createFakeLark(freeLark, clock.now)
  const platform = await openRough(fake, (path) => path.includes('/im/v1/messages'), { latency })
  const env = () => ({
    PATH: process.env.PATH,
    DATABASE_URL: address.href,
    DATA_DIR: folder,
    PORT: '0',
    DUBAN_NOW: clock.now().toISOString(),
    ...larkEnv(platform.domain),
  })
  const duban = (...args: string[]): string =>
    execFileSync(process.execPath, [cli, ...args], { env: env(), encoding: 'utf8', stdio: 'pipe' })
  await bind(address.href, clock.now, fillOffice(duban, folder))

  const replicas: (Replica | undefined)[] = Array(many).fill(undefined)
  const start = async (i: number): Promise<void> => {
    const child = spawn(process.execPath, [cli, 'serve'], { env: env(), stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stderr.on('data', (part) => {
      said = `${said}${part}`.slice(-KEPT)
    })
    let out = ''
    for await (const part of child.stdout) {
      out += part
      const url = /http:\/\/\S+:\d+/.exec(out)?.[0]
      if (!url) continue
      replicas[i] = { url, child, said: () => said }
      return
    }
    throw new Error(`serve ended: ${out}${said}`)
  }
  /** Ends one as the signal says; its place stays empty. */
  const end = async (i: number, signal: NodeJS.Signals): Promise<void> => {
    const replica = replicas[i]
    replicas[i] = undefined
    if (!replica || replica.child.exitCode !== null || replica.child.signalCode !== null) return
    const ended = once(replica.child, 'exit')
    replica.child.kill(signal)
    await ended
  }
  let turn = 0
  return {
    many,
    fake,
    clock,
    duban,
    start,
    end,
    startAll: () => Promise.all(replicas.map((_, i) => start(i))),
    endAll: (signal: NodeJS.Signals) => Promise.all(replicas.map((_, i) => end(i, signal))),
    /** Where the load balancer sends the next request: in turn, also to one that has just died. */
    next: (): string => {
      const up = replicas.filter((each) => each !== undefined)
      return up[turn++ % up.length]?.url ?? 'http://127.0.0.1:9'
    },
    /** What each says of itself, for whoever has to find out why none takes a message. */
    state: async (): Promise<string> => {
      const each = replicas.filter((one) => one !== undefined)
      const ready = ({ url }: Replica) => fetch(`${url}/readyz`).then((answer) => answer.text(), String)
      return (await Promise.all(each.map(async (one) => `${await ready(one)} ${one.said()}`))).join(' | ')
    },
    rows: async <T>(sql: string): Promise<T[]> => (await admin.query(sql)).rows as T[],
    close: async () => {
      await Promise.all(replicas.map((_, i) => end(i, 'SIGKILL')))
      await platform.close()
      await admin.query(`drop schema ${schema} cascade`)
      await admin.end()
      await rm(folder, { recursive: true })
    },
  }
}

export type Replicas = Awaited<ReturnType<typeof openReplicas>>
