const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Of one conversation, answers and pushes together (page 101463). */
const LIMITS = [
  { ms: MINUTE, most: 30 },
  { ms: HOUR, most: 1000 },
]
/** So many conversations are remembered before those that have been quiet are looked for. */
const MANY = 1000

/** What was said in each conversation in the last hour. One process alone holds the connection, so it knows all. */
export interface Pace {
  /** When the next message may go to a conversation, undefined: now. */
  readyAt(conversation: string): Date | undefined
  /** One is being sent. */
  count(conversation: string): void
}

export function createPace(now: () => Date): Pace {
  const sent = new Map<string, number[]>()
  const recent = (times: readonly number[]) => times.filter((time) => time > now().getTime() - HOUR)

  return {
    readyAt(conversation) {
      const times = sent.get(conversation) ?? []
      const free = LIMITS.map(({ ms, most }) => (times.length < most ? 0 : (times[times.length - most] ?? 0) + ms))
      const at = Math.max(...free)
      return at > now().getTime() ? new Date(at) : undefined
    },
    count(conversation) {
      sent.set(conversation, [...recent(sent.get(conversation) ?? []), now().getTime()])
      if (sent.size <= MANY) return
      for (const [name, times] of sent) if (recent(times).length === 0) sent.delete(name)
    },
  }
}
