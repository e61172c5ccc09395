import { and, count, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { findDuties } from '../../db/queries/duties.ts'
import { accountDigest } from '../../src/flow/chain.ts'
import { giveLink, openSession } from '../../src/flow/console/sign-in.ts'
import { createOfficeCache } from '../../src/flow/office.ts'
import { sweepOld } from '../../src/flow/sweep.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'
import { openConsole } from './console.ts'

const offices = officesOf('attack')

let town: Town
let http: ReturnType<typeof openConsole>
let office: Awaited<ReturnType<typeof http.as>>
let liaison: typeof office
let head: typeof office

beforeAll(async () => {
  town = await openTown(offices())
  http = openConsole(town.deps)
  town.on('2017-08-28')
  office = await http.as('office')
  liaison = await http.as('liaison', '市审计局')
  head = await http.as('head', '市审计局')
})

const id = () => `press-${Math.random()}`
const unitId = async (name: string) =>
  (await town.deps.cache(town.deps.store)).view.units.find((unit) => unit.name === name)?.id ?? ''

/** Duties that are none of the liaison's. */
const foreign = async () => {
  const own = new Set((await liaison.get('/ledger?limit=500')).body.rows.map((row: { id: string }) => row.id))
  const { rows } = (await office.get('/ledger?limit=500')).body
  return rows.filter((row: { id: string }) => !own.has(row.id)) as { id: string; text: string; unit: string }[]
}

describe('ids of other units', () => {
  it('open nothing, in whatever place they are put', async () => {
    const others = (await foreign()).slice(0, 20)
    expect(others.length).toBeGreaterThan(5)
    const finance = await unitId('市财政局')
    for (const who of [liaison, head]) {
      for (const { id: duty } of others) expect((await who.get(`/duties/${duty}`)).status).toBe(404)
      expect((await who.post(`/duties/${others[0]?.id}/links/check`, {})).status).toBe(404)
      expect((await who.get(`/ledger?unit=${finance}`)).body).toMatchObject({ total: 0, rows: [] })
      for (const { text } of others.slice(0, 5))
        expect((await who.get(`/ledger?q=${encodeURIComponent(text.slice(0, 12))}&unit=${finance}`)).body.total).toBe(0)
      for (const path of ['', '/themes', '/calendar', '/moved', '/provisional'])
        expect((await who.get(`/overview${path}?unit=${finance}`)).status).toBe(403)
    }
  })

  it('change nothing through a forged frame', async () => {
    const [other] = await foreign()
    const [duty] = await findDuties(town.deps.store, { ids: [other?.id ?? ''] })
    if (!duty) throw new Error('no duty')
    const rows = async () => JSON.stringify(await findDuties(town.deps.store, { units: [duty.unit] }))
    const before = await rows()
    const shown = [`${duty.id}@${duty.version}`]
    const frames = [
      { intent: 'report', tasks: [duty.number], reports: shown, links: ['http://a.gov.cn/1'] },
      { intent: 'report', reports: [duty.id], units: [other?.unit], via: 'phone' },
      { intent: 'claim', tasks: [duty.number], units: [other?.unit] },
      { intent: 'extend', tasks: [duty.number], reports: shown, until: '2017-12-31', units: [other?.unit] },
      { intent: 'approve', tasks: [duty.number], reports: shown },
      { intent: 'waive', tasks: [duty.number], reports: shown },
      { intent: 'urge', tasks: [duty.number], reports: shown },
      { intent: 'secrecy', tasks: [duty.number], reports: shown, by: '某人', units: [other?.unit] },
    ]
    for (const intent of frames) {
      const { status, body } = await liaison.post('/act', { id: id(), intent, text: '已公开 http://a.gov.cn/1' })
      expect([intent.intent, status, JSON.stringify(body).includes(duty.text)]).toEqual([intent.intent, 200, false])
    }
    expect(await rows()).toBe(before)
  })

  it('a liaison is told of the plans that their unit is in, and of no draft', async () => {
    const { t } = town.deps.store
    const [released] = await town.deps.store.q.select().from(t.plans)
    if (!released) throw new Error('no plan')
    const extra = { ...released, id: 'plan-of-others', natural: 'others', code: '别家17' }
    const draft = { ...released, id: 'plan-in-draft', natural: 'draft', code: '草稿17', state: 'draft' as const }
    for (const row of [extra, draft]) await town.deps.store.one((q) => q.insert(t.plans).values(row))
    const fresh = openConsole({ ...town.deps, cache: createOfficeCache(town.deps.zone) })
    const of = async (who: typeof office) => (await fresh.call('GET', '/overview', who.cookie)).body
    const all = await of(office)
    expect(all.plans.map(({ id }: { id: string }) => id)).toContain('plan-of-others')
    expect(all.drafts).toBe(1)
    for (const who of [liaison, head]) {
      const own = await of(who)
      expect(own.plans.map(({ id }: { id: string }) => id)).toEqual([released.id])
      expect(own.drafts).toBe(0)
    }
    for (const { id } of [extra, draft])
      await town.deps.store.one((q) =>
        q.delete(t.plans).where(and(eq(t.plans.office, town.deps.store.office), eq(t.plans.id, id))),
      )
  })
})

describe('a 密级 mark', () => {
  const marked = '机密★1年 不得外传'
  const facts = async () => {
    const { q, t } = town.deps.store
    return JSON.stringify(await q.select({ body: t.facts.body, words: t.facts.words }).from(t.facts))
  }

  it('is refused in whatever slot of a frame it stands, and kept nowhere', async () => {
    const [mine] = (await liaison.get('/ledger?limit=5')).body.rows
    const number = String(mine.code).split('-').slice(1).join('-')
    for (const frame of [
      { intent: 'report', tasks: [number], note: marked },
      { intent: 'report', tasks: [number], links: [`http://a.gov.cn/1?${marked}`] },
      { intent: 'secrecy', tasks: [number], by: marked },
      { intent: 'list', keyword: marked },
    ]) {
      const { body } = await liaison.post('/act', { id: id(), intent: frame, text: '' })
      expect([frame.intent, body.refused, body.card?.title]).toEqual([frame.intent, true, '涉密内容不能发到这里'])
    }
    expect(await facts()).not.toContain('不得外传')
  })
})

describe('a 工作秘密 task', () => {
  it('is told by no heading and by no words of its facts, and found by neither', async () => {
    const { t } = town.deps.store
    const [one] = (await office.get('/ledger?limit=1')).body.rows
    const [duty] = await findDuties(town.deps.store, { ids: [one.id] })
    const task = and(eq(t.tasks.office, town.deps.store.office), eq(t.tasks.id, duty?.task ?? ''))
    const [before] = await town.deps.store.q.select().from(t.tasks).where(task)
    const [theme, said] = ['不能见人的章节', '不能见人的话']
    const press = { id: id(), intent: { intent: 'urge', tasks: [duty?.number], reports: [one.id] }, text: said }
    const urged = { id: id(), intent: { intent: 'instruct', tasks: [duty?.number], units: [one.unit] }, text: said }
    for (const deed of [press, urged]) expect((await office.post('/act', deed)).status).toBe(200)
    const told = async () =>
      JSON.stringify([
        (await office.get(`/audit?id=${one.id}`)).body,
        (await office.get('/overview/themes')).body,
        (await office.get('/ledger/choices')).body,
        (await office.get(`/ledger?theme=${encodeURIComponent(theme)}`)).body,
      ])
    await town.deps.store.one((q) =>
      q
        .update(t.tasks)
        .set({ section: [theme] })
        .where(task),
    )
    expect(await told()).toContain(said)
    await town.deps.store.one((q) => q.update(t.tasks).set({ secret: true }).where(task))
    const hidden = await told()
    expect(hidden).not.toContain(said)
    expect(hidden).not.toContain(theme)
    expect((await office.get(`/ledger?theme=${encodeURIComponent(theme)}`)).body.total).toBe(0)
    await town.deps.store.one((q) =>
      q
        .update(t.tasks)
        .set({ secret: false, section: before?.section ?? [] })
        .where(task),
    )
  })
})

describe('what lets in', () => {
  const own = () => {
    const { t, office } = town.deps.store
    return and(eq(t.links.office, office), eq(t.links.person, liaison.person))
  }
  it('is one link a person: a new one ends the one before, and the table does not grow', async () => {
    const { q, t } = town.deps.store
    const first = (await giveLink(town.deps, liaison.person)).secret
    for (let i = 0; i < 5; i++) await giveLink(town.deps, liaison.person)
    expect(await http.nobody.post('/session', { link: first })).toMatchObject({ status: 422 })
    expect((await q.select({ n: count() }).from(t.links).where(own()))[0]?.n).toBe(1)
  })

  it('ends with the account that it came by', async () => {
    const one = await http.as('liaison', '市财政局')
    const { t, office: name } = town.deps.store
    const key = 'lark:cli_1:ou_lost'
    await town.deps.store.one((q) => q.insert(t.identities).values({ office: name, key, person: one.person }))
    const link = (await giveLink(town.deps, one.person)).secret
    const row = async () =>
      (await office.get('/roster/people')).body.people.find((each: { id: string }) => each.id === one.person)
    const { version } = await row()
    const digest = accountDigest(town.deps.alg, name, key)
    expect(await office.post(`/roster/people/${one.person}/unbind`, { version, digest })).toMatchObject({ status: 200 })
    expect(await one.get('/me')).toMatchObject({ status: 401 })
    expect(await http.nobody.post('/session', { link })).toMatchObject({ status: 422 })
  })

  it('ends with the sessions that somebody else ends', async () => {
    const one = await http.as('head', '市财政局')
    const link = (await giveLink(town.deps, one.person)).secret
    const { sessions } = (await office.get('/sessions/all')).body
    const running = sessions.find((each: { person: { id: string } }) => each.person.id === one.person)
    expect(await office.delete(`/sessions/${running.id}`)).toMatchObject({ status: 200 })
    expect(await http.nobody.post('/session', { link })).toMatchObject({ status: 422 })
  })
})

describe('what another site or program sends', () => {
  const raw = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    http.app.request(`http://duban.test${path}`, { ...init, headers: { cookie: `duban=${office.cookie}`, ...headers } })

  it('reads nothing and writes no fact: not even by leading the browser to an export', async () => {
    for (const site of ['cross-site', 'same-site'])
      for (const path of ['/api/ledger/export', '/api/ledger', '/api/roster/file', '/api/me'])
        expect([path, (await raw(path, { 'sec-fetch-site': site })).status]).toEqual([path, 403])
    for (const site of ['same-origin', 'none'])
      expect((await raw('/api/me', { 'sec-fetch-site': site })).status).toBe(200)
    // The platforms send the browser back from their own site.
    expect((await raw('/api/session/lark/callback', { 'sec-fetch-site': 'cross-site' })).status).toBe(302)
  })

  it('gets no leave of ours to read across origins', async () => {
    const asked = { origin: 'https://evil.example', 'access-control-request-headers': 'x-duban' }
    const answer = await raw('/api/act', { ...asked, 'access-control-request-method': 'POST' }, { method: 'OPTIONS' })
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('bears the headers of a page and is never kept, whatever the answer', async () => {
    const send = { method: 'POST', body: '{' }
    const own = { 'x-duban': 'console', 'content-type': 'application/json' }
    for (const answer of [
      await raw('/api/me'),
      await raw('/api/none'),
      await raw('/api/act', own, send),
      await raw('/api/act', {}, send),
      await raw('/api/act', { ...own, 'content-length': `${3 << 20}` }, { ...send, body: 'x'.repeat(3 << 20) }),
      await http.app.request('http://duban.test/api/me'),
    ]) {
      expect(answer.status).toBeLessThan(500)
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
      expect(answer.headers.get('x-frame-options')).toBe('DENY')
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([answer.status, 'no-store'])
      await answer.arrayBuffer()
    }
  })

  it('gets a file to save in a sandbox, of a page or not', async () => {
    const answer = await raw('/api/ledger/export')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    await answer.arrayBuffer()
  })

  it('with a sign that no database keeps is refused, not broken on', async () => {
    const act = { id: id(), intent: { intent: 'help' }, text: '' }
    for (const answer of [
      await office.get('/ledger?q=%00'),
      await office.get('/duties/a%00b'),
      await office.get('/audit?q=a%00'),
      await office.get('/audit?to=9999-12-31'),
      await office.get('/pushes/messages?to=9999-12-31'),
      await office.get('/pushes/accounts?to=9999-12-31'),
      await office.post('/roster/units', { name: '甲\0局', kind: 'unit' }),
      await office.post('/act', { ...act, id: 'press\0press' }),
      await office.post('/roster/people', { name: '甲\ud800', role: 'office' }),
    ])
      expect(answer.status).toBe(400)
  })

  it('waits its turn where many upload at once, and holds no place when it is gone', async () => {
    const own = { 'x-duban': 'console', cookie: `duban=${office.cookie}` }
    const uploads = openConsole({ ...town.deps, parseFile: () => Promise.reject(new Error('read')) })
    const slow = () => {
      let end = () => {}
      const body = new ReadableStream({
        start: (controller) => {
          controller.enqueue(new Uint8Array(1))
          end = () => controller.error(new Error('gone'))
        },
      })
      const init = { method: 'POST', headers: own, body, duplex: 'half' } as RequestInit
      const answer = Promise.resolve(uploads.app.request('http://duban.test/api/plans/upload', init))
      return { answer, end: () => end() }
    }
    const first = Array.from({ length: 4 }, slow)
    await new Promise((done) => setTimeout(done, 50))
    expect((await slow().answer).status).toBe(503)
    for (const { end } of first) end()
    for (const { answer } of first) await answer.catch(() => undefined)
    const small = { method: 'POST', headers: own, body: 'x' }
    expect((await uploads.app.request('http://duban.test/api/plans/upload', small)).status).toBe(202)
    await town.deps.settled()
  })

  it('does not weigh on the server by its length', async () => {
    const many = Array.from({ length: 60_000 }, (_, i) => `${i}-1`)
    const started = performance.now()
    for (const intent of [
      { intent: 'list', tasks: many },
      { intent: 'report', tasks: many.slice(0, 50_000), reports: [] },
      { intent: 'figures', units: many },
    ])
      expect((await liaison.post('/act', { id: id(), intent, text: '' })).status).toBe(400)
    const ids = many.slice(0, 30_000).join(',')
    for (const path of ['/ledger', '/overview', '/review'])
      expect((await office.get(`${path}?unit=${ids}`)).status).toBe(400)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('the ledger', () => {
  it('is not flooded by whoever reaches for what is not theirs', async () => {
    const { q, t } = town.deps.store
    const refused = async () =>
      (
        await q
          .select({ n: count() })
          .from(t.facts)
          .where(and(eq(t.facts.kind, 'refused'), eq(t.facts.subject, 'unit')))
      )[0]?.n ?? 0
    const before = await refused()
    for (let i = 0; i < 5; i++)
      await liaison.post('/act', {
        id: id(),
        intent: { intent: 'report', tasks: ['1-2'] },
        text: '已公开 http://a.gov.cn/1',
      })
    expect((await refused()) - before).toBe(1)
  })

  it('holds after all of this', async () => {
    expect((await verifyLedger(town.deps.store)).broken).toEqual([])
  })
})

describe('a session', () => {
  it('is swept some time after it ended', async () => {
    const { q, t } = town.deps.store
    const sessions = async () => (await q.select({ n: count() }).from(t.sessions))[0]?.n ?? 0
    const before = await sessions()
    await openSession(town.deps, liaison.person, 'link', 'old')
    expect(await sessions()).toBe(before + 1)
    town.on('2017-12-28', '03:00')
    await sweepOld(town.deps)
    expect(await sessions()).toBe(0)
  })
})
