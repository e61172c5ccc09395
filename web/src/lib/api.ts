import { hc } from 'hono/client'
import type { AccountApi } from '../../../src/http/api/account.ts'
import type { ActApi } from '../../../src/http/api/act.ts'
import type { SessionApi } from '../../../src/http/api/session.ts'
import type { SignOnApi } from '../../../src/http/api/sign-on.ts'
import { Me, PERSON_HEADER, SomebodyElse } from '../../../src/http/shapes/session.ts'
import { Problem } from '../../../src/http/shapes/shared.ts'
import { signedInAgain } from './gone.ts'

/** The server said no; `message` is its one line in Chinese, `now` what the thing is like by now (409). */
export class ApiError extends Error {
  override name = 'ApiError'
  constructor(
    readonly status: number,
    message: string,
    readonly now?: unknown,
  ) {
    super(message)
  }
}

/** Whoever is signed in at this moment, whatever waits for it; undefined for nobody. @throws where the server cannot be asked */
export const signedInNow = async (): Promise<Me | undefined> => {
  const response = await fetch('/api/me', { credentials: 'same-origin' })
  if (response.status === 401) return undefined
  return Me.parse(await response.json())
}

let page: string | undefined
/** Whose page this is, from now on: what it sends is refused where somebody else has signed in in another tab. */
export const pageOf = (person: string | undefined): void => {
  page = person
}

/** What every request says beside its content: that it is the console's own, and in whose name. */
export const ownHeaders = (): Record<string, string> => ({
  'x-duban': 'console',
  ...(page !== undefined && { [PERSON_HEADER]: page }),
})

/** Long enough to read why. */
const RELOAD_MS = 4000
/** Begins the page anew, as the one of whoever is signed in now, where that is why a request was refused. */
export const ifSomebodyElse = (status: number, now: unknown): void => {
  if (status === 409 && SomebodyElse.safeParse(now).success) setTimeout(() => window.location.reload(), RELOAD_MS)
}

const lost = '连不上服务器：请检查网络，再试一次。刚才的内容没有提交'

/** Every request of the console: says by its header that it is the console's own, and throws what is refused. */
const send: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers)
  for (const [name, value] of Object.entries(ownHeaders())) headers.set(name, value)
  let response: Response
  try {
    response = await fetch(input, { ...init, headers, credentials: 'same-origin' })
  } catch {
    throw new ApiError(0, lost)
  }
  if (response.ok) return response
  // The session is gone: held until somebody is signed in again, then sent once more as it was.
  if (response.status === 401 && (await signedInAgain())) return send(input, init)
  const problem = Problem.safeParse(await response.json().catch(() => undefined))
  ifSomebodyElse(response.status, problem.data?.now)
  throw new ApiError(
    response.status,
    problem.success ? problem.data.error : `服务器没有处理这个请求（${response.status}）`,
    problem.data?.now,
  )
}

export const options = { fetch: send }

/** One typed client a part of the API, made from the server's own routes. */
export const sessionClient = hc<SessionApi>('/api', options)
export const accountClient = hc<AccountApi>('/api', options)
export const signOnClient = hc<SignOnApi>('/api', options)
export const actClient = hc<ActApi>('/api', options)
