import { hc } from 'hono/client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { TryApi } from '../../../../src/http/api/try.ts'
import type { TryClock, TryMessage, TryNews } from '../../../../src/http/shapes/try.ts'
import { options } from '../../lib/api.ts'

export const tryClient = hc<TryApi>('/api', options)

const WAIT_S = 25
/** After a lost connection: the server may be beginning anew. */
const AGAIN_MS = 700

interface News {
  epoch: string
  clock: TryClock | undefined
  messages: readonly TryMessage[]
}

const nothing: News = { epoch: '', clock: undefined, messages: [] }

const orderOf = ({ ref }: TryMessage): number => Number(ref.slice(ref.lastIndexOf('-') + 1))

/** What came, put in the place of what it changes; another epoch begins with nothing. */
const taken = (before: News, { epoch, clock, messages }: TryNews): News => {
  const known = new Map(before.epoch === epoch ? before.messages.map((one) => [one.ref, one]) : [])
  for (const one of messages) known.set(one.ref, one)
  return { epoch, clock, messages: [...known.values()].sort((a, b) => orderOf(a) - orderOf(b)) }
}

/** The messages of the simulated group, each as soon as it is there. Asks and waits, again and again. */
export const useNews = () => {
  const [news, setNews] = useState<News>(nothing)
  const [fault, setFault] = useState<unknown>()
  const at = useRef({ epoch: '', after: 0 })
  const ask = useCallback(async (wait: number, signal?: AbortSignal) => {
    const { epoch, after } = at.current
    const query = { epoch, after: String(after), wait: String(wait) }
    const got = await (await tryClient.try.messages.$get({ query }, signal && { init: { signal } })).json()
    if (!('messages' in got)) return
    at.current = { epoch: got.epoch, after: got.seq }
    setNews((before) => taken(before, got as TryNews))
    setFault(undefined)
  }, [])
  useEffect(() => {
    const quit = new AbortController()
    const run = async () => {
      for (let first = true; !quit.signal.aborted; first = false) {
        try {
          await ask(first ? 0 : WAIT_S, quit.signal)
        } catch (error) {
          if (quit.signal.aborted) return
          setFault(error)
          await new Promise((done) => setTimeout(done, AGAIN_MS))
        }
      }
    }
    void run()
    return () => quit.abort()
  }, [ask])
  return { ...news, fault, refresh: () => ask(0) }
}
