import type { z } from 'zod'
import { DeliveryError } from '../src/model/problem.ts'
import { type Answer, callFile, callJson, type FileAnswer, type FileOptions, NoAnswer } from './call.ts'
import type { AdapterDeps } from './deps.ts'
import { MOST_FILE } from './file.ts'

/** No answer came: `unsure` where what was asked may have been done. `who` begins the message. @throws DeliveryError */
export function unanswered(who: string, error: unknown, doubt = error instanceof NoAnswer && error.sent): never {
  if (!(error instanceof NoAnswer)) throw error
  throw new DeliveryError(doubt ? 'unsure' : 'later', `${who} ${error.message}`)
}

/** One call of what takes no key, so it is not repeated. @throws DeliveryError */
export const callOnce = (who: string, ...args: Parameters<typeof callJson>): Promise<Answer> =>
  callJson(...args).catch((error: unknown) => unanswered(who, error))

/**
 * One call to a platform that lets one message a key through, so that a repeat is safe: at once where a connection broke
 * (a kept-alive one that the server had just closed), later where it took too long. `doubt`: the first of two tries may
 * have arrived. @throws DeliveryError
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
      if (error.timedOut || !error.sent || tries === 2) return unanswered(who, error, doubt)
    }
  }
}

/** One download of at most `most` bytes. @throws DeliveryError `later` */
export const askFile = (
  who: string,
  deps: AdapterDeps,
  url: string,
  { most = MOST_FILE, ...options }: FileOptions & { most?: number } = {},
): Promise<FileAnswer> => callFile(deps, url, most, options).catch((error: unknown) => unanswered(who, error, false))

/** Nothing was sent, or it harms nobody to do it again: what is in doubt is only to be done later. @throws */
export function harmless(error: unknown): never {
  throw error instanceof DeliveryError && error.reason === 'unsure'
    ? new DeliveryError('later', error.message, error.after)
    : error
}

/** @throws DeliveryError `later` where the answer is not of that shape */
export function readAs<T extends z.ZodType>(who: string, shape: T, { json }: Pick<Answer, 'json'>): z.infer<T> {
  const value = shape.safeParse(json)
  if (!value.success) throw new DeliveryError('later', `${who} unreadable`)
  return value.data
}
