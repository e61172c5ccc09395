/**
 * What waits while nobody is signed in any more. A request that the server answers with 401 is held here; the shell asks
 * for signing in over the page as it stands, and sends it again, so that nothing that was typed is lost.
 */
type Listener = () => void

let waiting: ((again: boolean) => void)[] = []
let asks = false
const listeners = new Set<Listener>()

const tell = (): void => {
  for (const listener of listeners) listener()
}

/** Whether the shell is there to ask: before somebody was in, a 401 is an answer like another. */
export const setAsking = (on: boolean): void => {
  asks = on
  if (!on) release(false)
}

export const isAsking = (): boolean => asks

/** Waits until somebody is signed in again; false where nobody asks, or it was given up. */
export const signedInAgain = (): Promise<boolean> => {
  if (!asks) return Promise.resolve(false)
  return new Promise((done) => {
    waiting = [...waiting, done]
    tell()
  })
}

/** Sends on what waits, or gives it up. */
export const release = (again: boolean): void => {
  const held = waiting
  waiting = []
  for (const done of held) done(again)
  tell()
}

export const isWaiting = (): boolean => waiting.length > 0

export const subscribe = (listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
