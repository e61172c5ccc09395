import type { Rule } from './pdf-page.ts'

/** Lines nearer than this are one. */
export const NEAR = 3

/** Pieces of one line as one. */
export function merged(rules: Rule[]): Rule[] {
  const out: Rule[] = []
  const sorted = rules.filter((r) => r.to - r.from > 1).sort((a, b) => a.at - b.at)
  for (let i = 0; i < sorted.length; ) {
    const at = sorted[i]?.at ?? 0
    let end = i
    while (end < sorted.length && (sorted[end]?.at ?? 0) - at <= NEAR / 2) end++
    let last: Rule | undefined
    for (const rule of sorted.slice(i, end).sort((a, b) => a.from - b.from)) {
      if (last && rule.from <= last.to + NEAR) last.to = Math.max(last.to, rule.to)
      else {
        last = { ...rule, at }
        out.push(last)
      }
    }
    i = end
  }
  return out.filter((r) => r.to - r.from > 2 * NEAR)
}

/** Ruled lines that hang together. */
export interface Part {
  across: Rule[]
  down: Rule[]
}

/** Lines that touch each other, directly or through others. */
export function connected(across: Rule[], down: Rule[]): Part[] {
  const parent = Array.from({ length: across.length + down.length }, (_, i) => i)
  across.forEach((a, i) => {
    down.forEach((d, k) => {
      const touch = d.at >= a.from - NEAR && d.at <= a.to + NEAR && a.at >= d.from - NEAR && a.at <= d.to + NEAR
      if (touch) parent[root(parent, i)] = root(parent, across.length + k)
    })
  })
  const parts = new Map<number, Part>()
  const partOf = (i: number): Part => {
    const key = root(parent, i)
    const part = parts.get(key) ?? { across: [], down: [] }
    parts.set(key, part)
    return part
  }
  for (const [i, a] of across.entries()) partOf(i).across.push(a)
  for (const [k, d] of down.entries()) partOf(across.length + k).down.push(d)
  return [...parts.values()].filter((p) => p.across.length > 0 && p.down.length > 0)
}

function root(parent: number[], i: number): number {
  let at = i
  while (parent[at] !== at) {
    parent[at] = parent[parent[at] ?? at] ?? at
    at = parent[at] ?? at
  }
  return at
}

/** The outermost ends of some lines. */
export const ends = (rules: Rule[]): number[] => [
  Math.min(...rules.map((r) => r.from)),
  Math.max(...rules.map((r) => r.to)),
]

/** Values that are not nearly the same, in order. */
export function distinct(values: number[]): number[] {
  const out: number[] = []
  for (const value of [...values].sort((a, b) => a - b)) if (value - (out.at(-1) ?? -Infinity) > NEAR) out.push(value)
  return out
}

/** For each place of the grid, the place where the cell that covers it begins. */
export function regionsOf(xs: number[], ys: number[], part: Part): number[] {
  const [columns, rows] = [xs.length - 1, ys.length - 1]
  const closedRight = new Set<number>()
  const closedBelow = new Set<number>()
  for (const d of part.down) {
    const c = nearest(xs, d.at)
    for (let r = 0; r < rows; r++) {
      const middle = ((ys[r] ?? 0) + (ys[r + 1] ?? 0)) / 2
      if (middle > d.from - NEAR && middle < d.to + NEAR) closedRight.add(r * columns + c - 1)
    }
  }
  for (const a of part.across) {
    const r = nearest(ys, a.at)
    for (let c = 0; c < columns; c++) {
      const middle = ((xs[c] ?? 0) + (xs[c + 1] ?? 0)) / 2
      if (middle > a.from - NEAR && middle < a.to + NEAR) closedBelow.add((r - 1) * columns + c)
    }
  }
  const parent = Array.from({ length: rows * columns }, (_, i) => i)
  // The smaller index, further up or left, stands for the cell.
  const unite = (a: number, b: number): void => {
    const [x, y] = [root(parent, a), root(parent, b)]
    parent[Math.max(x, y)] = Math.min(x, y)
  }
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const i = r * columns + c
      if (c + 1 < columns && !closedRight.has(i)) unite(i, i + 1)
      if (r + 1 < rows && !closedBelow.has(i)) unite(i, i + columns)
    }
  }
  return parent.map((_, i) => root(parent, i))
}

function nearest(values: number[], value: number): number {
  let best = 0
  for (let i = 1; i < values.length; i++)
    if (Math.abs((values[i] ?? 0) - value) < Math.abs((values[best] ?? 0) - value)) best = i
  return best
}
