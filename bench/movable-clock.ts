/** A clock of the bench: it goes on with the machine's from a given moment, and can be moved. */
export const createClock = (from: string) => {
  let offset = Date.parse(from) - performance.now()
  return {
    now: () => new Date(offset + performance.now()),
    advance: (ms: number) => {
      offset += ms
    },
    set: (at: string) => {
      offset = Date.parse(at) - performance.now()
    },
  }
}
