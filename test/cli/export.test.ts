import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readWorkbook } from '../../src/plan/readers/xlsx.ts'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk({ kept: true })
  desk.file('plan.txt', townPlan)
  desk.file('town.json', JSON.stringify(townRoster))
  expect(await desk.run(['roster', 'import', 'town.json'])).toMatchObject({ code: 0 })
  expect(await desk.run(['import', 'plan.txt', '--yes', '--today', '2017-07-11'])).toMatchObject({ code: 0 })
})
afterAll(() => desk.close())

const sheetsOf = (name: string) => readWorkbook(new Uint8Array(readFileSync(join(desk.folder, name))))

it('writes the ledger, of all, of a unit, of a month and of a year, and the deed is on the record', async () => {
  const all = await desk.run(['export', 'ledger', '--out', 'all.xlsx', '--today', '2017-08-28'])
  expect(all).toMatchObject({ code: 0, stdout: '' })
  const sheets = sheetsOf('all.xlsx')
  expect(sheets.map(({ name }) => name)).toEqual(expect.arrayContaining(['全部', '市财政局', '市发改委']))
  const whole = (sheets[0]?.rows.length ?? 0) - 1
  expect(all.stderr).toContain(`${whole}行`)

  const of = ['--unit', '财政局', '--month', '2017-08', '--year', '2017', '--today', '2017-08-28']
  expect(await desk.run(['export', 'ledger', '--out', 'one.xlsx', ...of])).toMatchObject({ code: 0 })
  const [one, ...others] = sheetsOf('one.xlsx')
  expect([one?.name, others]).toEqual(['市财政局', []])
  const due = one?.rows[0]?.cells.indexOf('到期日') ?? -1
  expect(one?.rows.slice(1).map(({ cells }) => cells[due])).toContain('2017年8月31日')
  for (const { cells } of one?.rows.slice(1) ?? []) expect(cells[due]).toMatch(/^2017年8月/)

  await desk.run(['export', 'ledger', '--out', 'none.xlsx', '--year', '2016'])
  expect(sheetsOf('none.xlsx')[0]?.rows).toHaveLength(1)
  expect(desk.rows().match(/"kind":"exported"/g)).toHaveLength(3)
  expect(await desk.run(['verify'])).toMatchObject({ code: 0 })
}, 60_000)

it('writes a bulletin that says on each page that nobody has signed it, and the deed is on the record', async () => {
  const args = ['--month', '2017-08', '--today', '2017-09-05', '--by', '2017-09-20']
  const made = await desk.run(['export', 'bulletin', '--out', 'b.docx', ...args])
  expect(made).toMatchObject({ code: 0, stdout: '' })
  expect(made.stderr).toMatch(/关于2017年8月任务办理情况的通报（待签发）/)
  expect(made.stderr).toContain('第二十一条')
  const parts = unzipSync(new Uint8Array(readFileSync(join(desk.folder, 'b.docx'))))
  expect(strFromU8(parts['word/header1.xml'] ?? new Uint8Array())).toContain('待签发')
  expect(desk.rows()).toMatch(/what\W+bulletin/)
}, 60_000)

it('writes a letter about an application, with blanks, and the deed is on the record', async () => {
  const entered = '登记依申请 网络 3月2日 自然人 韩冬雪 申请公开2025年公务用车购置明细'
  await desk.run(['say', entered, '--as', 'office', '--today', '2026-03-03'])
  const args = ['export', 'request', '--number', '2026-1', '--out', 'r.docx', '--today', '2026-03-10']
  expect(await desk.run([...args, '--kind', '登记回执'])).toMatchObject({ code: 0, stdout: '' })
  const parts = unzipSync(new Uint8Array(readFileSync(join(desk.folder, 'r.docx'))))
  expect(strFromU8(parts['word/document.xml'] ?? new Uint8Array())).toMatch(/韩冬雪[\s\S]*此处请补充/)
  expect(desk.rows()).toMatch(/what\W+letter/)
}, 60_000)

it('a bad argument is one line that says what would be right, and nothing is written', async () => {
  const before = desk.rows()
  for (const [args, words] of [
    [['ledger'], /--out 应是一个 \.xlsx 文件/],
    [['ledger', '--out', 'a.xlsx', '--number', '2026-1'], /是依申请公开文书的/],
    [['request', '--out', 'a.docx', '--number', '2026-1'], /要写明编号和文书/],
    [['request', '--out', 'a.docx', '--number', '1', '--kind', '答复书'], /--number 应写成 2026-3/],
    [['request', '--out', 'a.docx', '--number', '2026-9', '--kind', '答复书'], /没有依申请2026-9/],
    [['request', '--out', 'a.docx', '--number', '2026-1', '--kind', '通知'], /可以是登记回执/],
    [['request', '--out', 'a.docx', '--number', '2026-1', '--kind', '答复书'], /写明下列之一/],
    [['request', '--out', 'a.docx', '--number', '2026-1', '--kind', '答复书', '--unit', '市财政局'], /没有 --unit/],
    [['ledger', '--out', 'a.csv'], /--out/],
    [['ledger', '--out', 'a.xlsx', '--unit', '市气象台'], /没有“市气象台”/],
    [['ledger', '--out', 'a.xlsx', '--month', '2017-13'], /--month 应写成/],
    [['ledger', '--out', 'a.xlsx', '--year', '17'], /--year 应写成/],
    [['annual', '--out', 'a.docx'], /--year 2017/],
    [['annual', '--year', '2017', '--out', 'a.pdf'], /--out 应是一个 \.docx 文件/],
    [['annual', '--year', '2999', '--out', 'a.docx'], /--year 应写成/],
    [['annual', '--year', '2017', '--out', 'a.docx', '--form', '1998'], /--form 应是 2021 或 2014/],
    [['annual', '--year', '2017', '--out', 'a.docx', '--unit', '市财政局'], /全机关/],
    [['bulletin', '--out', 'a.xlsx'], /--out 应是一个 \.docx 文件/],
    [['bulletin', '--out', 'a.docx', '--month', '2017-13'], /--month 应写成/],
    [['bulletin', '--out', 'a.docx', '--month', '2017-08', '--year', '2017'], /只能写一种/],
    [['notice', '--out', 'a.docx'], /写明是哪个单位/],
    [['ledger', '--out', 'a.xlsx', '--by', '2017-10-20'], /其余选项是文书的/],
    [['everything'], /用法/],
    [[], /用法/],
  ] as [string[], RegExp][]) {
    const { code, stdout, stderr } = await desk.run(['export', ...args])
    expect([args.join(' '), code, stdout]).toEqual([args.join(' '), 2, ''])
    expect(stderr).toMatch(words)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  }
  expect(existsSync(join(desk.folder, 'a.xlsx'))).toBe(false)
  expect(desk.rows()).toBe(before)
}, 60_000)
