import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, Delivery } from '../../adapters/adapter.ts'
import type { AdapterDeps } from '../../adapters/deps.ts'
import { createDingtalkAdapter } from '../../adapters/dingtalk/index.ts'
import { createLarkAdapter } from '../../adapters/lark/index.ts'
import { createKeepAliveFetch, createSend } from '../../adapters/transport.node.ts'
import { createWecomAppAdapter } from '../../adapters/wecom/app/index.ts'
import { createWecomBotAdapter } from '../../adapters/wecom/bot/index.ts'
import { createWecomHookAdapter } from '../../adapters/wecom/hook/index.ts'
import type { Card } from '../../src/model/card.ts'
import type { Address } from '../../src/model/message.ts'
import type { DeliveryError } from '../../src/model/problem.ts'
import { createFakeDingtalk, dingtalkConfig } from '../fakes/dingtalk.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { until } from '../fakes/until.ts'
import { wecomBotConfig } from '../fakes/wecom.ts'
import { createFakeWecomApp, wecomAppConfig } from '../fakes/wecom-app.ts'
import { createFakeWecomHook, hookKey } from '../fakes/wecom-hook.ts'

const now = () => new Date(1_700_000_000_000)
const TIMEOUT_MS = 200
const card: Card = { title: '已收到', tone: 'good', blocks: [{ kind: 'text', text: '公开17-4 已登记' }] }

/** What a server does with a request that has arrived, instead of answering it. */
const wrongs: Record<string, (response: ServerResponse) => void> = {
  'takes the request and never answers': () => undefined,
  'answers headers and never the body': (response) =>
    void response.writeHead(200, { 'content-length': 100 }).flushHeaders(),
  'answers byte by byte, without end': (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const drip = setInterval(() => response.write(' '), 10)
    response.on('close', () => clearInterval(drip))
  },
  'breaks off in the middle of its answer': (response) => {
    response.writeHead(200, { 'content-length': 100 })
    response.write('{"code":0,')
    setTimeout(() => response.socket?.resetAndDestroy(), 10)
  },
  'breaks off before it': (response) => void response.socket?.resetAndDestroy(),
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const part of request) body += part
  return body
}

/** A platform on a real port: its sends go wrong, all else goes to the fake behind it. */
const openServer = async (behind: typeof fetch, isSend: (path: string) => boolean) => {
  const state: { wrong?: (response: ServerResponse) => void; sends: number } = { sends: 0 }
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const path = request.url ?? '/'
    if (isSend(path)) {
      state.sends++
      if (state.wrong) return state.wrong(response)
    }
    const { method = 'GET', headers } = request
    const init = { method, headers: headers as Record<string, string>, ...(method === 'GET' ? {} : { body }) }
    const answer = await behind(`http://platform.test${path}`, init)
    return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    state,
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

interface Subject {
  behind: typeof fetch
  isSend: RegExp
  open(base: string, deps: AdapterDeps): Adapter
  delivery(base: string): Omit<Delivery, 'card' | 'key'>
}

const place = (platform: Address['platform'], route: string, kind: Address['kind'], id: string): Address => ({
  ...{ platform, route, kind, id },
})
const ok = (async () => Response.json({ errcode: 0 })) as typeof fetch

/** It looks at whom it is asked as. */
const dingtalkBehind = (): typeof fetch => {
  const fake = createFakeDingtalk(dingtalkConfig, now)
  return (input, init) => fake.fetch(String(input).replace('http://platform.test', dingtalkConfig.apiBase), init)
}

const subjects: Record<string, () => Subject> = {
  lark: () => ({
    ...{ behind: createFakeLark(larkConfig, now).fetch, isSend: /\/im\/v1\/messages/ },
    open: (domain, deps) => createLarkAdapter({ ...larkConfig, domain }, deps),
    delivery: () => ({ to: place('lark', larkConfig.appId, 'room', 'oc_finance') }),
  }),
  'wecom-app': () => ({
    ...{ behind: createFakeWecomApp(wecomAppConfig, now).fetch, isSend: /\/message\/send/ },
    open: (apiBase, deps) => createWecomAppAdapter({ ...wecomAppConfig, apiBase }, deps),
    delivery: () => ({ to: place('wecom', wecomAppConfig.agentId, 'person', 'zhangsan') }),
  }),
  'wecom-bot': () => ({
    ...{ behind: ok, isSend: /\/response/ },
    open: (apiBase, deps) => createWecomBotAdapter({ ...wecomBotConfig, apiBase }, deps),
    delivery: (base) => ({
      to: place('wecom', 'AIB001', 'room', 'wrGROUP1'),
      replyBy: { handle: `${base}/cgi-bin/aibot/response?response_code=1`, until: new Date(now().getTime() + 60_000) },
    }),
  }),
  'wecom-hook': () => ({
    ...{ behind: createFakeWecomHook(now).fetch, isSend: /\/webhook\/send/ },
    open: (apiBase, deps) =>
      createWecomHookAdapter({ apiBase, agentId: '1000002', botName: '督办', tables: false }, deps),
    delivery: () => ({ to: place('wecom', 'hook', 'room', 'wrGROUP1'), webhook: hookKey }),
  }),
  dingtalk: () => ({
    ...{ behind: dingtalkBehind(), isSend: /\/groupMessages\/send/ },
    open: (apiBase, deps) => createDingtalkAdapter({ ...dingtalkConfig, apiBase }, deps),
    delivery: () => ({ to: place('dingtalk', dingtalkConfig.robotCode, 'room', 'cidFINANCE==') }),
  }),
}

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

describe.each(Object.entries(subjects))('%s, over kept-alive connections', (_, make) => {
  let subject: Subject
  let server: Awaited<ReturnType<typeof openServer>>
  let adapter: Adapter
  let count = 0
  const deps = () => ({ fetch: createKeepAliveFetch(), send: createSend(), now, timeout: TIMEOUT_MS })
  const ending = (base = server.base, by = adapter) =>
    by.deliver({ ...subject.delivery(base), card, key: `notice ${++count}` }).then(
      () => 'sent',
      (error: DeliveryError) => error.reason ?? error,
    )

  beforeEach(async () => {
    subject = make()
    server = await openServer(subject.behind, (path) => subject.isSend.test(path))
    closing.push(server.close)
    adapter = subject.open(server.base, deps())
  })

  it.each(Object.entries(wrongs))('a server that %s: it may have arrived, and the next one goes', async (_, wrong) => {
    expect(await ending()).toBe('sent')
    server.state.wrong = wrong
    const began = performance.now()
    expect(await ending()).toBe('unsure')
    // Tried at most twice within one delivery, each for so long.
    expect(performance.now() - began).toBeLessThan(4 * TIMEOUT_MS + 500)
    delete server.state.wrong
    expect(await ending()).toBe('sent')
  })

  it('a server that refuses TLS, or never ends its handshake: nothing was sent', async () => {
    for (const refuse of [true, false]) {
      const plain = createTcpServer((socket) => {
        socket.on('error', () => undefined)
        if (refuse) socket.end('HTTP/1.0 400 Bad Request\r\n\r\n')
      })
      plain.listen(0, '127.0.0.1')
      await once(plain, 'listening')
      closing.push(() => plain.close())
      const base = `https://127.0.0.1:${(plain.address() as AddressInfo).port}`
      expect([refuse, await ending(base, subject.open(base, deps()))]).toEqual([refuse, 'later'])
    }
  })

  it('leaves no call behind', async () => {
    const calls = () => process.getActiveResourcesInfo().filter((name) => name === 'HTTPClientRequest').length
    server.state.wrong = wrongs['takes the request and never answers'] ?? (() => undefined)
    await Promise.all(Array.from({ length: 5 }, () => ending()))
    await until(() => calls() === 0)
  })
})
