import { z } from 'zod'

/**
 * An id of a platform's, as it becomes part of a key: with no sign that a database could not hold. It is refused and not
 * mended: what is left of somebody's broken id may be somebody else's.
 */
export const Id = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u)
