import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { ApiEnv } from './kit.ts'

/**
 * Behind TLS, which a proxy in front of us may end: only PUBLIC_URL is believed about that, no header. There cookies bear
 * `__Host-`, so that no other name of the domain can plant one.
 */
const isSecure = (c: Context<ApiEnv>): boolean =>
  new URL(c.req.url).protocol === 'https:' || (c.get('deps').publicUrl ?? '').startsWith('https:')

export const nameOf = (base: string, secure: boolean): string => (secure ? `__Host-${base}` : base)

const options = (c: Context<ApiEnv>) => ({
  ...({ httpOnly: true, sameSite: 'Lax', path: '/' } as const),
  secure: isSecure(c),
})

/** Gives the browser a cookie for some seconds, by no clock but its own: unreadable to scripts, not sent along by other sites' forms. */
export const give = (c: Context<ApiEnv>, base: string, value: string, maxAge: number): void =>
  setCookie(c, nameOf(base, isSecure(c)), value, { ...options(c), maxAge })

export const takeBack = (c: Context<ApiEnv>, base: string): void => {
  deleteCookie(c, nameOf(base, isSecure(c)), options(c))
}

export const read = (c: Context<ApiEnv>, base: string): string | undefined => getCookie(c, nameOf(base, isSecure(c)))
