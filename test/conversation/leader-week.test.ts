import { describe, expect, it } from 'vitest'
import type { Adapter, Delivery } from '../../adapters/adapter.ts'
import { renderText } from '../../adapters/console/index.ts'
import { compose } from '../../src/flow/compose.ts'
import { plannedPushes } from '../../src/flow/remind/queue.ts'
import { register } from '../../src/flow/roster.ts'
import { tick } from '../../src/flow/tick.ts'
import type { Card, Chart } from '../../src/model/card.ts'
import { accounts, settle } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { townPlan } from '../town/plan.ts'
import { openTown, type Town } from '../town/town.ts'

const nextOffice = officesOf('week')

const sent: Delivery[] = []
const platform: Adapter = {
  platform: 'lark',
  route: 'cli_1',
  perMinute: 1000,
  canStart: { room: true, person: true },
  deliver: async (delivery) => {
    sent.push(delivery)
    return {}
  },
}

/** A town in which some things were done in time, some late, some are in review, some overdue. */
const town = async (day = '2017-08-21', plan?: string): Promise<Town> => {
  sent.length = 0
  const t = await openTown(nextOffice(), { adapters: [platform], ...(plan && { plan }) })
  await settle(t, 'lark')
  t.on('2017-08-10')
  await t.as('liaison:市财政局').says('1-2 6月的已公开')
  t.on('2017-08-15')
  await t.as('office').says('通过 1-2')
  t.on('2017-08-16')
  await t.as('liaison:市教育局').says('4-1已完成')
  t.on(day, '09:00')
  return t
}

const charge = async (t: Town, names: readonly string[]) => {
  const { registry } = await t.deps.cache(t.deps.store)
  const ids = names.flatMap((name) => {
    const found = registry.resolve(name)
    return found.kind === 'one' ? [found.unit.id] : []
  })
  const identities = [`lark:*:${accounts.leader}`]
  const person = { name: '林副市长', role: 'leader' as const, units: [], post: '' as const, mobile: '', identities }
  await register(
    t.deps,
    { people: [{ ...person, charge: ids }] },
    { by: 'admin:test', via: 'test:charge', at: t.deps.now() },
  )
}

const heard = async (t: Town): Promise<Card | undefined> => {
  await tick(t.deps)
  return sent.find(({ to }) => to.id === accounts.leader)?.card
}

const fieldsOf = (card: Card | undefined): Record<string, string> =>
  Object.fromEntries(card?.blocks.flatMap((block) => (block.kind === 'fields' ? block.fields : [])) ?? [])
const notesOf = (card: Card | undefined) =>
  card?.blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : [])) ?? []
const chartOf = (card: Card | undefined): Chart | undefined =>
  card?.blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []))[0]
const lineCount = (card: Card) =>
  renderText({ ...card, blocks: card.blocks.filter(({ kind }) => kind !== 'chart') }).split('\n').length

describe('the week’s figures for a leader', () => {
  it('come once on the list day, into the leader’s own chat, on ten lines at most', async () => {
    const t = await town()
    const card = await heard(t)
    await tick(t.deps)
    t.on('2017-08-22', '09:00')
    await tick(t.deps)
    expect(sent.filter(({ to }) => to.id === accounts.leader).map(({ to }) => to.kind)).toEqual(['person'])
    expect(card?.title).toBe('全部单位 每周完成情况')
    expect(card && lineCount(card)).toBeLessThanOrEqual(10)
    expect(notesOf(card).join()).toContain('截至8月21日09:00')
  })

  it('are word for word what 完成率 answers at that moment', async () => {
    const t = await town()
    const card = await heard(t)
    const asked = (await t.as('leader').says('全市完成率')).reply
    expect(fieldsOf(card)).toMatchObject(fieldsOf(asked ?? undefined))
    expect(Object.keys(fieldsOf(asked ?? undefined))).toEqual(['完成率', '已办结', '待审核', '未完成'])
    expect(notesOf(card)).toEqual(notesOf(asked ?? undefined))
  })

  it('have in the chart what the ranking says of each unit, and bars that add up to what was due', async () => {
    const t = await town()
    const chart = chartOf(await heard(t))
    const ranked = (await t.as('leader').says('各单位排名')).text
    const due = /应完成(\d+)/.exec((await t.as('leader').says('全市完成率')).text)?.[1]
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
    expect(sum(chart?.rows.map(({ values }) => sum(values)) ?? [])).toBe(Number(due))
    expect(chart?.rows.length).toBeGreaterThan(5)
    for (const { label, values, end } of chart?.rows ?? []) {
      expect(end).toContain(`/${sum(values)}）`)
      const row = ranked.split('\n').find((line) => line.includes(`. ${label} `))
      if (row) expect(row).toContain(` ${end}`)
    }
    const late = chart?.parts.findIndex(({ tone }) => tone === 'late') ?? -1
    const lates = chart?.rows.map(({ values }) => values[late] ?? 0) ?? []
    expect(lates).toEqual([...lates].sort((a, b) => b - a))
  })

  it('say what moved since the list before, who is late, and what comes up', async () => {
    const t = await town()
    const fields = fieldsOf(await heard(t))
    expect(fields.近期变化).toMatch(/^8月14日至20日办结1项，新增逾期\d+项$/)
    expect(fields.逾期单位).toMatch(/^\S+2项、\S+2项、\S+2项，另有\d+家$/)
    expect(fields.未来一周).toMatch(/^8月21日至27日到期[1-9]\d*项$/)
  })

  it('after a holiday go back to the last list, so that nothing falls between two', async () => {
    const t = await town('2017-10-09')
    expect(fieldsOf(await heard(t)).近期变化).toMatch(/^9月25日至10月8日办结0项/)
  })

  it('count as newly late what was not late at the last list, and nothing twice', async () => {
    const newly = async (day: string) =>
      Number(/新增逾期(\d+)项/.exec(fieldsOf(await heard(await town(day))).近期变化 ?? '')?.[1])
    const red = async (day: string) =>
      Number(/其中逾期(\d+)项/.exec((await (await town(day)).as('leader').says('全市完成率')).text)?.[1])
    expect(await newly('2017-08-21')).toBe((await red('2017-08-21')) - (await red('2017-08-14')))
    expect(await newly('2017-09-04')).toBe((await red('2017-09-04')) - (await red('2017-08-28')))
  })

  it('are of the units in the leader’s charge where there are any', async () => {
    const t = await town()
    await charge(t, ['市财政局', '市教育局'])
    const card = await heard(t)
    const asked = (await t.as('leader').says('市财政局和市教育局完成率')).reply
    expect(card?.title).toBe('市财政局、市教育局 每周完成情况')
    expect(fieldsOf(card)).toMatchObject(fieldsOf(asked ?? undefined))
    expect(
      chartOf(card)
        ?.rows.map(({ label }) => label)
        .sort(),
    ).toEqual(['市教育局', '市财政局'])
    expect(fieldsOf(card).近期变化).toMatch(/办结1项/)
  })

  it('of one unit have no chart, which would be one bar', async () => {
    const t = await town()
    await charge(t, ['市财政局'])
    expect(chartOf(await heard(t))).toBeUndefined()
  })

  it('are of today’s charge: what was planned under another is composed by what holds when it is sent', async () => {
    const t = await town()
    const recipe = (await plannedPushes(t.deps)).find(({ address }) => address.id === accounts.leader)?.recipe
    await charge(t, ['市教育局'])
    expect(recipe && (await compose(t.deps, recipe))?.card.title).toBe('市教育局 每周完成情况')
  })

  it('are not sent where the ledger has nothing of those units', async () => {
    const ofFew = townPlan.replace(/三、保障措施[\s\S]*?12月1日前报市政府办公室。/, '')
    for (const [names, heardOf] of [
      [['市审计局'], false],
      [['市审计局', '市财政局'], true],
    ] as const) {
      const t = await town('2017-08-21', ofFew)
      await charge(t, names)
      expect((await heard(t)) !== undefined, names.join()).toBe(heardOf)
    }
  })

  it('on a Tuesday are not planned', async () => {
    const t = await town('2017-08-22')
    expect((await plannedPushes(t.deps)).filter(({ recipe }) => recipe.kind === 'leader')).toEqual([])
  })
})
