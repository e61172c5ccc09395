import type { Incoming } from '../../../src/model/message.ts'

type PlainId = (id: string) => Promise<string | undefined>

/** An answer is due in 5 seconds, so no longer is waited for who it was. */
const PATIENCE_MS = 1500

const soon = async (asked: Promise<string | undefined>): Promise<string | undefined> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tired = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), PATIENCE_MS)
  })
  return Promise.race([asked.catch(() => undefined), tired]).finally(() => clearTimeout(timer))
}

/**
 * A message with the other id of its sender, where the corporation's own app can tell it: some members come under an
 * encrypted id of this bot's own. Where it cannot be asked now, the message is taken as it came.
 */
export async function withAlias(message: Incoming, plainId: PlainId | undefined): Promise<Incoming> {
  const { from } = message
  const alias = plainId && (await soon(Promise.resolve().then(() => plainId(from.id))))
  return alias === undefined || alias === from.id ? message : { ...message, from: { ...from, alias } }
}
