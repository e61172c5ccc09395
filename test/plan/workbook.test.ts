import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { Deadline } from '../../src/model/deadline.ts'
import type { PlanDraft } from '../../src/model/plan.ts'
import { BadInput } from '../../src/model/problem.ts'
import { limitWords, readLimits } from '../../src/plan/limit-words.ts'
import { parse } from '../../src/plan/parse.ts'
import { readDraftWorkbook } from '../../src/plan/sheet-in.ts'
import { draftWorkbook } from '../../src/plan/sheet-out.ts'
import { townPlan } from '../town/plan.ts'

const moment = { asOf: '2017-07-11', year: 2017 }
const bare = (deadlines: Deadline[] | undefined) => deadlines?.map(({ raw: _, ...rule }) => rule)

describe('a time limit in words', () => {
  const count = fc.integer({ min: 1, max: 400 })
  const day = fc
    .tuple(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`)
  const event = fc.string({ unit: fc.constantFrom(...'项目批复、文件印发“”，后日内3') })
  const deadline: fc.Arbitrary<Deadline> = fc.oneof(
    fc.record({ kind: fc.constant('date' as const), raw: fc.constant('x'), by: day }),
    fc.record({
      kind: fc.constant('ongoing' as const),
      raw: fc.constant('x'),
      year: fc.integer({ min: 1, max: 9999 }),
    }),
    fc.record({ kind: fc.constant('prompt' as const), raw: fc.constant('x') }),
    fc.record({
      ...{ kind: fc.constant('relative' as const), raw: fc.constant('x'), event, n: count },
      unit: fc.constantFrom('hour' as const, 'day' as const, 'workday' as const),
    }),
    fc.record(
      {
        ...{ kind: fc.constant('recurring' as const), raw: fc.constant('x') },
        every: fc.constantFrom('day', 'week', 'month', 'quarter', 'half-year', 'year' as const),
        within: fc.record({
          n: count,
          unit: fc.constantFrom('day', 'workday', 'week', 'month' as const),
          of: fc.constantFrom('next-period-start', 'period-start' as const),
        }),
        by: day.map((one) => one.slice(5)),
        times: count,
      },
      { requiredKeys: ['kind', 'raw', 'every'] },
    ) as fc.Arbitrary<Deadline>,
  )

  it('reads back as the same rule, several at once', () => {
    fc.assert(
      fc.property(fc.array(deadline, { maxLength: 4 }), (list) => {
        for (const one of list) expect(Deadline.parse(one)).toEqual(one)
        expect(bare(readLimits(list.map(limitWords).join('\n'), moment))).toEqual(bare(list))
      }),
    )
  })

  it.each([
    ['2017年8月底前', [{ kind: 'date', by: '2017-08-31' }]],
    ['2017-09-05', [{ kind: 'date', by: '2017-09-05' }]],
    ['每季度', [{ kind: 'recurring', every: 'quarter' }]],
    ['长期坚持', [{ kind: 'ongoing', year: 2017 }]],
    ['', []],
    ['看情况再说', undefined],
  ])('a clerk may write it in a document’s words: %s', (cell, rules) => {
    expect(bare(readLimits(cell, moment))).toEqual(rules)
  })
})

const back = async (draft: PlanDraft) => readDraftWorkbook(await draftWorkbook(draft))
const example = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url))

describe('a draft, out as a workbook and in again, is the same draft', () => {
  it.each([
    ['the town’s plan', () => parse(townPlan)],
    [
      'times in everybody’s work',
      () =>
        parse(
          '某县2020年工作要点\n一、任务\n1.甲项。做好甲事（县教育局）。\n2.乙项。6月底前、11月底前各开展一次检查，每季度报送情况。\n3.丙项。营造氛围。\n二、要求\n未明确责任单位的，由各乡镇抓好落实。\n',
        ),
    ],
    ['the example plan', () => parse(example('plan.txt'))],
    ['the example table', () => parse(example('table.txt'))],
  ])('%s', async (_, read) => {
    const draft = read()
    expect(await back(draft)).toEqual({ draft, answers: [] })
  })

  const shared = new URL('../../../shared/', import.meta.url)
  const here = existsSync(shared)
  it.skipIf(!here)('every seed and gold plan of ../shared (skipped where that folder is absent)', async () => {
    const gold = ['ankang-2017.json', 'panzhihua-2017.json'].map((name): PlanDraft => {
      const { document, tasks } = JSON.parse(readFileSync(new URL(`gold/${name}`, shared), 'utf8'))
      const [source, sources] = [
        { line: 0, raw: '' },
        { lead: [], support: [], deadlines: [] },
      ]
      const whole = tasks.map(({ sure: _, ...task }: { sure?: object }) => ({
        divided: false,
        ...task,
        source,
        sources,
      }))
      return { document, tasks: whole, common: [], questions: [] }
    })
    const seeds = readdirSync(new URL('seeds/', shared)).flatMap((name) => {
      try {
        return [parse(readFileSync(new URL(`seeds/${name}`, shared)))]
      } catch (error) {
        if (error instanceof BadInput) return []
        throw error
      }
    })
    expect(seeds.length).toBe(4)
    for (const draft of seeds) expect(await back(draft)).toEqual({ draft, answers: [] })
    for (const draft of gold) {
      const read = (await back(draft))?.draft
      expect(read?.document).toEqual(draft.document)
      const values = ({ tasks }: PlanDraft) => tasks.map(({ source: _s, sources: _o, ...task }) => task)
      expect(read && values(read)).toEqual(values(draft))
    }
  })

  it('with whatever characters', async () => {
    const draft = parse(townPlan)
    const [first] = draft.tasks
    if (!first) throw new Error('no task')
    first.text = '=1+1 \u000b_x000D_ <&>"\' 𠮷😀\t尾'
    first.section = ['一、“甲”', '（一）乙/丙、丁']
    first.note = ' 前后有空格 '
    expect(await back(draft)).toEqual({ draft, answers: [] })
  })
})

/** The workbook with a text changed as if a clerk typed over it. */
const retyped = async (bytes: Uint8Array, from: string, to: string): Promise<Uint8Array> => {
  const files = unzipSync(bytes)
  const name = 'xl/sharedStrings.xml'
  const text = new TextDecoder().decode(files[name])
  expect(text).toContain(from)
  return zipSync({ ...files, [name]: new TextEncoder().encode(text.replace(from, to)) })
}

describe('what the clerk changes', () => {
  const draft = parse(townPlan)

  it('is taken: units, time limits in other words, answers', async () => {
    let bytes = await draftWorkbook(draft)
    bytes = await retyped(bytes, '<t>市财政局、市发改委</t>', '<t>市财政局，市审计局</t>')
    bytes = await retyped(bytes, '<t>2017年8月20日前</t>', '<t>2017年9月底前</t>')
    const read = await readDraftWorkbook(bytes)
    expect(read?.draft.tasks[0]).toMatchObject({
      lead: ['市财政局', '市审计局'],
      sources: { lead: [draft.tasks[0]?.sources.lead[0], { raw: '市审计局' }] },
    })
    const moved = read?.draft.tasks.filter((task) =>
      task.deadlines.some((one) => one.kind === 'date' && one.by === '2017-09-30'),
    )
    expect(moved).toHaveLength(1)
  })

  it.each([
    ['<t>2017年8月20日前</t>', '<t>看情况</t>', /“任务”第\d+行“时限”每行写一个时限，如 2017年8月25日前/],
    ['<t>按职责分工</t>', '<t>随便</t>', /“任务”第\d+行“分工方式”应是“共同承办”/],
    ['<t>2017-07-11</t>', '<t>七月</t>', /“文件”第2行“印发日期”应是日期，如 2017-07-11/],
    ['<t>1-2</t>', '<t>1-1</t>', /“任务”第3行“编号”“1-1”与第2行重复/],
    ['<t>时限</t>', '<t>期限</t>', /工作表“任务”缺少“时限”一栏/],
  ])('and told where it cannot be: %s → %s', async (from, to, says) => {
    const bytes = await retyped(await draftWorkbook(draft), from, to)
    await expect(readDraftWorkbook(bytes)).rejects.toThrow(BadInput)
    await expect(readDraftWorkbook(bytes)).rejects.toThrow(says)
  })

  it('another workbook is none of ours', async () => {
    expect(await readDraftWorkbook(new TextEncoder().encode(townPlan))).toBeUndefined()
    expect(await readDraftWorkbook(Uint8Array.of(0x50, 0x4b, 3, 4, 0))).toBeUndefined()
  })
})
