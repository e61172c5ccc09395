/** A transformation of the plane as PDF writes it: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number]

/** One transformation after another: `t` first. */
export const times = (m: Matrix, t: Matrix): Matrix => [
  m[0] * t[0] + m[2] * t[1],
  m[1] * t[0] + m[3] * t[1],
  m[0] * t[2] + m[2] * t[3],
  m[1] * t[2] + m[3] * t[3],
  m[0] * t[4] + m[2] * t[5] + m[4],
  m[1] * t[4] + m[3] * t[5] + m[5],
]
/** Where a transformation puts a point. */
export const apply = (m: Matrix, x: number, y: number): [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
]
