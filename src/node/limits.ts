import type { Server } from 'node:http'

export interface ServerLimits {
  /** Milliseconds in which a request's head must have come in, and all of it; how often that is looked at. */
  headMs: number
  requestMs: number
  lookMs: number
  /** Open connections; who comes beyond them is hung up on. */
  connections: number
}

/** A file of 20 MB comes in over 2 Mbit/s. Whoever sends a byte now and then holds a connection for no longer. */
export const serverLimits = (connections: number): ServerLimits => ({
  headMs: 10_000,
  requestMs: 120_000,
  lookMs: 2000,
  connections,
})

/** What the server must be made with; the rest is set by `limitServer`. */
export const serverOptions = ({ headMs, requestMs, lookMs }: ServerLimits) => ({
  headersTimeout: headMs,
  requestTimeout: requestMs,
  connectionsCheckingInterval: lookMs,
  maxHeaderSize: 16_384,
})

export const limitServer = (server: Server, { connections }: ServerLimits): void => {
  server.maxHeadersCount = 100
  server.maxConnections = connections
}
