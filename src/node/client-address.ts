import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** `::ffff:10.0.0.1` is 10.0.0.1. */
const plain = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/i, '')

/**
 * Who sends a request: the other end of the connection, or where that is a proxy of ours (TRUSTED_PROXY), whom the nearest of
 * the proxies saw. What a sender writes into the header itself stands before that and is not believed.
 */
export const clientAddress = (c: Context, trusted: readonly string[]): string | undefined => {
  const remote = getConnInfo(c).remote.address
  if (remote === undefined) return undefined
  const chain = [...(c.req.header('x-forwarded-for')?.split(',') ?? []), remote].map(plain).filter(Boolean)
  return chain.findLast((address) => !trusted.includes(address)) ?? plain(remote)
}
