import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'

/** A long connection of text frames over `ws`, for platforms that speak JSON over a WebSocket. */
export interface Line {
  /** False where the connection is no longer open. */
  send(text: string): boolean
  close(): void
}

export interface LineOptions {
  signal: AbortSignal
  onOpen?(line: Line): void
  /** What throws here ends the connection, and not the process. */
  onText(text: string, line: Line): void
  /** Milliseconds without a single frame, also of pings, after which the other side counts as gone: noticed half as much later. */
  idleMs: number
  handshakeMs?: number
}

const HANDSHAKE_MS = 15_000
const MOST_BYTES = 1 << 20

/** Undefined for what is no address of a WebSocket. */
const dialled = (url: string, handshakeMs: number): WebSocket | undefined => {
  try {
    return new WebSocket(url, { handshakeTimeout: handshakeMs, maxPayload: MOST_BYTES, followRedirects: false })
  } catch {
    return undefined
  }
}

/**
 * One connection, from the handshake to its end; resolves with whether it had been open and why it ended (one word, fit for a
 * log): never rejects. Pings the other side at half of `idleMs`, so that a half-open connection is noticed.
 */
export const openLine = (
  url: string,
  { signal, onOpen, onText, idleMs, handshakeMs = HANDSHAKE_MS }: LineOptions,
): Promise<{ opened: boolean; why: string }> =>
  new Promise((done) => {
    if (signal.aborted) return done({ opened: false, why: 'aborted' })
    const socket = dialled(url, handshakeMs)
    if (!socket) return done({ opened: false, why: 'bad-url' })
    let opened = false
    let why = ''
    let heard = performance.now()
    const line: Line = {
      send(text) {
        if (socket.readyState !== WebSocket.OPEN) return false
        socket.send(text)
        return true
      },
      close: () => socket.terminate(),
    }
    const cut = (reason: string) => {
      why ||= reason
      socket.terminate()
    }
    const onAbort = () => cut('aborted')
    signal.addEventListener('abort', onAbort)
    const beat = setInterval(() => {
      if (performance.now() - heard > idleMs) cut('silent')
      else if (socket.readyState === WebSocket.OPEN) socket.ping()
    }, idleMs / 2)
    const alive = () => {
      heard = performance.now()
    }
    socket.on('ping', alive)
    socket.on('pong', alive)
    socket.on('open', () => {
      opened = true
      alive()
      try {
        onOpen?.(line)
      } catch {
        cut('failed')
      }
    })
    // A proxy's or a gateway's word: without this it would be an error like any other.
    socket.on('unexpected-response', (_, { statusCode }) => cut(`http-${statusCode}`))
    socket.on('message', (data, isBinary) => {
      alive()
      if (isBinary) return
      try {
        onText(String(data), line)
      } catch {
        cut('unreadable')
      }
    })
    // `close` always follows; without a listener the process would end.
    socket.on('error', (error) => {
      why ||= (error as { code?: string }).code ?? 'failed'
    })
    socket.on('close', (code) => {
      clearInterval(beat)
      signal.removeEventListener('abort', onAbort)
      done({ opened, why: why || `closed-${code}` })
    })
  })

/**
 * Does work again and again until the signal aborts or it says that it is over, with a pause that doubles from `firstMs` to `mostMs`
 * after each that came to nothing. `random`: 0 ≤ x < 1, for jitter. Never rejects: what throws counts as nothing.
 */
export const again = async (
  work: () => Promise<'good' | 'bad' | 'over'>,
  { firstMs, mostMs, signal, random }: { firstMs: number; mostMs: number; signal: AbortSignal; random(): number },
): Promise<void> => {
  let wait = firstMs
  while (!signal.aborted) {
    const end = await work().catch((): 'bad' => 'bad')
    if (end === 'over') return
    wait = end === 'good' ? firstMs : Math.min(2 * wait, mostMs)
    await pause(wait * (0.8 + random() * 0.4), undefined, { signal }).catch(() => undefined)
  }
}
