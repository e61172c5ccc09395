import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { valuesOf } from '../../src/annual/figures.ts'
import { rows2014 } from '../../src/annual/form2014.ts'
import { enterAnnual } from '../../src/flow/annual/change.ts'
import { annualFile } from '../../src/flow/annual/export.ts'
import { annualReport } from '../../src/flow/annual/read.ts'
import { openCase } from '../../src/flow/case/act.ts'
import { tellFigures } from '../../src/flow/tally/tell.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { readDocx } from '../../src/plan/readers/docx.ts'
import { openZip } from '../../src/plan/readers/zip.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'

const office = officesOf('annual')
let t: Town
let n = 0
const stamp = () => ({ by: 'admin:test', via: `test:${++n}`, at: t.deps.now() })
const enter = (year: number, what: Omit<Parameters<typeof enterAnnual>[1], 'year'>) =>
  enterAnnual(t.deps, { year, ...what }, stamp())

/** What a city of some size told for 2017, with names of themes of our own. */
const themes: [string, number][] = [
  ...([
    ['经济政策转载', 64],
    ['财政收支', 23],
    ['经济运行', 28],
    ['审计', 33],
    ['减税降费', 17],
  ] as [string, number][]),
  ...([
    ['收费清单', 16],
    ['重大项目', 109],
    ['政府和社会资本合作', 6],
    ['权力清单', 4179],
  ] as [string, number][]),
  ...([
    ['公共服务', 158],
    ['流域经济带', 127],
    ['惠农', 57],
    ['财税改革', 66],
    ['化解产能', 8],
  ] as [string, number][]),
  ...([
    ['产品质量', 153],
    ['扶贫救助', 191],
    ['生态环保', 73],
    ['教育', 40],
    ['文化', 70],
  ] as [string, number][]),
  ...([
    ['卫生', 40],
    ['食品药品', 66],
    ['住房土地', 75],
    ['安全生产', 43],
  ] as [string, number][]),
]

const wordsOf = (bytes: Uint8Array): string =>
  readDocx(openZip(bytes))
    .blocks.flatMap((block) => (block.kind === 'line' ? block.text : block.rows.map(({ cells }) => cells.join('\t'))))
    .map((line) => line.trimStart())
    .join('\n')

/** The words between a chapter's head and the next one's. */
const chapter = (words: string, head: string, next: string): string =>
  words.slice(words.indexOf(`\n${head}`), words.indexOf(`\n${next}`))

beforeAll(async () => {
  t = await openTown(office())
  t.on('2018-01-20')
  const channels = {
    ...{ total: 172532, website: 91037, conference: 124, weibo: 7935, wechat: 18379 },
    ...{ points: 1075, other: 43853 },
  }
  const tellings = [
    { period: '2017', theme: '', counts: channels },
    ...themes.map(([theme, total]) => ({ period: '2017', theme, counts: { total } })),
  ]
  await tellFigures(t.deps, '', tellings, { sure: true }, stamp())
  await enter(2017, {
    cells: { 's.received': 131, 's.concluded': 131, 's.answered': 131, 's.fees': 0, 's.reviews': 12, 's.suits': 7 },
  })
})

describe('the report of 2017 in the older form', () => {
  it('says the figures in their chapters', async () => {
    const { bytes, title } = await annualFile(t.deps, { year: 2017 })
    const words = wordsOf(bytes)
    expect(title).toBe('云溪市2017年政府信息公开工作年度报告')
    const active = chapter(words, '二、主动公开政府', '三、依申请公开政府')
    for (const said of [
      '172532条',
      '91037条',
      '124',
      '7935条',
      '18379条',
      '1075个',
      '43853条',
      '财政收支23条',
      '审计33条',
    ])
      expect(active).toContain(said)
    for (const [theme, count] of themes) expect(active).toContain(`${theme}${count}条`)
    // 网站, 发布会, 微博, 微信, 查阅点, 其他方式: as such reports go through them.
    const order = ['91037', '124', '7935', '18379', '1075', '43853'].map((number) => active.indexOf(number))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(chapter(words, '三、依申请公开政府', '四、依申请公开收费')).toMatch(
      /收到政府信息公开申请131件，已全部答复，答复率100%/,
    )
    expect(chapter(words, '四、依申请公开收费', '五、行政复议和')).toContain('没有收取费用')
    expect(chapter(words, '五、行政复议和', '六、存在')).toMatch(/行政复议12件[\s\S]*行政诉讼7件/)
    expect(chapter(words, '一、概述', '二、主动公开政府')).toContain('（此处请补充：')
  })

  it('holds no number that is not a figure, a day, or the form’s own', async () => {
    const { bytes, report } = await annualFile(t.deps, { year: 2017 })
    const forms = rows2014.map(({ words }) => words)
    const own = forms.reduce((words, form) => words.replaceAll(form, ''), wordsOf(bytes))
    const left = own
      .replace(/\d+年\d+月\d+日|\d{4}年|〔\d{4}〕\d+号|^\d+\./gm, '')
      .replace('答复率100%', '')
      .match(/\d+(\.\d+)?/g)
    const figures = new Set([...valuesOf(report.figures).values(), ...themes.map(([, count]) => count)])
    expect((left ?? []).filter((number) => !figures.has(Number(number)))).toEqual([])
    expect(left?.length).toBeGreaterThan(40)
  })

  it('asks where the channels do not add up, beside the report and not in it', async () => {
    const { bytes, report } = await annualFile(t.deps, { year: 2017 })
    expect(report.questions.join('\n')).toMatch(/161204条.*172532条少11328条/)
    expect(wordsOf(bytes)).not.toContain('11328')
  })

  it('takes the office’s own rows and texts', async () => {
    await enter(2017, {
      rows: { 's.staff-part': null, 's.own-1': { words: '政务服务大厅公开数', unit: '条' } },
      cells: { 's.own-1': 88 },
      texts: { '1.training': '年内请上级来讲过一次课。' },
    })
    const words = wordsOf((await annualFile(t.deps, { year: 2017 })).bytes)
    expect(words).toContain('政务服务大厅公开数\t条\t88')
    expect(words).not.toContain('兼职人员数')
    expect(words).toContain('年内请上级来讲过一次课。')
    expect(words).not.toContain('培训的内容和范围')
  })

  it('refuses what is no number of the form, and what the tallies contradict, and changes nothing', async () => {
    const before = (await annualReport(t.deps.store, { year: 2017, today: '2018-01-20' })).version
    for (const [what, why] of [
      [{ cells: { 's.nothing': 1 } }, /没有“s\.nothing”这一格/],
      [{ cells: { 's.received': -1 } }, /不小于0的整数/],
      [{ cells: { 's.received': 1.5 } }, /不小于0的整数/],
      [{ cells: { 's.website': 5 } }, /报数里是91037条，不能填5条.*第四十九条/],
      [{ texts: { '9': '文字' } }, /没有“9”这一段/],
      [{ texts: { '6': '机密★1年\n问题' } }, /密级标志/],
      [{ rows: { 'x.1': { words: '行', unit: '条' } } }, /不能作行的名字/],
    ] as [Parameters<typeof enter>[1], RegExp][])
      await expect(enter(2017, what)).rejects.toThrow(why)
    await expect(enter(2019, {})).rejects.toThrow(/2008到2018之间/)
    expect(await enter(2017, { version: before - 1, cells: { 's.received': 1 } })).toBe(false)
    const after = await annualReport(t.deps.store, { year: 2017, today: '2018-01-20' })
    expect([after.version, after.figures.get('s.received')?.value]).toEqual([before, 131])
  })

  it('is due on the day that the law of its time says, which nobody has confirmed', async () => {
    const { dues } = await annualReport(t.deps.store, { year: 2017, today: '2018-01-20' })
    expect(dues).toMatchObject([{ on: '2018-03-31', basis: { article: '第三十一条', confirmed: false } }])
    const later = await annualReport(t.deps.store, { year: 2025, today: '2026-01-20' })
    expect(later.dues.map(({ on, basis }) => [on, basis.article])).toEqual([
      ['2026-01-31', '第四十九条第一款'],
      ['2026-03-31', '第四十九条第二款'],
    ])
  })
})

describe('the report of 2021’s form, from the register', () => {
  const opened = (at: string, applicant: string) =>
    openCase(
      t.deps,
      { id: 'o', name: '主管科室', role: 'office', units: [], charge: [] },
      'application',
      { channel: 'internet', at, applicant, name: '李某', description: '某村公路预算', subject: '公路预算' },
      stamp(),
    )

  it('counts each case where it belongs, and names the cases behind a cell', async () => {
    t.on('2024-12-20')
    const { id: carried } = await opened('2024-12-10', 'natural')
    t.on('2025-03-05')
    const { id: fresh } = await opened('2025-03-03', 'enterprise')
    const report = await annualReport(t.deps.store, { year: 2025, today: '2025-03-05' })
    const cell = (name: string) => report.figures.get(name)
    expect(report.inputs.asOf).toBe('2025-03-05')
    expect(cell('t3.1.enterprise')).toMatchObject({ value: 1, source: { from: 'cases', ids: [fresh] } })
    expect(cell('t3.2.total')).toMatchObject({ value: 1, source: { ids: [carried] } })
    expect(cell('t3.4.total')?.value).toBe(2)
    expect(report.findings.filter(({ id, state }) => id.startsWith('t3.') && state !== 'ok')).toEqual([])
    // The year before is not in the database as a report: what was carried in cannot be compared yet.
    expect(report.findings.find(({ id }) => id === 'last.carried.total')).toMatchObject({ state: 'open' })
    await enter(2024, { texts: { '5': '上年的问题。' } })
    const compared = await annualReport(t.deps.store, { year: 2025, today: '2025-03-05' })
    expect(compared.figures.get('t3.4.total')).toMatchObject({ last: 1, lastFrom: 'report' })
    expect(compared.findings.find(({ id }) => id === 'last.carried.total')).toMatchObject({ state: 'ok' })
    await expect(enter(2025, { cells: { 't3.1.total': 5 } })).rejects.toThrow(/登记簿里是1件，不能填5件/)
  })

  it('prints Table 3 whole, with its note', async () => {
    const words = wordsOf((await annualFile(t.deps, { year: 2025 })).bytes)
    expect(words).toContain('（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）')
    expect(words).toMatch(/7\.属于行政执法案卷(\t0){7}/)
    expect(words).toMatch(/一、本年新收政府信息公开申请数量\t.*1\t/)
    expect(words).toContain('新收政府信息公开申请1件，与上年持平，上年结转1件，办结0件')
  })
})

it('what was entered is what its facts come to', async () => {
  expect(await verifyLedger(t.deps.store)).toMatchObject({ broken: [] })
  const { t: tables, office: name } = t.deps.store
  const of2017 = and(eq(tables.annuals.office, name), eq(tables.annuals.year, 2017))
  const [row] = await t.deps.store.q.select().from(tables.annuals).where(of2017)
  const content = { v: 1 as const, texts: {}, last: {}, ...row?.content, cells: { 's.received': 130 } }
  await t.deps.store.atomic((q) => [q.update(tables.annuals).set({ content }).where(of2017)])
  const { broken } = await verifyLedger(t.deps.store)
  expect(broken).toEqual([`annual ${row?.id}：年度报告填写的内容与记录不一致`])
})
