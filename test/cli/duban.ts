import { fork, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { builtProgram } from './built.ts'

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

interface Options {
  stdin?: string
  env?: Record<string, string>
}

/** A folder of its own with the built program beside it: what a person has on a machine, and nothing of the tester's. */
export interface Desk {
  folder: string
  /** Writes a file into the folder and returns its path. */
  file(name: string, content: string | Uint8Array): string
  run(args: readonly string[], options?: Options): Promise<Ran>
  /** Starts a command that stays; `said` waits until stdout holds the words. */
  start(args: readonly string[], env?: Record<string, string>): Staying
  /** Every row of every table as text, to see that nothing was stored. */
  rows(): string
  /** SQL on the database file, behind the program's back. */
  sql(statement: string): void
  close(): void
}

export interface Staying {
  /** Types a line into it. */
  type(line: string): void
  /** @returns exit code, once it is over by itself */
  over(): Promise<number | null>
  said(words: RegExp): Promise<RegExpExecArray>
  /** What it has written to stderr so far. */
  logged(): string
  /** @returns exit code after the signal */
  end(signal: 'SIGTERM' | 'SIGINT'): Promise<number | null>
  /** Ends it in the middle of whatever it does, unless it is over. */
  kill(): Promise<unknown>
}

/** Only what a shell would hand on: no DATABASE_URL, platform or clock of the machine on which the test runs. */
const bareEnv = (folder: string) => ({
  PATH: process.env.PATH ?? '',
  HOME: folder,
  TZ: 'America/Los_Angeles',
  DATABASE_URL: `file:${join(folder, 'duban.db')}`,
  DATA_DIR: folder,
  PORT: '0',
})

const collect = (stream: NodeJS.ReadableStream, heard: (text: string) => void) => {
  stream.setEncoding('utf8')
  stream.on('data', heard)
}

/** The program run again and again in one process, a command after another; a fifth of the time of a process each. */
const keep = (program: string, folder: string) => {
  const child = fork(fileURLToPath(new URL('kept.mjs', import.meta.url)), [program], {
    cwd: folder,
    env: bareEnv(folder),
    execArgv: [],
  })
  let last: Promise<unknown> = Promise.resolve()
  const one = (args: readonly string[], env: Record<string, string>) =>
    new Promise<Ran>((done, fail) => {
      child.once('exit', fail)
      child.once('message', (ran) => {
        child.off('exit', fail)
        done(ran as Ran)
      })
      child.send({ args, env })
    })
  return {
    run: (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> => {
      const ran = last.then(() => one(args, env))
      last = ran.catch(() => undefined)
      return ran
    },
    end: () => child.kill('SIGKILL'),
  }
}

/** `kept`: commands without stdin share a process, for files whose many cases are about what commands say and store. */
export const openDesk = async ({ kept = false } = {}): Promise<Desk> => {
  const program = await builtProgram()
  const folder = mkdtempSync(join(tmpdir(), 'duban-'))
  const children: ReturnType<typeof spawn>[] = []
  const resident = kept ? keep(program, folder) : undefined
  const begin = (args: readonly string[], env: Record<string, string> = {}) =>
    spawn(process.execPath, [program, ...args], { cwd: folder, env: { ...bareEnv(folder), ...env } })

  return {
    folder,
    file: (name, content) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    run: (args, { stdin, env } = {}) => {
      if (resident && stdin === undefined) return resident.run(args, env)
      return new Promise((done, fail) => {
        const child = begin(args, env)
        const ran: Ran = { code: null, stdout: '', stderr: '' }
        collect(child.stdout, (text) => {
          ran.stdout += text
        })
        collect(child.stderr, (text) => {
          ran.stderr += text
        })
        child.on('error', fail)
        child.on('close', (code) => done({ ...ran, code }))
        // A command that refuses its arguments does not wait for what is typed.
        child.stdin.on('error', () => undefined)
        child.stdin.end(stdin ?? '')
      })
    },
    start: (args, env) => {
      const child = begin(args, env)
      children.push(child)
      return staying(child)
    },
    rows: () => everyRow(join(folder, 'duban.db')),
    sql: (statement) => {
      const db = new Sqlite(join(folder, 'duban.db'))
      db.exec(statement)
      db.close()
    },
    close: () => {
      // What a failed test left behind.
      for (const child of children) child.kill('SIGKILL')
      resident?.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const staying = (child: ReturnType<typeof spawn>): Staying => {
  let words = ''
  let heard = () => {}
  if (child.stdout)
    collect(child.stdout, (text) => {
      words += text
      heard()
    })
  let lines = ''
  if (child.stderr)
    collect(child.stderr, (text) => {
      lines += text
    })
  const ended = new Promise<number | null>((done) => child.on('close', done))
  return {
    type: (line) => void child.stdin?.write(`${line}\n`),
    over: () => ended,
    logged: () => lines,
    said: (pattern) =>
      new Promise((done, fail) => {
        heard = () => {
          const found = pattern.exec(words)
          if (found) done(found)
        }
        heard()
        void ended.then((code) => fail(new Error(`ended with ${code} before it said ${pattern}: ${words}`)))
      }),
    end: (signal) => {
      child.kill(signal)
      return ended
    },
    kill: () => {
      child.kill('SIGKILL')
      return ended
    },
  }
}

const everyRow = (path: string): string => {
  const db = new Sqlite(path, { readonly: true })
  const tables = db.prepare("select name from sqlite_master where type = 'table' order by name").pluck().all()
  const text = tables.map((name) => `${name} ${JSON.stringify(db.prepare(`select * from "${name}"`).all())}`).join('\n')
  db.close()
  return text
}
