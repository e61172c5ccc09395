const MINUTE = 60_000

/** How often something was said to each place within a minute, as far as this process knows. */
export interface Pace {
  /** Said now. */
  count(place: string, now: Date): void
  /** When the place takes the next one; undefined: now. */
  readyAt(place: string, now: Date): Date | undefined
}

/** At most `most` a minute to one place, counted back from now. */
export function createPace(most: number): Pace {
  const said = new Map<string, number[]>()
  const lately = (place: string, now: number) => (said.get(place) ?? []).filter((at) => at > now - MINUTE)

  return {
    count(place, now) {
      const at = now.getTime()
      // What nothing was said to for a minute is forgotten; the oldest stand first.
      for (const [other, times] of said) {
        if ((times.at(-1) ?? 0) > at - MINUTE) break
        said.delete(other)
      }
      const times = [...lately(place, at), at]
      said.delete(place)
      said.set(place, times)
    },
    readyAt(place, now) {
      const times = lately(place, now.getTime())
      const first = times[times.length - most]
      return first === undefined ? undefined : new Date(first + MINUTE)
    },
  }
}
