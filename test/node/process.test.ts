import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openGateway } from '../adapters/lark/gateway.ts'
import { builtProgram } from '../cli/built.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { openLoopback } from './loopback.ts'

const now = '2017-08-15T10:00:00+08:00'

let folder: string
let child: ChildProcess | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'duban-'))
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

/** `duban serve` as a process of its own; `said` gives what stands in the output, once `pattern` does. */
const start = async (variables: Record<string, string>) => {
  const server = spawn(process.execPath, [await builtProgram(), 'serve'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: `file:${join(folder, 'duban.db')}`,
      PORT: '0',
      DUBAN_NOW: now,
      LARK_APP_ID: larkConfig.appId,
      LARK_APP_SECRET: larkConfig.appSecret,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child = server
  let out = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (part) => (out += part))
  const exited = once(server, 'exit')
  return {
    kill: (signal: NodeJS.Signals = 'SIGTERM') => server.kill(signal),
    /** What it logged, line by line. */
    lines: (): object[] => out.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : [])),
    exited,
    said: async (pattern: RegExp) => {
      for (let tries = 0; !pattern.test(out) && server.exitCode === null && tries < 1500; tries++)
        await new Promise((done) => setTimeout(done, 10))
      expect(out).toMatch(pattern)
      return pattern.exec(out) as RegExpExecArray
    },
  }
}

it('SIGTERM: what was stored is still sent, then the process ends with 0', async () => {
  const fake = createFakeLark(larkConfig, () => new Date(now))
  const platform = await openLoopback(fake, { sends: 500 })
  const server = await start({
    LARK_ENCRYPT_KEY: larkConfig.encryptKey,
    LARK_VERIFICATION_TOKEN: larkConfig.verificationToken,
    LARK_DOMAIN: platform.domain,
  })
  const [, url] = await server.said(/(http:\/\/127\.0\.0\.1:\d+)/)
  const { headers, body } = fake.says({ from: 'ou_a', text: '帮助' })
  expect((await fetch(`${url}/webhooks/lark`, { method: 'POST', headers, body })).status).toBe(200)
  server.kill()
  expect(await server.exited).toEqual([0, null])
  expect(fake.sent).toHaveLength(1)
  // What it did last is told too.
  expect(server.lines()).toMatchObject([
    { event: 'start', level: 'info', pid: expect.any(Number) },
    { event: 'message', outcome: 'answered' },
    { event: 'delivery', outcome: 'sent' },
    { event: 'stop' },
  ])
  await platform.close()
})

it('SIGKILL: every line that was written before is there', async () => {
  const fake = createFakeLark(larkConfig, () => new Date(now))
  const platform = await openLoopback(fake)
  const server = await start({
    LARK_ENCRYPT_KEY: larkConfig.encryptKey,
    LARK_VERIFICATION_TOKEN: larkConfig.verificationToken,
    LARK_DOMAIN: platform.domain,
  })
  const [, url] = await server.said(/(http:\/\/127\.0\.0\.1:\d+)/)
  const { headers, body } = fake.says({ from: 'ou_a', text: '帮助' })
  await fetch(`${url}/webhooks/lark`, { method: 'POST', headers, body })
  server.kill('SIGKILL')
  await server.exited
  // The answer to the request came after the line.
  expect(server.lines()).toContainEqual(expect.objectContaining({ event: 'message', outcome: 'answered' }))
  await platform.close()
})

it('SIGTERM with a balancer in front: says so on /readyz, and goes on answering until it was taken out', async () => {
  const server = await start({ DRAIN_SECONDS: '2', LARK_MODE: 'socket', LARK_DOMAIN: 'http://127.0.0.1:9' })
  const [, url] = await server.said(/(http:\/\/127\.0\.0\.1:\d+)/)
  const ready = async () => {
    const response = await fetch(`${url}/readyz`)
    return `${response.status} ${await response.text()}`
  }
  expect(await ready()).toBe('200 ready')
  server.kill()
  let said = ''
  for (let tries = 0; tries < 100 && said !== '503 not ready: stopping'; tries++) said = await ready()
  expect(said).toBe('503 not ready: stopping')
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect(await server.exited).toEqual([0, null])
})

it('SIGTERM: a long connection keeps no process alive', async () => {
  const gateway = await openGateway(larkConfig, createFakeLark(larkConfig).fetch)
  const server = await start({ LARK_MODE: 'socket', LARK_DOMAIN: gateway.domain })
  await server.said(/"outcome":"ready"/)
  const began = performance.now()
  server.kill()
  expect(await server.exited).toEqual([0, null])
  expect(performance.now() - began).toBeLessThan(3000)
  await gateway.close()
})
