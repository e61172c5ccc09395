import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import type { DutyView } from '../../db/queries/duties.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Store } from '../../db/store.ts'
import { carryOut } from '../../src/cli/succeed.ts'
import { applyReissue, importPlan, releasePlan } from '../../src/flow/import.ts'
import { applyRoster, register } from '../../src/flow/roster.ts'
import { passagesOf } from '../../src/flow/succession/joining.ts'
import { foresee, isPending, noShares, type Request, succeed } from '../../src/flow/succession.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { Duty } from '../../src/model/duty.ts'
import { mayHappen, projectDuty } from '../../src/model/life.ts'
import { parse } from '../../src/plan/parse.ts'
import { readRosterJson } from '../../src/unit/roster.ts'
import { townPlan, townRoster } from '../town/plan.ts'
import { openTown, type Town } from '../town/town.ts'

let open: Store[] = []
afterEach(async () => {
  for (const store of open) await store.close()
  open = []
})

const newTown = async (options?: Parameters<typeof openTown>[1]): Promise<Town> => {
  const store = await openSqlite(':memory:')
  open.push(store)
  await migrate(store)
  return openTown(store.of('yunxi'), options)
}

const stamp = ({ deps }: Town) => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })
const asked = (olds: string[], heirs: string[], more: Partial<Request> = {}): Request => ({
  ...{ olds, heirs, from: '2017-08-15', reason: '云委发〔2017〕9号', shares: noShares },
  ...more,
})
const move = (town: Town, request: Request) => succeed(town.deps, request, stamp(town))
const whole = async ({ deps }: Town) => expect((await verifyLedger(deps.store)).broken).toEqual([])

/** Every duty as `unit task round state`, in order. */
const duties = async ({ deps }: Town, ...units: string[]) => {
  const { t, q } = deps.store
  const { view } = await deps.cache(deps.store)
  const names = new Map(view.units.map(({ id, name }) => [id, name]))
  const numbers = new Map((await q.select().from(t.tasks)).map(({ id, number }) => [id, number]))
  return (await q.select().from(t.duties))
    .map(({ unit, task, round, state, role }) => ({
      unit: names.get(unit) ?? unit,
      line: `${numbers.get(task)} ${round} ${role} ${state}`,
    }))
    .filter(({ unit }) => units.includes(unit))
    .map(({ unit, line }) => `${unit} ${line}`)
    .sort()
}
const without = (lines: string[]) => lines.map((line) => line.slice(line.indexOf(' ') + 1)).sort()

const unitId = async ({ deps }: Town, name: string) =>
  (await deps.cache(deps.store)).view.units.find((unit) => unit.name === name)?.id ?? ''
const person = async (town: Town, name: string, unit: string) => ({
  ...{ name, role: 'liaison' as const, units: [await unitId(town, unit)], charge: [] },
  ...{ post: '' as const, mobile: '', identities: [`lark:*:${name}`] },
})
const room = async (town: Town, id: string, unit: string) => ({
  address: { platform: 'lark' as const, route: '*', kind: 'room' as const, id },
  ...{ scope: 'units' as const, units: [await unitId(town, unit)] },
})

describe('a unit under a new name', () => {
  it('moves what is open, people and rooms; what is closed stays; once is enough', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    await register(
      town.deps,
      { people: [await person(town, '周小舟', '市环保局')], rooms: [await room(town, 'oc_hb', '市环保局')] },
      stamp(town),
    )
    await town.as('liaison:市环保局').says('3-1 二季度的已公开 http://hb.example.gov.cn/2')
    await town.as('office').says('通过 3-1')
    const before = await duties(town, '市环保局')
    const closed = before.filter((line) => line.endsWith('done'))
    expect(closed).toHaveLength(1)

    const request = asked(['市环保局'], ['市生态环境局'])
    const done = await move(town, request)
    expect(done).toMatchObject({ moved: before.length - 1, ended: 0, people: 1, rooms: 1, batches: 1 })
    expect(await duties(town, '市环保局')).toEqual(closed)
    expect(without(await duties(town, '市生态环境局'))).toEqual(
      without(before.filter((line) => !line.endsWith('done'))),
    )
    const { t, q } = town.deps.store
    const heir = await unitId(town, '市生态环境局')
    expect((await q.select().from(t.people)).map(({ units }) => units)).toEqual([[heir]])
    expect((await q.select().from(t.rooms)).map(({ units }) => units)).toEqual([[heir]])
    await whole(town)

    const facts = (await q.select().from(t.facts)).length
    expect(isPending(await foresee(town.deps, request))).toBe(false)
    expect(await move(town, request)).toMatchObject({ moved: 0, batches: 0 })
    expect((await q.select().from(t.facts)).length).toBe(facts)
  })

  it('both names find its duties, the old one with a line that says so', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    await town.as('liaison:市环保局').says('3-1 二季度的已公开 http://hb.example.gov.cn/2')
    await town.as('office').says('通过 3-1')
    await move(town, asked(['市环保局'], ['市生态环境局']))
    const byOld = await town.as('leader').says('市环保局有哪些任务')
    const byNew = await town.as('leader').says('市生态环境局有哪些任务')
    byOld.hears('市环保局自2017年8月15日起由市生态环境局承接')
    byNew.misses(/承接/)
    expect(byOld.rows).toEqual(byNew.rows)
    expect(byNew.rows.some(({ unit }) => unit === '市生态环境局')).toBe(true)
    const closed = await town.as('leader').says('市生态环境局本月已办结的任务')
    expect(closed.rows.map(({ unit, state }) => [unit, state])).toEqual([['市环保局', 'done']])
    ;(await town.as('leader').says('环保局完成率多少')).hears(/市生态环境局 完成情况/, /已办结1 ÷/, '承接')
    ;(await town.as('leader').says('3-1号任务是什么')).hears(
      /市环保局 · 审核通过/,
      /市环保局 · 转由市生态环境局承接（机构调整）/,
    )

    town.on('2017-10-10')
    const said = await town.as('liaison:市生态环境局').says('3-1 三季度的已公开 http://hb.example.gov.cn/3')
    said.hears(/已收到反馈/)
    const old = await town.as('liaison:市环保局').says('本月有哪些任务')
    expect(old.status).toBe('answered')
    expect((await town.as('office').says('待审核的反馈')).rows.map(({ unit }) => unit)).toEqual(['市生态环境局'])
    await whole(town)
  })

  it('is a member of the classes that the old one was in, and the old one is none', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    await move(town, asked(['西山县政府', '市审计局'], ['西山市政府']))
    const { registry } = await town.deps.cache(town.deps.store)
    const heir = await unitId(town, '西山市政府')
    const counties = registry.classOf('各县区人民政府')
    expect(counties).toMatchObject({ members: [await unitId(town, '东河区政府'), heir] })
    const departments = registry.classOf('市级各部门')
    expect(departments).not.toMatchObject({ members: expect.arrayContaining([await unitId(town, '市审计局')]) })
  })

  it('a roster that is imported again brings nobody back under the old name', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    await register(town.deps, { people: [await person(town, '周小舟', '市环保局')] }, stamp(town))
    await move(town, asked(['市环保局'], ['市生态环境局']))
    const units = townRoster.units.map((name) =>
      name === '市环保局' ? { name, liaisons: [{ name: '周小舟', post: 'A' }], rooms: ['lark:oc_hb'] } : name,
    )
    await applyRoster(town.deps, readRosterJson({ ...townRoster, units }), stamp(town))
    const { t, q } = town.deps.store
    expect((await q.select().from(t.people)).map(({ units }) => units)).toEqual([[await unitId(town, '市生态环境局')]])
    expect(await q.select().from(t.rooms)).toEqual([])
    await whole(town)
  })
})

describe('units that merge', () => {
  it('what both owe, and what the heir owes, becomes one duty; the further one stays', async () => {
    const town = await newTown()
    town.on('2017-08-19')
    // 4-1 is owed by 市教育局 and both counties; 东河区政府 has reported.
    await town.as('liaison:东河区政府').says('4-1已公开 http://dh.example.gov.cn/1')
    const request = asked(['东河区政府', '西山县政府'], ['山河区政府'])
    const foreseen = await foresee(town.deps, request)
    const joint = foreseen.passages.filter(({ ended }) => ended.length > 0)
    expect(joint.map(({ how }) => how)).toContain('moved')
    await move(town, request)
    const now = await duties(town, '山河区政府')
    expect(now.filter((line) => line.includes(' 4-1 '))).toEqual(['山河区政府 4-1 2017-08-20 lead review'])
    expect((await duties(town, '东河区政府', '西山县政府')).every((line) => /waived$|done$/.test(line))).toBe(true)
    const told = await town.as('office').says('4-1号任务是什么')
    told.hears(/(?:西山县政府|东河区政府) · 并入[^ ]+的同一事项/)
    expect(told.rows.map(({ unit }) => unit).sort()).toEqual(['山河区政府', '市教育局'])
    await whole(town)
  })

  it('the heir’s own duty takes over what the old one was further', async () => {
    const town = await newTown()
    town.on('2017-08-19')
    await town.as('liaison:东河区政府').says('4-1已公开 http://dh.example.gov.cn/1')
    const foreseen = await foresee(town.deps, asked(['东河区政府'], ['西山县政府']))
    expect(foreseen.passages.find(({ stays }) => stays.number === '4-1')?.how).toBe('joined')
    await move(town, asked(['东河区政府'], ['西山县政府']))
    const now = await duties(town, '西山县政府')
    expect(now.filter((line) => line.includes(' 4-1 '))).toEqual(['西山县政府 4-1 2017-08-20 lead review'])
    ;(await town.as('office').says('通过 4-1 西山县政府')).hears(/审核通过/)
    await whole(town)
  })

  it('lead beats support, and who is as far keeps its own', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    const foreseen = await foresee(town.deps, asked(['市住建局'], ['市发改委']))
    const one = foreseen.passages.find(({ stays }) => stays.number === '2-1')
    expect([one?.how, one?.stays.role, one?.ended.map(({ role }) => role)]).toEqual(['kept', 'lead', ['support']])
    await move(town, asked(['市发改委'], ['市住建局']))
    const now = await duties(town, '市住建局')
    expect(now.filter((line) => line.includes(' 2-1 '))).toEqual(['市住建局 2-1 2017-08-25 lead open'])
    await whole(town)
  })
})

describe('duties on their way to one heir', () => {
  const states = ['unclaimed', 'asleep', 'waiting', 'standing', 'open', 'review', 'returned', 'suspended'] as const
  const duty = fc.record({
    ...{ task: fc.constantFrom('t1', 't2'), demand: fc.constantFrom(0, 1), round: fc.constant('2017-08') },
    ...{ unit: fc.constantFrom('a', 'b', 'h'), role: fc.constantFrom('lead' as const, 'support' as const) },
    ...{ state: fc.constantFrom(...states), approved: fc.nat(2), times: fc.constant(3) },
  })
  const place = ({ task, demand }: { task: string; demand: number }) => `${task} ${demand}`

  it('each place ends with one open duty of the heir, the foremost of those that came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(duty, { selector: (one) => `${one.unit} ${place(one)}`, maxLength: 12 }), (some) => {
        const all = some.map(
          (one, i) => ({ ...one, id: `d${i}`, version: 1, head: '', dueAt: null }) as unknown as DutyView,
        )
        const held = all.filter(({ unit }) => unit === 'h')
        const leaving = all.filter(({ unit }) => unit !== 'h')
        const passages = passagesOf(
          leaving.map((one) => ({ duty: one, heir: 'h' })),
          held,
          '2017-08-15',
        )
        const after = new Map(all.map((one): [string, Duty] => [one.id, one]))
        for (const { row, kind, body } of passages.flatMap(({ happenings }) => happenings)) {
          const before = after.get(row.id) as Duty
          expect(mayHappen(kind as 'merged', before.state)).toBe(true)
          after.set(row.id, projectDuty(before, { kind, body }))
        }
        const now = [...after.values()]
        for (const where of new Set(leaving.map(place))) {
          const came = all.filter((one) => place(one) === where)
          const own = now.filter((one) => place(one) === where && one.unit === 'h')
          expect(own).toHaveLength(1)
          expect(own[0]?.role).toBe(came.some(({ role }) => role === 'lead') ? 'lead' : 'support')
          const rivals = came.filter(({ role }) => role === own[0]?.role)
          expect(rivals.map(({ state }) => state)).toContain(own[0]?.state)
          if (rivals.some(({ state }) => state === 'review')) expect(own[0]?.state).toBe('review')
        }
        expect(now.filter(({ unit, state }) => unit !== 'h' && state !== 'waived')).toEqual([])
      }),
    )
  })
})

describe('whoever sits at the terminal', () => {
  const talk = (answers: (string | null)[]) => {
    const told: string[] = []
    return {
      told,
      asking: {
        yes: false,
        tell: (line: string) => void told.push(line),
        ask: async (prompt: string) => {
          told.push(prompt)
          return answers.shift() ?? null
        },
      },
    }
  }

  it('is asked what of a split goes where, until all is said', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    const { told, asking } = talk(['8-8=市应急局', '水利局', '公开17-3-2=市应急局', '', '是'])
    await carryOut(town.deps, asked(['市环保局'], ['市生态环境局', '市应急局']), asking)
    expect(told.join('\n')).toMatch(/没有“8-8”[\s\S]*请写市生态环境局、市应急局之一[\s\S]*已登记承接/)
    expect((await duties(town, '市应急局')).every((line) => line.includes(' 3-2 '))).toBe(true)
    expect(await duties(town, '市环保局')).toEqual([])
  })

  it.each([
    ['who goes away', [null]],
    ['who does not say yes', ['', '']],
  ])('%s changes nothing', async (_, answers) => {
    const town = await newTown()
    town.on('2017-08-15')
    const before = await duties(town, '市环保局')
    const { told, asking } = talk(answers)
    await carryOut(town.deps, asked(['市环保局'], ['市生态环境局', '市应急局']), asking)
    expect(told.at(-1)).toMatch(/没有改动台账/)
    expect(await duties(town, '市环保局')).toEqual(before)
  })
})

describe('a unit that is split', () => {
  it('moves what is said and tells what is not', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    await register(
      town.deps,
      { people: [await person(town, '甲', '市环保局'), await person(town, '乙', '市环保局')] },
      stamp(town),
    )
    const shares = {
      duties: [{ what: ['公开17-3-2'], unit: '市应急局' }],
      people: [{ what: ['乙'], unit: '市应急局' }],
      rooms: [],
    }
    const request = asked(['市环保局'], ['市生态环境局', '市应急局'], { shares })
    const foreseen = await foresee(town.deps, request)
    expect(new Set(foreseen.unsaid.map(({ number }) => number))).not.toContain('3-2')
    expect(foreseen.people.filter(({ unsaid }) => unsaid).map(({ row }) => row.name)).toEqual(['甲'])
    await move(town, request)
    expect((await duties(town, '市应急局')).every((line) => line.includes(' 3-2 '))).toBe(true)
    expect((await duties(town, '市生态环境局')).some((line) => line.includes(' 3-1 '))).toBe(true)
    ;(await town.as('leader').says('市环保局有哪些任务')).hears('由市生态环境局、市应急局承接')
    await whole(town)
  })

  it.each([
    [
      'an heir that is none',
      { duties: [{ what: ['3-2'], unit: '市水利局' }], people: [], rooms: [] },
      /不是这次的承接/,
    ],
    ['a task that is not the unit’s', { duties: [{ what: ['9-9'], unit: '市应急局' }], people: [], rooms: [] }, /9-9/],
    ['a person who is none', { duties: [], people: [{ what: ['丙'], unit: '市应急局' }], rooms: [] }, /丙/],
  ])('refuses %s', async (_, shares, words) => {
    const town = await newTown()
    town.on('2017-08-15')
    await expect(foresee(town.deps, asked(['市环保局'], ['市生态环境局', '市应急局'], { shares }))).rejects.toThrow(
      words,
    )
  })
})

describe('what is no succession', () => {
  it.each([
    ['a day to come', asked(['市环保局'], ['市生态环境局'], { from: '2017-08-16' }), /还没有到/],
    ['a unit that is not there', asked(['市海洋局'], ['市生态环境局']), /通讯录里没有“市海洋局”/],
    ['itself', asked(['市环保局'], ['市环保局']), /不能承接自己/],
    ['several to several', asked(['市环保局', '市审计局'], ['甲局', '乙局']), /一次只登记一种/],
  ])('refuses %s and writes nothing', async (_, request, words) => {
    const town = await newTown()
    town.on('2017-08-15')
    const { t, q } = town.deps.store
    const before = (await q.select().from(t.facts)).length
    await expect(move(town, request)).rejects.toThrow(words)
    expect((await q.select().from(t.facts)).length).toBe(before)
  })

  it('a second heir, an heir that is gone itself, another day', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    await move(town, asked(['市环保局'], ['市生态环境局']))
    await expect(move(town, asked(['市环保局'], ['市审计局']))).rejects.toThrow(
      /已登记自 2017-08-15 起由市生态环境局承接/,
    )
    await expect(move(town, asked(['市审计局'], ['市环保局']))).rejects.toThrow(/已由别的单位承接/)
    await expect(move(town, asked(['市环保局'], ['市生态环境局'], { from: '2017-08-01' }))).rejects.toThrow(/已登记/)
  })
})

describe('plans after the day', () => {
  const later = townPlan
    .replaceAll('2017年政务公开工作实施方案', '2017年环境信息公开补充方案')
    .replace('云政办发〔2017〕33号', '云政办发〔2017〕51号')

  it('the old name means the heir, and that is asked', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    await move(town, asked(['市环保局'], ['市生态环境局']))
    const bytes = new TextEncoder().encode(later)
    const imported = await importPlan(town.deps, parse(bytes), bytes, stamp(town))
    const question = imported.questions.find(({ kind }) => kind === 'succeeded-unit')
    expect(question?.text).toMatch(/“市环保局”自2017-08-15起由“市生态环境局”承接/)
    expect(question?.proposal).toBe('由市生态环境局承办')
    await releasePlan(town.deps, imported.plan, stamp(town))
    expect(await duties(town, '市环保局')).toEqual([])
    await whole(town)
  })

  it('a release that a succession overtakes opens nothing for the old unit', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    const bytes = new TextEncoder().encode(later)
    const imported = await importPlan(town.deps, parse(bytes), bytes, stamp(town))
    const { store } = town.deps
    let batches = 0
    const overtaken: OfficeStore = {
      ...store,
      one: (write) => store.one(write),
      atomic: async (write) => {
        if (++batches === 3) await move(town, asked(['市环保局'], ['市生态环境局']))
        return store.atomic(write)
      },
    }
    await expect(releasePlan({ ...town.deps, store: overtaken }, imported.plan, stamp(town))).rejects.toThrow()
    expect(batches).toBe(3)
    await releasePlan(town.deps, imported.plan, stamp(town))
    expect(await duties(town, '市环保局')).toEqual([])
    await whole(town)
  })

  it('of a unit that was split the tasks wait at the office until somebody says whose they are', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    await move(town, asked(['市环保局'], ['市生态环境局', '市应急局']))
    const bytes = new TextEncoder().encode(later)
    const imported = await importPlan(town.deps, parse(bytes), bytes, stamp(town))
    const question = imported.questions.find(({ text }) => text.includes('“市环保局”已分为'))
    expect(question?.proposal).toBe('待分解，留在主管科室')
    await releasePlan(town.deps, imported.plan, stamp(town))
    expect(await duties(town, '市环保局')).toEqual([])
    expect((await duties(town, 'class:市环保局')).length).toBeGreaterThan(0)
  })

  it('a plan that is issued again opens nothing that the old unit closed', async () => {
    const town = await newTown()
    town.on('2017-08-15')
    await town.as('liaison:市环保局').says('3-1 二季度的已公开 http://hb.example.gov.cn/2')
    await town.as('office').says('通过 3-1')
    await move(town, asked(['市环保局'], ['市生态环境局']))
    const before = await duties(town, '市环保局', '市生态环境局')
    const text = townPlan.replace('2017年8月25日前，在', '2017年9月15日前，在')
    const { plans } = (await town.deps.cache(town.deps.store)).view
    await applyReissue(town.deps, plans[0]?.id ?? '', parse(text), new TextEncoder().encode(text), stamp(town))
    expect(await duties(town, '市环保局', '市生态环境局')).toEqual(before)
    await whole(town)
  })
})

describe('a succession of many duties', () => {
  const many = (n: number) =>
    townPlan.replace(
      '4. 推进教育信息公开。',
      `4. 推进教育信息公开。${Array.from({ length: n }, (_, i) => `每月公开第${i + 1}类环境信息（市环保局）。`).join('')}`,
    )

  it('goes on where it broke off', async () => {
    const town = await newTown({ plan: many(20) })
    town.on('2017-08-15')
    const before = await duties(town, '市环保局')
    expect(before.length).toBeGreaterThan(100)
    const { store } = town.deps
    let left = 2
    const breaking: OfficeStore = {
      ...store,
      one: (write) => store.one(write),
      atomic: async (write) => {
        if (left-- === 0) throw new Error('the plug is pulled')
        return store.atomic(write)
      },
    }
    const request = asked(['市环保局'], ['市生态环境局'])
    await expect(succeed({ ...town.deps, store: breaking }, request, stamp(town))).rejects.toThrow('the plug')
    expect((await duties(town, '市环保局')).length).toBeGreaterThan(0)
    await whole(town)
    // Found under either name meanwhile.
    expect((await town.as('leader').says('市生态环境局全部任务')).rows).toHaveLength(before.length)
    await move(town, request)
    expect(await duties(town, '市环保局')).toEqual([])
    expect(without(await duties(town, '市生态环境局'))).toEqual(without(before))
    await whole(town)
  })
})
