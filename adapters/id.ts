import { digest, toHex } from './crypto.ts'

/** An id made of whatever is long or secret: small letters and figures, equal on a repeat, fit for keys and task ids. */
export const idOf = async (own: string, length = 32): Promise<string> =>
  toHex(await digest('SHA-256', own)).slice(0, length)
