import type { Chart } from '../src/model/card.ts'
import type { Platform } from '../src/model/message.ts'
import type { Crypto } from './crypto.ts'

/** A call with a text, or nothing, as its body. */
export interface Outgoing {
  method: 'GET' | 'POST' | 'PATCH'
  url: string
  headers: Record<string, string>
  body: string | undefined
  /** Milliseconds that all of it may take, and bytes that its answer may have. */
  timeout: number
  limit: number
}

/** What came back, the names of its headers in small letters; no bytes where they are more than the limit. */
export interface Returned {
  status: number
  headers: Readonly<Record<string, string | string[] | undefined>>
  bytes: Uint8Array | undefined
}

/** @throws NoAnswer */
export type Send = (outgoing: Outgoing) => Promise<Returned>

/** What an adapter is given: nothing in it reaches for the machine's own clock or network. */
export interface AdapterDeps {
  fetch: typeof fetch
  /** The same for a text under a time limit, where this machine has a shorter way than fetch. */
  send?: Send
  now(): Date
  /** Where this machine has a faster one than JavaScript and WebCrypto. */
  crypto?: Crypto
  /** One word of what happened and one of why; never a token or people's words. */
  log?: (entry: { event: string; platform: Platform; outcome: string }) => void
  /** Milliseconds that one call to the platform may take; 5,000 where absent. A lease must outlive it. */
  timeout?: number
  /** A chart as a PNG; undefined where it cannot be drawn properly. Absent where nothing can draw (Workers). */
  draw?(chart: Chart): Promise<Uint8Array | undefined>
}
