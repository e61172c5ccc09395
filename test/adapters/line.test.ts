import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { again, type Line, openLine } from '../../adapters/line.node.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const never = () => new AbortController().signal
const at = (address: unknown) => `ws://127.0.0.1:${(address as AddressInfo).port}`

const openServer = async (autoPong = true) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, autoPong })
  await once(server, 'listening')
  closing.push(() => {
    for (const client of server.clients) client.terminate()
    return new Promise((done) => server.close(done))
  })
  return { server, url: at(server.address()) }
}

/** A TCP server that takes connections and does with each what it is told. */
const openRaw = async (take: (socket: Socket) => void) => {
  const sockets = new Set<Socket>()
  const server = createTcp((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    take(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((done) => server.close(done))
  })
  return at(server.address())
}

describe('a line', () => {
  it('carries text both ways until its end, and takes no more after that', async () => {
    const { server, url } = await openServer()
    server.on('connection', (socket) => socket.on('message', (data) => socket.send(`${data}!`)))
    const heard: string[] = []
    let held: Line | undefined
    const end = await openLine(url, {
      signal: never(),
      idleMs: 1000,
      onOpen: (line) => {
        held = line
        expect(line.send('好')).toBe(true)
      },
      onText: (text, line) => {
        heard.push(text)
        line.close()
        expect(line.send('late')).toBe(false)
      },
    })
    expect([heard, end]).toEqual([['好!'], { opened: true, why: 'closed-1006' }])
    expect(held?.send('later')).toBe(false)
  })

  it('ends when the other side ends it, or breaks it', async () => {
    const { server, url } = await openServer()
    const options = { signal: never(), idleMs: 1000, onText: () => undefined }
    server.once('connection', (socket) => socket.close(4000, 'why'))
    expect(await openLine(url, options)).toEqual({ opened: true, why: 'closed-4000' })
    server.once('connection', (socket) => socket.terminate())
    expect(await openLine(url, options)).toEqual({ opened: true, why: 'closed-1006' })
  })

  it('ends when it is told to: before, while it connects, and while it stands', async () => {
    const onText = () => undefined
    const aborted = AbortSignal.abort()
    expect(await openLine('ws://127.0.0.1:1', { signal: aborted, idleMs: 1000, onText })).toEqual({
      opened: false,
      why: 'aborted',
    })
    const mute = await openRaw(() => undefined)
    const early = new AbortController()
    const connecting = openLine(mute, { signal: early.signal, idleMs: 1000, onText })
    setTimeout(() => early.abort(), 20)
    expect(await connecting).toEqual({ opened: false, why: 'aborted' })
    const { url } = await openServer()
    const late = new AbortController()
    const standing = openLine(url, { signal: late.signal, idleMs: 1000, onText, onOpen: () => late.abort() })
    expect(await standing).toEqual({ opened: true, why: 'aborted' })
  })

  it('notices that nobody is there any more, though nobody said so', async () => {
    const { server, url } = await openServer(false)
    let pings = 0
    server.on('connection', (socket) => socket.on('ping', () => pings++))
    const end = await openLine(url, { signal: never(), idleMs: 60, onText: () => undefined })
    expect(end).toEqual({ opened: true, why: 'silent' })
    expect(pings).toBeGreaterThan(0)
  })

  it('stands as long as somebody answers its pings', async () => {
    const { url } = await openServer()
    const quit = new AbortController()
    const started = performance.now()
    setTimeout(() => quit.abort(), 250)
    expect(await openLine(url, { signal: quit.signal, idleMs: 60, onText: () => undefined })).toMatchObject({
      why: 'aborted',
    })
    expect(performance.now() - started).toBeGreaterThan(200)
  })

  it('waits no longer for a handshake than it is told', async () => {
    const url = await openRaw(() => undefined)
    const end = await openLine(url, { signal: never(), idleMs: 1000, handshakeMs: 40, onText: () => undefined })
    expect(end).toMatchObject({ opened: false })
  })

  it('says why there was none, and never rejects', async () => {
    const web = createServer((_, response) => {
      response.writeHead(403)
      response.end('no')
    })
    web.listen(0, '127.0.0.1')
    await once(web, 'listening')
    closing.push(() => new Promise((done) => web.close(done)))
    const options = { signal: never(), idleMs: 1000, onText: () => undefined }
    const why = async (url: string) => (await openLine(url, options)).why
    expect(await why(at(web.address()))).toBe('http-403')
    expect(await why('ws://127.0.0.1:1')).toBe('ECONNREFUSED')
    expect(await why('no address')).toBe('bad-url')
    expect(await why('ftp://127.0.0.1')).toBe('bad-url')
    expect(await why(await openRaw((socket) => socket.end('junk')))).toMatch(/^[\w-]+$/)
  })

  it('is cut by what cannot be read or is too long, and by what its owner throws', async () => {
    const { server, url } = await openServer()
    const throws = () => {
      throw new Error('no')
    }
    server.on('connection', (socket) => socket.send('{'))
    const options = { signal: never(), idleMs: 1000 }
    expect((await openLine(url, { ...options, onText: throws })).why).toBe('unreadable')
    expect((await openLine(url, { ...options, onText: () => undefined, onOpen: throws })).why).toBe('failed')
    server.removeAllListeners('connection')
    server.on('connection', (socket) => socket.send('x'.repeat((1 << 20) + 1)))
    expect((await openLine(url, { ...options, onText: () => undefined })).why).toMatch(/MESSAGE_LENGTH/)
  })

  it('passes over what is no text', async () => {
    const { server, url } = await openServer()
    const heard: string[] = []
    server.on('connection', (socket) => {
      socket.send(Buffer.from([1, 2]))
      socket.send('text')
    })
    const onText = (text: string, line: Line) => {
      heard.push(text)
      line.close()
    }
    await openLine(url, { signal: never(), idleMs: 1000, onText })
    expect(heard).toEqual(['text'])
  })
})

describe('again', () => {
  const run = async (ends: ('good' | 'bad' | 'over' | Error)[], signal = never()) => {
    const starts: number[] = []
    await again(
      async () => {
        starts.push(performance.now())
        const end = ends.shift() ?? 'over'
        if (end instanceof Error) throw end
        return end
      },
      { firstMs: 20, mostMs: 80, signal, random: () => 0.5 },
    )
    return starts.slice(1).map((start, i) => start - (starts[i] ?? 0))
  }

  it('waits twice as long after each failure, up to the most, and begins anew after a success', async () => {
    const pauses = await run(['bad', new Error('x'), 'bad', 'good', 'over'])
    for (const [i, least] of [40, 80, 80, 20].entries()) expect(pauses[i]).toBeGreaterThanOrEqual(least - 2)
    // A busy machine may make a pause longer, but not the one after a success than all before it.
    expect(Math.min(...pauses)).toBe(pauses[3])
  })

  it('ends when it is over, and in the middle of a pause when it is told to', async () => {
    expect(await run(['over', 'bad'])).toEqual([])
    const quit = new AbortController()
    setTimeout(() => quit.abort(), 10)
    expect(await run(['bad', 'bad', 'bad'], quit.signal)).toHaveLength(0)
    expect(await run(['bad'], AbortSignal.abort())).toEqual([])
  })
})
