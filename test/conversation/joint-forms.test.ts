import { and, eq } from 'drizzle-orm'
import { afterEach, describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/flow/verify.ts'
import { checkLarkCard, type FakeLarkCard, larkWords } from '../fakes/lark-card.ts'
import type { Wire } from '../fakes/wire.ts'
import { accounts, type Who } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import type { Joint } from './joint.ts'
import { type JointOffice, openLarkLine, openOffice } from './joint-office.ts'

const office = officesOf('joint-forms')
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** What reports are in the ledger: of which period, with which links, and who looked at them. */
const reported = async ({ deps: { store } }: Joint | JointOffice) => {
  const { t, q } = store
  const rows = await q
    .select({ kind: t.facts.kind, body: t.facts.body, words: t.facts.words, period: t.duties.round })
    .from(t.facts)
    .innerJoin(t.duties, and(eq(t.duties.id, t.facts.id), eq(t.duties.office, t.facts.office)))
    .where(and(eq(t.facts.office, store.office), eq(t.facts.subject, 'duty')))
  return rows.filter(({ kind }) => kind === 'reported' || kind === 'cleared')
}

describe('on WeCom’s app a liaison chooses the period from lists', () => {
  const SAID = '1-2 已公开 http://a.gov.cn/x，已经保密审查（审查人：王静）'
  const open = async () => {
    const t = await openOffice(office(), '2017-10-20')
    closing.push(t.close)
    const hears = async (wire: Wire) => {
      const before = t.app.sent.length
      await t.hands(wire)
      return t.app.sent.slice(before)
    }
    const asked = await hears(t.app.says({ from: accounts.finance, text: SAID }))
    const form = asked.find(({ card }) => card?.card_type === 'multiple_interaction')?.card
    if (!form) throw new Error('no form')
    const chooses = async (who: Who, options: string[]) => {
      const key = form.submit_button?.key ?? ''
      const said = await hears(t.app.submits(accounts[who], key, { period: options }, form.task_id))
      return said.map(({ words }) => words).join('\n')
    }
    return { t, form, chooses }
  }

  it('and what was said with it is in the ledger: period, links, who looked at it for secrecy', async () => {
    const { t, form, chooses } = await open()
    const options = form.select_list?.map(({ question_key, option_list }) => [
      question_key,
      ...option_list.map(({ id }) => id),
    ])
    expect(options).toEqual([['period', '-', '2017-06', '2017-07', '2017-08', '2017-09']])
    const told = await chooses('finance', ['2017-08'])
    expect(told).toMatch(/已收到反馈，待审核[\s\S]*8月[\s\S]*http:\/\/a\.gov\.cn\/x[\s\S]*王静/)
    expect(await reported(t)).toMatchObject([
      { kind: 'reported', period: '2017-08', body: { links: ['http://a.gov.cn/x'] }, words: { text: SAID } },
      { kind: 'cleared', period: '2017-08', words: { by: '王静' } },
    ])
    // The card that was sent off says what came of it, and cannot be sent off again.
    expect(t.app.changed).toMatchObject([{ to: accounts.finance, greyed: '已收到反馈，待审核' }])
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })

  it.each([
    ['nothing', 'finance', ['-'], /请说明是哪一期/],
    ['no such period', 'finance', ['2016-01'], /没有这一期/],
    ['several', 'finance', ['2017-07', '2017-08'], /填得不对：期次/],
    ['another unit’s', 'audit', ['2017-08'], /不是本单位的任务/],
  ] as const)('chosen wrongly, that is told and nothing is reported: %s', async (_, who, options, told) => {
    const { t, chooses } = await open()
    expect(await chooses(who, [...options])).toMatch(told)
    expect(await reported(t)).toEqual([])
    // Asked anew by a form of its own; else what was chosen wrongly can be chosen again.
    const asked = options[0] === '-' ? ['请说明是哪一期'] : []
    expect(t.app.changed.map(({ greyed }) => greyed)).toEqual(asked)
  })
})

describe('on Lark by long connection', () => {
  const open = async () => {
    const line = await openLarkLine(office())
    closing.push(line.close)
    return { ...line, t: line.joint }
  }

  it('a form that is sent off is a report, and the card is answered with its new face', async () => {
    const { t, fake, push } = await open()
    await push(fake.says({ from: accounts.finance, text: '1-2是什么' }))
    const [card] = fake.sent
    if (!card) throw new Error('no card')
    const shown = { ...card, to: accounts.finance }
    const values = { period: '2017-07', links: 'http://a.gov.cn/1 http://a.gov.cn/2', reviewer: '王静', note: '附说明' }
    const wrong = await push(fake.submits(accounts.finance, shown, { ...values, links: '网上已经公开' }))
    expect(wrong).toMatchObject({ code: 200, data: { toast: { content: expect.stringMatching(/链接不对/) } } })
    expect(wrong.data).not.toHaveProperty('card')
    expect(await reported(t)).toEqual([])

    const before = fake.sent.length
    const { code, data } = await push(fake.submits(accounts.finance, shown, values))
    const { toast, card: face } = data as { toast: object; card: { data: FakeLarkCard } }
    expect([code, toast]).toEqual([200, { type: 'success', content: '已收到反馈，待审核' }])
    expect(checkLarkCard(face.data)).toBeUndefined()
    expect(larkWords(face.data)).toMatch(/7月[\s\S]*http:\/\/a\.gov\.cn\/2[\s\S]*王静/)
    expect([fake.sent.length, fake.world.patched]).toEqual([before, []])
    expect(await reported(t)).toMatchObject([
      { kind: 'reported', period: '2017-07', body: { links: ['http://a.gov.cn/1', 'http://a.gov.cn/2'] } },
      { kind: 'cleared', period: '2017-07', words: { by: '王静' } },
    ])
    expect((await verifyLedger(t.deps.store)).broken).toEqual([])
  })
})
