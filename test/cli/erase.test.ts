import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
const DAY = ['--today', '2017-08-15']
beforeAll(async () => {
  desk = await openDesk()
  desk.file('plan.txt', townPlan)
  desk.file('town.json', JSON.stringify(townRoster))
  await done('roster', 'import', 'town.json', '--today', '2017-07-11')
  await done('import', 'plan.txt', '--yes', '--today', '2017-07-11')
})
afterAll(() => desk.close())

const done = async (...args: string[]): Promise<string> => {
  const ran = await desk.run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  return ran.stdout
}
const wrong = async (...args: string[]): Promise<string> => {
  const before = desk.rows()
  const ran = await desk.run(args)
  expect(ran, args.join(' ')).toMatchObject({ code: 2, stdout: '' })
  expect(desk.rows()).toBe(before)
  return ran.stderr
}
/** Which of these stand anywhere in the bytes of the database or its log. */
const found = (words: string[]): string[] => {
  const bytes = readdirSync(desk.folder)
    .filter((name) => name.startsWith('duban.db'))
    .map((name) => readFileSync(join(desk.folder, name)))
  return words.filter((word) => bytes.some((one) => one.includes(Buffer.from(word))))
}

it('nothing of an erased person stands in the file, and the ledger is whole', async () => {
  const traces = ['欧阳若谷', 'ou_ruogu', '13911112222']
  await done('people', 'add', '欧阳若谷', '--role', 'office', '--id', 'console:ou_ruogu', ...DAY)
  await done('people', 'add', '司马长风', '--role', 'office', ...DAY)
  await done('say', '2-1内容改为：在门户网站开设重大项目专栏，因欧阳若谷13911112222来电更正', '--as', 'office', ...DAY)
  expect(found(traces)).toEqual(traces)
  const before = await done('verify')
  expect(await done('people', 'erase', '欧阳若谷', '--reason', '本人申请', ...DAY)).toMatch(/将清除.*确认请加 --yes/s)
  expect(found(traces)).toEqual(traces)
  expect(await done('people', 'erase', '欧阳若谷', '--reason', '本人申请', '--yes', ...DAY)).toMatch(
    /^已清除：本人的\d+条记录里的文字；别人的[1-9]\d*条记录/,
  )
  expect(found(traces)).toEqual([])
  expect(found(['司马长风'])).toEqual(['司马长风'])
  const facts = (text: string) => Number(/(\d+)条记录/.exec(text)?.[1])
  expect(facts(await done('verify'))).toBe(facts(before) + 1)
  expect(await wrong('people', 'erase', '欧阳若谷', '--reason', '本人申请', '--yes')).toMatch(/通讯录里没有“欧阳若谷”/)
})

it('says what it needs', async () => {
  expect(await wrong('people', 'erase', '司马长风')).toMatch(/要写明理由/)
  expect(await wrong('people', 'erase', '没有的人', '--reason', '申请')).toMatch(/通讯录里没有/)
  expect(await wrong('evidence', 'erase', 'x')).toMatch(/要写明理由/)
  expect(await wrong('evidence', 'erase', 'x', '--reason', '误传')).toMatch(/没有这份佐证：x/)
  expect(await wrong('evidence', 'list', '别的-1')).toMatch(/没有“别的-1”这项任务/)
})
