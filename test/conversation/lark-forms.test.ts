import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createLarkAdapter } from '../../adapters/lark/index.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { createFakeLark, larkConfig, type SentCard } from '../fakes/lark.ts'
import { allOf, checkLarkCard, type FakeLarkCard, larkWords } from '../fakes/lark-card.ts'
import type { Wire } from '../fakes/wire.ts'
import { accounts, type Who } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTownOn, webhookOf } from '../town/platform.ts'

const nextOffice = officesOf('forms')

/** What a press is answered with. */
interface Pressed {
  toast?: { type: string; content: string }
  card?: { type: string; data: FakeLarkCard }
}

/** A town on Lark: words said in a group or a single chat, and forms that are sent off. */
const open = async (day: string) => {
  const opened = await openTownOn(nextOffice(), 'lark', (now) => {
    const fake = createFakeLark(larkConfig, now)
    return { fake, adapter: createLarkAdapter(larkConfig, { fetch: fake.fetch, now }) }
  })
  const { fake, town } = opened
  town.on(day)
  const post = webhookOf(opened)
  const send = async (wire: Wire) => {
    const response = await post(wire)
    expect(response.status).toBe(200)
    return (await response.json()) as Pressed
  }
  return {
    town,
    fake,
    says: async (who: Who, text: string, chat?: string): Promise<SentCard> => {
      const before = fake.sent.length
      await send(fake.says({ from: accounts[who], text, ...(chat && { chat, at: true }) }))
      const sent = fake.sent[before]
      if (!sent) throw new Error(`no answer to ${text}`)
      // A reply has no receiver of its own.
      return { ...sent, to: chat ?? accounts[who] }
    },
    submits: async (who: Who, sent: SentCard, values: Record<string, unknown>) => {
      const answer = await send(fake.submits(accounts[who], sent, values))
      if (answer.card) expect(checkLarkCard(answer.card.data)).toBeUndefined()
      return answer
    },
    presses: (who: Who, sent: SentCard, label: string) => send(fake.presses(accounts[who], sent, label)),
    facts: async () => {
      const { t, q, office } = town.deps.store
      const all = await q
        .select({ kind: t.facts.kind, body: t.facts.body, words: t.facts.words })
        .from(t.facts)
        .where(and(eq(t.facts.office, office), eq(t.facts.subject, 'duty')))
      return all.filter(({ kind }) => kind === 'reported' || kind === 'cleared')
    },
  }
}

const inputsOf = ({ card }: SentCard) =>
  allOf(card.body.elements).flatMap(({ tag, name, options }) =>
    tag === 'input' || tag === 'select_static'
      ? [[name, ...(options ?? []).map(({ text, value }) => `${value} ${text.content}`)].join(': ')]
      : [],
  )

describe('a liaison reports on the card of its task', () => {
  it('with the month, links and who looked at it for secrecy, at once and shown as it then stands', async () => {
    const t = await open('2017-08-15')
    const card = await t.says('finance', '1-2是什么')
    expect(inputsOf(card)).toEqual(['period: 2017-06 6月: 2017-07 7月: 2017-08 8月', 'links', 'reviewer', 'note'])
    const { toast, card: now } = await t.submits('finance', card, {
      period: '2017-07',
      links: 'http://a.gov.cn/1 http://a.gov.cn/2',
      reviewer: '王静',
      note: '附说明一份',
    })
    expect(toast).toEqual({ type: 'success', content: '已收到反馈，待审核' })
    const words = larkWords(now?.data as FakeLarkCard)
    for (const part of ['7月', '待审核（已保密审查）', 'http://a.gov.cn/2', '王静']) expect(words).toContain(part)
    expect(await t.facts()).toMatchObject([
      { kind: 'reported', body: { links: ['http://a.gov.cn/1', 'http://a.gov.cn/2'] }, words: { text: '附说明一份' } },
      { kind: 'cleared', words: { by: '王静' } },
    ])
    expect((await verifyLedger(t.town.deps.store)).broken).toEqual([])
  })

  it('without a secrecy review is offered the button, and in a group is heard by the office', async () => {
    const t = await open('2017-08-15')
    const { card } = await t.submits('finance', await t.says('finance', '1-2是什么', 'oc_finance'), {
      period: '2017-06',
    })
    const buttons = allOf(card?.data.body.elements ?? []).filter(({ tag }) => tag === 'button')
    expect(buttons.map(({ text }) => text?.content)).toEqual(['已经保密审查'])
    expect((await t.facts()).map(({ kind }) => kind)).toEqual(['reported'])
    expect(larkWords((await t.says('office', '待审核的反馈')).card)).toContain('市财政局')
  })

  it('asked which month it means, chooses it there; its words and links stay', async () => {
    const t = await open('2017-10-20')
    const card = await t.says('finance', '1-2 已公开 http://a.gov.cn/x，已经保密审查')
    expect(inputsOf(card)).toEqual([expect.stringMatching(/^period: 2017-06 6月: .*2017-09 9月/)])
    await t.submits('finance', card, { period: '2017-08' })
    const facts = await t.facts()
    expect(facts.map(({ kind }) => kind)).toEqual(['reported', 'cleared'])
    expect(facts[0]?.body).toMatchObject({ links: ['http://a.gov.cn/x'] })
    expect(facts[0]?.words).toMatchObject({ text: expect.stringContaining('已经保密审查') })
  })

  it('or says so in words, with who looked at it', async () => {
    const t = await open('2017-08-15')
    const usage = larkWords((await t.says('finance', '1-2是什么')).card)
    expect(usage).toMatch(/1-2 6月的已完成 http:\/\/…，已经保密审查（审查人：姓名）|1&#45;2 6月的已完成/)
    await t.says('finance', '1-2 6月的已完成 http://a.gov.cn/6，已经保密审查（审查人：王静）')
    expect(await t.facts()).toMatchObject([{ kind: 'reported' }, { kind: 'cleared', words: { by: '王静' } }])
  })

  it('sent off by another unit’s liaison reports nothing, and leaves the card as it is', async () => {
    const t = await open('2017-08-15')
    const card = await t.says('finance', '1-2是什么', 'oc_work')
    for (const who of ['audit', 'leader'] as const) {
      const answer = await t.submits(who, card, { period: '2017-07' })
      expect(answer.card).toBeUndefined()
      expect(answer.toast?.content).toMatch(/不是本单位的任务|没有这项权限/)
    }
    expect(await t.facts()).toEqual([])
  })

  it('filled in wrongly is told what is wrong, and nothing is reported', async () => {
    const t = await open('2017-08-15')
    const card = await t.says('finance', '1-2是什么')
    const wrong: [values: Record<string, unknown>, told: RegExp][] = [
      [{ period: ['2017-06', '2017-07'] }, /填得不对：期次/],
      [{ period: '2017-07', links: `http://a.gov.cn/${'x'.repeat(10_000)}` }, /填得不对：链接/],
      [{ period: '2017-07', links: '网上已经公开' }, /链接不对/],
      [{ period: '2017-07', reviewer: { name: '王静' }, note: 7 }, /填得不对：保密审查人、说明/],
    ]
    for (const [values, told] of wrong) {
      const answer = await t.submits('finance', card, values)
      expect([answer.toast?.content, answer.card]).toEqual([expect.stringMatching(told), undefined])
    }
    // No such month, and none chosen where the platform did not insist.
    const known = await t.submits('finance', card, { period: '2016-01' })
    expect(larkWords(known.card?.data as FakeLarkCard)).toMatch(/没有这一期/)
    const none = await t.submits('finance', card, {})
    expect(larkWords(none.card?.data as FakeLarkCard)).toMatch(/请说明是哪一期/)
    expect(await t.facts()).toEqual([])
  })

  it('bearing a secrecy mark is kept nowhere', async () => {
    const t = await open('2017-08-15')
    const card = await t.says('finance', '1-2是什么')
    const answer = await t.submits('finance', card, { period: '2017-07', note: '机密★一年 关于收支的情况' })
    expect(answer.toast?.content).toMatch(/涉密内容不能发到这里/)
    expect(await t.facts()).toEqual([])
  })

  it('twice, or long after, is shown how the duty stands', async () => {
    const t = await open('2017-08-15')
    const card = await t.says('finance', '1-2是什么')
    await t.submits('finance', card, { period: '2017-07', links: 'http://a.gov.cn/1' })
    await t.says('office', '通过 1-2')
    const again = await t.submits('finance', card, { period: '2017-07' })
    expect(again.toast?.type).toBe('warning')
    expect(larkWords(again.card?.data as FakeLarkCard)).toMatch(/7月 已于8月15日办结/)
    expect((await t.facts()).filter(({ kind }) => kind === 'reported')).toHaveLength(1)
  })

  it('of one duty alone asks for no period, and once reported says so', async () => {
    const t = await open('2017-08-15')
    const card = await t.says('finance', 'R-2是什么')
    expect(inputsOf(card)).toEqual(['links', 'reviewer', 'note'])
    await t.submits('finance', card, { links: 'http://a.gov.cn/1' })
    await t.says('office', '通过 R-2 市财政局')
    const again = await t.submits('finance', card, {})
    const words = larkWords(again.card?.data as FakeLarkCard)
    expect(words).toMatch(/情况已有变化/)
    expect(words).toMatch(/目前状态\W+.*R-2.*8月15日办结/)
    expect((await t.facts()).filter(({ kind }) => kind === 'reported')).toHaveLength(1)
  })

  it('has no form where there is nothing to report, nor for whoever is no liaison', async () => {
    const t = await open('2017-08-15')
    expect(inputsOf(await t.says('leader', '1-2是什么'))).toEqual([])
    expect(inputsOf(await t.says('office', '1-2是什么'))).toEqual([])
    const card = await t.says('finance', '1-2是什么')
    for (const period of ['2017-06', '2017-07', '2017-08']) await t.submits('finance', card, { period })
    expect(inputsOf(await t.says('finance', '1-2是什么'))).toEqual([])
  })
})
