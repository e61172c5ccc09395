import type { Adapter } from '../../adapters/adapter.ts'
import type { OfficeStore } from '../../db/store.ts'
import type { Log } from '../log.ts'
import type { AskModel } from '../model/guess.ts'
import type { Draw } from '../paper/docx.ts'
import type { IndicatorLine } from '../plan/indicators.ts'
import type { ReadOptions, ReadPlan } from '../plan/parse-file.ts'
import type { Blobs } from './blobs.ts'
import type { Alg } from './chain.ts'
import type { LinkRead } from './link-check.ts'
import type { OfficeCache } from './office.ts'
import type { Queue } from './queue.ts'
import type { AtOnce } from './taken.ts'
import type { Throttle } from './throttle.ts'

/** What the flow of one office lives on. The clock, randomness and adapters come in; nothing here is global. */
export interface Deps {
  store: OfficeStore
  zone: string
  botName: string
  /** The address of this installation (PUBLIC_URL), for links in answers; absent: no links. */
  publicUrl?: string
  /** This installation is several offices', so that an address of the console has to say whose it is. */
  several?: boolean
  /** The office above, where this one is a unit of it (上级); the installation's administrator says so. */
  above?: { deps: Deps; unit: string }
  /** The secret by which the first administrator signs in, where nobody sees what the process prints (FIRST_LINK_SECRET). */
  firstLink?: string
  alg: Alg
  now(): Date
  /** A new opaque id, from the injected clock and randomness. */
  newId(): string
  /** Random text for salting words. */
  salt(): string
  /** 0 ≤ x < 1, for jitter. */
  random(): number
  /** 0 ≤ x < 1 that nobody can guess, for codes. */
  secureRandom(): number
  sleep(ms: number): Promise<void>
  adapters: readonly Adapter[]
  /**
   * A plan's file as a draft with the document's lines, read where it holds up nobody; absent where none can be read
   * (Workers). @throws BadInput where it is no plan
   */
  parseFile?(bytes: Uint8Array, options: ReadOptions): Promise<ReadPlan>
  /** A file's table of indicators, read as plans are; absent where none can be read. @throws BadInput where it is none */
  readIndicators?(bytes: Uint8Array, name: string): Promise<IndicatorLine[]>
  /** Looks whether a link that was handed in opens, and reads `most` bytes of what it says; absent where none is looked at. */
  checkLink?(link: string, most?: number): Promise<LinkRead>
  /** Where plans, evidence and papers are kept; absent where nothing is (Workers without a bucket). */
  blobs?: Blobs
  /** Draws the charts of papers; absent where nothing can draw (Workers): the tables beside them say the same. */
  draw?: Draw
  /** Guesses what a sentence asks for that the rules cannot read; absent where no language model is set. */
  askModel?: AskModel
  log: Log
  /** Keeps the runtime alive until the promise is settled (waitUntil on Workers). */
  background(promise: Promise<unknown>): void
  cache: OfficeCache
  queue: Queue
  /** Holds senders and rooms to a number of messages a minute; absent where one person types (the command line). */
  throttle?: Throttle
  /** Where the process stays: answers are sent by whoever stores them. Absent: all wait for a run of delivery. */
  atOnce?: AtOnce
}
