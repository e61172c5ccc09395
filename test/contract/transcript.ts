import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OfficeStore } from '../../db/store.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { AnswerRow } from '../../src/model/card.ts'
import type { Who } from '../town/members.ts'

/** What came back: its words, and, where the channel tells them, the duties that it speaks of. */
export interface Heard {
  words: string
  rows?: readonly AnswerRow[]
}

/** A way into the town's office: the terminal, or a platform's door. */
export interface Stage {
  store: OfficeStore
  /** It is ten o'clock of that day. */
  on(day: string): Promise<void>
  says(who: Who, text: string): Promise<Heard>
  close(): Promise<void>
}

/** The main job, in the order of a month, as the first conversation has it: the same words in, the same ledger behind. */
export const transcriptContract = (name: string, open: () => Promise<Stage>): void => {
  describe(`the main job, in the order of a month, ${name}`, () => {
    let stage: Stage
    beforeAll(async () => {
      stage = await open()
    })
    afterAll(() => stage?.close())
    const says = (who: Who, text: string) => stage.says(who, text)
    const hears = ({ words }: Heard, ...patterns: RegExp[]) => {
      for (const pattern of patterns) expect(words).toMatch(pattern)
    }
    /** What an answer speaks of, where it tells: task, round, state. */
    const speaksOf = ({ rows }: Heard, expected: string[][]) => {
      if (rows) expect(rows.map(({ task, round, state }) => [task, round, state])).toEqual(expected)
    }
    /** How the finance bureau's monthly task 1-2 stands in a round. */
    const stateOf = async (round: string) => {
      const { t, q, office } = stage.store
      const found = await q
        .select({ state: t.duties.state })
        .from(t.duties)
        .innerJoin(t.tasks, and(eq(t.tasks.office, office), eq(t.tasks.id, t.duties.task)))
        .innerJoin(t.units, and(eq(t.units.office, office), eq(t.units.id, t.duties.unit)))
        .where(
          and(
            ...[eq(t.duties.office, office), eq(t.duties.round, round)],
            ...[eq(t.tasks.number, '1-2'), eq(t.units.name, '市财政局')],
          ),
        )
      return found.map(({ state }) => state)
    }
    const factsOf = async (kind: string) => {
      const { t, q, office } = stage.store
      return q
        .select({ kind: t.facts.kind })
        .from(t.facts)
        .where(and(eq(t.facts.office, office), eq(t.facts.kind, kind)))
    }

    it('a leader asks what is due and hears it, and what is overdue apart', async () => {
      await stage.on('2017-08-15')
      const answer = await says('leader', '本月市财政局有哪些到期任务')
      hears(answer, /1-2/, /7月/, /8月31日到期/, /此前逾期/)
      if (answer.rows)
        expect(answer.rows).toContainEqual({
          plan: '公开17',
          task: '1-2',
          unit: '市财政局',
          round: '2017-07',
          due: '2017-08-31',
          state: 'open',
          light: 'green',
        })
    })

    it('“正在办，还没公开” is progress and closes nothing', async () => {
      hears(await says('finance', '1-2 7月的正在办，还没公开'), /已记录进展/)
      const review = await says('office', '待审核的反馈')
      hears(review, /没有这样的任务/)
      speaksOf(review, [])
      expect(await stateOf('2017-07')).toEqual(['open'])
    })

    it('the liaison reports, the office finds it under review', async () => {
      const reported = await says('finance', '1-2 7月的已公开 http://czj.example.gov.cn/201708/1.html')
      hears(reported, /已收到反馈/, /1-2/, /7月/)
      const review = await says('office', '待审核的反馈')
      hears(review, /1-2/, /市财政局/)
      speaksOf(review, [['1-2', '2017-07', 'review']])
      expect(await stateOf('2017-07')).toEqual(['review'])
    })

    it('another unit’s report is refused with the reason and written down', async () => {
      hears(await says('audit', '1-2已完成'), /不是本单位的任务/, /市财政局/)
      expect(await factsOf('refused')).toHaveLength(1)
      speaksOf(await says('office', '待审核的反馈'), [['1-2', '2017-07', 'review']])
    })

    it('a liaison may not approve; the office may, and then it is done', async () => {
      hears(await says('finance', '通过 1-2'), /没有这项权限/)
      hears(await says('office', '通过 1-2'), /审核通过/, /8月15日办结/)
      const done = await says('leader', '本月市财政局已经完成了哪些')
      hears(done, /1-2/, /办结/)
      speaksOf(done, [['1-2', '2017-07', 'done']])
      hears(await says('office', '待审核的反馈'), /没有这样的任务/)
      expect(await stateOf('2017-07')).toEqual(['done'])
    })

    it('a report without a period where two rounds are open is asked, and the number answers', async () => {
      await stage.on('2017-10-10')
      hears(await says('finance', '1-2已公开'), /请说明是哪一期/, /6月/, /8月/)
      hears(await says('finance', '2'), /已收到反馈/, /8月/)
      expect(await stateOf('2017-08')).toEqual(['review'])
    })

    it('sent back with a reason, it is open again with a new day', async () => {
      hears(await says('office', '退回 1-2，链接打不开'), /已退回/, /链接打不开/)
      const back = await says('finance', '退回的任务有哪些')
      hears(back, /1-2/, /10月13日/)
      speaksOf(back, [['1-2', '2017-08', 'returned']])
      expect(await stateOf('2017-08')).toEqual(['returned'])
      hears(await says('finance', '我局逾期的任务有哪些'), /6月/)
    })

    it('the ledger is whole', async () => {
      expect((await verifyLedger(stage.store)).broken).toEqual([])
    })
  })
}
