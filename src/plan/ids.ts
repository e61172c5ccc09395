/**
 * Ids of narrative tasks: the item's own number and which group of it closes the task (`5-1`); with the number of the
 * part above (`2.3-2`), or of more, where item numbers begin again. The same order as given.
 */
export function idsOf(numbers: number[][]): string[] {
  const items = new Map<string, number[]>()
  for (const path of numbers) items.set(path.join('.'), path)
  const deepest = numbers.reduce((most, path) => Math.max(most, path.length), 1)
  let depth = 1
  while (depth < deepest && !apart([...items.values()], depth)) depth++
  const counts = new Map<string, number>()
  return numbers.map((path) => {
    const item = path.slice(-depth).join('.') || '0'
    const n = (counts.get(item) ?? 0) + 1
    counts.set(item, n)
    return `${item}-${n}`
  })
}

const apart = (paths: number[][], depth: number): boolean =>
  new Set(paths.map((p) => p.slice(-depth).join('.'))).size === paths.length
