import { setTimeout as pause } from 'node:timers/promises'
import type * as Sdk from '@larksuiteoapi/node-sdk'
import type { Incoming } from '../../src/model/message.ts'
import { BadInput, Refused } from '../../src/model/problem.ts'
import type { Adapter, Sink } from '../adapter.ts'
import type { AdapterDeps } from '../deps.ts'
import type { LarkAccount } from './calls.ts'
import { createLarkClient } from './client.ts'
import { decode, eventOf, heardEvents, isPress, needsSelf } from './decode.ts'
import type { LarkEvent } from './event.ts'
import { createLarkAdapter, pressAnswer } from './index.ts'

export interface LarkSocketTimes {
  /** Without a word for so long after a ping the link is dead. Shorter than the ping's interval, or it never strikes. */
  pongSeconds: number
  /** Before a connection that the platform refused is asked for again; twice as long each time, up to `mostMs`. */
  againMs: number
  mostMs: number
}

const TIMES: LarkSocketTimes = { pongSeconds: 20, againMs: 5_000, mostMs: 300_000 }
const HANDSHAKE_MS = 15_000
/** The SDK takes any other for a slip, and then does nothing at all, in silence. */
const APP_ID = /^cli_[0-9a-fA-F]{16}$/

/** The SDK writes tokens and people's words into its log. */
const mute: Sdk.Logger = { error() {}, warn() {}, info() {}, debug() {}, trace() {} }

/** The SDK lays header and event into one object. The one name that both have, `token`, is read of neither. */
const eventIn = (flat: object): LarkEvent | undefined => eventOf({ header: flat, event: flat })

/**
 * Feishu by long connection: the events come over a socket that we open, already proven and in the clear, so there is
 * neither a door nor an Encrypt Key. The SDK keeps the socket; it is large and is loaded by the first `listen`.
 * @throws BadInput for an app id that the SDK would pass over
 */
export function createLarkSocketAdapter(
  config: LarkAccount,
  deps: AdapterDeps,
  { pongSeconds, againMs, mostMs }: LarkSocketTimes = TIMES,
): Adapter {
  if (!APP_ID.test(config.appId)) throw new BadInput('LARK_APP_ID 应为 cli_ 加 16 位十六进制数，照开发者后台抄')
  const client = createLarkClient(config, deps)
  const { receive: _, ...adapter } = createLarkAdapter(
    { ...config, encryptKey: '', verificationToken: '' },
    deps,
    client,
  )
  const tell = (outcome: string) => deps.log?.({ event: 'socket', platform: 'lark', outcome })

  const messagesIn = async (event: LarkEvent): Promise<Incoming[]> => {
    const openId = needsSelf(event) ? await client.self() : undefined
    return decode(event, { route: config.appId, ...(openId ? { openId } : {}) }, deps.now())
  }

  /**
   * What returns is acknowledged, what throws comes again: so it returns when all is stored, and never waits for a send.
   * A press is answered by what is returned: a toast, and the card as it now stands.
   */
  const take = async (data: object, sink: Sink): Promise<object> => {
    let answer = {}
    try {
      const event = eventIn(data)
      const press = event !== undefined && isPress(event)
      for (const message of event ? await messagesIn(event) : []) {
        const outcome = await sink(message, press)
        if (press) answer = (await pressAnswer(outcome).json()) as object
      }
    } catch (error) {
      tell(error instanceof Refused ? 'undecodable' : 'failed')
      // What cannot be read now cannot be read in an hour, and some events wait for the one before them.
      if (!(error instanceof Refused)) throw error
    }
    return answer
  }

  /** One client of the SDK, which connects again by itself; ends when it gives up (true where it had been connected) or on abort. */
  const connection = (sdk: typeof Sdk, eventDispatcher: Sdk.EventDispatcher, signal: AbortSignal) =>
    new Promise<boolean>((done) => {
      let ready = false
      const end = () => {
        signal.removeEventListener('abort', end)
        // Never by the polite close: it waits half a minute for a peer that may be gone.
        socket.close({ force: true })
        done(ready)
      }
      // Where to connect is asked over HTTP, which the SDK's `close` leaves waiting for its fifteen seconds.
      const ask = sdk.defaultHttpInstance
      const request = (wanted: object) => ask.request({ ...wanted, signal })
      const httpInstance: Sdk.HttpInstance = Object.assign(Object.create(ask), { request })
      const socket = new sdk.WSClient({
        httpInstance,
        appId: config.appId,
        appSecret: config.appSecret,
        domain: config.domain,
        logger: mute,
        handshakeTimeoutMs: HANDSHAKE_MS,
        wsConfig: { pingTimeout: pongSeconds },
        onReady: () => {
          ready = true
          tell('ready')
          // The first message that mentions somebody should not have to ask who we are.
          client.self().catch(() => undefined)
        },
        onReconnecting: () => tell('reconnecting'),
        onReconnected: () => tell('reconnected'),
        onError: () => giveUp(),
      })
      const giveUp = () => {
        tell('given-up')
        end()
      }
      signal.addEventListener('abort', end)
      socket.start({ eventDispatcher }).catch(giveUp)
    })

  return {
    ...adapter,
    async listen(sink, signal) {
      if (signal.aborted) return
      const sdk = await import('@larksuiteoapi/node-sdk')
      const handle = (data: object) => take(data, sink)
      const events = Object.fromEntries(heardEvents.map((type) => [type, handle]))
      const dispatcher = new sdk.EventDispatcher({ logger: mute }).register(events)
      for (let wait = againMs; !signal.aborted; wait = Math.min(2 * wait, mostMs)) {
        if (await connection(sdk, dispatcher, signal)) wait = againMs
        await pause(wait, undefined, { signal }).catch(() => undefined)
      }
      tell('ended')
    },
  }
}
