import { openSession } from '../../src/flow/console/sign-in.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { personNamed, register } from '../../src/flow/roster.ts'
import { createApp } from '../../src/http/app.ts'
import type { Role } from '../../src/model/person.ts'

const stamp = (deps: Deps) => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire, compared by its test
  body: any
  response: Response
}

/** The HTTP face of an office without a port, with people signed in by their roles. */
export const openConsole = (deps: Deps, more: Partial<Parameters<typeof createApp>[0]> = {}) => {
  const app = createApp({ door: () => undefined, offices: () => [deps], log: deps.log, ...more })

  const call = async (method: string, path: string, cookie?: string, body?: unknown): Promise<Answer> => {
    const response = await app.request(`http://duban.test/api${path}`, {
      method,
      headers: {
        ...(method !== 'GET' && { 'x-duban': 'console', origin: 'http://duban.test' }),
        ...(cookie && { cookie: `duban=${cookie}` }),
        ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
    const text = await response.clone().text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, body: isJson ? JSON.parse(text) : text, response }
  }

  /** A browser of its own with that cookie. */
  const browser = (cookie?: string) => ({
    get: (path: string) => call('GET', path, cookie),
    post: (path: string, body?: unknown) => call('POST', path, cookie, body),
    put: (path: string, body?: unknown) => call('PUT', path, cookie, body),
    patch: (path: string, body?: unknown) => call('PATCH', path, cookie, body),
    delete: (path: string) => call('DELETE', path, cookie),
  })

  /** Somebody of that role is entered on the register (units by name), signed in, and given a browser. */
  const as = async (role: Exclude<Role, 'unknown'>, ...units: string[]) => {
    const { view } = await deps.cache(deps.store)
    const ids = units.map((name) => {
      const unit = view.units.find((one) => one.name === name)
      if (!unit) throw new Error(`no unit ${name}`)
      return unit.id
    })
    const name = `${role}${units.join('')}`
    const own = role === 'leader' ? { units: [], charge: ids } : { units: ids, charge: [] }
    await register(deps, { people: [{ name, role, ...own, post: '', mobile: '', identities: [] }] }, stamp(deps))
    const person = await personNamed(deps, name, role)
    if (!person) throw new Error(`no person ${name}`)
    const { cookie } = await openSession(deps, person, 'link', 'vitest')
    return { person, cookie, ...browser(cookie) }
  }

  return { app, call, as, nobody: browser() }
}
