import type { Context, MiddlewareHandler } from 'hono'
import type { Deps } from '../flow/deps.ts'

const MINUTE_MS = 60_000
/** Requests a minute that one address may make for signing in; an office behind one address has room. */
const MOST = 120
const KNOWN = 10_000

/** The ways in that need no session: the link, and the platforms' sign-on. */
const isSignIn = (c: Context): boolean => c.req.path.startsWith('/api/session') && c.req.method !== 'DELETE'

/**
 * Holds one address to so many tries a minute at signing in. Links have 192 random bits, so this keeps nobody from guessing
 * them: it keeps a machine that tries from taking the office's database. Without an address all are one.
 */
export const signInAttempts = (
  remote: (c: Context) => string | undefined,
  refuse: () => Error,
): MiddlewareHandler<{ Variables: { deps: Deps } }> => {
  const tried = new Map<string, { since: number; n: number }>()
  return async (c, next) => {
    if (!isSignIn(c)) return next()
    const now = c.get('deps').now().getTime()
    const address = remote(c) ?? ''
    const before = tried.get(address)
    const current = before && now - before.since < MINUTE_MS && now >= before.since ? before : { since: now, n: 0 }
    tried.delete(address)
    tried.set(address, { ...current, n: current.n + 1 })
    for (const oldest of tried.keys()) {
      if (tried.size <= KNOWN) break
      tried.delete(oldest)
    }
    if (current.n >= MOST) throw refuse()
    return next()
  }
}
