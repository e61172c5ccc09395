import { eq } from 'drizzle-orm'
import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { sheetNames } from '../../src/flow/console/workbook.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { LedgerRow } from '../../src/model/ledger.ts'
import { readWorkbook } from '../../src/plan/readers/xlsx.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'
import { openConsole } from './console.ts'

const offices = officesOf('ledger')

let town: Town
let http: ReturnType<typeof openConsole>
let office: Awaited<ReturnType<typeof http.as>>
let unit: (name: string) => string
/** A liaison of the lead of a task whose 配合 parts two others have. */
let lead: typeof office
let other: typeof office

beforeAll(async () => {
  town = await openTown(offices())
  http = openConsole(town.deps)
  town.on('2017-08-28')
  for (const said of ['市财政局 1-2 7月的已公开', '市教育局 4-1 已公布']) {
    const [name, ...words] = said.split(' ')
    await town.as(`liaison:${name}`).says(words.join(' '))
    await town.as('office').says(`通过 ${words[0]}`)
  }
  town.on('2017-09-04')
  office = await http.as('office')
  lead = await http.as('liaison', '市发改委')
  other = await http.as('liaison', '市审计局')
  const { view } = await town.deps.cache(town.deps.store)
  unit = (name) => view.units.find((one) => one.name === name)?.id ?? ''
})

const rowsOf = async (who: typeof office, query = '', limit = 500): Promise<LedgerRow[]> => {
  const answer = await who.get(`/ledger?limit=${limit}&${query}`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.rows
}

const exported = async (query = '') => {
  const { status, response, body } = await office.get(`/ledger/export?${query}`)
  expect(status, JSON.stringify(body)).toBe(200)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const parts = Object.entries(unzipSync(bytes)).map(([path, part]) => [path, new TextDecoder().decode(part)] as const)
  const sheets = readWorkbook(bytes).map(({ name, rows }) => ({ name, rows: rows.map(({ cells }) => cells) }))
  return { sheets, parts: new Map(parts), response }
}

const has = (row: Partial<LedgerRow>) => expect.objectContaining(row)

describe('the ledger by page', () => {
  it('says how many there are, and its pages are the whole', async () => {
    const { total, asOf } = (await office.get('/ledger')).body
    expect(asOf).toBe('2017-09-04T02:00:00.000Z')
    const whole = await rowsOf(office)
    expect(whole).toHaveLength(total)
    const paged: LedgerRow[] = []
    for (let offset = 0; offset < total; offset += 7)
      paged.push(...(await office.get(`/ledger?offset=${offset}&limit=7`)).body.rows)
    expect(paged).toEqual(whole)
    expect((await office.get(`/ledger?offset=${total + 5}`)).body).toMatchObject({ total, rows: [] })
  })

  it('is sorted as asked, what has no day last', async () => {
    const days = (await rowsOf(office, 'sort=due')).map(({ dueOn }) => dueOn ?? '9999')
    expect(days).toEqual([...days].sort())
    const back = (await rowsOf(office, 'sort=-due')).map(({ dueOn }) => dueOn)
    const dated = back.filter((day) => day !== null)
    expect(dated).toEqual([...dated].sort().reverse())
    expect(back.indexOf(null)).toBe(dated.length)
    const { view } = await town.deps.cache(town.deps.store)
    const units = [...new Set((await rowsOf(office, 'sort=unit')).map((row) => row.unit))]
    expect(units).toEqual(view.units.map(({ name }) => name).filter((name) => units.includes(name)))
  })

  it('takes every filter of an address, several at once', async () => {
    const whole = await rowsOf(office)
    const meets = async (query: string, test: (row: LedgerRow) => boolean) => {
      const found = await rowsOf(office, query)
      expect(found, query).toEqual(whole.filter(test))
      expect(found.length, query).toBeGreaterThan(0)
      expect(found.length, query).toBeLessThan(whole.length)
    }
    await meets(`unit=${unit('市财政局')},${unit('市环保局')}`, (row) => /财政|环保/.test(row.unit))
    await meets('light=red', ({ light }) => light === 'red')
    await meets('light=red,yellow', ({ light }) => light === 'red' || light === 'yellow')
    await meets('state=overdue', ({ light }) => light === 'red')
    await meets('state=done,asleep', ({ state }) => state === 'done' || state === 'asleep')
    await meets('role=support', ({ role }) => role === 'support')
    await meets(
      'due=2017-08-01..2017-08-31',
      ({ dueOn, state }) => dueOn?.slice(0, 7) === '2017-08' && state !== 'asleep',
    )
    await meets('reported=2017-08-01..2017-08-31', ({ reportedOn }) => (reportedOn ?? '').startsWith('2017-08'))
    await meets('closed=2017-08-28..', ({ closedOn }) => closedOn !== null)
    await meets('round=2017-Q3', ({ round }) => round === '三季度')
    await meets('q=%E8%B4%A2%E6%94%BF', ({ text, unit }) => `${text}${unit}`.includes('财政'))
    await meets('q=1-2', ({ code, text }) => code.includes('1-2') || text.includes('1-2'))
    await meets(`q=${encodeURIComponent('教育局 招生')}`, ({ text, unit }) => unit === '市教育局' && /招生/.test(text))
    const { themes } = (await office.get('/ledger/choices')).body
    expect(themes[0]).toBe('（一）围绕稳增长推进公开')
    for (const theme of [themes[0], '二、工作任务'])
      await meets(`theme=${encodeURIComponent(theme)}`, ({ section }) => section.split(' / ').includes(theme))
    await meets('state=open&light=green&sort=code', ({ state, light }) => state === 'open' && light === 'green')
    const { plans } = (await office.get('/ledger/choices')).body
    expect(await rowsOf(office, `plan=${plans[0].id}&year=2017`)).not.toEqual([])
    expect(await rowsOf(office, 'plan=none')).toEqual([])
    expect(await rowsOf(office, 'year=2016')).toEqual([])
    // What a wildcard would be elsewhere is a letter here.
    expect(await rowsOf(office, `q=${encodeURIComponent('%')}`)).toEqual([])
    expect(await rowsOf(office, 'q=_')).toEqual([])
  })

  it('opens the rows of a figure', async () => {
    const said = (await town.as('leader').says('全市完成率')).text
    const [, done, due] = /已办结(\d+) ÷ 应完成(\d+)/.exec(said) ?? []
    const [, ontime, late] = /按时(\d+)，逾期办结(\d+)/.exec(said) ?? []
    const count = async (set: string) => (await office.get(`/ledger?set=${set}`)).body.total
    expect([ontime, late]).toEqual(['1', '1'])
    expect([done, due].map(Number)).toEqual([2, await count('due')])
    expect([await count('due'), await count('ontime'), await count('late')]).toEqual([due, ontime, late].map(Number))
  })

  it('refuses what it cannot read, in words', async () => {
    for (const query of [
      'state=nothing',
      'due=august',
      'due=2017-02-30..',
      'limit=501',
      'offset=-1',
      'sort=text',
      'year=x',
    ]) {
      const { status, body } = await office.get(`/ledger?${query}`)
      expect([query, status]).toEqual([query, 400])
      expect(body.error).toContain('请求不对')
    }
  })
})

describe('whose rows', () => {
  it('a liaison reads its own, and the 配合 parts of what its unit leads; a filter reaches no further', async () => {
    const own = await rowsOf(lead)
    expect(own).toContainEqual(has({ unit: '市发改委', role: 'lead' }))
    const foreign = own.filter((row) => row.unit !== '市发改委')
    expect(new Set(foreign.map(({ unit, role }) => `${unit} ${role}`))).toEqual(
      new Set(['市住建局 support', '市交通局 support']),
    )
    const all = await rowsOf(office, `unit=${unit('市财政局')}`)
    expect(all).not.toEqual([])
    for (const query of [
      `unit=${unit('市财政局')}`,
      'q=%E8%B4%A2%E6%94%BF%E6%94%B6%E6%94%AF',
      'state=done',
      'set=ontime',
    ])
      expect(await rowsOf(lead, query), query).toEqual([])
    const names = (await lead.get('/ledger/choices')).body.units.map(({ name }: { name: string }) => name)
    expect(names.sort()).toEqual(['市交通局', '市住建局', '市发改委'].sort())
    for (const row of await rowsOf(other)) expect(row.unit).toBe('市审计局')
  })

  it('a head reads its own unit alone, a leader all, and nobody else anything', async () => {
    const head = await http.as('head', '市发改委')
    for (const row of await rowsOf(head)) expect(row.unit).toBe('市发改委')
    const leader = await http.as('leader')
    expect(await rowsOf(leader)).toEqual(await rowsOf(office))
    expect((await http.nobody.get('/ledger')).status).toBe(401)
    for (const who of [head, leader, lead]) expect((await who.get('/ledger/export')).status).toBe(403)
  })

  it('of a 工作秘密 task everybody has the number alone, and no search finds its words', async () => {
    const { t, atomic } = town.deps.store
    const [row] = (await rowsOf(office, `unit=${unit('市教育局')}&q=${encodeURIComponent('招生')}`)) as [LedgerRow]
    const [duty] = await town.deps.store.q.select().from(t.duties).where(eq(t.duties.id, row.id))
    const secret = (is: boolean) =>
      atomic((q) => [
        q
          .update(t.tasks)
          .set({ secret: is })
          .where(eq(t.tasks.id, duty?.task ?? '')),
      ])
    await secret(true)
    const seen = (await rowsOf(office, `unit=${unit('市教育局')}`)).find(({ id }) => id === row.id)
    expect(seen).toMatchObject({ code: row.code, text: '请到办公室领取', section: '' })
    expect(await rowsOf(office, `q=${encodeURIComponent('招生结果')}`)).toEqual([])
    expect(JSON.stringify((await exported()).sheets)).not.toContain('招生')
    await secret(false)
  })
})

describe('the export', () => {
  it('is what is seen: the same rows and columns, a sheet a unit, real days, a head that filters and stays', async () => {
    const query = `unit=${unit('市财政局')},${unit('市发改委')}&sort=due`
    const seen = await rowsOf(office, query)
    const { sheets, parts, response } = await exported(`${query}&columns=due,code,unit,text`)
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="duban.xlsx"; filename*=UTF-8''${encodeURIComponent('台账-云溪市-2017-09-04.xlsx')}`,
    )
    expect(sheets.map(({ name }) => name)).toEqual(['全部', '市财政局', '市发改委'])
    const [all, finance] = sheets
    expect(all?.rows[0]).toEqual(['编号', '任务', '责任单位', '到期日'])
    const days = (day: string | null) => (day ? day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日') : '')
    const trimmed = (cells: string[]) => [...cells, '', '', ''].slice(0, 4)
    expect(all?.rows.slice(1).map(trimmed)).toEqual(
      seen.map(({ code, text, unit, dueOn }) => [code, text, unit, days(dueOn)]),
    )
    expect(finance?.rows).toHaveLength(1 + seen.filter((row) => row.unit === '市财政局').length)
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
    expect(sheet).toContain(`<autoFilter ref="A1:D${seen.length + 1}"/>`)
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
    expect(sheet).toMatch(/<c r="D2" s="3"><v>42\d{3}<\/v><\/c>/)
    expect(parts.get('xl/workbook.xml')).toContain(`'全部'!$A$1:$D$${seen.length + 1}`)
  })

  it('has one sheet where the rows are of one unit, and a head alone where there are none', async () => {
    expect((await exported(`unit=${unit('市财政局')}`)).sheets.map(({ name }) => name)).toEqual(['市财政局'])
    const { sheets } = await exported('q=nothing-of-the-kind')
    expect(sheets).toMatchObject([{ name: '全部', rows: [expect.arrayContaining(['灯', '编号', '任务', '备注'])] }])
  })

  it('leaves text text: no formula, no mark-up, nothing that a file could not hold', async () => {
    const { t, q, atomic } = town.deps.store
    const [task] = await q.select().from(t.tasks).where(eq(t.tasks.number, '1-2'))
    const put = (text: string) =>
      atomic((write) => [
        write
          .update(t.tasks)
          .set({ text })
          .where(eq(t.tasks.id, task?.id ?? '')),
      ])
    for (const text of ['=HYPERLINK("http://a","b")', '+1', '-1+2', '@SUM(A1)', '<b>&"\u000b_x000B_']) {
      await put(text)
      const { sheets, parts } = await exported('q=1-2&state=done&columns=text')
      expect(sheets[0]?.rows[1]).toEqual([text])
      expect(parts.get('xl/worksheets/sheet1.xml')).not.toContain('<f>')
    }
    await put('长'.repeat(40_000))
    const { sheets } = await exported('q=1-2&state=done&columns=text')
    expect(sheets[0]?.rows[1]?.[0]).toHaveLength(32_767)
    await put(task?.text ?? '')
  })

  it('names sheets as Excel takes them', () => {
    expect(sheetNames(['全部', '全部', "a[b]:*?/\\c'", "''", 'History', '长'.repeat(40), '长'.repeat(41)])).toEqual([
      ...['全部', '全部(2)', 'a b      c', '工作表', 'History(2)', '长'.repeat(31), `${'长'.repeat(28)}(2)`],
    ])
  })

  it("is written down as its person's deed, and the chain holds", async () => {
    const { t, q } = town.deps.store
    await exported('state=open&q=%E5%85%AC%E5%BC%80')
    const facts = await q.select().from(t.facts).where(eq(t.facts.kind, 'exported'))
    const fact = facts.filter(({ id }) => id === office.person).sort((a, b) => b.seq - a.seq)[0]
    expect(fact?.body).toMatchObject({
      what: 'ledger',
      filters: { states: ['open'], sort: 'code' },
      rows: expect.any(Number),
    })
    expect(fact?.words).toMatchObject({ q: '公开' })
    expect((await verifyLedger(town.deps.store)).broken).toEqual([])
  })
})
