import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseList, CasePage, RegisterList } from '../../src/http/shapes/cases.ts'
import type { Field } from '../../src/model/case.ts'
import { registers } from '../../src/register/index.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('console-cases')
type Person = Awaited<ReturnType<ReturnType<typeof openConsole>['as']>>

let town: Town
let boss: Person
let leader: Person
let own: Person
let head: Person
let other: Person
let unit: string
let id: string

/** What nobody outside the office may read. */
const secrets = ['赵小满', '13900001111', '我家门前那条路的拆迁补偿标准', '坐落在青石巷']

const application = {
  ...{ channel: 'internet', at: '2026-03-02', applicant: 'natural', name: '赵小满', contact: '13900001111' },
  ...{ description: '我家门前那条路的拆迁补偿标准', subject: '拆迁补偿标准' },
}

const list = async (who: Person, query = ''): Promise<CaseList> => (await who.get(`/cases?${query}`)).body
const page = async (who: Person, of = id): Promise<CasePage> => (await who.get(`/cases/${of}`)).body
const does = async (who: Person, deed: string, input: Record<string, unknown>, version?: number) =>
  who.post(`/cases/${id}/deeds`, { version: version ?? (await page(boss)).version, deed, input })

beforeAll(async () => {
  town = await openTown(office(), { day: '2026-03-02' })
  const as = openConsole(town.deps).as
  boss = await as('office')
  leader = await as('leader')
  own = await as('liaison', '市财政局')
  head = await as('head', '市财政局')
  other = await as('liaison', '市教育局')
  const { view } = await town.deps.cache(town.deps.store)
  unit = view.units.find(({ name }) => name === '市财政局')?.id ?? ''
  const entered = await boss.post('/cases', { kind: 'application', input: application })
  expect(entered).toMatchObject({ status: 200, body: { number: '依申请2026-1' } })
  id = entered.body.id
  await boss.post('/cases', { kind: 'incident', input: { title: '网传停水', level: 'grave', at: '2026-03-02T09:00' } })
})

describe('registers', () => {
  it('say what can be entered, by whom, with which fields, and how many are open', async () => {
    const { registers, units } = (await boss.get('/registers')).body as RegisterList
    expect(registers.map(({ kind }) => kind)).toHaveLength(6)
    const form = registers[0]?.opening?.fields ?? []
    expect(form.find(({ name }) => name === 'unit')?.options).toContainEqual([unit, '市财政局'])
    expect(form.find(({ name }) => name === 'channel')?.options).toContainEqual(['inPerson', '当面提交'])
    expect(registers[0]).toMatchObject({ open: 1, overdue: 0 })
    expect(units.length).toBeGreaterThan(2)
    const theirs = (await own.get('/registers')).body as RegisterList
    expect(theirs.registers[0]).not.toHaveProperty('opening')
    expect(theirs.units.map(({ name }) => name)).toEqual(['市财政局'])
  })
})

describe('a case', () => {
  it('that was handed to nobody is for the office and leaders alone', async () => {
    for (const who of [boss, leader]) expect((await list(who)).total).toBe(2)
    for (const who of [own, head, other]) {
      expect((await list(who)).total).toBe(0)
      expect((await who.get(`/cases/${id}`)).status).toBe(404)
    }
  })

  it('is seen by the unit that it is handed to, and by no other', async () => {
    expect((await does(boss, 'assigned', { unit: '没有的单位' })).body.error).toMatch(/通讯录/)
    expect((await does(boss, 'assigned', { unit })).status).toBe(200)
    for (const who of [own, head]) {
      expect((await list(who)).rows.map(({ number }) => number)).toEqual(['依申请2026-1'])
      expect((await page(who)).unit).toBe('市财政局')
    }
    expect((await list(other, `unit=${unit}`)).total).toBe(0)
    expect((await other.get(`/cases/${id}`)).status).toBe(404)
    const version = (await page(boss)).version
    expect((await does(other, 'noted', { text: '不是我的' }, version)).status).toBe(404)
  })

  it('offers each what they may do as it stands, and does no more', async () => {
    expect((await page(own)).deeds.map(({ name }) => name)).toContain('noted')
    expect((await page(own)).deeds.map(({ name }) => name)).not.toContain('answered')
    expect((await page(leader)).deeds).toEqual([])
    expect((await does(own, 'answered', { result: 'open' })).status).toBe(422)
    expect((await does(leader, 'noted', { text: '看过' })).body.error).toMatch(/您的身份不能/)
    expect((await does(own, 'noted', { text: '坐落在青石巷' })).status).toBe(200)
  })

  it('shows its clock step by step: from when to when, what does not count, by which article', async () => {
    const [clock] = (await page(own)).clocks
    expect(clock).toMatchObject({ due: '2026-03-30（周一）', light: 'green' })
    const step = clock?.steps[0]
    expect(step).toMatchObject({
      at: '2026-03-02（周一）',
      does: '开始计算',
      span: '20个工作日',
      counts: '2026-03-03（周二）',
    })
    expect(step?.basis.words).toMatch(/第三十三条/)
    expect(step?.skipped[0]).toEqual({ from: '2026-03-07', to: '2026-03-08', days: 2, why: '周末' })
  })

  it('is not done to as it was: a stale deed is refused with how it stands, a wrong one in the words of the law', async () => {
    const stale = await does(boss, 'assigned', { unit }, 1)
    expect(stale.status).toBe(409)
    expect(stale.body.now).toMatchObject({ id, number: '依申请2026-1' })
    const before = (await page(boss)).version
    const early = await does(boss, 'answered', { result: 'public', at: '2026-02-01' })
    expect(early.status).toBe(422)
    expect((await does(boss, 'flown', {})).status).toBe(422)
    expect((await does(boss, 'assigned', { unit, wings: 2 })).status).toBe(422)
    const future = { ...application, at: '2026-04-01' }
    expect((await boss.post('/cases', { kind: 'application', input: future })).body.error).toMatch(/第三十一条/)
    expect((await own.post('/cases', { kind: 'application', input: application })).body.error).toMatch(/身份/)
    expect((await page(boss)).version).toBe(before)
    expect((await list(boss)).total).toBe(2)
  })

  it('is found by its number, and by the applicant only where the office asks', async () => {
    expect((await list(boss, 'q=2026-1&kind=application')).total).toBe(1)
    expect((await list(boss, `q=${encodeURIComponent('赵小满')}`)).total).toBe(1)
    expect((await list(boss, `q=${encodeURIComponent('拆迁')}`)).total).toBe(1)
    for (const who of [leader, own]) expect((await list(who, `q=${encodeURIComponent('赵小满')}`)).total).toBe(0)
    for (const wrong of ['kind=nothing', 'open=2', 'year=1', 'clock=late'])
      expect((await boss.get(`/cases?${wrong}`)).status).toBe(400)
    expect((await list(boss, 'clock=overdue')).total).toBe(0)
  })
})

describe('names, contacts and texts', () => {
  it('are the office’s alone, whatever route a leader, a head or a liaison asks', async () => {
    const openapi = (await boss.get('/openapi.json')).body
    const reads = Object.entries(openapi.paths as Record<string, Record<string, unknown>>)
      .filter(([, item]) => 'get' in item)
      .map(([path]) => path.replace('{id}', id).replace(/\{\w+\}/g, 'nothing'))
    const wide = JSON.stringify((await boss.get(`/cases/${id}`)).body)
    for (const secret of secrets) expect(wide).toContain(secret)
    for (const who of [leader, head, own, other]) {
      const all = await Promise.all(reads.map(async (path) => JSON.stringify((await who.get(path)).body)))
      const stale = await does(who, 'noted', { text: '晚了' }, 1)
      for (const secret of secrets) expect([...all, JSON.stringify(stale.body)].join('\n')).not.toContain(secret)
    }
  })
})

describe('every register', () => {
  /** A form filled in such that every text that may not be chained holds the marker. */
  const filled = ({ name, type, kept, options }: Field): unknown => {
    if (type === 'unit') return unit
    if (type === 'units') return [unit]
    if (type === 'choice') return options?.[0]?.[0]
    if (type === 'day') return name === 'at' ? '2026-03-02' : '2026-03-20'
    if (type === 'time') return '2026-03-02T09:30'
    if (type === 'number') return 1
    if (type === 'yes') return true
    if (type === 'case') return '依申请2026-1'
    if (type === 'link') return kept ? 'https://example.test/public' : 'https://example.test/mark-4711'
    return kept ? '可以公开的字' : 'mark-4711'
  }

  it.each(Object.values(registers))('of $kind keeps what was written in its form with the office', async (register) => {
    const { kind, opening } = register
    // What may be left empty may not go with what else is chosen; a paper without its 公开属性 goes back.
    const wanted = ({ name, type, optional }: Field) =>
      !optional || name === 'nature' || !['choice', 'number'].includes(type)
    const input = Object.fromEntries(opening.fields.filter(wanted).map((field) => [field.name, filled(field)]))
    const entered = await boss.post('/cases', { kind, input })
    expect(entered).toMatchObject({ status: 200 })
    const inside = JSON.stringify(await page(boss, entered.body.id))
    const written = opening.fields.some(({ type, kept }) => ['text', 'long', 'link'].includes(type) && !kept)
    expect(inside.includes('mark-4711')).toBe(written)
    for (const who of [leader, own, head]) {
      const seen = [await list(who, 'limit=500'), (await who.get(`/cases/${entered.body.id}`)).body]
      expect(JSON.stringify(seen)).not.toContain('mark-4711')
      expect((await list(who, 'q=mark-4711')).total).toBe(0)
    }
    expect((await other.get(`/cases/${entered.body.id}`)).status).toBe(404)
  })
})

describe('the workbook', () => {
  it('has the rows that are seen, is for the office alone, and is a fact', async () => {
    expect((await own.get('/cases/export')).status).toBe(403)
    const file = await boss.get('/cases/export?kind=application')
    const parts = unzipSync(new Uint8Array(await file.response.arrayBuffer()))
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(sheet).toContain('依申请2026-1')
    expect(sheet).not.toContain('舆情2026-1')
    for (const secret of secrets) expect(sheet).not.toContain(secret)
    const { facts } = (await boss.get('/audit?group=export')).body
    // Of one moment: others' exports of it may stand before.
    const exported = facts.filter(({ who }: { who: { name: string } }) => who.name === 'office')
    expect(exported).toEqual([expect.objectContaining({ kind: '导出', body: expect.stringContaining('办件') })])
  })
})

describe('what is entered', () => {
  it('is entered once, however often one form is sent, and a form is its own person’s', async () => {
    const key = 'a'.repeat(32)
    const input = { title: '路面塌陷', level: 'other', at: '2026-03-02T09:30' }
    const sent = [1, 2, 3].map(() => boss.post('/cases', { kind: 'incident', input, key }))
    const [first, ...again] = await Promise.all(sent)
    expect(first?.status).toBe(200)
    for (const one of again) expect(one).toMatchObject({ status: 200, body: first?.body })
    const forged = await boss.post('/cases', { kind: 'application', input: application, key })
    expect(forged).toMatchObject({ status: 422, body: { error: expect.stringContaining('重新打开') } })
  })

  it('is handed to a unit, never to a class of them; a day that is none is refused by its field', async () => {
    const { view } = await town.deps.cache(town.deps.store)
    const several = view.units.find(({ kind }) => kind === 'class')?.id
    expect(several).toBeDefined()
    const enter = (more: object) => boss.post('/cases', { kind: 'application', input: { ...application, ...more } })
    expect(await enter({ unit: several })).toMatchObject({
      status: 422,
      body: { error: expect.stringMatching(/通讯录/) },
    })
    expect(await enter({ at: '三月二日' })).toMatchObject({
      status: 422,
      body: { error: expect.stringMatching(/收到申请之日应是一天/) },
    })
  })
})

describe('the audit page', () => {
  it('finds what was done to cases and says it in the words of their forms', async () => {
    const { facts } = (await boss.get('/audit?group=cases')).body
    const handed = facts.find((fact: { kind: string }) => fact.kind === '交办')
    expect(handed).toMatchObject({ subject: 'application' })
    expect(handed.about).toContain('依申请2026-1')
    expect(handed.body).toContain('承办单位：市财政局')
  })
})

describe('the registers’ settings', () => {
  it('are changed as they were seen, within what can be, and for people who are on the roster', async () => {
    const { version, registers, people } = (await boss.get('/pushes/registers')).body
    expect(people).toContainEqual({ id: boss.person, name: 'office', role: 'office' })
    const put = (more: object, of = version) =>
      boss.put('/pushes/registers', { version: of, registers: { ...registers, ...more } })
    expect((await put({ interpret: 99 })).status).toBe(400)
    expect((await put({ escalate: ['nobody'] })).body.error).toMatch(/通讯录/)
    expect((await put({ interpret: 3, escalate: [boss.person] })).body.registers).toMatchObject({ interpret: 3 })
    expect(await put({ interpret: 4 })).toMatchObject({ status: 409, body: { now: { registers: { interpret: 3 } } } })
    expect((await own.get('/pushes/registers')).status).toBe(403)
  })
})

describe('a limit that has run out', () => {
  it('is red and says since when, from the first workday after it', async () => {
    town.on('2026-03-31')
    const admin = await openConsole(town.deps).as('admin')
    const { rows } = await list(admin, 'clock=overdue&kind=application')
    expect(rows.find(({ number }) => number === '依申请2026-1')).toMatchObject({ light: 'red', left: '逾期1个工作日' })
  })
})
