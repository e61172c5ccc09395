/** No answer came. `sent` is false only where the request surely never left (name not found, connection refused). */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  constructor(
    readonly sent: boolean,
    readonly timedOut: boolean,
  ) {
    super(timedOut ? '没有在限时内回答' : sent ? '连接中断' : '连不上')
  }
}

const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
])

/** Did the request surely never leave this machine? Node's fetch hides the reason in `cause`. */
export const neverLeft = (error: unknown): boolean => {
  for (let e = error; e instanceof Error; e = e.cause) {
    if (NEVER_LEFT.has(String((e as { code?: unknown }).code))) return true
  }
  return false
}
