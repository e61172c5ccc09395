import { readdirSync, readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whyAndWhat } from '../../commands/delivery-words.ts'
import type { Unsent } from '../../db/queries/deliveries.ts'
import { outboxDepth } from '../../db/queries/outbox.ts'
import { reportPushes } from '../../src/cli/push-report.ts'
import { machineContext } from '../../src/flow/machine.ts'
import { officesOf } from '../town/offices.ts'
import { openPushed, type Pushed } from '../town/pushed.ts'

const nextOffice = officesOf('accounts')

const rooms = {
  oc_finance: ['市财政局'],
  oc_edu: ['市教育局'],
  oc_env: ['市环保局'],
  oc_plan: ['市发改委'],
  oc_two: ['市住建局', '市交通局'],
  oc_desk: 'office' as const,
}
const town = (liaisons = {}): Promise<Pushed> => openPushed(nextOffice(), { rooms, liaisons })

/** 应发6 = … + …: the figures of a card, which have to add up. */
const figuresIn = (text: string): Record<string, number> =>
  Object.fromEntries(
    [...text.matchAll(/^(应发|已送达|等待重试|不再需要|发不出|不确定)：(\d+)$/gm)].map(([, k, n]) => [k, Number(n)]),
  )
const addsUp = ({ 应发, ...parts }: Record<string, number>): void =>
  expect(Object.values(parts).reduce((sum, n) => sum + n, 0)).toBe(应发)

describe('why a push has not arrived', () => {
  const now = new Date('2017-08-21T02:00:00Z')
  const row = (state: Unsent['state'], error: string): Unsent => ({
    ...{ state, error, batch: 'week:2017-08-21', room: 'lark:*:oc_1', units: [], attempts: 1, dueAt: now },
    address: { platform: 'lark', route: '*', kind: 'room', id: 'oc_1' },
  })
  it.each<[Unsent['state'], string, string]>([
    ['dead', 'gone: lark 200 code 230002：机器人不在这个群里：请群主重新添加', '机器人不在这个群里：请群主重新添加'],
    ['dead', 'forbidden: wecom errcode 40001：WECOM_SECRET 不对（管理后台）', 'WECOM_SECRET 不对（管理后台）'],
    ['dead', 'forbidden: 有同名的微信群，分不清是哪一个', '有同名的微信群，分不清是哪一个'],
    ['dead', 'no-route: wecom 自建应用只能发给个人', '自建应用只能发给个人'],
    ['dead', 'forbidden: lark 200 code 1', '平台没有允许机器人在群里发消息'],
    [
      'dropped',
      '群里发不出（gone：lark 200 code 230002：请群主重新添加），已改发给周小舟',
      '群里发不出（请群主重新添加），已改发给周小舟',
    ],
    [
      'dropped',
      '群里发不出（gone：said so），已改发给周小舟',
      '群里发不出（机器人已被移出群或群已解散），已改发给周小舟',
    ],
    ['waiting', 'wecom 连不上', '平台暂时没有接受（连不上），等待重试'],
    ['waiting', 'lark 500', '平台暂时没有接受，等待重试'],
    ['unsure', 'lark 没有在限时内回答', '可能已送达，没有收到平台确认'],
  ])('%s, %s', (state, error, words) => expect(whyAndWhat(row(state, error), now)).toBe(words))
})

describe('推送情况', () => {
  // In the room of two units nothing is due this week: its message is dropped when it is composed.
  it('adds up, and names who has not got it and why', async () => {
    const t = await town()
    t.refused.set('oc_finance', 'gone').set('oc_edu', 'unsure').set('oc_env', 'later').set('oc_plan', 'forbidden')
    await t.morning('2017-08-21')
    const text = await t.says('office', '推送情况')
    expect(text).toMatch(/^8月21日推送情况/)
    const figures = figuresIn(text)
    addsUp(figures)
    expect(figures).toEqual({ 应发: 6, 已送达: 1, 等待重试: 1, 不再需要: 1, 发不出: 2, 不确定: 1 })
    expect(text).toMatch(/市财政局群：发不出，机器人已被移出群或群已解散/)
    expect(text).toMatch(/市发改委群：发不出，平台没有允许机器人在群里发消息/)
    expect(text).toMatch(/市教育局群：可能已送达，没有收到平台确认/)
    expect(text).toMatch(/市环保局群：平台暂时没有接受，等待重试/)
    t.refused.clear()
    await t.morning('2017-08-21', '09:30')
    expect(figuresIn(await t.says('office', '本周推送都送到了吗'))).toMatchObject({ 应发: 6, 已送达: 2, 不再需要: 1 })
  })

  it('adds up whatever the platform answers', async () => {
    const answer = fc.constantFrom('sent', 'gone', 'forbidden', 'malformed', 'no-route', 'later', 'unsure')
    const places = Object.keys(rooms)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(answer, { minLength: 6, maxLength: 6 }), { maxLength: 3 }), async (times) => {
        const t = await town()
        for (const [i, answers] of times.entries()) {
          t.refused.clear()
          for (const [at, reason] of answers.entries()) if (reason !== 'sent') t.refused.set(places[at] ?? '', reason)
          await t.morning('2017-08-21', `09:${10 + 20 * i}`)
        }
        const text = await t.says('office', '推送情况')
        if (times.length > 0) addsUp(figuresIn(text))
        const { sent = 0, ...others } = await outboxDepth(t.deps.store)
        const figures = figuresIn(text)
        const all = Object.values(others).reduce((sum, n) => sum + n, sent)
        if (times.length > 0)
          expect([figures.应发, figures.发不出 ?? 0, figures.不确定 ?? 0]).toEqual([
            all - 1,
            others.dead,
            others.unsure,
          ])
      }),
      { numRuns: 12 },
    )
  })

  it('what was no longer true when it was sent is in the account too', async () => {
    const t = await town()
    t.on('2017-08-24', '08:00')
    await t.speaks('liaison:市发改委', 'oc_plan', '2-1已完成')
    await t.says('office', '退回 2-1，链接打不开')
    await t.speaks('liaison:市发改委', 'oc_plan', '2-1已完成')
    await t.morning('2017-08-24', '10:00')
    const text = await t.says('office', '今天推送情况')
    addsUp(figuresIn(text))
    expect(text).toMatch(/市发改委群：不再需要，发送时已无内容/)
    expect(text).toMatch(/【其中】\n.*办理通知（退回、催办、批示等）：应发1 = 已送达0 \+ 不再需要1/)
  })

  it('of many pushes those of a kind are one line, and the lines add up', async () => {
    const t = await town()
    for (const day of [
      '2017-08-21',
      '2017-08-22',
      '2017-08-23',
      '2017-08-24',
      '2017-08-25',
      '2017-08-28',
      '2017-08-29',
    ])
      await t.morning(day)
    const text = await t.says('office', '8月推送情况')
    addsUp(figuresIn(text))
    const lines = [...text.matchAll(/^(周清单|每日提醒)(\d+)次：应发(\d+) = /gm)].map(([, kind, , n]) => [
      kind,
      Number(n),
    ])
    expect(lines.map(([kind]) => kind).sort()).toEqual(['周清单', '每日提醒'])
    expect(lines.reduce((sum, [, n]) => sum + Number(n), 0)).toBe(figuresIn(text).应发)
  })

  it('a long list goes on with 更多', async () => {
    const units = ['市财政局', '市教育局', '市环保局', '市发改委', '市住建局', '市交通局', '市统计局', '市审计局']
    const many = Object.fromEntries(units.flatMap((unit, i) => [[`oc_${i}`, [unit]]]))
    const t = await openPushed(nextOffice(), { rooms: { ...many, oc_desk: 'office' } })
    for (const room of [...Object.keys(many), 'oc_desk']) t.refused.set(room, 'gone')
    await t.morning('2017-08-14')
    for (const unit of units.slice(0, 5)) {
      t.on('2017-08-14', '11:00')
      await t.says('office', `催一下${unit}R-2`)
    }
    await t.morning('2017-08-14', '11:30')
    const first = await t.says('office', '推送情况')
    addsUp(figuresIn(first))
    const left = Number(/还有(\d+)条未显示，回复“更多”查看/.exec(first)?.[1])
    expect(left).toBeGreaterThan(0)
    const rest = await t.says('office', '更多')
    expect(rest.match(/群：发不出/g)?.length ?? 0).toBeGreaterThan(0)
    expect(rest).not.toMatch(/更多/)
  })

  it('says so where nothing was pushed; a unit is told whose it is', async () => {
    const t = await town()
    expect(await t.says('office', '推送情况')).toMatch(/还没有推送过/)
    expect(await t.says('liaison:市财政局', '推送情况')).toMatch(/没有这项权限/)
    expect(await t.says('leader', '推送情况')).toMatch(/没有这项权限/)
  })

  it('the command line prints the same with every name, also of one push', async () => {
    const t = await town({ ou_stat: ['市统计局'] })
    t.refused.set('oc_finance', 'malformed').set('ou_stat', 'gone')
    await t.morning('2017-08-21')
    const context = machineContext(t.deps, await t.deps.cache(t.deps.store))
    const lines = await reportPushes(context, 'week:2017-08-21')
    expect(lines[0]).toBe('周清单（8月21日起的一周） week:2017-08-21：应发7 = 已送达4 + 不再需要1 + 发不出2')
    expect(lines.slice(1).sort()).toEqual([
      'ou_stat员（市统计局联络员）：发不出，账号已停用，或不在机器人的可用范围',
      '市住建局、市交通局群：不再需要，发送时已无内容',
      '市财政局群：发不出，平台不接受这条消息的内容',
    ])
    expect((await reportPushes(context, undefined))[0]).toBe('8月21日：应发7 = 已送达4 + 不再需要1 + 发不出2')
    await expect(reportPushes(context, 'week:2017-01-02')).rejects.toThrow(/没有“week:2017-01-02”这次推送/)
  })
})

describe('消息统计', () => {
  it('tells of each unit what it got unasked, by people’s doing and as answers, and what it was asked', async () => {
    const t = await town()
    await t.morning('2017-08-14')
    await t.morning('2017-08-21')
    t.on('2017-08-21', '10:00')
    await t.speaks('liaison:市财政局', 'oc_finance', '1-2已公开')
    await t.speaks('liaison:市财政局', 'oc_finance', '1-2 7月的已公开 http://czj.example.gov.cn/7')
    await t.speaks('liaison:市住建局', 'oc_two', '本周任务')
    await t.morning('2017-08-21', '10:01')
    await t.says('office', '退回 1-2，链接打不开')
    await t.morning('2017-08-21', '10:02')
    const text = await t.says('office', '本月消息统计')
    expect(text).toMatch(/^12个单位8月消息统计/)
    expect(text).toMatch(/市财政局：主动推送2条、办理通知1条、回答2条（其中追问1次）/)
    expect(text).toMatch(/市住建局：主动推送0条、办理通知0条、回答1条/)
    expect(text).toMatch(/另有\d个单位没有收到消息/)
    expect(text).toMatch(/主动推送每单位每个工作日至多1条（.*另计）；期间15个工作日，实际单日最多1条/)
    expect(await t.says('leader', '本月给市财政局发了多少条消息')).toMatch(/^市财政局8月消息统计/)
    expect(await t.says('office', '上月给各单位发了多少条消息')).toMatch(/合计：主动推送0条/)
    expect(await t.says('liaison:市财政局', '市财政局完成率多少')).toMatch(/8月督办给市财政局发消息：主动推送2条/)
  })

  it('the offer to show more is no question', async () => {
    const t = await town()
    t.on('2017-08-21', '10:00')
    await t.speaks('office', 'oc_desk', '任务清单')
    const { t: tables, q, office } = t.deps.store
    const rows = await q
      .select({ asks: tables.outbox.asks, card: tables.outbox.card })
      .from(tables.outbox)
      .where(eq(tables.outbox.office, office))
    expect(rows.filter(({ card }) => card?.buttons?.some(({ label }) => label === '更多'))).toHaveLength(1)
    expect(rows.filter(({ asks }) => asks)).toEqual([])
  })
})

/** Everything that the program says stands in its source or on the page of commands. */
const said = (): string[] => {
  const root = new URL('../../', import.meta.url)
  const files = ['commands', 'src', 'adapters'].flatMap((top) =>
    readdirSync(new URL(top, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${top}/${name}`),
  )
  const own = files.filter((path) => !path.startsWith('src/chat/') && !path.startsWith('src/plan/'))
  return [...own, 'docs/commands.md'].map((path) => readFileSync(new URL(path, root), 'utf8'))
}

it('nobody is ever asked to answer 收到', () => {
  const texts = said()
  expect(texts.length).toBeGreaterThan(100)
  for (const text of texts) expect(text).not.toMatch(/(?:请|要|须|务必|并)(?:各单位|及时|尽快|您)?回复[“"「]?收到/)
})
