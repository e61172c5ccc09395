/** Sends to each place, so many in a second: a place that had its share is ready again when the second is over. */
export interface Pace {
  took(place: string): void
  /** Undefined: now. */
  readyAt(place: string): Date | undefined
}

const SECOND_MS = 1000
/** Places whose second is over are forgotten when there are so many. */
const MANY = 1000

export function createPace(perSecond: number, now: () => Date): Pace {
  const taken = new Map<string, number[]>()
  const recent = (place: string): number[] => {
    const after = now().getTime() - SECOND_MS
    return (taken.get(place) ?? []).filter((at) => at > after)
  }
  return {
    took(place) {
      if (taken.size >= MANY) for (const each of taken.keys()) if (recent(each).length === 0) taken.delete(each)
      taken.set(place, [...recent(place), now().getTime()])
    },
    readyAt(place) {
      const last = recent(place).at(-perSecond)
      return last === undefined ? undefined : new Date(last + SECOND_MS)
    },
  }
}
