export interface FreshToken {
  value: string
  /** Seconds from now. */
  expiresIn: number
}

export interface TokenCache {
  get(): Promise<string>
  /** The platform called this value dead; a newer one that someone else fetched meanwhile stays. */
  drop(value: string): void
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

  return {
    get() {
      if (held && now().getTime() < held.until) return Promise.resolve(held.value)
      pending ??= refresh().finally(() => {
        pending = undefined
      })
      return pending
    },
    drop(value) {
      if (held?.value === value) held = undefined
    },
  }
}
