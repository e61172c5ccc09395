import { z } from 'zod'
import { digest, toHex } from './crypto.ts'

/**
 * An id of a platform's, as it becomes part of a key: with no sign that a database could not hold. It is refused and not
 * mended: what is left of somebody's broken id may be somebody else's.
 */
export const Id = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u)

/** An id made of whatever is long or secret: small letters and figures, equal on a repeat, fit for keys and task ids. */
export const idOf = async (own: string, length = 32): Promise<string> =>
  toHex(await digest('SHA-256', own)).slice(0, length)
