import type { Context, MiddlewareHandler } from 'hono'
import type { Deps } from '../flow/deps.ts'

/** Sent by the console's own scripts with every request that changes something: another site's page cannot set it. */
const OWN_HEADER = 'x-duban'

const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

const hostOf = (url: string | undefined): string | undefined => {
  try {
    return url === undefined ? undefined : new URL(url).host
  } catch {
    return undefined
  }
}

/**
 * Does a page of ours send it? Browsers tell of what changes something where it comes from. By the host alone: in front of
 * us a proxy may take the TLS away, and it may call us by another name than people do (PUBLIC_URL).
 */
const isOurs = (c: Context, publicUrl: string | undefined): boolean => {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  return origin === undefined || [hostOf(c.req.url), hostOf(publicUrl)].includes(hostOf(origin) ?? 'none')
}

/** Signing in by a platform's account leads the browser there and back: these alone another site may open. */
const isSignOn = (c: Context): boolean => /^\/api\/session\/\w+(?:\/callback)?$/.test(c.req.path)

/** Another site's page embeds it or leads the browser to it: an export that nobody asked for would stand in the ledger. */
const isLedHere = (c: Context): boolean =>
  ['cross-site', 'same-site'].includes(c.req.header('sec-fetch-site') ?? '') && !isSignOn(c)

/** Refuses what changes something and could have been sent by another site: without our own header, or from elsewhere. */
export const ownRequests =
  (refuse: () => Error): MiddlewareHandler<{ Variables: { deps: Deps } }> =>
  async (c, next) => {
    const own = c.req.header(OWN_HEADER) !== undefined && isOurs(c, c.get('deps').publicUrl)
    if (isSafe(c.req.method) ? isLedHere(c) : !own) throw refuse()
    return next()
  }
