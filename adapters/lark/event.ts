/** A proven event, its fields not yet read. */
export interface LarkEvent {
  id: string
  type: string
  /** Milliseconds for events, microseconds for callbacks. */
  created: string | undefined
  event: unknown
}
