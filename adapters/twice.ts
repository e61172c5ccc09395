import { DeliveryError } from '../src/model/problem.ts'
import { type Answer, callJson, NoAnswer } from './call.ts'

/**
 * One call to a platform that lets one message a key through, so that a repeat is safe: at once where a connection broke
 * (a kept-alive one that the server had just closed), later where it took too long. `doubt`: the first of two tries may
 * have arrived. @throws DeliveryError `unsure` where one may have arrived, else `later`; `who` begins its message
 */
export async function callTwice(
  who: string,
  ...args: Parameters<typeof callJson>
): Promise<Answer & { doubt: boolean }> {
  let doubt = false
  for (let tries = 1; ; tries++) {
    try {
      return { ...(await callJson(...args)), doubt }
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      doubt ||= error.sent
      if (error.timedOut || !error.sent || tries === 2)
        throw new DeliveryError(doubt ? 'unsure' : 'later', `${who} ${error.message}`)
    }
  }
}
