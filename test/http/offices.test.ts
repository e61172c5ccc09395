import { describe, expect, it } from 'vitest'
import { createLarkAdapter } from '../../adapters/lark/index.ts'
import { giveLink, openSession } from '../../src/flow/console/sign-in.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { personNamed, register } from '../../src/flow/roster.ts'
import { createApp } from '../../src/http/app.ts'
import { doorsOf } from '../../src/platforms.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { toRequest } from '../fakes/wire.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const office = officesOf('two')
const publicUrl = 'http://duban.test'

let opened: ReturnType<typeof make> | undefined
const open = () => {
  opened ??= make()
  return opened
}

/** Two offices of one server, each with a Lark app of its own, the same plan, and somebody of the office. */
const make = async () => {
  const one = async (n: number) => {
    const config = { ...larkConfig, appId: `cli_${n}`, appSecret: `secret-${n}`, encryptKey: `key-${n}` }
    const now = (): Date => town.deps.now()
    const lark = createFakeLark(config, now)
    const adapter = createLarkAdapter(config, { fetch: lark.fetch, now })
    const town = await openTown(office(), { adapters: [adapter] })
    // Towns draw the same chances, and then their secrets would be the same too.
    const deps: Deps = Object.assign(town.deps, { publicUrl, several: true, secureRandom: Math.random })
    const blank = { units: [], charge: [], post: '' as const, mobile: '' }
    const identities = [`lark:*:ou_${n}`]
    const stamp = { by: 'admin:test', via: `test:${n}`, at: deps.now() }
    await register(deps, { people: [{ ...blank, name: '科室的人', role: 'office', identities }] }, stamp)
    const person = (await personNamed(deps, '科室的人', 'office')) ?? ''
    const { cookie } = await openSession(deps, person, 'link', 'vitest')
    return { town, deps, lark, person, cookie, name: deps.store.office, platforms: [{ door: 'lark', adapter }] }
  }
  const [a, b] = [await one(1), await one(2)]
  const offices = [a.deps, b.deps]
  const served = [a, b].map((each) => ({ office: each.name, deps: each.deps, platforms: each.platforms }))
  const app = createApp({ door: doorsOf(served), offices: () => offices, log: a.deps.log })
  const call = async (path: string, cookie?: string, body?: unknown) => {
    const response = await app.request(`${publicUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'x-duban': 'console',
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.clone().text()
    return { status: response.status, text, to: response.headers.get('location') ?? '', response }
  }
  return { a, b, app, call }
}

const secretOf = (sealed: string): string => sealed.slice(sealed.lastIndexOf('.') + 1)

describe('two offices on one server', () => {
  it('a cookie opens its own office alone, under whichever name it is put', async () => {
    const { a, b, call } = await open()
    for (const { cookie, name } of [a, b]) {
      const { status, text } = await call('/api/me', `duban=${cookie}`)
      expect([status, JSON.parse(text).person.name, name.length > 0]).toEqual([200, '科室的人', true])
    }
    for (const path of ['/api/me', '/api/ledger', '/api/papers', '/api/audit'])
      expect((await call(path, `duban=${b.name}.${secretOf(a.cookie)}`)).status).toBe(401)
  })

  it('what one has by its id is nothing to the other, in lists, pages, files and downloads', async () => {
    const { a, b, call } = await open()
    const reply = await a.town.as('liaison:市财政局').says('1-2 6月的已公开 http://www.example.gov.cn/1')
    expect(reply.text).toContain('1-2')
    const { q, t } = a.deps.store
    const own = async (table: 'duties' | 'plans' | 'evidence') =>
      (await q.select().from(t[table] as typeof t.duties)).filter((row) => row.office === a.name)[0]?.id ?? 'none'
    const [duty, plan] = [await own('duties'), await own('plans')]
    const paths = [`/api/duties/${duty}`, `/api/plans/${plan}`, `/api/ledger?plan=${plan}`]
    expect((await call(`/api/duties/${duty}`, `duban=${a.cookie}`)).status).toBe(200)
    expect((await call(`/api/plans/${plan}`, `duban=${a.cookie}`)).status).toBe(200)
    for (const path of paths) {
      const { status, text } = await call(path, `duban=${b.cookie}`)
      expect(status === 404 || !text.includes(duty), `${path} ${status} ${text.slice(0, 200)}`).toBe(true)
    }
    const all = await call('/api/ledger', `duban=${b.cookie}`)
    expect(all.status).toBe(200)
    expect(all.text).not.toContain(duty)
  })

  it('a one-time link lets in where it was given, whatever cookie comes with it, and opens nothing elsewhere', async () => {
    const { a, b, call } = await open()
    const { secret } = await giveLink(a.deps, a.person)
    const elsewhere = { link: `${b.name}.${secretOf(secret)}` }
    const unknown = { link: `nobody.${secretOf(secret)}` }
    for (const link of [elsewhere, unknown]) {
      const refused = await call('/api/session', undefined, link)
      expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('这个链接已经用过')])
    }
    const entered = await call('/api/session', `duban=${b.cookie}`, { link: secret })
    expect(entered.status).toBe(200)
    expect(entered.response.headers.get('set-cookie')).toContain(`duban=${a.name}.`)
  })

  it('each office’s door proves its own app’s messages alone', async () => {
    const { a, b, app } = await open()
    const send = (request: Request, name: string) => {
      const { pathname } = new URL(request.url)
      return app.request(new Request(`${publicUrl}${pathname}/${name}`, request))
    }
    const asked = () => toRequest(a.lark.says({ from: 'ou_1', text: '逾期任务' }))
    expect((await send(asked(), b.name)).status).toBe(401)
    expect((await send(asked(), a.name)).status).toBe(200)
    expect((await app.request(asked())).status).toBe(404)
  })

  it('a page that names no office, or one that there is not, is told the same, and no names', async () => {
    const { a, call } = await open()
    const [none, wrong] = [await call('/api/session/ways'), await call('/api/session/ways?office=nobody')]
    expect(none.text).toBe(wrong.text)
    expect(JSON.parse(none.text)).toEqual({ ways: [], several: true })
    expect(JSON.parse((await call(`/api/session/ways?office=${a.name}`)).text)).toEqual({ ways: ['lark'] })
    expect((await call('/api/me')).status).toBe(401)
    expect((await call('/api/session/lark')).to).toBe('/signin?problem=expired')
  })

  it('who signs in by a platform’s account comes back into the office whose page it was', async () => {
    const { a, b, call } = await open()
    const jar = ({ response }: Awaited<ReturnType<typeof call>>): string =>
      (response.headers as unknown as { getSetCookie(): string[] })
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ')
    const asked = await call(`/api/session/lark?office=${b.name}`, `duban=${a.cookie}`)
    expect(asked.to).toContain('cli_2')
    const back = b.lark.consents(asked.to, 'ou_2')
    const come = await call(new URL(back).pathname + new URL(back).search, `duban=${a.cookie}; ${jar(asked)}`)
    expect(come.to).toBe('/')
    expect(jar(come)).toContain(`duban=${b.name}.`)
    // The account of the one is nobody in the other.
    const again = await call(`/api/session/lark?office=${b.name}`)
    const stranger = new URL(b.lark.consents(again.to, 'ou_1'))
    expect((await call(stranger.pathname + stranger.search, jar(again))).to).toContain('problem=unbound')
  })

  it('addresses of the console say whose they are', async () => {
    const { b } = await open()
    const { text } = await b.town.as('office').says('导出台账')
    expect(text).toContain(`/ledger?`)
    expect(text).toContain(`office=${b.name}`)
  })
})
