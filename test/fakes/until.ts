/** Waits for what the other side does in its own time. @throws after five seconds */
export const until = async (what: () => boolean): Promise<void> => {
  for (let tries = 0; !what(); tries++) {
    if (tries === 1000) throw new Error('waited in vain')
    await new Promise((done) => setTimeout(done, 5))
  }
}
