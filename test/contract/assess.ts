import { describe, expect, it } from 'vitest'
import { assessed } from '../../commands/assessed.ts'
import { isConflict } from '../../db/conflict.ts'
import { assessments, scoresOf } from '../../db/queries/scores.ts'
import {
  changeBy,
  changeRules,
  closeAssessment,
  importAssessment,
  openAssessment,
  tellAssessment,
  theAssessment,
} from '../../src/flow/assess/deeds.ts'
import { giveScore, unitScore } from '../../src/flow/console/assess.ts'
import { machineContext } from '../../src/flow/machine.ts'
import { personNamed, register } from '../../src/flow/roster.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { Actor } from '../../src/model/person.ts'
import { openTown } from '../town/town.ts'
import type { Office } from './store.ts'

const base = { theme: '', standard: '' }

/** What an assessment promises on every database: its whole life, from draft to closed, with everything a fact. */
export const assess = (office: Office): void => {
  describe('考核', () => {
    it('is given by units, office and third party, told, objected to, answered and closed', async () => {
      const town = await openTown(office())
      const { deps } = town
      const { view } = await deps.cache(deps.store)
      const idOf = (name: string) => view.units.find((unit) => unit.name === name)?.id ?? ''
      const finance = idOf('市财政局')
      const stamp = () => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })
      const person = async (name: string, role: 'office' | 'liaison', units: string[]): Promise<Actor> => {
        const blank = { charge: [], post: '' as const, mobile: '', identities: [] }
        await register(deps, { people: [{ name, role, units, ...blank }] }, stamp())
        return { id: (await personNamed(deps, name, role)) ?? '', name, role, units, charge: [] }
      }
      const clerk = await person('沈清', 'office', [])
      const liaison = await person('周小舟', 'liaison', [finance])
      const other = await person('江河', 'liaison', [idOf('市环保局')])
      town.on('2017-08-07')
      await town.as('liaison:市财政局').says('1-2 7月的已公开 http://cz.example.gov.cn/7')

      const asked = { title: '2017年考核', from: '2017-07-01', to: '2017-08-31' }
      const indicators = [
        { ...base, number: '1', name: '办理', points: 8000, units: [finance], by: 'people' as const },
        { ...base, number: '2', name: '机制', points: 2000, units: [finance], by: 'people' as const },
      ]
      const { id } = await importAssessment(deps, { ...asked, indicators }, stamp())
      const now = () => theAssessment(deps, id)
      await expect(importAssessment(deps, { ...asked, indicators }, stamp())).rejects.toThrow('已经有“2017年考核”')
      await changeBy(deps, await now(), { 1: 'rules' }, stamp())
      await expect(changeRules(deps, await now(), { share: 300, shareLeast: 400 }, stamp())).rejects.toThrow(
        '下限4.00%',
      )
      await changeRules(deps, await now(), { third: 3000, share: 400, shareLeast: 400, returned: 100 }, stamp())
      expect(await unitScore(deps, liaison, id, finance)).toBeUndefined()

      await openAssessment(deps, await now(), stamp())
      town.on('2017-08-15')
      ;(await town.as('liaison:市财政局').says('自评 2 19.5分 见附件')).hears('已记自评')
      ;(await town.as('liaison:市环保局').says('自评 2 19.5分 见附件')).hears('自评没有登记')
      const given = async (
        deed: 'self' | 'office' | 'third' | 'object' | 'answer',
        points: number | null,
        text: string,
        by = clerk,
      ) => {
        const row = (await scoresOf(deps.store, id, [finance])).find(({ indicator }) => indicator === '2')
        return giveScore(deps, by, id, {
          unit: finance,
          indicator: '2',
          version: row?.version ?? 0,
          deed,
          points,
          text,
        })
      }
      expect(await given('self', 100, 'x', other)).toBeUndefined()
      expect(await given('office', 100, 'x', liaison)).toBeUndefined()
      expect(
        await giveScore(deps, clerk, id, {
          unit: finance,
          indicator: '2',
          version: 9,
          deed: 'office',
          points: 1,
          text: 'x',
        }),
      ).toMatchObject({ stale: {} })
      await expect(given('office', 2100, '')).rejects.toThrow('满分20.00')
      await expect(given('office', 1800, ' ')).rejects.toThrow('扣分理由')
      await expect(tellAssessment(deps, await now(), stamp())).rejects.toThrow('期满后才能公示')
      town.on('2017-09-01')
      await expect(tellAssessment(deps, await now(), stamp())).rejects.toThrow('还没有评分，不能公示：市财政局 2')
      // Two who give at once: one is stored, the other meets what is there.
      const both = await Promise.allSettled([given('office', 1800, '缺制度'), given('office', 1700, '缺制度')])
      expect(both.some(({ status }) => status === 'fulfilled')).toBe(true)
      await given('office', 1800, '缺制度')
      await given('third', 1500, '抽查')
      // Before the result is told a unit sees its own score, and none of what the office gave.
      const seen = await unitScore(deps, liaison, id, finance)
      expect(seen?.indicators[1]).toMatchObject({ own: 1950, given: null, third: null, result: null, reason: '' })
      expect(seen?.total.total).toBeNull()
      expect(await unitScore(deps, other, id, finance)).toBeUndefined()

      // A score that comes while the result is made of all of them is not left out of what is told.
      const meanwhile: typeof deps.store.atomic = async (work) => {
        await given('third', 1600, '复查')
        return deps.store.atomic(work)
      }
      const store = Object.create(deps.store, { atomic: { value: meanwhile } })
      await expect(tellAssessment({ ...deps, store }, await now(), stamp())).rejects.toSatisfy(isConflict)
      expect((await now()).state).toBe('open')
      await given('third', 1500, '抽查')

      const { objectBy } = await tellAssessment(deps, await now(), stamp())
      expect(objectBy).toBe('2017-09-08')
      await expect(changeRules(deps, await now(), { late: 1 }, stamp())).rejects.toThrow('已经公示')
      await expect(given('office', 2000, '')).rejects.toThrow('已经公示')
      const told = await unitScore(deps, liaison, id, finance)
      // 18.00 × 70 % + 15.00 × 30 % = 17.10
      expect(told?.indicators[1]?.result).toBe(1710)
      const ledger = told?.ledger
      expect(ledger?.lines.reduce((sum, { points }) => sum + points, 0)).toBe(ledger?.score)
      expect(ledger?.lines.map(({ code, round, rule }) => [code, round, rule])).toContainEqual([
        '公开17-1-2',
        '2017-07',
        'onTime',
      ])
      // What comes after the telling changes nothing that was told.
      town.on('2017-09-04')
      await town.as('office').says('退回 市财政局 1-2 7月，链接打不开')
      expect((await unitScore(deps, liaison, id, finance))?.total).toEqual(told?.total)

      await expect(given('object', null, ' ', liaison)).rejects.toThrow('写明理由')
      await given('object', null, '制度8月已印发', liaison)
      await expect(given('object', null, '再说一次', liaison)).rejects.toThrow('已经提出异议')
      await expect(closeAssessment(deps, await now(), stamp())).rejects.toThrow('期满后才能办结')
      town.on('2017-09-11')
      await expect(closeAssessment(deps, await now(), stamp())).rejects.toThrow('1项异议没有答复')
      await given('answer', 1900, '核实属实')
      await expect(given('object', null, '再来', liaison)).rejects.toThrow('异议期到2017-09-08为止')
      await closeAssessment(deps, await now(), stamp())
      const c = machineContext(deps, await deps.cache(deps.store))
      const [final] = await assessed(c, await now(), [finance])
      expect(final?.result.indicators.map(({ result }) => result)).toEqual([told?.indicators[0]?.result, 1900])
      expect((await assessments(deps.store)).map(({ state }) => state)).toEqual(['closed'])
      expect((await verifyLedger(deps.store)).broken).toEqual([])
    }, 60_000)
  })
}
