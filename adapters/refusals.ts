import { DeliveryError } from '../src/model/problem.ts'

export type Reason = DeliveryError['reason']

/** What one refusal of a platform means; `hint`: what whoever runs the program can do about it, and where; `after`: ms to wait. */
interface Refusal {
  reason: Reason
  hint?: string | undefined
  after?: number | undefined
}

/** A line of a platform's table of errors. */
export type Refusals<Codes = readonly number[]> = readonly (readonly [
  reason: Reason,
  codes: Codes,
  hint?: string,
  after?: number,
])[]

/** Looks a code up in such a table. */
export function lookUp(table: Refusals): (code: number | undefined) => Refusal | undefined {
  const known = new Map(
    table.flatMap(([reason, codes, hint, after]) =>
      codes.map((code): [number | undefined, Refusal] => [code, { reason, hint, after }]),
    ),
  )
  return (code) => known.get(code)
}

/** @param said what the platform said, without anybody's words */
export const refusal = (said: string, { reason, hint, after }: Refusal): DeliveryError =>
  new DeliveryError(reason, hint ? `${said}：${hint}` : said, after)
