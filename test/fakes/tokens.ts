/** All platforms here give a token two hours. */
const TOKEN_SECONDS = 7200

/** Tokens as the platforms give them: the same one again, until little of its time is left; then a new one beside it. */
export const createTokens = (now: () => Date, spareSeconds = 0) => {
  const until = new Map<string, number>()
  let last = ''
  let count = 0
  const left = (token: string) => ((until.get(token) ?? 0) - now().getTime()) / 1000
  return {
    /** The token, and for how many seconds it is good. */
    issue(): { token: string; seconds: number } {
      if (left(last) <= spareSeconds) {
        last = `token-${++count}`
        until.set(last, now().getTime() + TOKEN_SECONDS * 1000)
      }
      return { token: last, seconds: Math.floor(left(last)) }
    },
    isGood: (token: string | undefined): boolean => token !== undefined && left(token) > 0,
    /** The platform takes every token back before its time. */
    revoke: () => until.clear(),
  }
}
