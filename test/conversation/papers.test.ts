import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../../db/queries/duties.ts'
import { factsOfKind, paperHeads, paperRow } from '../../db/queries/paper-rows.ts'
import { mayRead } from '../../src/flow/console/papers.ts'
import { draftPaper, redraftPaper } from '../../src/flow/paper/draft.ts'
import { issuePaper } from '../../src/flow/paper/issue.ts'
import { rectifications } from '../../src/flow/paper/rectify.ts'
import { signPaper, submitPaper, voidPaper } from '../../src/flow/paper/sign.ts'
import { changeSettings } from '../../src/flow/settings.ts'
import { tick } from '../../src/flow/tick.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { PaperAsk } from '../../src/model/paper-life.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('papers')

const DAY = '2017-09-06'
const town = async (): Promise<Rooms> => {
  const opened = await openRooms(nextOffice())
  opened.on(DAY)
  return opened
}
const stampIn = ({ deps }: Rooms) => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })
const asked: PaperAsk = { kind: 'bulletin', window: { from: '2017-07-01', to: '2017-09-30' }, plan: '', units: [] }
const whole = async ({ deps }: Rooms) => expect((await verifyLedger(deps.store)).broken).toEqual([])

/** The one paper of the office. */
const only = async ({ deps }: Rooms) => {
  const [head] = await paperHeads(deps.store)
  const row = head && (await paperRow(deps.store, head.id))
  if (!row) throw new Error('no paper')
  return row
}
const signed = (t: Rooms, id: string, more: object = {}) =>
  signPaper(t.deps, { id, signer: '李副市长', number: '某督〔2017〕3号', on: DAY, ...more }, stampIn(t))
const issuedCards = async (t: Rooms, unit: string) => (await t.heard(unit)).filter((text) => /已印发/.test(text))

describe('通报', () => {
  it('is drafted on a word; a yes, 同意 or 签发 in the chat signs nothing and tells how it is signed', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('生成三季度通报')).hears(/已起草：.*三季度.*通报/, /数据截至：9月6日/, /签发前不得印发/)
    const { id } = await only(t)
    for (const words of ['同意', '是', '签发', '同意印发三季度通报', '通报可以发了'])
      expect((await office.says(words)).text, words).toMatch(/不算签发/)
    ;(await t.as('leader').says('签发')).hears(/不算签发/, /本人签发/)
    expect((await only(t)).state).toBe('draft')
    await submitPaper(t.deps, { id }, stampIn(t))
    ;(await t.as('leader').says('有哪些待签发')).hears(/待签发1份/, /三季度/)
    ;(await office.says('同意签发')).hears(/不算签发/, /三季度/)
    expect((await only(t)).state).toBe('pending')
    await expect(issuePaper(t.deps, { id }, stampIn(t))).rejects.toThrow(/没有签发的文书不能推送/)
    expect(await issuedCards(t, '市财政局')).toEqual([])
    await whole(t)
  })

  it('asked for again it is drafted anew with the difference told, and what was asked to be signed has to be asked again', async () => {
    const t = await town()
    await t.as('office').says('生成三季度通报')
    const { id } = await only(t)
    await submitPaper(t.deps, { id }, stampIn(t))
    await t.as('liaison:市财政局').says('1-2 7月的已公开 http://czj.example.gov.cn/7')
    t.on('2017-09-07')
    ;(await t.as('office').says('生成三季度通报')).hears(/已重新起草/, /数据截至：9月7日/, /与上一稿相比：新增\d+行/)
    expect(await only(t)).toMatchObject({ id, state: 'draft' })
    expect((await only(t)).content.asOf).toBe('2017-09-07')
    const again = await redraftPaper(t.deps, { id }, stampIn(t))
    expect(again?.before).toEqual(again?.after)
  })

  it('is signed with signer, number and day, and none of them wrong', async () => {
    const t = await town()
    const made = await draftPaper(t.deps, asked, stampIn(t))
    const id = made?.id ?? ''
    const { version } = await only(t)
    await expect(signed(t, id, { on: '2017-09-05' })).rejects.toThrow(/早于成文.*2017-09-06/)
    await expect(signed(t, id, { on: '2017-09-07' })).rejects.toThrow(/还没有到/)
    await expect(signed(t, id, { on: '9月6日' })).rejects.toThrow(/应是日期/)
    await expect(signed(t, id, { signer: ' ' })).rejects.toThrow(/签发人/)
    await expect(signed(t, id, { number: '' })).rejects.toThrow(/文号/)
    await expect(signed(t, id, { until: DAY })).rejects.toThrow(/今天.*以后/)
    await t.as('office').says('生成三季度通报')
    expect(await signed(t, id, { version })).toBeUndefined()
    expect((await only(t)).state).toBe('draft')
    expect(await signed(t, id)).toMatchObject({ opened: expect.any(Array) })
    await expect(signed(t, id)).rejects.toThrow(/已经签发/)
    await expect(redraftPaper(t.deps, { id }, stampIn(t))).rejects.toThrow(/不能重新起草/)
    const other = await draftPaper(t.deps, asked, stampIn(t))
    expect(other?.natural).toBe('bulletin:2017-Q3#2')
    await expect(signed(t, other?.id ?? '', { number: '某督[2017]3号' })).rejects.toThrow(/已经用于/)
    await expect(voidPaper(t.deps, { id, reason: '' }, stampIn(t))).rejects.toThrow(/理由/)
    const list = await draftPaper(t.deps, { ...asked, kind: 'dispatch' }, stampIn(t))
    await expect(signed(t, list?.id ?? '')).rejects.toThrow(/不需要签发/)
    await whole(t)
  })

  it('is not signed with the words of what was set 内部 since; drafted anew it is', async () => {
    const t = await town()
    const office = t.as('office')
    await draftPaper(t.deps, asked, stampIn(t))
    const { id, content } = await only(t)
    const code = content.matters[0]?.code ?? ''
    ;(await office.says(`${code}设为内部`)).hears(/已设为内部/)
    await expect(signed(t, id)).rejects.toThrow(new RegExp(`${code}设为了内部`))
    expect((await only(t)).state).toBe('draft')
    await redraftPaper(t.deps, { id }, stampIn(t))
    await signed(t, id)
    expect((await only(t)).state).toBe('signed')
  })

  it('opens a 整改 for each matter that it names, once, and none for what was done meanwhile', async () => {
    const t = await town()
    const first = await draftPaper(t.deps, asked, stampIn(t))
    const matters = first?.content.matters ?? []
    expect(matters.length).toBeGreaterThan(1)
    await t.as('liaison:市财政局').says('1-2 7月的已公开 http://czj.example.gov.cn/7')
    const words = async () => JSON.stringify((await paperRow(t.deps.store, first?.id ?? ''))?.content.blocks)
    expect(await words()).toMatch(/整改期限：登记签发时填写/)
    const done = await signed(t, first?.id ?? '', { until: '2017-09-20' })
    // The day of the signature's form stands in the paper that is signed.
    expect(await words()).toMatch(/请于2017年9月20日前完成整改/)
    expect(await words()).not.toMatch(/登记签发时填写/)
    expect((done?.opened.length ?? 0) + (done?.skipped.length ?? 0)).toBe(matters.length)
    expect(done?.skipped.map(({ why }) => why)).toEqual(['review'])
    ;(await t.as('office').says('交办17-1号任务是什么')).hears(/整改：/, /某督〔2017〕3号 公开17-/, /9月20日/)
    const opened = await rectifications(t.deps.store)
    expect(opened.map(({ own, until }) => [own.length, until])).toEqual(opened.map(() => [1, '2017-09-20']))
    const [fact] = await factsOf(t.deps.store, 'task', [opened[0]?.task ?? ''])
    expect(fact?.body).toMatchObject({ paper: first?.id, duty: opened[0]?.duty })
    t.on('2017-09-08')
    const second = await draftPaper(t.deps, asked, stampIn(t))
    const twice = await signed(t, second?.id ?? '', { number: '某督〔2017〕4号', on: '2017-09-08' })
    expect(twice?.opened).toEqual([])
    expect(new Set(twice?.skipped.map(({ why }) => why))).toEqual(new Set(['open']))
    await whole(t)
  })

  it('is told to each unit that it names, once, in hours, with its own rows alone', async () => {
    const t = await town()
    const made = await draftPaper(t.deps, asked, stampIn(t))
    const id = made?.id ?? ''
    await signed(t, id)
    t.on(DAY, '20:00')
    const told = await issuePaper(t.deps, { id }, stampIn(t))
    const named = made?.content.units ?? []
    expect(told?.told.sort()).toEqual([...named].sort())
    await expect(issuePaper(t.deps, { id }, stampIn(t))).rejects.toThrow(/已经推送过/)
    const { view } = await t.deps.cache(t.deps.store)
    const names = view.units.filter(({ id }) => named.includes(id)).map(({ name }) => name)
    for (const name of names) expect(await issuedCards(t, name)).toEqual([])
    t.on('2017-09-07', '09:30')
    for (const name of names) {
      const cards = await issuedCards(t, name)
      expect(cards).toHaveLength(1)
      for (const other of names.filter((one) => one !== name)) expect(cards[0]).not.toContain(other)
    }
    await whole(t)
  })

  it('void before it is sent, nobody hears of it', async () => {
    const t = await town()
    const made = await draftPaper(t.deps, asked, stampIn(t))
    const id = made?.id ?? ''
    await signed(t, id)
    t.on(DAY, '20:00')
    await issuePaper(t.deps, { id }, stampIn(t))
    await voidPaper(t.deps, { id, reason: '数字有误' }, stampIn(t))
    t.on('2017-09-07', '09:30')
    expect(await issuedCards(t, '市财政局')).toEqual([])
  })

  it('unsigned reaches no room and no unit, whatever is done in whatever order', async () => {
    const t = await town()
    const office = t.as('office')
    const deed = fc.constantFrom(
      ...(['draft', 'submit', 'redraft', 'badSign', 'void', 'push', 'yes', 'words', 'tick'] as const),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 8 }), async (deeds) => {
        for (const one of deeds) {
          const [head] = await paperHeads(t.deps.store)
          const id = head?.id ?? 'none'
          const acts = {
            draft: () => draftPaper(t.deps, asked, stampIn(t)),
            submit: () => submitPaper(t.deps, { id }, stampIn(t)),
            redraft: () => redraftPaper(t.deps, { id }, stampIn(t)),
            badSign: () => signed(t, id, { on: '2017-08-01' }),
            void: () => voidPaper(t.deps, { id, reason: '试' }, stampIn(t)),
            push: () => issuePaper(t.deps, { id }, stampIn(t)),
            yes: () => office.says('同意'),
            words: () => office.says('签发通报'),
            tick: () => tick(t.deps),
          }
          await acts[one]().catch(() => undefined)
        }
        const unit = { id: 'x', name: '', role: 'liaison' as const, charge: [] }
        for (const row of await paperHeads(t.deps.store)) {
          expect(row.state).not.toBe('signed')
          expect(mayRead({ ...unit, units: row.units }, row)).toBe(false)
        }
        const { q, t: tables } = t.deps.store
        const rows = await q.select({ id: tables.outbox.id, office: tables.outbox.office }).from(tables.outbox)
        const own = rows.filter(({ office }) => office === t.deps.store.office)
        expect(own.filter(({ id }) => id.startsWith('paper:'))).toEqual([])
      }),
      { numRuns: 12 },
    )
    await whole(t)
  })
})

describe('the schedule', () => {
  it('drafts once with two servers, tells the office in its own message of the day, and nobody else', async () => {
    const t = await town()
    t.on('2017-09-01', '08:00')
    await changeSettings(t.deps, { papers: { monthly: 3, quarterly: 5, rectify: 10 } }, stampIn(t))
    t.on('2017-09-04', '09:05')
    await tick(t.deps, 0)
    expect(await paperHeads(t.deps.store)).toEqual([])
    t.on('2017-09-05', '09:05')
    await Promise.all([tick(t.deps, 0), tick(t.deps, 0)])
    const heads = await paperHeads(t.deps.store)
    expect(heads.map(({ natural, state }) => [natural, state])).toEqual([['dispatch:2017-08', 'draft']])
    const told = await t.heard()
    expect(told.filter((text) => /草稿已备好/.test(text))).toHaveLength(1)
    t.on('2017-09-06', '09:05')
    await tick(t.deps)
    expect((await t.heard()).filter((text) => /草稿已备好/.test(text))).toEqual([])
    t.on('2017-10-16', '09:05')
    await tick(t.deps)
    const naturals = (await paperHeads(t.deps.store)).map(({ natural }) => natural).sort()
    expect(naturals).toEqual(['bulletin:2017-Q3', 'dispatch:2017-08', 'dispatch:2017-09'])
    await whole(t)
  })
})

describe('约谈', () => {
  it('stands on the unit, with who talked to whom in words that can be erased', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('记录约谈 市财政局 9月5日 李副市长约谈王局长，1-2逾期')).hears(
      /已记录约谈：市财政局/,
      /公开17-1-2/,
    )
    ;(await office.says('约谈记录')).hears(/约谈记录1次/, /9月5日 市财政局/, /李副市长约谈王局长/)
    ;(await office.says('记录约谈 市财政局 10月5日 李副市长约谈王局长')).hears(/还没有到/)
    ;(await t.as('liaison:市财政局').says('记录约谈 市财政局 9月5日 李副市长约谈王局长')).hears(/没有这项权限/)
    const [fact] = await factsOfKind(t.deps.store, 'unit', 'talked')
    expect(JSON.stringify(fact?.body)).not.toContain('王局长')
    await whole(t)
  })
})

describe('who may have what drafted', () => {
  it('a unit its own list and summary, a leader the one page; the office all but what is not there', async () => {
    const t = await town()
    ;(await t.as('liaison:市财政局').says('生成落实情况总结')).hears(/已起草/)
    ;(await t.as('liaison:市财政局').says('生成市环保局落实情况总结')).hears(/不能查看其他单位/)
    ;(await t.as('leader').says('生成9月一页纸')).hears(/已起草/)
    ;(await t.as('leader').says('生成三季度通报')).hears(/没有这项权限/)
    ;(await t.as('office').says('生成督办通知单')).hears(/请写明责任单位/)
    ;(await t.as('office').says('市财政局')).hears(/已起草|没有起草/)
    ;(await t.as('office').says('导出8月台账')).hears(/台账导出/)
    await whole(t)
  })
})
