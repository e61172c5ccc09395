import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { findDuties } from '../../db/queries/duties.ts'
import type { LinkState } from '../../src/flow/link-check.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('duty')

const open = async (day = '2017-07-11', looked: Record<string, LinkState> = {}) => {
  const town = await openTown(office())
  town.on(day)
  const asked: string[] = []
  const checkLink = async (link: string): Promise<LinkState> => {
    asked.push(link)
    return looked[link] ?? { outcome: 'open', status: 200, why: '' }
  }
  const deps = { ...town.deps, checkLink }
  const { as } = openConsole(deps)
  const unitId = async (name: string) =>
    (await deps.cache(deps.store)).view.units.find((unit) => unit.name === name)?.id ?? ''
  const duty = async (number: string, unit: string, round?: string) => {
    const found = (await findDuties(deps.store, { units: [await unitId(unit)] })).find(
      (one) => one.number === number && (round === undefined || one.round === round),
    )
    if (!found) throw new Error(`no duty ${number} of ${unit}`)
    return found
  }
  let pressed = 0
  /** What a button of the page sends off. */
  const send = (intent: unknown, text = '') => ({ id: `press-${++pressed}-once`, intent, text })
  const deedOf = (body: { deeds: { name: string; intent: object }[] }, name: string) => {
    const found = body.deeds.find((deed) => deed.name === name)
    if (!found) throw new Error(`no deed ${name}`)
    return found.intent
  }
  return { town, deps, as, duty, send, deedOf, asked }
}

const names = (body: { deeds: { name: string }[] }) => body.deeds.map(({ name }) => name)

describe("a duty's page", () => {
  it('is read by its own liaison and by whoever reads all; to a stranger it is not there', async () => {
    const { as, duty } = await open()
    const { id } = await duty('1-2', '市财政局', '2017-07')
    const [own, other] = [await as('liaison', '市财政局'), await as('liaison', '市教育局')]
    const [leader, office] = [await as('leader'), await as('office')]
    const seen = await own.get(`/duties/${id}`)
    expect(seen).toMatchObject({
      status: 200,
      body: { unit: '市财政局', round: '7月', role: 'lead', stateWords: '在办' },
    })
    expect(seen.body.text).toContain('财政收支情况')
    const [foreign, none] = [await other.get(`/duties/${id}`), await other.get('/duties/no-such-duty')]
    expect([foreign.status, none.status]).toEqual([404, 404])
    expect(foreign.body).toEqual(none.body)
    expect((await other.post(`/duties/${id}/links/check`, {})).body).toEqual(none.body)

    const read = await leader.get(`/duties/${id}`)
    expect(read.status).toBe(200)
    expect(names(read.body)).toEqual(['urge', 'instruct'])
    expect(names(seen.body)).toEqual(['accept', 'report', 'progress', 'extend', 'decline', 'split'])
    expect(names((await office.get(`/duties/${id}`)).body)).toEqual([
      ...['urge', 'instruct', 'amend', 'reassign', 'suspend', 'waive'],
      ...['accept', 'report', 'progress', 'extend', 'decline', 'split'],
    ])
  })

  it("a lead's liaison reads the parts of its tasks, who works beside it only its own", async () => {
    const { as, duty } = await open()
    const [lead, part] = [await duty('2-1', '市发改委'), await duty('2-1', '市住建局')]
    const [leading, beside] = [await as('liaison', '市发改委'), await as('liaison', '市住建局')]
    const page = (await leading.get(`/duties/${lead.id}`)).body
    expect(page.leads.map(({ unit }: { unit: string }) => unit)).toEqual(['市发改委'])
    expect(page.supports.map(({ unit }: { unit: string }) => unit).sort()).toEqual(['市交通局', '市住建局'])
    const ofPart = await leading.get(`/duties/${part.id}`)
    expect(ofPart).toMatchObject({ status: 200, body: { unit: '市住建局', deeds: [] } })
    expect((await beside.get(`/duties/${part.id}`)).body).toMatchObject({ leads: [], task: { lead: ['市发改委'] } })
    expect((await beside.get(`/duties/${lead.id}`)).status).toBe(404)
  })

  it('tells what happened newest first, by which way, and what a report brought', async () => {
    const { town, as, duty, send, deedOf } = await open('2017-08-14')
    const { id } = await duty('1-2', '市财政局', '2017-07')
    const [own, office] = [await as('liaison', '市财政局'), await as('office')]
    await own.post(
      '/act',
      send(deedOf((await own.get(`/duties/${id}`)).body, 'progress'), '数据已汇总<script>alert(1)</script>'),
    )
    const frame = deedOf((await office.get(`/duties/${id}`)).body, 'report')
    const told = await office.post('/act', send({ ...frame, links: ['http://cz.gov.cn/7'], via: 'phone' }, '已公开'))
    expect(told.body.card.title).toBe('已收到反馈，待审核')
    const page = (await office.get(`/duties/${id}`)).body
    expect(page).toMatchObject({ state: 'review', light: 'green', lightReason: '已报送待审核' })
    expect(page.facts.map(({ what, way }: { what: string; way: string }) => [what, way])).toEqual([
      ['反馈', '电话代报'],
      ['报进展', '网页'],
      ['下达', ''],
    ])
    expect(page.facts[1]).toMatchObject({
      who: 'liaison市财政局（市财政局）',
      said: [{ label: '', text: '数据已汇总<script>alert(1)</script>' }],
      erased: false,
    })
    expect(page.reports).toMatchObject([
      { links: ['http://cz.gov.cn/7'], fateWords: '待审核', who: 'office（主管科室）' },
    ])

    await town.deps.store.one((q) => {
      const { facts } = town.deps.store.t
      return q
        .update(facts)
        .set({ words: null })
        .where(and(eq(facts.id, id), eq(facts.kind, 'progressed')))
    })
    expect((await own.get(`/duties/${id}`)).body.facts[1]).toMatchObject({ erased: true, said: [] })
  })

  it('shows the lines that say the task, with units and deadline marked, where the document is kept', async () => {
    const { deps, as, duty } = await open()
    const { id, plan } = await duty('2-1', '市发改委')
    const office = await as('office')
    const own = (await office.get(`/duties/${id}`)).body.source
    expect(own.kept).toBe(false)
    expect(own.lines[0].text).toContain('在门户网站开设重大项目专栏')
    const { t } = deps.store
    const [row] = await deps.store.q.select({ digest: t.plans.digest }).from(t.plans).where(eq(t.plans.id, plan))
    const [task] = await deps.store.q
      .select({ draft: t.tasks.draft })
      .from(t.tasks)
      .where(eq(t.tasks.id, `${plan}.2-1`))
    const line = task?.draft.source.line ?? 0
    const lines = Array.from({ length: 50 }, (_, i) =>
      i + 1 === line ? `2. 推进。${task?.draft.text}（市发改委牵头，市住建局、市交通局配合）` : `第${i + 1}行`,
    )
    await deps.store.atomic((q) =>
      [1, 26].map((part) =>
        q.insert(t.documents).values({
          office: deps.store.office,
          plan,
          digest: row?.digest ?? '',
          part,
          lines: lines.slice(part - 1, part + 24),
        }),
      ),
    )
    const { source } = (await office.get(`/duties/${id}`)).body
    expect(source.kept).toBe(true)
    expect(source.lines.map((one: { line: number }) => one.line)).toEqual(
      Array.from({ length: 11 }, (_, i) => line - 5 + i),
    )
    const [said] = source.lines.filter((one: { line: number }) => one.line === line)
    const of = (what: string) =>
      said.marks
        .filter((mark: { of: string }) => mark.of === what)
        .map(({ from, to }: { from: number; to: number }) => said.text.slice(from, to))
    expect(of('deadline')).toEqual(['2017年8月25日前'])
    expect(of('lead')).toEqual(['市发改委'])
    expect(of('support')).toEqual(['市住建局', '市交通局'])
    expect(of('task').join('')).toContain('在门户网站开设重大项目专栏')

    // Beside a task whose text goes to no screen the document is shown for none of the plan.
    await deps.store.one((q) =>
      q
        .update(t.tasks)
        .set({ secret: true })
        .where(eq(t.tasks.id, `${plan}.1-2`)),
    )
    expect((await office.get(`/duties/${id}`)).body.source.kept).toBe(false)
  })

  it('of a 工作秘密 task tells the number and where to fetch it, and nobody its words', async () => {
    const { town, as, duty, send, deedOf } = await open('2017-08-14')
    const { id, task } = await duty('1-2', '市财政局', '2017-07')
    const own = await as('liaison', '市财政局')
    const frame = deedOf((await own.get(`/duties/${id}`)).body, 'report')
    await own.post('/act', send({ ...frame, links: ['http://cz.gov.cn/7'] }, '内部数已核对'))
    const { t } = town.deps.store
    await town.deps.store.one((q) => q.update(t.tasks).set({ secret: true }).where(eq(t.tasks.id, task)))
    const page = (await own.get(`/duties/${id}`)).body
    expect(page).toMatchObject({ text: '请到办公室领取', secret: true, task: { section: [], lead: [] } })
    const all = JSON.stringify(page)
    for (const words of ['内部数已核对', 'cz.gov.cn', '财政收支', '按月']) expect(all).not.toContain(words)
    expect((await own.post(`/duties/${id}/links/check`, {})).status).toBe(403)
    const office = await as('office')
    const queue = JSON.stringify((await office.get('/review')).body)
    expect(queue).toContain('请到办公室领取')
    for (const words of ['内部数已核对', 'cz.gov.cn', '财政收支']) expect(queue).not.toContain(words)
  })

  it('says why a day is as it is', async () => {
    const { town, as, duty, send, deedOf } = await open()
    const { id } = await duty('2-1', '市发改委')
    const [own, office] = [await as('liaison', '市发改委'), await as('office')]
    const asked = deedOf((await own.get(`/duties/${id}`)).body, 'extend')
    await own.post('/act', send({ ...asked, until: '2017-09-05' }, '理由：域名尚未批复'))
    const waiting = (await office.get(`/duties/${id}`)).body
    expect(waiting.asked).toMatchObject({ kind: 'extension', until: '2017-09-05' })
    const granted = deedOf(waiting, 'extension')
    await office.post('/act', send({ ...granted, grant: true }, '同意延期到2017年9月1日，理由：抓紧办理'))
    expect((await office.get(`/duties/${id}`)).body).toMatchObject({
      dueOn: '2017-09-01',
      firstDueOn: '2017-08-25',
      whyDue: '7月11日同意延期到9月1日，原定8月25日',
    })
    town.on('2017-09-04')
    const later = await as('liaison', '市发改委')
    expect((await later.get(`/duties/${id}`)).body).toMatchObject({ light: 'red', lightReason: '逾期1个工作日' })
  })
})

describe('what is done from the page', () => {
  it('rests on the duty as it was shown: who comes second hears how it stands', async () => {
    const { as, duty, send, deedOf } = await open('2017-08-14')
    const { id } = await duty('1-2', '市财政局', '2017-07')
    const [own, office] = [await as('liaison', '市财政局'), await as('office')]
    const before = (await office.get(`/duties/${id}`)).body
    await own.post('/act', send(deedOf((await own.get(`/duties/${id}`)).body, 'report'), '已公开'))
    for (const [name, text] of [
      ['urge', ''],
      ['instruct', '抓紧'],
      ['suspend', '理由：等文件'],
      ['waive', '理由：合并'],
      ['progress', '在办'],
    ] as const) {
      const late = await office.post('/act', send(deedOf(before, name), text))
      expect([name, late.body.card.title]).toEqual([name, '情况已有变化'])
      expect(JSON.stringify(late.body.card)).toContain('待审核')
    }
    expect((await office.get(`/duties/${id}`)).body.facts).toHaveLength(2)
  })

  it('a leader approves nothing, a liaison nothing of its own', async () => {
    const { as, duty, send, deedOf } = await open('2017-08-14')
    const { id } = await duty('1-2', '市财政局', '2017-07')
    const [own, leader, office] = [await as('liaison', '市财政局'), await as('leader'), await as('office')]
    await own.post('/act', send(deedOf((await own.get(`/duties/${id}`)).body, 'report'), '已公开'))
    const approve = deedOf((await office.get(`/duties/${id}`)).body, 'approve')
    for (const one of [own, leader]) {
      expect(names((await one.get(`/duties/${id}`)).body)).not.toContain('approve')
      expect((await one.post('/act', send(approve))).body).toMatchObject({ refused: true })
    }
    expect((await office.get(`/duties/${id}`)).body.state).toBe('review')
    expect((await office.post('/act', send(approve))).body.card.title).toBe('审核通过')
  })

  it('takes the day of what a duty waited for, and its sections', async () => {
    const { as, duty, send, deedOf } = await open()
    const waiting = await duty('2-2', '市发改委')
    const liaison = await as('liaison', '市发改委')
    const { body } = await liaison.get(`/duties/${waiting.id}`)
    expect(names(body)).toContain('event')
    const begun = await liaison.post('/act', send({ ...deedOf(body, 'event'), on: '2017-07-03' }, '国家意见已印发'))
    expect(begun.body.card.title).toBe('已登记，开始计时')
    const after = (await liaison.get(`/duties/${waiting.id}`)).body
    expect([after.state, after.dueOn, names(after).includes('event')]).toEqual(['open', '2017-09-01', false])
    const parts = ['国库科', '预算科']
    const split = await liaison.post('/act', send({ ...deedOf(after, 'split'), parts, until: '2017-08-20' }))
    expect(split.body.card.title).toBe('已分给2个科室')
    expect((await liaison.get(`/duties/${waiting.id}`)).body.parts).toEqual(
      parts.map((name) => ({ name, until: '2017-08-20', doneOn: null })),
    )
    // For the office the event is its own to record, the sections are the unit's.
    const { deeds } = (await (await as('office')).get(`/duties/${(await duty('3-2', '市环保局')).id}`)).body
    const behalf = deeds.map(({ name, onBehalf }: { name: string; onBehalf: boolean }) => [name, onBehalf])
    expect(behalf).toContainEqual(['split', true])
  })

  it('moves a duty to the unit that was chosen, whatever the reason speaks of', async () => {
    const { as, duty, send, deedOf } = await open()
    const { id } = await duty('1-2', '市财政局', '2017-07')
    const office = await as('office')
    const frame = deedOf((await office.get(`/duties/${id}`)).body, 'reassign')
    const done = await office.post(
      '/act',
      send({ ...frame, to: '市审计局' }, '改派市审计局，理由：此前由市统计局牵头负责'),
    )
    expect(done.body.card.title).toBe('已改派给市审计局')
    expect((await office.get(`/duties/${id}`)).body.unit).toBe('市审计局')
  })
})

describe('the link check', () => {
  it("looks at a duty's own links alone, for the office and its own liaison", async () => {
    const gone: LinkState = { outcome: 'broken', status: 404, why: '网页不存在' }
    const { as, duty, send, deedOf, asked } = await open('2017-08-14', { 'http://cz.gov.cn/8': gone })
    const { id } = await duty('1-2', '市财政局', '2017-07')
    const [own, leader] = [await as('liaison', '市财政局'), await as('leader')]
    const frame = deedOf((await own.get(`/duties/${id}`)).body, 'report')
    await own.post('/act', send({ ...frame, links: ['http://cz.gov.cn/7', 'http://cz.gov.cn/8'] }))
    const checked = await own.post(`/duties/${id}/links/check`, { links: ['http://10.0.0.1/'] })
    expect(checked.body.links).toEqual([
      { link: 'http://cz.gov.cn/7', outcome: 'open', status: 200, why: '', at: '2017-08-14T02:00:00.000Z' },
      { link: 'http://cz.gov.cn/8', outcome: 'broken', status: 404, why: '网页不存在', at: '2017-08-14T02:00:00.000Z' },
    ])
    // Asked for again and again, the site is not called again within a minute.
    for (let i = 0; i < 3; i++)
      expect((await own.post(`/duties/${id}/links/check`, {})).body.links).toEqual(checked.body.links)
    expect(asked).toEqual(['http://cz.gov.cn/7', 'http://cz.gov.cn/8'])
    expect((await leader.post(`/duties/${id}/links/check`, {})).status).toBe(403)
  })
})
