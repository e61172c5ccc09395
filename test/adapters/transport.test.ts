import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createKeepAliveFetch } from '../../adapters/transport.node.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A real server on loopback: what is under test is sockets. */
async function serve(listener: RequestListener): Promise<{ base: string; connections: () => number }> {
  let connections = 0
  const server = createServer(listener).on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections }
}

const echo: RequestListener = async (request, response) => {
  const parts = []
  for await (const part of request) parts.push(part)
  response.writeHead(201, { 'x-method': request.method, 'x-type': request.headers['content-type'] ?? '' })
  response.end(Buffer.concat(parts))
}

describe('fetch over kept-alive connections', () => {
  it('sends what fetch sends, on one connection', async () => {
    const { base, connections } = await serve(echo)
    const fetch = createKeepAliveFetch()
    for (let i = 0; i < 5; i++) {
      const response = await fetch(`${base}/x?y=1`, {
        method: 'POST',
        headers: { 'content-type': 'text/x' },
        body: '收到',
      })
      expect([response.status, response.headers.get('x-method'), response.headers.get('x-type')]).toEqual([
        201,
        'POST',
        'text/x',
      ])
      expect(await response.text()).toBe('收到')
    }
    expect(connections()).toBe(1)
  })

  it('takes a URL, a Request, and other kinds of body', async () => {
    const { base } = await serve(echo)
    const fetch = createKeepAliveFetch()
    expect(await (await fetch(new URL(base))).text()).toBe('')
    const request = new Request(base, { method: 'PUT', body: 'a' })
    expect([(await fetch(request)).headers.get('x-method')]).toEqual(['PUT'])
    const form = await fetch(base, { method: 'POST', body: new URLSearchParams({ a: 'b' }) })
    expect([form.headers.get('x-type'), await form.text()]).toEqual([
      'application/x-www-form-urlencoded;charset=UTF-8',
      'a=b',
    ])
    expect(await (await fetch(base, { method: 'POST', body: new Uint8Array([97]) })).text()).toBe('a')
  })

  it('gives an answer without a body', async () => {
    const { base } = await serve((_, response) => response.writeHead(204).end())
    const response = await createKeepAliveFetch()(base)
    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  it('ends with its signal, before the answer and within it', async () => {
    const { base } = await serve((request, response) => {
      if (request.url === '/half') response.write('half')
    })
    const fetch = createKeepAliveFetch()
    for (const path of ['/never', '/half']) {
      const error = await fetch(base + path, { signal: AbortSignal.timeout(50) }).catch((e: unknown) => e)
      expect([path, (error as Error).name]).toEqual([path, 'TimeoutError'])
    }
    await expect(fetch(base, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('says that nothing left where it was given up before there was a connection', async () => {
    const silent = createTcpServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    closing.push(async () => void silent.close())
    const base = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const signal = AbortSignal.timeout(50)
    await expect(createKeepAliveFetch()(base, { signal })).rejects.toMatchObject({ code: 'UND_ERR_CONNECT_TIMEOUT' })
  })

  it('stops reading an answer that is too long', async () => {
    const { base } = await serve((_, response) => response.end('x'.repeat(5000)))
    await expect(createKeepAliveFetch({ mostBytes: 1000 })(base)).rejects.toThrow('too long')
  })

  it('says when nobody is there', async () => {
    const { base } = await serve(echo)
    await closing.pop()?.()
    await expect(createKeepAliveFetch()(base)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
