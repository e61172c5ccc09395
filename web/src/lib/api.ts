import { hc } from 'hono/client'
import type { ActApi } from '../../../src/http/api/act.ts'
import type { SessionApi } from '../../../src/http/api/session.ts'
import { Problem } from '../../../src/http/shapes/shared.ts'

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

const lost = '连不上服务器：请检查网络，再试一次。刚才的内容没有提交'

/** Every request of the console: says by its header that it is the console's own, and throws what is refused. */
const send: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers)
  headers.set('x-duban', 'console')
  let response: Response
  try {
    response = await fetch(input, { ...init, headers, credentials: 'same-origin' })
  } catch {
    throw new ApiError(0, lost)
  }
  if (response.ok) return response
  const problem = Problem.safeParse(await response.json().catch(() => undefined))
  throw new ApiError(
    response.status,
    problem.success ? problem.data.error : `服务器没有处理这个请求（${response.status}）`,
    problem.data?.now,
  )
}

export const options = { fetch: send }

/** One typed client a part of the API, made from the server's own routes. */
export const sessionClient = hc<SessionApi>('/api', options)
export const actClient = hc<ActApi>('/api', options)
