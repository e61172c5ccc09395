import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Chart } from '../../src/model/card.ts'
import { filesOf } from '../town/files.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('console-papers')
const filesAt = filesOf()
/** One pixel: what draws is tested where it is; here that the paper has what was drawn. */
const pixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (sign) => sign.charCodeAt(0),
)

type Person = Awaited<ReturnType<ReturnType<typeof openConsole>['as']>>
let town: Town
let boss: Person
let leader: Person
let named: Person
let other: Person
let id: string
const drawn: Chart[] = []

beforeAll(async () => {
  town = await openTown(office())
  town.on('2017-10-09')
  const draw = async (chart: Chart) => {
    drawn.push(chart)
    return pixel
  }
  const as = openConsole({ ...town.deps, draw, blobs: filesAt(town.deps.store.office) }).as
  boss = await as('office')
  leader = await as('leader')
  named = await as('liaison', '市财政局')
  const window = { from: '2017-07-01', to: '2017-09-30' }
  id = (await boss.post('/papers', { kind: 'bulletin', window })).body.id
  const { units } = (await boss.get(`/papers/${id}`)).body.content
  const { view } = await town.deps.cache(town.deps.store)
  const unnamed = view.units.find((unit) => unit.kind === 'unit' && !units.includes(unit.id))
  other = await as('liaison', unnamed?.name ?? '')
})

const versionNow = async (): Promise<number> => (await boss.get(`/papers/${id}`)).body.version
const idsOf = async (person: Person): Promise<string[]> =>
  (await person.get('/papers')).body.papers.map((paper: { id: string }) => paper.id)
const partsOf = async ({ response }: { response: Response }) => unzipSync(new Uint8Array(await response.arrayBuffer()))
const wordsOf = (parts: Record<string, Uint8Array>, name: RegExp) =>
  Object.entries(parts)
    .filter(([path]) => name.test(path))
    .map(([, bytes]) => strFromU8(bytes))
    .join('')

describe('a bulletin', () => {
  it('that nobody signed is for the office and the leader alone, marked from the first draft on, with its chart', async () => {
    for (const one of [boss, leader]) expect(await idsOf(one)).toContain(id)
    for (const one of [named, other]) {
      expect(await idsOf(one)).toEqual([])
      for (const path of [`/papers/${id}`, `/papers/${id}/docx`]) expect((await one.get(path)).status, path).toBe(404)
      expect((await one.post('/papers', { kind: 'bulletin' })).status).toBe(403)
    }
    const { body } = await boss.get(`/papers/${id}`)
    expect(body).toMatchObject({ state: 'draft', deeds: ['redraft', 'submit', 'sign', 'void'] })
    expect(body.history[0]).toMatchObject({ who: 'office（主管科室）' })
    const parts = await partsOf(await leader.get(`/papers/${id}/docx`))
    expect(wordsOf(parts, /^word\/header/)).toContain('待签发')
    expect(Object.keys(parts).filter((path) => path.startsWith('word/media/'))).toHaveLength(1)
    expect(drawn[0]?.rows.length).toBeGreaterThan(1)
  })

  it('is signed as it stands, by whom and when it can have been, and once', async () => {
    const stale = await versionNow()
    expect((await boss.post(`/papers/${id}/submit`, { version: stale })).status).toBe(200)
    const version = await versionNow()
    const fit = { version, signer: '李副市长', number: '某督[2017]3号', on: '2017-10-09' }
    const sign = (more: object, by = boss) => by.post(`/papers/${id}/sign`, { ...fit, ...more })
    for (const [more, words] of [
      [{ on: '2017-10-08' }, /早于成文：这份通报的数据截至 2017-10-09/],
      [{ on: '2017-10-10' }, /还没有到/],
      [{ signer: ' ' }, /请写明签发人/],
      [{ number: '' }, /请写明文号/],
      [{ number: '机密★3年' }, /密级/],
      [{ until: '2017-10-09' }, /整改期限应在今天/],
    ] as const)
      expect(await sign(more), JSON.stringify(more)).toMatchObject({
        status: 422,
        body: { error: expect.stringMatching(words) },
      })
    expect((await sign({ on: '十月九日' })).status).toBe(400)
    expect(await sign({ version: stale })).toMatchObject({ status: 409, body: { now: { state: 'pending', version } } })
    expect((await sign({}, named)).status).toBe(403)
    expect(await versionNow()).toBe(version)

    expect((await sign({ signer: '别人' }, leader)).body.notes[0]).toMatch(/^开出整改\d+项/)
    const { body } = await boss.get(`/papers/${id}`)
    expect(body).toMatchObject({ state: 'signed', signer: 'leader', number: '某督〔2017〕3号', signedOn: '2017-10-09' })
    expect((await sign({ version: body.version })).status).toBe(422)
    const kept = await boss.get(`/papers/${id}/docx`)
    const parts = await partsOf({ response: kept.response.clone() })
    expect(wordsOf(parts, /^word\/header/)).not.toContain('待签发')
    expect(wordsOf(parts, /^word\/document/)).toContain('某督〔2017〕3号')
    expect(Object.keys(parts).some((path) => path.startsWith('word/media/'))).toBe(true)
    const before = drawn.length
    expect(await partsOf(await boss.get(`/papers/${id}/docx`))).toEqual(parts)
    // What was signed is handed out, not rendered again.
    expect(drawn).toHaveLength(before)
  })

  it('signed it is for the units that it names, and their 整改 for each alone', async () => {
    expect((await boss.get(`/papers/${id}`)).body.unitNames).toContain('市财政局')
    expect(await idsOf(named)).toEqual([id])
    expect((await named.get(`/papers/${id}`)).body).toMatchObject({ deeds: [], history: [], outlook: [] })
    expect((await named.get(`/papers/${id}/docx`)).status).toBe(200)
    expect(await idsOf(other)).toEqual([])
    expect((await other.get(`/papers/${id}/docx`)).status).toBe(404)
    const unitsIn = async (person: Person) =>
      new Set((await person.get('/rectifications')).body.rows.map(({ unit }: { unit: string }) => unit))
    expect((await unitsIn(boss)).size).toBeGreaterThan(1)
    expect(await unitsIn(named)).toEqual(new Set(['市财政局']))
    expect(await unitsIn(other)).toEqual(new Set())
  })
})

describe('what is of one unit', () => {
  it('is the unit’s own and nobody else’s', async () => {
    const [finance] = (await named.get('/papers')).body.units
    const made = await named.post('/papers', { kind: 'list' })
    expect(made.status).toBe(200)
    expect(await idsOf(other)).toEqual([])
    expect((await other.get(`/papers/${made.body.id}/docx`)).status).toBe(404)
    expect((await other.post('/papers', { kind: 'list', units: [finance.id] })).status).toBe(403)
    expect((await boss.post('/papers', { kind: 'list' })).body.error).toMatch(/请选一个责任单位/)
    expect((await leader.get(`/papers/${made.body.id}`)).status).toBe(404)
  })

  it('约谈 is recorded when it has been held, and read by the unit and those above it', async () => {
    const { units } = (await named.get('/talks')).body
    const talk = { units: [units[0].id], day: '2017-10-08', by: '李副市长', whom: '周局长', text: '多项任务逾期' }
    expect((await boss.post('/talks', { ...talk, day: '2017-10-10' })).body.error).toMatch(/还没有到/)
    expect((await boss.post('/talks', { ...talk, units: ['none'] })).body.error).toMatch(/不在通讯录/)
    expect((await named.post('/talks', talk)).status).toBe(403)
    expect((await boss.post('/talks', talk)).status).toBe(200)
    for (const [one, n] of [
      [boss, 1],
      [leader, 1],
      [named, 1],
      [other, 0],
    ] as const)
      expect((await one.get('/talks')).body.talks).toHaveLength(n)
  })
})

it('the days of drafting are changed as they were seen, once', async () => {
  const { settings: seen } = (await boss.get('/papers')).body
  const change = (more: object) => boss.put('/papers/settings', { ...seen, papers: { ...seen.papers, ...more } })
  expect((await change({ quarterly: 11 })).status).toBe(400)
  expect((await change({ quarterly: 5 })).body.papers).toEqual({ ...seen.papers, quarterly: 5 })
  expect(await change({ quarterly: null })).toMatchObject({ status: 409, body: { now: { papers: { quarterly: 5 } } } })
  expect((await named.get('/papers')).body.settings).toBeNull()
})
