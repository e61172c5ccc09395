import { beforeAll, describe, expect, it } from 'vitest'
import { previewRoster } from '../../src/flow/console/roster/file.ts'
import { readRosterFile } from '../../src/flow/roster-file.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('console-roster')

type Console = ReturnType<typeof openConsole>
type Person = Awaited<ReturnType<Console['as']>>
let town: Town
let console: Console
let boss: Person
let liaison: Person

beforeAll(async () => {
  town = await openTown(office())
  console = openConsole(town.deps)
  boss = await console.as('office')
  liaison = await console.as('liaison', '市财政局')
})

const units = async () => (await boss.get('/roster/units')).body
const unit = async (name: string) => (await units()).units.find((one: { name: string }) => one.name === name)
const people = async () => (await boss.get('/roster/people')).body.people
const person = async (name: string) => (await people()).find((one: { name: string }) => one.name === name)
const rooms = async () => (await boss.get('/roster/rooms')).body
const fileOf = (name: string, bytes: Uint8Array | string, write?: number) => {
  const form = new FormData()
  form.set('file', new File([bytes as Uint8Array<ArrayBuffer>], name))
  if (write !== undefined) form.set('write', String(write))
  return form
}

describe('who may', () => {
  it('nobody but the office reads or changes the register', async () => {
    for (const path of ['/roster/units', '/roster/people', '/roster/rooms', '/roster/file']) {
      expect((await liaison.get(path)).status, path).toBe(403)
      expect((await console.nobody.get(path)).status, path).toBe(401)
    }
    expect((await liaison.post('/roster/people', { name: '某人', role: 'admin' })).status).toBe(403)
    expect((await liaison.put('/roster/rooms', { id: 'lark:oc_1', scope: 'all' })).status).toBe(403)
    expect((await liaison.post('/roster/file', fileOf('a.json', '{}'))).status).toBe(403)
  })
})

describe('units and classes', () => {
  it('an edited unit is known by its new short form, its leader has it in charge', async () => {
    const before = await unit('市财政局')
    const form = { version: before.version, short: ['财局'], leader: '周副市长', head: '钱副局长' }
    expect(await boss.put(`/roster/units/${before.id}`, form)).toMatchObject({ status: 200 })
    const after = await unit('市财政局')
    expect(after).toMatchObject({ short: ['财局'], leader: '周副市长', head: '钱副局长' })
    expect((await person('周副市长')).charge.map((one: { name: string }) => one.name)).toContain('市财政局')
    expect((await town.deps.cache(town.deps.store)).registry.resolve('财局')).toMatchObject({ kind: 'one' })

    const handed = { ...form, version: after.version, leader: '吴副市长' }
    expect(await boss.put(`/roster/units/${before.id}`, handed)).toMatchObject({ status: 200 })
    expect((await person('周副市长')).charge.map((one: { name: string }) => one.name)).not.toContain('市财政局')

    const late = await boss.put(`/roster/units/${before.id}`, form)
    expect(late.status).toBe(409)
    expect(late.body.now).toMatchObject({ id: before.id, leader: '吴副市长' })
  })

  it('two editors at one time: one is told', async () => {
    const { id, version, leader, head } = await unit('市财政局')
    const put = (short: string) => boss.put(`/roster/units/${id}`, { version, short: [short], leader, head })
    const done = await Promise.all([put('财甲'), put('财乙')])
    expect(done.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('a word that means another unit already is refused with its name', async () => {
    const { id, version, short } = await unit('市财政局')
    const other = (await units()).units.find((one: { id: string; succession?: unknown }) => one.id !== id)
    const taken = await boss.put(`/roster/units/${id}`, { version, short: [other.name] })
    expect(taken).toMatchObject({ status: 422, body: { error: expect.stringContaining(other.name) } })
    const asName = await boss.post('/roster/units', { name: short[0], kind: 'unit' })
    expect(asName).toMatchObject({ status: 422, body: { error: expect.stringMatching(/已经是“市财政局”的简称/) } })
    const alike = await boss.post('/roster/units', { name: '财政局', kind: 'unit' })
    expect(alike).toMatchObject({ status: 422, body: { error: expect.stringMatching(/是另一个单位/) } })
  })

  it('a new unit and a class of it stand on the roster; a member that is none is refused', async () => {
    expect(await boss.post('/roster/units', { name: '市低空办', kind: 'unit', short: ['低空'] })).toMatchObject({
      status: 200,
    })
    const { id } = await unit('市低空办')
    expect(await boss.post('/roster/units', { name: '各试点单位', kind: 'class', members: ['nobody'] })).toMatchObject({
      status: 422,
    })
    expect(await boss.post('/roster/units', { name: '各试点单位', kind: 'class', members: [id] })).toMatchObject({
      status: 200,
    })
    const made = (await units()).classes.find((one: { name: string }) => one.name === '各试点单位')
    expect(made.members).toEqual([{ id, name: '市低空办' }])
    expect((await boss.put(`/roster/units/${made.id}`, { version: made.version, members: ['x'] })).status).toBe(422)
    expect((await boss.put('/roster/units/none', { version: 0 })).status).toBe(404)
    expect((await units()).gaps.liaison.map((one: { name: string }) => one.name)).toContain('市低空办')
  })
})

describe('people', () => {
  it('a script in a name is text, and a mobile number can be set and not read', async () => {
    const { id } = await unit('市低空办')
    const name = '<script>alert(1)</script>'
    const form = { name, role: 'liaison', units: [id], post: 'A', mobile: '13800001234' }
    expect(await boss.post('/roster/people', form)).toMatchObject({ status: 200 })
    const listed = await boss.get('/roster/people')
    expect(await person(name)).toMatchObject({ name, mobile: true, post: 'A', sessions: 0, accounts: [] })
    expect(JSON.stringify(listed.body)).not.toContain('13800001234')
    expect(await boss.post('/roster/people', form)).toMatchObject({ status: 422 })
    expect(await boss.post('/roster/people', { ...form, name: '李四', mobile: '12' })).toMatchObject({ status: 422 })
    expect(await boss.post('/roster/people', { ...form, name: '李四', units: ['x'] })).toMatchObject({ status: 422 })
    expect(await boss.post('/roster/people', { ...form, name: '李四', units: [] })).toMatchObject({ status: 422 })
    expect(await boss.post('/roster/people', { ...form, name: ' ' })).toMatchObject({ status: 422 })
    expect(await boss.post('/roster/people', { ...form, role: 'unknown' })).toMatchObject({ status: 400 })
  })

  it('is away by the same fact as the word to the bot, with a liaison of the same unit in their stead', async () => {
    const { id: unitId } = await unit('市财政局')
    const a = { name: '请假甲', role: 'liaison', units: [unitId] }
    await boss.post('/roster/people', a)
    await boss.post('/roster/people', { ...a, name: '代班乙' })
    const [one, other] = [await person('请假甲'), await person('代班乙')]
    const put = (body: object) => boss.put(`/roster/people/${one.id}/absence`, { version: one.version, ...body })
    expect(await put({ until: '2017-07-01' })).toMatchObject({ status: 422 })
    expect(await put({ until: null })).toMatchObject({ status: 422 })
    expect(await put({ until: '2017-07-20', substitute: boss.person })).toMatchObject({ status: 422 })
    expect(await put({ until: '2017-07-20', substitute: other.id })).toMatchObject({ status: 200 })
    expect((await person('请假甲')).away).toEqual({
      until: '2017-07-20',
      substitute: { id: other.id, name: '代班乙' },
    })
    expect(await put({ until: null })).toMatchObject({ status: 409 })
  })

  it('a code binds once; an unbound account is a stranger again', async () => {
    const one = await person('代班乙')
    const { body: given } = await boss.post(`/roster/people/${one.id}/code`)
    expect(given).toMatchObject({ name: '代班乙', code: expect.stringMatching(/^[2-9A-HJKMNP-Z]{8}$/) })
    const fresh = await person('代班乙')
    expect(fresh.version).toBe(one.version + 1)
    expect(await boss.post('/roster/people/none/code')).toMatchObject({ status: 404 })
    await town.as('unknown').says(`绑定 ${given.code}`)
    const bound = await person('代班乙')
    expect(bound.accounts).toHaveLength(1)
    const { digest } = bound.accounts[0]
    const path = `/roster/people/${one.id}/unbind`
    expect(await boss.post(path, { version: bound.version, digest: 'x' })).toMatchObject({ status: 422 })
    expect(await boss.post(path, { version: bound.version - 1, digest })).toMatchObject({ status: 409 })
    expect(await boss.post(path, { version: bound.version, digest })).toMatchObject({ status: 200 })
    expect((await person('代班乙')).accounts).toEqual([])
  })

  it('who is removed is signed out, may nothing, and stays in the ledger', async () => {
    const one = await person('liaison市财政局')
    expect((await liaison.get('/me')).status).toBe(200)
    const path = `/roster/people/${one.id}/remove`
    expect(await boss.post(path, { version: one.version + 1 })).toMatchObject({ status: 409 })
    expect(await boss.post(path, { version: one.version })).toMatchObject({ status: 200 })
    expect((await liaison.get('/me')).status).toBe(401)
    expect(await person('liaison市财政局')).toBeUndefined()
    expect(await boss.post(path, { version: one.version })).toMatchObject({ status: 404 })
    const self = (await people()).find(({ id }: { id: string }) => id === boss.person)
    expect(await boss.post(`/roster/people/${self.id}/remove`, { version: self.version })).toMatchObject({
      status: 422,
    })
    const lower = { version: self.version, name: self.name, role: 'leader' }
    expect(await boss.put(`/roster/people/${self.id}`, lower)).toMatchObject({ status: 422 })
  })
})

describe('rooms', () => {
  it('is bound to a unit, its robot set and never shown, and unbound', async () => {
    const { id } = await unit('市财政局')
    const key = '0a1b2c3d-0000-4000-8000-123456789abc'
    expect(await boss.put('/roster/rooms', { id: 'wecom:cz', scope: 'units', units: [id] })).toMatchObject({
      status: 200,
    })
    const again = await boss.put('/roster/rooms', { id: 'wecom:cz', scope: 'all' })
    expect(again).toMatchObject({ status: 409, body: { now: { id: 'wecom:cz', main: true } } })
    const [room] = (await rooms()).rooms
    const robot = { id: room.id, version: room.version, webhook: key }
    expect(await boss.post('/roster/rooms/robot', { ...robot, webhook: 'nothing' })).toMatchObject({ status: 422 })
    expect(await boss.post('/roster/rooms/robot', robot)).toMatchObject({ status: 200 })
    const shown = await boss.get('/roster/rooms')
    expect(shown.body.rooms[0]).toMatchObject({ robot: true })
    expect(JSON.stringify(shown.body)).not.toContain(key)
    expect(await boss.post('/roster/rooms/robot', robot)).toMatchObject({ status: 409 })
    const { version } = shown.body.rooms[0]
    expect(await boss.post('/roster/rooms/unbind', { id: 'wecom:cz', version })).toMatchObject({ status: 200 })
    expect((await rooms()).rooms).toEqual([])
  })

  it('what contradicts itself is refused', async () => {
    const { id } = await unit('市财政局')
    const put = async (room: object) => (await boss.put('/roster/rooms', room)).status
    expect(await put({ id: 'oc_1', scope: 'all' })).toBe(422)
    expect(await put({ id: 'lark:oc_1', scope: 'units', units: [] })).toBe(422)
    expect(await put({ id: 'lark:oc_1', scope: 'units', units: ['x'] })).toBe(422)
    expect(await put({ id: 'lark:oc_1', scope: 'all', main: true })).toBe(422)
    expect(await put({ id: 'lark:oc_1', scope: 'units', units: [id], overdue: true })).toBe(422)
    expect((await boss.post('/roster/rooms/unbind', { id: 'lark:oc_9', version: 1 })).status).toBe(404)
  })
})

describe('the roster file', () => {
  it('what is downloaded changes nothing when it comes back', async () => {
    const { response } = await boss.get('/roster/file')
    const draft = await readRosterFile('r.xlsx', new Uint8Array(await response.arrayBuffer()))
    expect(draft.units.find(({ name }) => name === '市财政局')?.short.length).toBe(1)
    expect(draft.classes.find(({ name }) => name === '各试点单位')?.members).toEqual(['市低空办'])
    const { lines, successions } = await previewRoster(town.deps, draft)
    expect(lines.filter((line) => !/由方案录入/.test(line))).toEqual(['通讯录没有变化'])
    expect(successions).toEqual([])
  })

  it('is shown before it is written, and written only as it was shown', async () => {
    const roster = JSON.stringify({ level: '市', units: [{ name: '市新设局', liaisons: [{ name: '新甲' }] }] })
    const seen = await boss.post('/roster/file', fileOf('r.json', roster))
    expect(seen.body).toMatchObject({ added: 1, written: false })
    expect(seen.body.lines).toContain('新增 市新设局')
    expect(await unit('市新设局')).toBeUndefined()
    const stale = await boss.post('/roster/file', fileOf('r.json', roster, seen.body.version - 1))
    expect(stale).toMatchObject({ status: 409, body: { now: { added: 1 } } })
    expect(await boss.post('/roster/file', fileOf('r.json', roster, seen.body.version))).toMatchObject({
      body: { written: true },
    })
    expect((await unit('市新设局')).liaisons).toMatchObject([{ name: '新甲', post: 'A' }])
  })

  it('what is no roster is refused in words', async () => {
    for (const [name, bytes] of [
      ['a.json', '{"units": []}'],
      ['a.json', 'not json'],
      ['a.xlsx', 'no workbook'],
      ['a.pdf', '%PDF'],
    ] as const)
      expect(await boss.post('/roster/file', fileOf(name, bytes)), name).toMatchObject({ status: 422 })
    expect((await boss.post('/roster/file', new FormData())).status).toBe(400)
    expect((await boss.post('/roster/file', fileOf('a.json', ' '.repeat(1_100_000)))).status).toBe(413)
  })
})

describe('a succession', () => {
  it('is shown, then registered as it was shown', async () => {
    const form = { olds: ['市低空办'], heirs: ['市低空经济局'], from: '2017-07-11' }
    const seen = await boss.post('/roster/successions/preview', form)
    expect(seen.body).toMatchObject({ pending: true })
    expect(seen.body.lines.join('\n')).toMatch(/市低空办 自 2017-07-11 起由 市低空经济局 承接/)
    const stale = { ...form, version: seen.body.version - 1 }
    expect(await boss.post('/roster/successions', stale)).toMatchObject({ status: 409 })
    expect(await boss.post('/roster/successions', { ...form, version: seen.body.version })).toMatchObject({
      status: 200,
    })
    expect((await unit('市低空办')).succession.to).toMatchObject([{ name: '市低空经济局' }])
    const tomorrow = { ...form, olds: ['市财政局'], from: '2017-07-12' }
    expect((await boss.post('/roster/successions/preview', tomorrow)).status).toBe(422)
  })
})

it('after all of it the chain holds', async () => {
  expect((await verifyLedger(town.deps.store)).broken).toEqual([])
})
