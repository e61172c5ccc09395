import { describe, expect, it } from 'vitest'
import { endSession, giveLink, sessionOf } from '../../src/flow/console/sign-in.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('sign-in')

const open = async () => {
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
  })

  it('one that was never given is refused in the same words', async () => {
    const { nobody, town } = await open()
    const made = `${town.deps.store.office}.${'A'.repeat(32)}`
    const [a, b] = [await nobody.post('/session', { link: made }), await nobody.post('/session', { link: 'x' })]
    expect(a.body).toEqual(b.body)
  })
})

describe('a session', () => {
  it('ends after eight hours, and when it is ended', async () => {
    const { town, as } = await open()
    const one = await as('office')
    town.on('2017-07-11', '17:59')
    expect(await one.get('/me')).toMatchObject({ status: 200 })
    town.on('2017-07-11', '18:00')
    expect(await one.get('/me')).toMatchObject({ status: 401 })
    const other = await as('office')
    const session = await sessionOf(town.deps, other.cookie)
    await endSession(town.deps, { id: session?.id ?? '', person: other.person }, other.person)
    expect(await other.get('/me')).toMatchObject({ status: 401 })
  })

  it('changes nothing for a request that another site could have sent', async () => {
    const { as, app } = await open()
    const { cookie, get } = await as('office')
    const sent = await app.request('http://duban.test/api/session', {
      method: 'DELETE',
      headers: { cookie: `duban=${cookie}` },
    })
    expect(sent.status).toBe(403)
    expect((await get('/me')).status).toBe(200)
  })
})
