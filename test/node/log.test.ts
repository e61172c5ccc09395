import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLog } from '../../src/node/log.ts'

const now = () => new Date('2026-08-15T02:00:00Z')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duban-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('level, time, pid and office before what happened; each line is there when the call returns', () => {
  const to = join(folder, 'log')
  const { log, of } = openLog({ now, to })
  log({ event: 'start' })
  of('yunling')({ event: 'message', platform: 'lark', outcome: 'answered', ms: 1.234 })
  const lines = readFileSync(to, 'utf8').trimEnd().split('\n')
  const head = { level: 'info', at: '2026-08-15T02:00:00.000Z', pid: process.pid }
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { ...head, event: 'start' },
    { ...head, office: 'yunling', event: 'message', platform: 'lark', outcome: 'answered', ms: 1.23 },
  ])
})

it('LOG_LEVEL: less than that is not written', () => {
  const to = join(folder, 'log')
  const { log } = openLog({ now, to, level: 'warn' })
  log({ event: 'start' })
  log({ event: 'refused', platform: 'lark', outcome: 'signature' })
  log({ event: 'tick', outcome: 'failed', error: { class: 'SqliteError', code: 'SQLITE_FULL' } })
  const levels = readFileSync(to, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).level)
  expect(levels).toEqual(['warn', 'error'])
})

it.runIf(existsSync('/dev/full'))(
  'a full disk ends the lines and not the process, and what waits for room is bounded',
  () => {
    const { log } = openLog({ now, to: openSync('/dev/full', 'a') as number })
    for (let i = 0; i < 30_000; i++) log({ event: 'start' })
  },
)

it('a crash is one line, without the message, which may hold people’s words', () => {
  const program = `
    import { openLog, tellCrash } from ${JSON.stringify(new URL('../../src/node/log.ts', import.meta.url).href)}
    tellCrash(openLog({ now: () => new Date() }).log)
    setTimeout(() => Promise.reject(Object.assign(new TypeError('张伟说 sk-9f8e7d6c'), { code: 'SQLITE_CORRUPT' })), 1)
    setTimeout(() => undefined, 60_000)`
  const ran = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    encoding: 'utf8',
  })
  expect(ran.status).toBe(1)
  expect(ran.stdout).toBe('')
  expect(JSON.parse(ran.stderr)).toMatchObject({
    level: 'error',
    event: 'crash',
    error: { class: 'TypeError', code: 'SQLITE_CORRUPT' },
  })
})
