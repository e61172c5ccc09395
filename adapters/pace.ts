/** How much went to each place lately, where a platform takes only so much of one. In memory: a restart begins anew. */
export interface Pace {
  /** One message went there. */
  took(place: string): void
  /** The moment from which `room` more may go there, one where it is not said; undefined: now. */
  readyAt(place: string, room?: number): Date | undefined
}

const MOST_PLACES = 10_000

/** At most so many in so many ms. */
export type Limit = readonly [most: number, ms: number]

/** @param limits each holds by itself */
export function createPace(limits: readonly Limit[], now: () => Date): Pace {
  const longest = Math.max(...limits.map(([, ms]) => ms))
  const sent = new Map<string, number[]>()

  const lately = (place: string, at: number): number[] => {
    const times = (sent.get(place) ?? []).filter((time) => time > at - longest)
    if (times.length === 0) sent.delete(place)
    else sent.set(place, times)
    return times
  }

  return {
    took(place) {
      const at = now().getTime()
      const times = lately(place, at)
      times.push(at)
      // Those that were spoken to longest ago make room: their times are of the least use.
      sent.delete(place)
      sent.set(place, times)
      for (const other of sent.keys()) {
        if (sent.size <= MOST_PLACES) break
        sent.delete(other)
      }
    },
    readyAt(place, room = 1) {
      const at = now().getTime()
      const times = lately(place, at)
      const waits = limits.map(([most, ms]) => {
        // So many must have grown old before there is room; what alone is more than the limit waits for all.
        const within = times.filter((time) => time > at - ms)
        const over = Math.min(within.length, within.length + room - most)
        return over > 0 ? (within[over - 1] ?? at) + ms : at
      })
      const ready = Math.max(...waits)
      return ready > at ? new Date(ready) : undefined
    },
  }
}
