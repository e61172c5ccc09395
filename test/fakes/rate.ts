/** How many a platform takes at one place, in windows of milliseconds: whether it is full, and one more that was taken. */
export const createRate = (limits: readonly (readonly [most: number, ms: number])[], now: () => Date) => {
  const taken = new Map<string, number[]>()
  const within = (place: string, ms: number) =>
    (taken.get(place) ?? []).filter((at) => at > now().getTime() - ms).length
  return {
    isFull: (place: string): boolean => limits.some(([most, ms]) => within(place, ms) >= most),
    count: (place: string): void => void taken.set(place, [...(taken.get(place) ?? []), now().getTime()]),
  }
}
