import { createInterface } from 'node:readline/promises'

/** Puts a question to whoever sits at the terminal; null when they have gone (Ctrl+D). */
export type Ask = (prompt: string) => Promise<string | null>

/** Whether somebody sits there to answer. */
export const isInteractive = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true

/** Runs work with the terminal's person to ask. */
export const withAsk = async <T>(work: (ask: Ask) => Promise<T>): Promise<T> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const gone = new Promise<null>((done) => terminal.once('close', () => done(null)))
  try {
    return await work((prompt) => Promise.race([terminal.question(prompt), gone]))
  } finally {
    terminal.close()
  }
}
