import { ownPath } from '../../../src/http/shapes/session.ts'

const KEY = 'duban.next'
const OFFICE = 'duban.office'
/** A link from the chat is good for ten minutes; asking for it takes a little. */
const KEPT_MS = 20 * 60_000

/** The way to the sign-in page that comes back to a page of ours. */
export const signInFor = (path: string): string => {
  const next = ownPath(path)
  return next === '/' ? '/signin' : `/signin?${new URLSearchParams({ next })}`
}

/** Remembers the page that was asked for: the link from the chat opens the sign-in page anew and knows nothing of it. */
export const keepNext = (next: string): void => {
  try {
    if (next !== '/') localStorage.setItem(KEY, JSON.stringify({ next, at: Date.now() }))
  } catch {
    // A browser that keeps nothing comes to the front page.
  }
}

/** The page that was asked for before signing in; the front page where none was, or long ago. Taken once. */
export const takeNext = (): string => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    localStorage.removeItem(KEY)
    const { next, at } = (kept ?? {}) as { next?: unknown; at?: unknown }
    const fresh = typeof at === 'number' && Math.abs(Date.now() - at) < KEPT_MS
    return fresh && typeof next === 'string' ? ownPath(next) : '/'
  } catch {
    return '/'
  }
}

/**
 * The office whose page is asked for, where a server is several offices': named in the address, in the page to come back to,
 * or the one that this browser was last asked for.
 */
export const officeFor = (query: URLSearchParams): string | undefined => {
  const next = new URL(ownPath(query.get('next')), window.location.origin)
  const named = query.get('office') ?? next.searchParams.get('office')
  try {
    if (named) localStorage.setItem(OFFICE, named)
    return named ?? localStorage.getItem(OFFICE) ?? undefined
  } catch {
    return named ?? undefined
  }
}
