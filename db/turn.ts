/** Opening what is sealed takes the processor a while, and SQLite never waits: between two pages others have their turn. */
export const othersTurn = (): Promise<void> => new Promise((turn) => setTimeout(turn, 0))
