import type { QueryConfig, QueryResult } from 'pg'
import type { Line } from './connections.ts'

/** Asks one thing of the line that it is given, once. */
export type Statement = (line: Line) => PromiseLike<unknown>

/**
 * Statements of a transaction that has begun, and its end, sent in their order one behind the other without waiting for
 * answers: to the server and back it is once, however many there are. The server refuses all that follows one that fails,
 * and makes of the commit a rollback. @throws what the first of them that failed says, when all are answered
 */
export const together = async (line: Line, statements: readonly Statement[]): Promise<unknown[]> => {
  let sent: Promise<unknown> = Promise.resolve()
  let refused = false
  const begun = statements.map((statement) => {
    const before = sent
    let isAsked = (): void => undefined
    sent = new Promise<void>((resolve) => {
      isAsked = resolve
    })
    const query = async (config: QueryConfig, values?: unknown[]): Promise<QueryResult> => {
      await before
      const answer = line.query(config, values)
      isAsked()
      return answer
    }
    const answered = Promise.resolve(statement({ query }))
    // One that could not even ask, or had nothing to ask, holds up no other; where one is refused nothing is kept.
    answered.then(isAsked, () => {
      refused = true
      isAsked()
    })
    return answered
  })
  // A value that the driver cannot send is refused here and not by the server, which is known when this turn is over.
  const asked = sent.then(() => new Promise<void>((turn) => setImmediate(turn)))
  const ended = asked.then(() => line.query({ text: refused ? 'rollback' : 'commit' }))
  const endings = await Promise.allSettled([...begun, ended])
  for (const ending of endings) if (ending.status === 'rejected') throw ending.reason
  return Promise.all(begun)
}
