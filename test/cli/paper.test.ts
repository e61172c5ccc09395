import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
const day = ['--today', '2017-09-06']
const done = async (args: string[]): Promise<string> => {
  const ran = await desk.run([...args, ...day])
  expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  return ran.stdout
}
const refused = async (args: string[], words: RegExp): Promise<void> => {
  const before = desk.rows()
  const { code, stdout, stderr } = await desk.run([...args, ...day])
  expect([args.join(' '), code, stdout]).toEqual([args.join(' '), 2, ''])
  expect(stderr).toMatch(words)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(desk.rows()).toBe(before)
}

beforeAll(async () => {
  desk = await openDesk({ kept: true })
  desk.file('plan.txt', townPlan)
  desk.file('town.json', JSON.stringify(townRoster))
  await desk.run(['roster', 'import', 'town.json', '--today', '2017-07-11'])
  await desk.run(['import', 'plan.txt', '--yes', '--today', '2017-07-11'])
})
afterAll(() => desk.close())

it('a bulletin is drafted, submitted and signed, and what was signed is kept and whole', async () => {
  await refused(['paper', 'draft', 'letter'], /没有“letter”这种文书，应是：bulletin 通报/)
  await refused(['paper', 'draft', 'notice'], /请写 --unit/)
  await refused(['paper', 'draft', 'bulletin', '--from', '2017-09-01', '--to', '2017-08-01'], /应不晚于/)
  const drafted = await done(['paper', 'draft', 'bulletin', '--from', '2017-08-01', '--to', '2017-08-31'])
  const [, id = ''] = /^已起草 (\S+) {2}《/.exec(drafted) ?? []
  expect(await done(['paper', 'draft', '通报', '--from', '2017-08-01', '--to', '2017-08-31'])).toContain(
    `已重新起草 ${id}`,
  )
  expect(await done(['paper', 'submit', id])).toBe(`待签发 ${id}\n`)
  await refused(['paper', 'submit', id], /已经在待签发/)

  const sign = (on: string, number = '某督〔2017〕3号') => [
    ...['paper', 'sign', id, '--signer', '李副市长', '--number', number, '--on', on],
  ]
  await refused(sign('2017-09-07'), /签发日期 2017-09-07 还没有到/)
  await refused(sign('2017-09-05'), /早于成文/)
  await refused(sign('2017-02-30'), /--on/)
  await refused(['paper', 'sign', id, '--signer', '李副市长', '--on', '2017-09-06'], /缺少 --number/)
  await refused(['paper', 'push', id], /签发/)
  const signed = await done(sign('2017-09-06'))
  expect(signed).toMatch(new RegExp(`^已登记签发 ${id}\\n开出整改 \\d+ 项，.*前：`))
  await refused(sign('2017-09-06'), /已经签发/)
  expect(await done(['paper', 'list'])).toMatch(new RegExp(`^${id} {2}通报 {2}已签发.*某督〔2017〕3号 {2}李副市长`))

  // The bytes that were signed are kept, and have no mark of a draft.
  const hash = /"hash":"([0-9a-f]{64})"[^}]*"natural":"bulletin/.exec(desk.rows())?.[1] ?? ''
  const parts = unzipSync(new Uint8Array(readFileSync(join(desk.folder, 'files', 'default', hash.slice(0, 2), hash))))
  const said = Object.entries(parts).flatMap(([name, part]) =>
    /^word\/(?:document|header)/.test(name) ? strFromU8(part) : [],
  )
  expect(said.join('')).toContain('某督〔2017〕3号')
  expect(said.join('')).not.toMatch(/待签发|草稿/)
  expect(await done(['verify'])).toMatch(/^台账完整/)
}, 60_000)

it('until it is signed a bulletin says so on each page, and a void one cannot be signed', async () => {
  const file = ['export', 'bulletin', '--out', 'b.docx', '--month', '2017-07']
  expect((await desk.run([...file, ...day])).code).toBe(0)
  const parts = unzipSync(new Uint8Array(readFileSync(join(desk.folder, 'b.docx'))))
  expect(strFromU8(parts['word/header1.xml'] ?? new Uint8Array())).toContain('待签发')
  const drafted = await done(['paper', 'draft', 'bulletin', '--from', '2017-07-01', '--to', '2017-07-31'])
  const [, id = ''] = /^已起草 (\S+)/.exec(drafted) ?? []
  await refused(['paper', 'void', id], /缺少 --reason/)
  expect(await done(['paper', 'void', id, '--reason', '数据有误'])).toBe(`已作废 ${id}\n`)
  await refused(
    ['paper', 'sign', id, '--signer', '李副市长', '--number', '某督〔2017〕4号', '--on', '2017-09-06'],
    /已经作废/,
  )
}, 60_000)
