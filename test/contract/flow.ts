import { describe, expect, it } from 'vitest'
import { actorOf } from '../../src/cli/turn.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { applyReissue } from '../../src/flow/import.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { Incoming } from '../../src/model/message.ts'
import { parse } from '../../src/plan/parse.ts'
import { townPlan } from '../town/plan.ts'
import { openTown, type Town } from '../town/town.ts'
import { writersOn } from './fixture.ts'
import type { Office } from './store.ts'

const message = (id: string, text: string, who: string): Incoming => ({
  id,
  platform: 'console',
  route: 'local',
  at: new Date('2017-08-15T02:00:00Z'),
  from: { id: who, name: who },
  room: { platform: 'console', route: 'local', kind: 'person', id: who },
  addressed: true,
  text,
})

const say = async (town: Town, id: string, text: string, as: string) =>
  dispatch(town.deps, message(id, text, as), true, await actorOf({ deps: town.deps }, as))

/** What the flow promises on every database: each message once, chains without gaps, offices apart. */
export const flow = (office: Office): void => {
  describe('flow', () => {
    it('answers 10 messages, delivered 4 times each and all at once, once each', async () => {
      const town = await openTown(office())
      town.on('2017-08-15')
      const turns = await Promise.all(
        Array.from({ length: 40 }, (_, i) => say(town, `m${i % 10}`, `1-2正在办，第${i % 10}稿`, 'liaison:市财政局')),
      )
      const states = turns.map((turn) => turn.status)
      expect(states.filter((state) => state === 'answered')).toHaveLength(10)
      expect(states.filter((state) => state === 'seen')).toHaveLength(30)
      const { t, q } = town.deps.store
      const facts = await q.select({ id: t.facts.id, kind: t.facts.kind, office: t.facts.office }).from(t.facts)
      expect(facts.filter((fact) => fact.kind === 'progressed' && fact.office === town.deps.store.office)).toHaveLength(
        10,
      )
      expect((await verifyLedger(town.deps.store)).broken).toEqual([])
    }, 60_000)

    it('takes many writers on one duty, each once, in one chain', async () => {
      const town = await openTown(office())
      town.on('2017-08-15')
      const turns = await Promise.all(
        Array.from({ length: writersOn[town.deps.store.dialect] }, (_, i) =>
          say(town, `w${i}`, `1-2正在办，第${i}稿`, 'liaison:市财政局'),
        ),
      )
      expect(turns.every((turn) => turn.status === 'answered')).toBe(true)
      expect((await verifyLedger(town.deps.store)).broken).toEqual([])
      const { rows } = await town.as('office').says('1-2号任务是什么')
      expect(rows.length).toBeGreaterThan(0)
    }, 60_000)

    it('takes a plan over that is issued again, while its units report', async () => {
      const town = await openTown(office())
      town.on('2017-08-15')
      const text = townPlan
        .replace('2017年8月25日前，在', '2017年9月15日前，在')
        .replace('（市教育局、东河区政府、西山县政府）', '（市教育局、市审计局）')
        .replace('4. 推进教育', '4. 推进食品安全信息公开。2017年10月底前公开抽检结果（市环保局）。\n\n5. 推进教育')
      const { plans } = (await town.deps.cache(town.deps.store)).view
      const stamp = { by: 'admin:test', via: 'test:reissue', at: town.deps.now() }
      const [applied, heard] = await Promise.all([
        applyReissue(town.deps, plans[0]?.id ?? '', parse(text), new TextEncoder().encode(text), stamp),
        say(town, 'meanwhile', '1-2 7月的已公开 http://czj.example.gov.cn/1', 'liaison:市财政局'),
      ])
      expect(applied).toMatchObject({ added: 1, changed: 2, dropped: 0, opened: 2, waived: 2 })
      expect(heard.status).toBe('answered')
      expect((await town.as('office').says('待审核的反馈')).codes).toEqual(['1-2'])
      const rows = (await town.as('office').says('5-1号任务是什么')).rows
      expect(rows.map((row) => [row.unit, row.state]).sort()).toContainEqual(['市审计局', 'open'])
      expect((await verifyLedger(town.deps.store)).broken).toEqual([])
    }, 60_000)

    it('opens tasks that the office adds and occurrences of an event, each once, however many write at once', async () => {
      const plan = townPlan.replace('持续做好重污染天气应急信息公开', '突发事件发生后24小时内发布权威信息')
      const town = await openTown(office(), { plan })
      town.on('2017-08-15')
      const units = ['市财政局', '市审计局', '市环保局', '市教育局']
      const added = await Promise.all(
        units.map((unit, i) =>
          say(town, `a${i}`, `新增任务：${unit}9月15日前报送整改情况，来源：8月10日常务会`, 'office'),
        ),
      )
      expect(added.map(({ rows }) => rows[0]?.task).sort()).toEqual(['1', '2', '3', '4'])
      const begun = await Promise.all(
        ['office', 'liaison:市环保局', 'office'].map((who, i) => say(town, `e${i}`, '3-2触发，8月14日15:30', who)),
      )
      expect(begun.map(({ rows }) => rows.length)).toEqual([1, 1, 1])
      const { rows } = await town.as('office').says('3-2号任务是什么')
      expect(rows.map(({ round, state }) => [round, state])).toEqual([
        ['2017-08-14T15:30', 'open'],
        ['waiting', 'waiting'],
      ])
      await say(town, 'joins', '3-2增加牵头单位市教育局，因上级要求', 'office')
      expect((await town.as('office').says('3-2号任务是什么')).rows.length).toBeGreaterThan(2)
      expect((await verifyLedger(town.deps.store)).broken).toEqual([])
    }, 60_000)

    it('a report is approved or taken back, never both', async () => {
      const town = await openTown(office())
      town.on('2017-08-15')
      await say(town, 'r', '4-1已公开', 'liaison:市教育局')
      const [approved, withdrawn] = await Promise.all([
        say(town, 'x', '通过 4-1', 'office'),
        say(town, 'y', '撤回4-1', 'liaison:市教育局'),
      ])
      const won = [/审核通过/.test(approved.reply?.title ?? ''), /撤回/.test(withdrawn.reply?.title ?? '')]
      expect(won.filter(Boolean)).toHaveLength(1)
      expect((await verifyLedger(town.deps.store)).broken).toEqual([])
    }, 60_000)

    it('keeps two offices with equal numbers, names and message ids apart', async () => {
      const [a, b] = [await openTown(office()), await openTown(office())]
      for (const town of [a, b]) town.on('2017-08-15')
      await say(a, 'same', '1-2 7月的已公开 http://czj.example.gov.cn/1', 'liaison:市财政局')
      expect((await a.as('office').says('待审核的反馈')).codes).toEqual(['1-2'])
      expect((await b.as('office').says('待审核的反馈')).codes).toEqual([])
      expect((await say(b, 'same', '帮助', 'leader')).status).toBe('answered')
    }, 60_000)
  })
}
