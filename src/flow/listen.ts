import type { Adapter, Sink } from '../../adapters/adapter.ts'
import { leaveListener, renewListener, takeListener } from '../../db/queries/listeners.ts'
import { describeError } from '../log.ts'
import { deliverSoon } from './deliver.ts'
import type { Deps } from './deps.ts'
import { dispatch } from './dispatch.ts'

export interface ListenTimes {
  /** How long a process holds the one connection of an app without renewing it, by the clock. */
  leaseMs: number
  /** Between two renewals, or two looks whether it has become free: a third of a lease. */
  beatMs: number
  /** How long nobody takes it after it ended by itself: whoever else has it would only be kicked out again and again. */
  restMs: number
}

const TIMES: ListenTimes = { leaseMs: 60_000, beatMs: 20_000, restMs: 600_000 }

type Listening = Adapter & Required<Pick<Adapter, 'listen'>>

const listens = (adapter: Adapter): adapter is Listening => adapter.listen !== undefined

/** What comes in over a long connection takes the way of every message. */
const sinkOf =
  (deps: Deps): Sink =>
  (message, inline = false) => {
    const taken = dispatch(deps, message, inline).then((turn) => {
      if (turn.waits) deliverSoon(deps)
      return turn
    })
    deps.background(taken.catch(() => undefined))
    return taken
  }

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      done()
    }
    const timer = setTimeout(end, ms)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end)
  })

/** A write that gets no answer in the time is none. @throws */
const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('late')), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const WORD = /^[a-z][a-z0-9-]{0,39}$/

/** Listens until the signal aborts or the connection ends by itself. Returns why it ended, in a word. */
const listenOnce = (deps: Deps, adapter: Listening, signal: AbortSignal): Promise<string> =>
  adapter.listen(sinkOf(deps), signal).then(
    () => 'ended',
    (error: unknown) => {
      if (error instanceof Error && WORD.test(error.message)) return error.message
      deps.log({ event: 'listen', platform: adapter.platform, outcome: 'failed', error: describeError(error) })
      return 'failed'
    },
  )

/**
 * Holds the connection that was taken, from `takenAt`, and listens. Lets go before the lease runs out when it cannot be
 * renewed, so that never two listen. Returns why it ended.
 */
const hold = async (
  deps: Deps,
  adapter: Listening,
  { app, owner, takenAt }: { app: string; owner: string; takenAt: Date },
  quit: AbortSignal,
  { leaseMs, beatMs }: ListenTimes,
): Promise<string> => {
  const { store, now } = deps
  const stop = new AbortController()
  let why: string | undefined
  const letGo = (reason: string) => {
    why ??= reason
    stop.abort()
  }
  const onQuit = () => letGo('stopped')
  quit.addEventListener('abort', onQuit)
  if (quit.aborted) onQuit()
  let until = takenAt.getTime() + leaseMs
  const renewing = (async () => {
    for (;;) {
      await pause(beatMs, stop.signal)
      if (stop.signal.aborted) return
      const next = now().getTime() + leaseMs
      const mine = await within(beatMs / 2, renewListener(store, { app, owner, until: new Date(next) })).catch(
        () => undefined,
      )
      if (mine === false) return letGo('taken')
      if (mine) until = next
      // The next look would come when the lease is over.
      else if (now().getTime() + 1.5 * beatMs >= until) return letGo('not-renewed')
    }
  })()
  const end = await listenOnce(deps, adapter, stop.signal)
  quit.removeEventListener('abort', onQuit)
  letGo(end)
  await renewing
  return why ?? end
}

/** Ended at the platform's or the connection's own doing, not at ours. */
const isLost = (why: string): boolean => !['stopped', 'taken', 'not-renewed'].includes(why)

/**
 * The platform keeps one connection of this app: whoever holds its row listens, all others wait for it. One that ended by
 * itself is left alone for a while, and that is said in the log and in the row.
 */
const listenAlone = async (deps: Deps, adapter: Listening, quit: AbortSignal, times: ListenTimes): Promise<void> => {
  const { store, now } = deps
  const app = `${adapter.platform}:${adapter.route}`
  const tell = (outcome: string) => deps.log({ event: 'listen', id: app, platform: adapter.platform, outcome })
  let restUntil = 0
  while (!quit.aborted) {
    const owner = deps.newId()
    const takenAt = now()
    const until = new Date(takenAt.getTime() + times.leaseMs)
    const took =
      takenAt.getTime() >= restUntil &&
      (await within(times.beatMs, takeListener(store, { app, owner, now: takenAt, until })).catch((error: unknown) => {
        deps.log({ event: 'listen', platform: adapter.platform, outcome: 'not-taken', error: describeError(error) })
        return false
      }))
    if (took) {
      tell('begun')
      const why = await hold(deps, adapter, { app, owner, takenAt }, quit, times)
      tell(why)
      const left = now()
      if (isLost(why)) restUntil = left.getTime() + times.restMs
      const free = isLost(why) ? new Date(restUntil) : left
      const leaving = leaveListener(store, { app, owner, now: left, until: free, lost: why })
      await within(times.beatMs, leaving).catch(() => tell('not-left'))
    }
    await pause(times.beatMs, quit)
  }
}

/**
 * Opens the long connections of this process and keeps them; ends when the signal aborts and all have ended. An app whose
 * platform grants it one connection is listened to by one process at a time.
 */
export const listen = async (deps: Deps, quit: AbortSignal, times: ListenTimes = TIMES): Promise<void> => {
  const adapters = deps.adapters.filter(listens)
  await Promise.all(
    adapters.map((adapter) =>
      adapter.alone ? listenAlone(deps, adapter, quit, times) : listenOnce(deps, adapter, quit),
    ),
  )
}
