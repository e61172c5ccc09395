import { describe, expect, it } from 'vitest'
import { closePlan, endingOf, followingOf, followPlan, importPlan, releasePlan } from '../../src/flow/import.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { parse } from '../../src/plan/parse.ts'
import { closeWhole } from '../town/closing.ts'
import { townPlan } from '../town/plan.ts'
import { openTown, type Town } from '../town/town.ts'
import type { Office } from './store.ts'

export const stampOf = ({ deps }: Town) => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })

/** The town's plan with something that goes on after its year. */
export const longerPlan = townPlan.replace(
  '4. 推进教育',
  '4. 推进政务公开培训。2018年6月底前对全市政务公开工作人员轮训一遍（市政府新闻办）。\n\n5. 推进教育',
)

/** The same matter a year later: some tasks again, under other numbers, and one that asks for what was carried over. */
export const nextPlan = longerPlan
  .replaceAll('2017年', '2018年')
  .replaceAll('〔2017〕33号', '〔2018〕12号')
  .replace('1. 加强预期引导', '1. 推进社会组织信息公开。每半年公开社会组织评估结果（市审计局）。\n\n2. 加强预期引导')
  .replace('2. 推进重大', '3. 推进重大')

export const bringNext = async (town: Town, text = nextPlan) => {
  const bytes = new TextEncoder().encode(text)
  return importPlan(town.deps, parse(bytes), bytes, stampOf(town))
}

export const dutiesOf = async ({ deps: { store } }: Town) => {
  const rows = await store.q.select().from(store.t.duties)
  return rows.filter(({ office }) => office === store.office)
}

export const planOf = async (town: Town, code: string): Promise<string> => {
  const { view } = await town.deps.cache(town.deps.store)
  return view.plans.find((one) => one.code === code)?.id ?? ''
}

/** What the year's end promises on every database: whatever is chosen, no duty is lost or owed twice. */
export const yearend = (office: Office): void => {
  describe('year end', () => {
    it('a report that comes while it closes is never lost: it is reported first, or finds the plan closed', async () => {
      const town = await openTown(office(), { plan: longerPlan })
      town.on('2018-01-20')
      const plan = await planOf(town, town.code)
      const { open } = await endingOf(town.deps, plan)
      const chosen = open.map(({ id, version, fate }) => ({ id, version, fate }))
      const [closed, heard] = await Promise.allSettled([
        closePlan(town.deps, plan, { chosen, reason: '年度结束' }, stampOf(town)),
        town.as('liaison:市教育局').says('5-1已公开 http://jyj.example.gov.cn/1'),
      ])
      const [duty] = (await dutiesOf(town)).filter(({ state }) => state === 'review')
      const isClosed = closed.status === 'fulfilled' && 'done' in closed.value
      expect(isClosed).toBe(duty === undefined)
      expect(heard.status).toBe('fulfilled')
      expect((await verifyLedger(town.deps.store)).broken).toEqual([])
    }, 60_000)

    it('what is carried over goes on in the plan that follows, joined to what that asks, whenever it comes', async () => {
      const first = await openTown(office(), { plan: longerPlan })
      const second = await openTown(office(), { plan: longerPlan })
      for (const town of [first, second]) town.on('2018-01-20')
      // The new plan is there before the old one ends, or comes after it.
      const closeOld = async (town: Town) => closeWhole(town.deps, await planOf(town, '公开17'))
      const openNew = async (town: Town) => {
        town.on('2018-03-05')
        const { plan } = await bringNext(town)
        const { old, pairs } = await followingOf(town.deps, plan)
        expect(old?.row.code).toBe('公开17')
        const named = pairs.flatMap((one) => (one.old ? [[one.number, one.old.number] as const] : []))
        await followPlan(town.deps, plan, old?.row.id ?? '', named, stampOf(town))
        await releasePlan(town.deps, plan, stampOf(town))
      }
      await openNew(first)
      const done = await closeOld(first)
      const alone = await closeOld(second)
      expect(alone.carried.map(({ to }) => to.slice(0, 4))).toContain('交办18')
      await openNew(second)
      for (const town of [first, second]) {
        const { rows } = await town.as('office').says('市政府新闻办全部任务清单')
        const own = rows.filter(({ state, due }) => state !== 'waived' && due === '2018-06-30')
        expect(own.map(({ plan, unit, due, state }) => [plan, unit, due, state])).toEqual([
          ['公开18', '市政府新闻办', '2018-06-30', 'open'],
        ])
        expect((await verifyLedger(town.deps.store)).broken).toEqual([])
      }
      const joined = done.carried.find(({ unit }) => unit === '市政府新闻办')
      expect(joined?.to).toMatch(/^公开18-/)
    }, 60_000)
  })
}
