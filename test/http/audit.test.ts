import { eq } from 'drizzle-orm'
import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { factsNewest } from '../../db/queries/audit.ts'
import { checkOf } from '../../src/flow/console/audit/check.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { sealYesterday } from '../../src/flow/seal.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('audit')
type Signed = Awaited<ReturnType<ReturnType<typeof openConsole>['as']>>

let town: Town
let clerk: Signed
let liaison: Signed
beforeAll(async () => {
  town = await openTown(office())
  const console = openConsole(town.deps)
  clerk = await console.as('office')
  liaison = await console.as('liaison', '市财政局')
})

const refusals = async () => factsNewest(town.deps.store, { kinds: ['refused'] }, 100)

describe('all that anybody did', () => {
  it('stands newest first, page by page, each line once', async () => {
    const seen: { key: string; at: string }[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const { body } = await clerk.get(`/audit?limit=40${next && `&after=${encodeURIComponent(next)}`}`)
      seen.push(...body.facts)
      next = body.next
    }
    const all = await factsNewest(town.deps.store, {}, 10_000)
    expect(all.length).toBeGreaterThan(80)
    expect(seen.length).toBe(all.length)
    expect(new Set(seen.map(({ key }) => key)).size).toBe(all.length)
    const times = seen.map(({ at }) => at)
    expect(times).toEqual([...times].sort().reverse())
  })

  it('says who, by which way, of what and what, in Chinese', async () => {
    const { body } = await clerk.get('/audit?group=login')
    expect(body.facts[0]).toMatchObject({
      ...{ who: { name: 'liaison市财政局', role: 'liaison' }, way: '网页', kind: '登录', about: 'liaison市财政局' },
      ...{ subject: 'person', when: '2017-07-11 10:00', body: '方式：一次性链接', erased: false },
    })
    const released = (await clerk.get('/audit?subject=duty&limit=1')).body.facts[0]
    expect(released).toMatchObject({ kind: '下达', who: { name: '命令行管理员' } })
    expect(released.about).toMatch(/^公开17-\S+ \S+/)
    expect(released.plan).toBeTruthy()
  })

  it('is narrowed by day, person, group, unit, words and a task’s code', async () => {
    const of = async (query: string) => (await clerk.get(`/audit?limit=500&${query}`)).body.facts
    expect(await of('from=2017-07-12')).toEqual([])
    expect(await of('to=2017-07-10')).toEqual([])
    expect((await of('from=2017-07-11&to=2017-07-11')).length).toBeGreaterThan(80)
    expect(
      (await of(`by=${liaison.person}`)).every((one: { who: { id: string } }) => one.who.id === liaison.person),
    ).toBe(true)
    const unit = (await clerk.get('/audit/choices')).body.units.find((one: { name: string }) => one.name === '市财政局')
    const ofUnit = await of(`unit=${unit.id}`)
    expect(ofUnit.some((one: { subject: string }) => one.subject === 'duty')).toBe(true)
    expect(ofUnit.some((one: { who: { id: string } }) => one.who.id === liaison.person)).toBe(true)
    for (const { subject, about, who } of ofUnit)
      if (subject === 'duty' && who.id !== liaison.person) expect(about).toContain('市财政局')
    expect((await of('q=liaison市')).map((one: { kind: string }) => one.kind)).toEqual(['登记'])
    const coded = await of(`q=${encodeURIComponent(`${town.code}-1-2`)}`)
    expect(coded.length).toBeGreaterThan(0)
    for (const { about } of coded) expect(about).toContain(`${town.code}-1-2 `)
    expect(await of('group=login&subject=duty')).toEqual([])
  })

  it('refuses days that are turned round, a place that is none, and whoever is not the office', async () => {
    expect(await clerk.get('/audit?from=2017-08-02&to=2017-08-01')).toMatchObject({ status: 422 })
    expect(await clerk.get('/audit?after=x')).toMatchObject({ status: 422 })
    expect(await clerk.get('/audit?from=today')).toMatchObject({ status: 400 })
    for (const path of ['/audit', '/audit/choices', '/audit/check', '/audit/seals'])
      expect((await liaison.get(path)).status, path).toBe(403)
  })

  it('goes into a workbook, which is itself a fact', async () => {
    const { response } = await clerk.post('/audit/export', { group: 'login', q: '' })
    expect(response.headers.get('content-disposition')).toContain('attachment')
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
    const text = new TextDecoder().decode(files['xl/sharedStrings.xml'] ?? files['xl/worksheets/sheet1.xml'])
    expect(text).toContain('liaison市财政局')
    const [fact] = (await clerk.get('/audit?group=export')).body.facts
    expect(fact).toMatchObject({ kind: '导出', who: { id: clerk.person }, body: expect.stringContaining('审计') })
    expect((await liaison.post('/audit/export', {})).status).toBe(403)
  })
})

describe('a refusal', () => {
  it('of somebody known stands in the ledger once an hour, at the console and in the chat; a stranger’s does not', async () => {
    const before = (await refusals()).length
    town.on('2017-07-11', '12:00')
    for (let i = 0; i < 3; i++) await liaison.get('/audit/seals')
    const [first, ...rest] = await refusals()
    expect(rest).toHaveLength(before)
    expect(first).toMatchObject({ by: liaison.person, body: { what: 'GET /api/audit/seals', why: 'role' } })

    const approve = (id: string) =>
      liaison.post('/act', { id: `refused-${id}`, intent: { intent: 'approve', tasks: ['1-2'] } })
    expect((await approve('1')).body.refused).toBe(true)
    expect((await approve('2')).body.refused).toBe(true)
    const approving = (await refusals()).filter(({ body }) => body.what === 'approve')
    expect(approving).toHaveLength(1)
    town.on('2017-07-11', '13:01')
    await approve('4')
    expect((await refusals()).filter(({ body }) => body.what === 'approve')).toHaveLength(2)

    const known = (await refusals()).length
    const place = { platform: 'console' as const, route: 'local' }
    const stranger = await dispatch(town.deps, {
      ...{ ...place, id: 'stranger-1', at: town.deps.now(), from: { id: 'nobody', name: '李四' }, text: '通过 1-2' },
      ...{ room: { ...place, kind: 'person', id: 'nobody' }, addressed: true },
    })
    expect(stranger.refused).toBe(true)
    expect(await refusals()).toHaveLength(known)
    const [shown] = (await clerk.get('/audit?group=refused')).body.facts
    expect(shown).toMatchObject({ kind: '拒绝', body: '事项：approve；原因：身份没有这项权限' })
  })

  it('leaves every chain whole', async () => {
    expect((await verifyLedger(town.deps.store)).broken).toEqual([])
  })
})

describe('the check of the ledger', () => {
  it('runs once however often it is asked for, and shows what it came to', async () => {
    expect((await clerk.get('/audit/check')).body.state).toBe('never')
    const [one, two] = await Promise.all([clerk.post('/audit/check', {}), clerk.post('/audit/check', {})])
    expect([one.body.state, two.body.state]).toEqual(['running', 'running'])
    await expect.poll(() => checkOf(town.deps).state, { interval: 5 }).toBe('done')
    const { body } = await clerk.get('/audit/check')
    expect(body.result).toMatchObject({ brokenCount: 0, broken: [] })
    expect(body.done).toBe(body.result.facts)
  })

  it('names what does not hold', async () => {
    const { t } = town.deps.store
    await town.deps.store.atomic((q) => [q.update(t.people).set({ head: 'x' }).where(eq(t.people.id, liaison.person))])
    await clerk.post('/audit/check', {})
    await expect.poll(() => checkOf(town.deps).state, { interval: 5 }).toBe('done')
    expect((await clerk.get('/audit/check')).body.result.broken.join()).toContain('台账行与记录不一致')
  })

  it('lists the seals and gives them out', async () => {
    town.on('2017-07-11', '16:00')
    expect((await clerk.get('/audit/seals')).body).toEqual({ seals: [] })
    await sealYesterday(town.deps)
    const [seal] = (await clerk.get('/audit/seals')).body.seals
    expect(seal).toMatchObject({
      day: '2017-07-10',
      heads: expect.any(Number),
      hash: expect.stringMatching(/^\w{64}$/),
    })
    const { response } = await clerk.post('/audit/seals/export', {})
    expect(unzipSync(new Uint8Array(await response.arrayBuffer()))).toHaveProperty(['xl/workbook.xml'])
  })
})
