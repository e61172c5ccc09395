import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  desk.file('plan.txt', townPlan)
  desk.file('town.json', JSON.stringify(townRoster))
  expect(await desk.run(['roster', 'import', 'town.json'])).toMatchObject({ code: 0 })
})
afterAll(() => desk.close())

/** The workbook as a clerk saves it after typing over some cells. */
const retyped = (name: string, to: string, ...changes: [string, string][]) => {
  const files = unzipSync(readFileSync(join(desk.folder, name)))
  const cells = 'xl/sharedStrings.xml'
  const text = changes.reduce((all, [from, into]) => {
    expect(all).toContain(`<t>${from}</t>`)
    return all.replace(`<t>${from}</t>`, `<t>${into}</t>`)
  }, new TextDecoder().decode(files[cells]))
  desk.file(to, zipSync({ ...files, [cells]: new TextEncoder().encode(text) }))
}

it('a draft goes out as a workbook, is corrected, and comes in as the plan', async () => {
  const out = await desk.run(['parse', 'plan.txt', '--xlsx', 'draft.xlsx'])
  expect(out).toMatchObject({ code: 0, stdout: '' })
  expect(out.stderr).toMatch(/已写 draft\.xlsx：\d+项任务/)

  const before = desk.rows()
  retyped('draft.xlsx', 'bad.xlsx', ['2017年8月20日前', '看情况'], ['按职责分工', '一起'])
  const bad = await desk.run(['import', 'bad.xlsx', '--yes'])
  expect(bad).toMatchObject({ code: 2, stdout: '' })
  expect(bad.stderr).toMatch(/工作簿有2处要改：“任务”第\d+行“分工方式”应是.*“任务”第\d+行“时限”每行写一个时限/)
  expect(bad.stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(desk.rows()).toBe(before)

  retyped('draft.xlsx', 'good.xlsx', ['2017年8月20日前', '2017年9月底前'])
  expect((await desk.run(['import', 'good.xlsx', '--yes', '--today', '2017-07-11'])).stdout).toMatch(/已下达 公开17/)
  const heard = await desk.run(['say', '4-1号任务是什么', '--as', 'office', '--today', '2017-07-12', '--json'])
  expect(JSON.parse(heard.stdout).rows[0]).toMatchObject({ due: '2017-09-30' })

  const again = await desk.run(['import', 'plan.txt', '--today', '2017-07-12'])
  expect(again.stdout).toMatch(/时限：2017年9月30日前 → 2017年8月20日前/)
  expect(again.stdout).toMatch(/没有改动台账/)
  expect(await desk.run(['verify'])).toMatchObject({ code: 0 })
}, 60_000)

it('a workbook has the name of one, and a place to stand', async () => {
  expect(await desk.run(['parse', 'plan.txt', '--xlsx', 'draft.csv'])).toMatchObject({ code: 2, stdout: '' })
  expect(await desk.run(['parse', 'plan.txt', '--xlsx', 'none/draft.xlsx'])).toMatchObject({ code: 2, stdout: '' })
})
