export interface FreshToken {
  value: string
  /** Seconds from now. */
  expiresIn: number
}

export interface TokenCache {
  get(): Promise<string>
  /** What is done with the token, and once more with a new one where `dead` says that the platform called ours so. */
  use<T>(work: (token: string) => Promise<T>, dead: (done: T) => boolean): Promise<T>
}

/** Keeps an access token until `spare` seconds before its end; many askers at once cause one refresh. */
export function createTokenCache(fetchToken: () => Promise<FreshToken>, now: () => Date, spare: number): TokenCache {
  let held: { value: string; until: number } | undefined
  let pending: Promise<string> | undefined

  const refresh = async () => {
    const { value, expiresIn } = await fetchToken()
    // A token that lives shorter than the spare time is still used for half its life.
    const life = Math.max(expiresIn - spare, expiresIn / 2)
    held = { value, until: now().getTime() + life * 1000 }
    return value
  }

  const get = () => {
    if (held && now().getTime() < held.until) return Promise.resolve(held.value)
    pending ??= refresh().finally(() => {
      pending = undefined
    })
    return pending
  }

  return {
    get,
    async use(work, dead) {
      const value = await get()
      const done = await work(value)
      if (!dead(done)) return done
      // A newer one that somebody else fetched meanwhile stays.
      if (held?.value === value) held = undefined
      return work(await get())
    },
  }
}
