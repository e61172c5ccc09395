import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { runningSessions } from '../../db/queries/sessions.ts'
import { giveLink, openSession } from '../../src/flow/console/sign-in.ts'
import { register } from '../../src/flow/roster.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('sign-in')

let opened: ReturnType<typeof make> | undefined
/** One town for all. */
const open = () => {
  opened ??= make()
  return opened
}

const make = async () => {
  const town = await openTown(office())
  const console = openConsole(town.deps)
  return { town, ...console }
}

describe('a one-time link', () => {
  it('says whose it is, lets in once, and is gone after ten minutes', async () => {
    const { town, nobody, as, call } = await open()
    const { person } = await as('liaison', '市财政局')
    const link = (await giveLink(town.deps, person)).secret
    expect((await nobody.post('/session/link', { link })).body).toEqual({ name: 'liaison市财政局', role: 'liaison' })
    const entered = await nobody.post('/session', { link })
    expect(entered.status).toBe(200)
    const cookie = entered.response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^duban=[^;]+; .*HttpOnly.*SameSite=Lax/i)
    const value = /^duban=([^;]+)/.exec(cookie)?.[1] ?? ''
    expect((await call('GET', '/me', decodeURIComponent(value))).body.person).toMatchObject({ id: person })
    expect(await nobody.post('/session', { link })).toMatchObject({ status: 422 })

    const late = (await giveLink(town.deps, person)).secret
    town.on('2017-07-11', '10:11')
    expect(await nobody.post('/session', { link: late })).toMatchObject({ status: 422 })
    town.on('2017-07-11', '10:00')
  })

  it('a page of one person does nothing in the name of another who signed in beside it', async () => {
    const { as, app } = await open()
    const [one, other] = [await as('office'), await as('leader')]
    const asked = async (page: string, method = 'GET', path = '/api/me') => {
      const headers = { cookie: `duban=${other.cookie}`, 'x-duban': 'console', 'x-duban-person': page }
      const response = await app.request(`http://duban.test${path}`, { method, headers })
      return { status: response.status, body: await response.json() }
    }
    expect(await asked(other.person)).toMatchObject({ status: 200 })
    const refused = { status: 409, body: { error: expect.stringContaining('leader'), now: { signedIn: 'leader' } } }
    expect(await asked(one.person)).toMatchObject(refused)
    expect(await asked(one.person, 'DELETE', '/api/session')).toMatchObject(refused)
    expect((await other.get('/me')).status).toBe(200)
  })

  it('one that was never given is refused in the same words', async () => {
    const { nobody, town } = await open()
    const made = `${town.deps.store.office}.${'A'.repeat(32)}`
    const [a, b] = [await nobody.post('/session', { link: made }), await nobody.post('/session', { link: 'x' })]
    expect(a.body).toEqual(b.body)
  })

  it('lets one in where two press at the same moment', async () => {
    const { town, nobody, as } = await open()
    const { person } = await as('head', '市财政局')
    const link = (await giveLink(town.deps, person)).secret
    const pressed = await Promise.all([1, 2, 3].map(() => nobody.post('/session', { link })))
    expect(pressed.map(({ status }) => status).sort()).toEqual([200, 422, 422])
    expect(pressed.map(({ body }) => body.error).filter(Boolean)).toEqual([
      expect.stringContaining('已经用过'),
      expect.stringContaining('已经用过'),
    ])
    const other = (await giveLink(town.deps, person)).secret
    const [byLink] = await Promise.all([
      nobody.post('/session', { link: other }),
      openSession(town.deps, person, 'lark', 'vitest'),
    ])
    expect(byLink.status).toBe(200)
    expect(await runningSessions(town.deps.store, town.deps.now(), person)).toHaveLength(4)
  })

  it('ends with its person, and so does the session', async () => {
    const { town, nobody, as } = await open()
    const one = await as('liaison', '市审计局')
    const link = (await giveLink(town.deps, one.person)).secret
    const { t, office } = town.deps.store
    await town.deps.store.one((q) =>
      q
        .update(t.people)
        .set({ role: 'unknown' })
        .where(and(eq(t.people.office, office), eq(t.people.id, one.person))),
    )
    expect(await nobody.post('/session/link', { link })).toMatchObject({ status: 422 })
    expect(await nobody.post('/session', { link })).toMatchObject({ status: 422 })
    expect(await one.get('/me')).toMatchObject({ status: 401 })
  })

  it.each(['', 'x', '.'.repeat(200), '../../etc', 'default.<script>', '💥'.repeat(40)])('%j is none', async (link) => {
    const { nobody } = await open()
    expect(await nobody.post('/session', { link })).toMatchObject({ status: 422 })
  })
})

describe('a session', () => {
  it('ends after eight hours', async () => {
    const { town, as } = await open()
    const one = await as('office')
    town.on('2017-07-11', '17:59')
    expect(await one.get('/me')).toMatchObject({ status: 200 })
    town.on('2017-07-11', '18:00')
    expect(await one.get('/me')).toMatchObject({ status: 401 })
    town.on('2017-07-11', '10:00')
  })

  it('has the role that its person has by now', async () => {
    const { town, as } = await open()
    const one = await as('admin')
    const { t, office } = town.deps.store
    const becomes = (role: 'leader' | 'admin') =>
      town.deps.store.one((q) =>
        q
          .update(t.people)
          .set({ role })
          .where(and(eq(t.people.office, office), eq(t.people.id, one.person))),
      )
    expect(await one.get('/sessions/all')).toMatchObject({ status: 200 })
    await becomes('leader')
    expect(await one.get('/sessions/all')).toMatchObject({ status: 403 })
    await becomes('admin')
  })

  it('is listed and ended by its own person, and by the office; by nobody else', async () => {
    const { town, as, call } = await open()
    const [one, other, office] = [await as('liaison', '市环保局'), await as('leader'), await as('office')]
    const { cookie } = await openSession(town.deps, one.person, 'lark', 'Mozilla/5.0 Chrome/120')
    const second = () => call('GET', '/me', cookie)
    const { sessions } = (await one.get('/sessions')).body
    expect(sessions.map(({ via, here }: { via: string; here: boolean }) => [via, here]).sort()).toEqual([
      ['lark', false],
      ['link', true],
    ])
    const id = sessions.find(({ here }: { here: boolean }) => !here).id
    expect(await other.delete(`/sessions/${id}`)).toMatchObject({ status: 404 })
    expect((await other.get('/sessions')).body.sessions.map((each: { id: string }) => each.id)).not.toContain(id)
    expect(await other.get('/sessions/all')).toMatchObject({ status: 403 })
    expect(await second()).toMatchObject({ status: 200 })
    expect(await one.delete(`/sessions/${id}`)).toMatchObject({ status: 200 })
    expect(await second()).toMatchObject({ status: 401 })
    expect(await one.delete(`/sessions/${id}`)).toMatchObject({ status: 404 })

    await openSession(town.deps, one.person, 'link', 'a')
    await openSession(town.deps, one.person, 'link', 'b')
    expect(await one.delete('/sessions/others')).toMatchObject({ status: 200, body: { ended: 2 } })
    expect((await one.get('/sessions')).body.sessions).toHaveLength(1)
    expect(await one.delete('/sessions/others')).toMatchObject({ body: { ended: 0 } })

    const all = (await office.get('/sessions/all')).body.sessions
    const theirs = all.find(({ person }: { person: { id: string } }) => person.id === one.person)
    expect(await office.delete(`/sessions/${theirs.id}`)).toMatchObject({ status: 200 })
    expect(await one.get('/me')).toMatchObject({ status: 401 })
    const { t, q } = town.deps.store
    const facts = await q.select().from(t.facts).where(eq(t.facts.id, one.person))
    expect(facts.map(({ kind, by }) => [kind, by]).at(-1)).toEqual(['session-ended', office.person])
  })

  it('ends where the account of its person becomes somebody else’s', async () => {
    const { town, as } = await open()
    const one = await as('head', '市统计局')
    const keys = { charge: [], post: '' as const, mobile: '', units: [], identities: ['lark:*:ou_phone'] }
    const stamp = { by: 'admin:test', via: 'test:1', at: town.deps.now() }
    const { t, office } = town.deps.store
    await town.deps.store.one((q) =>
      q.insert(t.identities).values({ office, key: 'lark:*:ou_phone', person: one.person }),
    )
    expect(await one.get('/me')).toMatchObject({ status: 200 })
    await register(town.deps, { people: [{ ...keys, name: '新人', role: 'liaison' }] }, stamp)
    expect(await one.get('/me')).toMatchObject({ status: 401 })
  })

  it('is known behind TLS by a cookie of this host alone', async () => {
    const { town } = await open()
    const secure = openConsole({ ...town.deps, publicUrl: 'https://duban.example.gov.cn' })
    const one = await secure.as('leader')
    const me = (cookie: string) => secure.app.request('http://duban.test/api/me', { headers: { cookie } })
    expect((await me(`duban=${one.cookie}`)).status).toBe(401)
    expect((await me(`__Host-duban=${one.cookie}`)).status).toBe(200)
    const link = (await giveLink(town.deps, one.person)).secret
    const entered = await secure.nobody.post('/session', { link })
    expect(entered.response.headers.get('set-cookie')).toMatch(
      /^__Host-duban=[^;]+; .*Path=\/; HttpOnly; Secure; SameSite=Lax/,
    )
    // A header that anybody can send makes nothing secure.
    const plain = await (await open()).app.request('http://duban.test/api/session', {
      method: 'POST',
      headers: { 'x-duban': 'console', 'x-forwarded-proto': 'https', 'content-type': 'application/json' },
      body: JSON.stringify({ link: (await giveLink(town.deps, one.person)).secret }),
    })
    expect(plain.headers.get('set-cookie')).toMatch(/^duban=/)
    expect(plain.headers.get('set-cookie')).not.toMatch(/Secure/)
  })
})
