import { describe, expect, it } from 'vitest'
import { type DutyView, findDuties } from '../../db/queries/duties.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('review')

/** A town in mid-August, with what its units have handed in and asked for. */
const open = async (...said: [unit: string, words: string][]) => {
  const town = await openTown(office())
  town.on('2017-08-14')
  for (const [unit, words] of said) await town.as(`liaison:${unit}`).says(words)
  const { as } = openConsole(town.deps)
  const reported = async () =>
    (await findDuties(town.deps.store, { states: ['review'] })).map(({ id, version }) => ({ duty: id, version }))
  return { town, as, reported }
}

const three: [string, string][] = [
  ['市财政局', '1-2 7月的已公开 http://cz.gov.cn/7'],
  ['市教育局', '4-1 已完成，已经保密审查（审查人：王静）'],
  ['东河区政府', '4-1 已完成'],
]

const kinds = (body: { rows: { kind: string }[] }) => body.rows.map(({ kind }) => kind)

describe('the review queue', () => {
  it('holds what waits for the office, by kind, with what was handed in', async () => {
    const { town, as } = await open(
      ...three,
      ['市发改委', '2-1 申请延期到9月5日，因域名尚未批复'],
      ['市环保局', '3-1 不是我们的，应由市住建局负责'],
    )
    town.on('2017-07-12')
    await town.as('liaison:市政府新闻办').says('1-3 不涉及')
    town.on('2017-08-14')
    await town.as('office').says('退回 东河区政府 4-1，链接打不开')
    await town.as('liaison:东河区政府').says('4-1 已完成 http://dh.gov.cn/4')
    const reviewer = await as('office')
    const { status, body } = await reviewer.get('/review')
    expect(status).toBe(200)
    expect(body.counts).toMatchObject({ report: 2, again: 1, extension: 1, decline: 1, disclaimed: 1 })
    expect(kinds(body)).toEqual([...kinds(body)].sort((a, b) => order.indexOf(a) - order.indexOf(b)))
    const row = (unit: string, kind: string) =>
      body.rows.find((one: { unit: string; kind: string }) => one.unit === unit && one.kind === kind)
    expect(row('市财政局', 'report')).toMatchObject({
      cleared: false,
      late: false,
      handedIn: [{ links: ['http://cz.gov.cn/7'] }],
    })
    expect(row('市教育局', 'report')).toMatchObject({ cleared: true, clearedBy: '王静' })
    expect(row('东河区政府', 'again')).toMatchObject({ returnedFor: '链接打不开' })
    expect(row('市发改委', 'extension')).toMatchObject({
      asked: { until: '2017-09-05', late: false },
      handedIn: [{ said: [{ label: '理由', text: '因域名尚未批复' }] }],
    })
    expect(row('市环保局', 'decline')).toMatchObject({ suggests: '市住建局', round: '二季度、三季度、四季度' })
    const kept = row('市环保局', 'decline').deeds.find(({ name }: { name: string }) => name === 'keep')
    const answer = await reviewer.post('/act', { id: 'press-keep-1', intent: kept.intent, text: '理由：职责所在' })
    expect(answer.body.card.title).toBe('维持不变，仍由原单位负责')
    expect((await reviewer.get('/review')).body.counts.decline).toBe(0)

    const unit = body.units.find(({ name }: { name: string }) => name === '市财政局').id
    expect((await reviewer.get(`/review?unit=${unit}`)).body).toMatchObject({ total: 1, rows: [{ unit: '市财政局' }] })
    expect(kinds((await reviewer.get('/review?kind=extension')).body)).toEqual(['extension'])
    expect((await reviewer.get('/review?limit=1&offset=1')).body).toMatchObject({ rows: [{ kind: 'report' }] })
    expect((await reviewer.get('/review?plan=none')).body).toMatchObject({ total: 0, rows: [] })
  })

  it('is the office’s alone', async () => {
    const { as, reported } = await open(...three)
    const items = await reported()
    for (const one of [await as('liaison', '市财政局'), await as('head', '市财政局'), await as('leader')]) {
      expect((await one.get('/review')).status).toBe(403)
      expect((await one.post('/review', { id: 'many-0001', act: 'approve', items })).status).toBe(403)
    }
    expect(await reported()).toEqual(items)
  })
})

const itemOf = ({ id, version, asked }: DutyView) => ({
  ...{ duty: id, version, until: asked?.kind === 'extension' ? asked.until : '' },
})
type Item = ReturnType<typeof itemOf>
const outcomesOf = ({ results }: { results: { outcome: string }[] }) => results.map(({ outcome }) => outcome)

const order = ['report', 'again', 'extension', 'decline', 'disclaimed']

describe('one answer to many', () => {
  it('approves each as a message of its own, and once however often it is sent', async () => {
    const { as, reported, town } = await open(...three)
    const [items, reviewer] = [await reported(), await as('office')]
    const sent = { id: 'many-0001', act: 'approve', items }
    const first = await reviewer.post('/review', sent)
    expect(first.body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['done', 'done', 'done'])
    const closed = async () =>
      (await findDuties(town.deps.store, { ids: items.map(({ duty }) => duty) })).map(({ version }) => version)
    const versions = await closed()
    expect((await reviewer.post('/review', sent)).body).toEqual(first.body)
    expect(await closed()).toEqual(versions)
  })

  it('tells of each that somebody was faster, and does the others', async () => {
    const { as, reported } = await open(...three)
    const items = await reported()
    const [one, other] = [await as('office'), await as('admin')]
    await one.post('/review', { id: 'many-0001', act: 'approve', items: items.slice(0, 1) })
    const { body } = await other.post('/review', {
      ...{ id: 'many-0002', act: 'return', items, text: '缺少附件', until: '2017-08-21' },
    })
    expect(body.results).toMatchObject([
      { outcome: 'overtaken', words: '现在：已办结（8月14日10:00 审核通过，office（主管科室））' },
      { outcome: 'done', words: '已退回（8月14日10:00 退回，8月21日前重报，admin（管理员））' },
      { outcome: 'done' },
    ])
  })

  it('two who answer at the same moment: each report is answered once, and the second is told', async () => {
    const { as, reported } = await open(...three)
    const items = await reported()
    const [one, other] = [await as('office'), await as('admin')]
    const answers = await Promise.all([
      one.post('/review', { id: 'many-0001', act: 'approve', items }),
      other.post('/review', { id: 'many-0002', act: 'return', items, text: '缺少附件' }),
    ])
    for (const [i] of items.entries()) {
      const outcomes = answers.map(({ body }) => body.results[i].outcome).sort()
      expect(outcomes).toEqual(['done', 'overtaken'])
    }
  })

  it('agrees to the later days that were asked for, each its own, or to none with the reason', async () => {
    const { as, town } = await open(
      ['市发改委', '2-1 申请延期到9月5日，因域名尚未批复'],
      ['市财政局', '1-2 7月的 申请延期到9月8日，因数据还在核对'],
      ['市教育局', '4-1 申请延期到9月12日，因人手不够'],
    )
    const reviewer = await as('office')
    const asking = async () => (await findDuties(town.deps.store, { asked: true })).map(itemOf)
    const [one, two, three] = (await asking()) as [Item, Item, Item]
    const grant = { id: 'many-0001', act: 'grant', items: [one, two], text: '同意到8月30日' }
    const granted = await reviewer.post('/review', grant)
    expect(outcomesOf(granted.body)).toEqual(['done', 'done'])
    expect((await reviewer.post('/review', grant)).body).toEqual(granted.body)
    const now = await findDuties(town.deps.store, { ids: [one.duty, two.duty] })
    expect(now.map(({ id, dueOn }) => [id, dueOn]).sort()).toEqual([one, two].map((it) => [it.duty, it.until]).sort())
    expect(await asking()).toEqual([three])
    const refuse = { id: 'many-0002', act: 'refuse', items: [one, three] }
    expect((await reviewer.post('/review', refuse)).status).toBe(400)
    const { body } = await reviewer.post('/review', { ...refuse, text: '年底前必须完成' })
    expect(outcomesOf(body)).toEqual(['overtaken', 'done'])
    expect(body.results[1].words).toContain('延期')
    expect(await asking()).toEqual([])
  })

  it('tells what the bot says no to, and takes no return without a reason', async () => {
    const { as, reported, town } = await open(...three)
    await town.as('office').says('1-2佐证改为：网上公开链接，因验收需要')
    const items = await reported()
    const reviewer = await as('office')
    const finance = (await findDuties(town.deps.store, { states: ['review'] })).find(({ number }) => number === '1-2')
    const { body } = await reviewer.post('/review', {
      ...{ id: 'many-0001', act: 'approve', items: [...items, { duty: 'no-such-duty', version: 1 }] },
    })
    const of = (id: string) => body.results.find(({ duty }: { duty: string }) => duty === id)
    expect(of('no-such-duty')).toMatchObject({ outcome: 'refused' })
    expect(of(finance?.id ?? '')).toMatchObject({ outcome: 'refused' })
    expect(of(finance?.id ?? '').words).toMatch(/^佐证还没有交齐：/)
    const left = await reported()
    expect(left.map(({ duty }) => duty)).toEqual([finance?.id])
    expect((await reviewer.post('/review', { id: 'many-0002', act: 'return', items: left, text: ' ' })).status).toBe(
      400,
    )
    const many = Array.from({ length: 201 }, () => left[0])
    expect((await reviewer.post('/review', { id: 'many-0003', act: 'approve', items: many })).status).toBe(400)
  })
})
