import { describe, expect, it } from 'vitest'
import { createConsoleAdapter } from '../../adapters/console/index.ts'
import { caseNumbered } from '../../db/queries/cases.ts'
import { actOnCase } from '../../src/flow/case/act.ts'
import { tick } from '../../src/flow/tick.ts'
import { application } from '../../src/register/application/index.ts'
import { settle } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const nextOffice = officesOf('requests-told')

const REGISTER =
  '登记依申请 网络 3月2日 自然人 韩冬雪 电话 13900005678 事由：韩冬雪要的车辆情况 申请公开：2025年公务用车购置明细'

/** What every deed takes, in an order in which each fits; some are tried twice on different applications. */
const courses: readonly (readonly (readonly [string, Record<string, unknown>])[])[] = [
  [
    ['noted', { text: '韩冬雪来过，13900005678' }],
    ['supplement-asked', { at: '2026-03-04', until: '2026-03-10', what: '韩冬雪要补充' }],
    ['supplemented', { at: '2026-03-09', what: '公务用车购置明细' }],
    ['third-asked', { at: '2026-03-10', party: '韩冬雪' }],
    ['third-received', { at: '2026-03-11' }],
    ['third-answered', { at: '2026-03-12', opinion: 'consent' }],
    ['others-asked', { at: '2026-03-12', as: 'co-maker', organs: '市档案馆' }],
    ['others-answered', { at: '2026-03-13', opinion: 'consent' }],
    ['fee-told', { at: '2026-03-13', by: 'items', count: 12 }],
    ['paid', { at: '2026-03-16' }],
    ['extended', { at: '2026-03-17', by: '王主任', why: '韩冬雪的申请复杂' }],
    ['answered', { at: '2026-03-20', result: 'granted', reason: '韩冬雪的申请' }],
    ['review-opened', { at: '2026-03-23' }],
    ['review-ended', { at: '2026-03-24', outcome: 'upheld' }],
    ['court-opened', { at: '2026-03-25', remedy: 'after-review' }],
    ['court-ended', { at: '2026-03-26', outcome: 'upheld' }],
    ['archived', { at: '2026-03-27' }],
  ],
  [
    ['supplement-asked', { at: '2026-03-04', until: '2026-03-10' }],
    ['supplement-lapsed', { at: '2026-03-11' }],
  ],
  [
    ['fee-told', { at: '2026-03-04', by: 'pages', count: 50 }],
    ['fee-lapsed', { at: '2026-04-08' }],
  ],
  [['voided', { why: '韩冬雪重复登记' }]],
]

describe('what a group hears', () => {
  it('is never the applicant’s name, contact or what was asked for, whatever is done and said', async () => {
    const pushed: string[] = []
    const t = await openTown(nextOffice(), { adapters: [createConsoleAdapter((text) => pushed.push(text))] })
    await settle(t, 'console')
    const personal = /韩冬雪|1390000|139\*|公务用车购置明细/
    const heard: string[] = []
    const rooms = ['oc_work', 'oc_finance']
    const sayAll = async () => {
      for (const room of rooms)
        for (const who of ['office', 'leader', 'liaison:市财政局'])
          for (const ord of [1, 2, 3, 4])
            for (const words of ['', '已答复']) heard.push((await t.as(who, room).says(`依申请${ord}号${words}`)).text)
    }
    for (const [n, course] of courses.entries()) {
      t.on('2026-03-03')
      heard.push((await t.as('office', rooms[n % 2]).says(REGISTER)).text)
      heard.push((await t.as('office', rooms[n % 2]).says(`把依申请${n + 1}号交市财政局办，3月10日前报意见`)).text)
      t.on('2026-03-04', '09:00')
      await tick(t.deps, 1000)
      t.on('2026-04-10')
      for (const [deed, input] of course) {
        const row = await caseNumbered(t.deps.store, 'application', 2026, n + 1)
        const actor = { id: 'o', name: '沈清', role: 'office' as const, units: [], charge: [] }
        const stamp = { by: 'o', via: `test:${t.deps.newId()}`, at: t.deps.now() }
        if (!row) throw new Error(deed)
        await actOnCase(t.deps, actor, { id: row.id, version: row.version, deed, input }, stamp)
        heard.push((await t.as('office', 'oc_work').says(`依申请${n + 1}号`)).text)
      }
    }
    await sayAll()
    for (const words of [
      '依申请有哪些',
      '依申请有哪些快到期',
      '登记依申请 自然人 韩冬雪 申请公开2025年公务用车购置明细',
      '依申请1号延期 经王主任同意，4月9日已告知申请人',
    ])
      for (const room of rooms) heard.push((await t.as('office', room).says(words)).text)

    const done = courses.flatMap((course) => course.map(([deed]) => deed))
    expect(application.deeds.map(({ name }) => name).filter((name) => !done.includes(name))).toEqual([
      'assigned',
      'answered-2007',
    ])
    const rows = await t.deps.store.q.select().from(t.deps.store.t.outbox)
    const toGroups = rows
      .filter(({ address }) => address.kind === 'room')
      .map(({ card, recipe }) => JSON.stringify([card, recipe]))
    expect(toGroups.length).toBeGreaterThan(50)
    expect(pushed.filter((text) => /oc_finance[\s\S]*依申请2026-1/.test(text))).not.toEqual([])
    expect([...heard, ...pushed, ...toGroups].filter((text) => personal.test(text))).toEqual([])
    expect(heard.filter((text) => /韩某/.test(text)).length).toBeGreaterThan(50)
    const facts = await t.deps.store.q.select().from(t.deps.store.t.facts)
    expect(facts.filter(({ body }) => personal.test(JSON.stringify(body)))).toEqual([])
  })
})
