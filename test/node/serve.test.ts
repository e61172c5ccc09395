import { createDecipheriv, createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { readConfig } from '../../src/config.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { type Serving, serveNode } from '../../src/node.ts'
import { openGateway } from '../adapters/lark/gateway.ts'
import { mainJob } from '../conversation/script.ts'
import { createFakeLark, freeLark, freeLarkEnv, larkConfig } from '../fakes/lark.ts'
import { until } from '../fakes/until.ts'
import type { Wire } from '../fakes/wire.ts'
import { accounts, settle, type Who } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'
import { openLoopback } from './loopback.ts'

const app = {
  LARK_APP_ID: larkConfig.appId,
  LARK_APP_SECRET: larkConfig.appSecret,
  HOST: '127.0.0.1',
  PORT: '0',
  ...freeLarkEnv,
}
const webhook = {
  ...app,
  LARK_ENCRYPT_KEY: larkConfig.encryptKey,
  LARK_VERIFICATION_TOKEN: larkConfig.verificationToken,
}

let store: Store
let town: Town
let fake: ReturnType<typeof createFakeLark>
let platform: Awaited<ReturnType<typeof openLoopback>>
let logged: { event: string; outcome?: string }[]
let serving: Serving | undefined

const serveWith = async (variables: Record<string, string>): Promise<Serving> => {
  const log = (entry: { event: string; outcome?: string }) => void logged.push(entry)
  serving = await serveNode({
    config: readConfig(variables),
    store,
    now: town.deps.now,
    log,
    office: 'default',
  })
  return serving
}

beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openTown(store.of('default'))
  await settle(town, 'lark')
  // After office hours: a server that starts in them has reminders to send.
  town.on('2017-08-15', '19:00')
  fake = createFakeLark(freeLark, town.deps.now)
  platform = await openLoopback(fake)
  logged = []
})
afterEach(async () => {
  await serving?.stop()
  serving = undefined
  await platform.close()
  await store.close()
})

const says = (who: Who, text: string) => fake.says({ from: accounts[who], chat: 'oc_work', text, at: true })
/** The event inside a webhook's body: what the long connection carries in the clear. */
const opened = ({ body }: Wire): string => {
  const sealed = Buffer.from(JSON.parse(body).encrypt, 'base64')
  const key = createHash('sha256').update(larkConfig.encryptKey).digest()
  const cipher = createDecipheriv('aes-256-cbc', key, sealed.subarray(0, 16))
  return Buffer.concat([cipher.update(sealed.subarray(16)), cipher.final()]).toString()
}
const cards = () => fake.sent.map(({ card }) => JSON.stringify(card))

describe('serveNode, by webhook', () => {
  let url: string
  beforeEach(async () => {
    url = (await serveWith({ ...webhook, LARK_DOMAIN: platform.domain })).url
  })
  const post = ({ body, headers }: Wire, path = '/webhooks/lark') =>
    fetch(url + path, { method: 'POST', headers, body })

  it('runs the main job over real ports, on few connections', async () => {
    for (const [i, step] of mainJob.entries()) {
      const response = await post(says(step.who, step.says))
      expect([response.status, await response.text()]).toEqual([200, '{}'])
      await until(() => fake.sent.length === i + 1)
      for (const pattern of step.hears === 'silence' ? [] : step.hears)
        expect(cards().at(-1), step.says).toMatch(pattern)
    }
    expect((await verifyLedger(store.of('default'))).broken).toEqual([])
    expect(platform.connections()).toBeLessThanOrEqual(2)
  })

  it('answers for its health', async () => {
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok')
    expect(await (await fetch(`${url}/readyz`)).text()).toBe('ready')
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('duban_outbox{office="default",state="waiting"} 0')
  })

  it('answers one message once, however often it comes at once', async () => {
    const wire = says('finance', '1-2 7月的正在办')
    const responses = await Promise.all([1, 2, 3, 4].map(() => post(wire)))
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    await serving?.stop()
    expect(fake.sent).toHaveLength(1)
  })

  it('refuses what is not proven, too long, or at no door, with an empty body', async () => {
    const forged = { ...says('finance', '帮助'), body: says('finance', '通过 1-2').body }
    const long = { ...says('finance', '帮助'), body: ' '.repeat((1 << 20) + 1) }
    const refusals = [await post(forged), await post(long), await post(forged, '/webhooks/wecom-bot')]
    const seen = await Promise.all(refusals.map(async (each) => [each.status, await each.text()]))
    expect(seen).toEqual([
      [401, ''],
      [413, ''],
      [404, ''],
    ])
    expect(logged.filter(({ event }) => event === 'refused')).toEqual([
      { event: 'refused', platform: 'lark', outcome: 'signature' },
    ])
    expect(await store.of('default').q.$count(store.of('default').t.receipts)).toBe(0)
  })

  it('waits at its end for what is on its way, and takes no more', async () => {
    platform.slow.sends = 400
    await post(says('leader', '本月市财政局有哪些到期任务'))
    expect(fake.sent).toHaveLength(0)
    await serving?.stop()
    expect(fake.sent).toHaveLength(1)
    await expect(post(says('leader', '帮助'))).rejects.toThrow()
  })

  it('answers the request that is being read when the end comes, and is not held up by connections kept alive', async () => {
    const agent = new Agent({ keepAlive: true })
    const { headers, body } = says('leader', '帮助')
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    const half = request(`${url}/webhooks/lark`, { method: 'POST', headers: { ...headers, ...length }, agent })
    const status = new Promise((done, fail) => {
      half.on('response', (response) => {
        response.resume()
        done(response.statusCode)
      })
      half.on('error', fail)
    })
    half.write(body.slice(0, 10))
    await fetch(`${url}/healthz`)
    const began = performance.now()
    const stopped = serving?.stop()
    setTimeout(() => half.end(body.slice(10)), 200)
    expect(await status).toBe(200)
    await stopped
    expect(performance.now() - began).toBeLessThan(2000)
    expect(fake.sent).toHaveLength(1)
    agent.destroy()
  })

  it('says at its start that a port is taken', async () => {
    const PORT = new URL(url).port
    const again = serveNode({
      config: readConfig({ ...app, LARK_MODE: 'socket', PORT }),
      store,
      now: town.deps.now,
      log: () => {},
      office: 'default',
    })
    await expect(again).rejects.toThrow('EADDRINUSE')
  })

  it('lives through what is no HTTP at all', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('error', () => undefined)
    await new Promise((done) => socket.end('GET / NOTHTTP\r\n\r\n\u0000', () => done(undefined)))
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })
})

describe('serveNode, by long connection', () => {
  it('takes what comes over the socket the way of every message, and hangs up at its end', async () => {
    const gateway = await openGateway(larkConfig, fake.fetch)
    try {
      const { url } = await serveWith({ ...app, LARK_MODE: 'socket', LARK_DOMAIN: gateway.domain })
      await until(() => logged.some(({ outcome }) => outcome === 'ready'))
      const event = opened(says('leader', '本月市财政局有哪些到期任务'))
      const acks = await Promise.all([1, 2, 3, 4].map(() => gateway.push(event)))
      expect(acks.map(({ code }) => code)).toEqual([200, 200, 200, 200])
      await until(() => fake.sent.length > 0)
      expect(cards().join()).toMatch(/1-2.*8月31日到期/)
      expect((await fetch(`${url}/webhooks/lark`, { method: 'POST', body: event })).status).toBe(404)
      await serving?.stop()
      expect(fake.sent).toHaveLength(1)
      await until(() => gateway.connected() === 0)
    } finally {
      await gateway.close()
    }
  })
})
