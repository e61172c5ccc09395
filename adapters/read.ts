import type { z } from 'zod'
import { Refused } from '../src/model/problem.ts'
import { fromUtf8 } from './crypto.ts'

/** What a platform handed in, as the shape has it. @throws Refused 400 where it is of another */
export function readShape<T extends z.ZodType>(shape: T, value: unknown): z.infer<T> {
  const read = shape.safeParse(value)
  if (!read.success) throw new Refused(400)
  return read.data
}

const parse = (json: string | Uint8Array): unknown => JSON.parse(typeof json === 'string' ? json : fromUtf8(json))

/** @throws Refused 400 where it is no JSON */
export function readJson(json: string | Uint8Array): unknown {
  try {
    return parse(json)
  } catch {
    throw new Refused(400)
  }
}

/** Undefined where it is no JSON, or none of that shape. */
export function jsonOf<T extends z.ZodType>(shape: T, json: string | Uint8Array): z.infer<T> | undefined {
  try {
    return shape.safeParse(parse(json)).data
  } catch {
    return undefined
  }
}
