import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
let before: string

/** A GB18030 encoder by the decoder's table of two-byte characters: Node has none of its own. */
const gb18030 = (text: string): Uint8Array => {
  const decoder = new TextDecoder('gb18030')
  const bytes = new Map<string, number[]>()
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++)
      if (low !== 0x7f) bytes.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  return Uint8Array.from([...text].flatMap((char) => bytes.get(char) ?? [char.charCodeAt(0)]))
}

const report = `云溪市人民政府办公室2017年政务公开工作报告

2017年，全市政务公开工作取得新成效。现将有关情况报告如下。

一、主要做法

全年主动公开信息一万余条，召开新闻发布会十二场，群众满意度稳步提高。
`

beforeAll(async () => {
  desk = await openDesk({ kept: true })
  mkdirSync(join(desk.folder, 'folder'))
  desk.file('plan.txt', townPlan)
  desk.file('gb.txt', gb18030(townPlan))
  desk.file('empty.txt', '')
  desk.file(
    'noise.txt',
    Uint8Array.from({ length: 900 }, (_, i) => (i * 151 + 129) % 256),
  )
  desk.file('note.txt', '今天下午三点开会，请大家准时参加。\n')
  desk.file('report.txt', report)
  desk.file('secret.txt', `机密★1年\n\n${townPlan}`)
  desk.file('twice.json', JSON.stringify({ level: '市', units: ['市财政局', '市审计局', '市财政局'] }))
  desk.file('lost.json', JSON.stringify({ level: '市', units: ['市财政局'], groups: { 市级各部门: ['市商务局'] } }))
  desk.file('broken.json', '{"units": [')
  desk.file('sheet.xlsx', 'no workbook')
  desk.file('town.json', JSON.stringify(townRoster))
  expect(await desk.run(['roster', 'import', 'town.json'])).toMatchObject({ code: 0 })
  before = desk.rows()
})
afterAll(() => desk.close())

type Case = [what: string, args: string[], says: RegExp, more?: { stdin?: string; env?: Record<string, string> }]

const cases: Case[] = [
  ['no command', [], /用法：duban/],
  ['an unknown command', ['frobnicate'], /没有“frobnicate”这个命令.*parse.*serve/],
  ['a name of Object’s own', ['constructor'], /没有“constructor”这个命令/],
  ['an unknown option', ['import', 'plan.txt', '--nope'], /没有 --nope 这个选项.*用法：duban import/],
  ['an option without its value', ['say', '你好', '--as'], /--as 后面缺内容/],
  ['a value for a switch', ['import', 'plan.txt', '--yes=1'], /--yes 后面不带内容/],
  ['no file', ['import', '--yes'], /缺少文件/],
  ['a missing file', ['import', 'none.txt', '--yes'], /none\.txt：文件不存在/],
  ['a folder', ['import', 'folder', '--yes'], /folder：这是一个文件夹/],
  ['an empty file', ['import', 'empty.txt', '--yes'], /空的/],
  ['bytes of no encoding', ['import', 'noise.txt', '--yes'], /UTF-8.*GB18030/],
  ['a note', ['import', 'note.txt', '--yes'], /没有读到任务.*责任单位/],
  ['a report', ['import', 'report.txt', '--yes'], /报告，不是工作方案/],
  ['a 密级 mark', ['import', 'secret.txt', '--yes'], /第1行有密级标志/],
  ['a 密级 mark, only read', ['parse', 'secret.txt'], /密级标志/],
  ['a day that is none', ['import', 'plan.txt', '--yes', '--from', '2017-02-30'], /--from 应是日期/],
  ['--today on no day', ['say', '帮助', '--as', 'leader', '--today', '2017-02-30'], /--today 应是日期.*2017-02-30/],
  ['--now in words', ['push', '--now', 'yesterday'], /--now 应是 ISO 时刻/],
  ['--now on no day', ['push', '--now', '2017-02-30T09:00:00+08:00'], /--now 应是 ISO 时刻/],
  ['--now at no hour', ['push', '--now', '2017-02-03T24:30:00+08:00'], /--now 应是 ISO 时刻/],
  ['push of what', ['push', 'sideways'], /用法：duban push .*push report/],
  ['a report before any push', ['push', 'report'], /近两个月没有推送/],
  ['nobody speaking', ['say', '帮助'], /--as/],
  ['a role that is none', ['say', '帮助', '--as', 'king'], /leader、office、liaison/],
  ['a liaison of no unit', ['say', '帮助', '--as', 'liaison'], /liaison 要写明单位/],
  ['a unit that is not on the roster', ['say', '帮助', '--as', 'liaison:市商务局'], /没有“市商务局”/],
  ['two texts', ['say', '本月', '任务', '--as', 'leader'], /写成一个参数/],
  ['nothing to do with a plan', ['plan'], /用法：duban plan/],
  ['no plan named', ['plan', 'release'], /缺少方案简称/],
  ['a plan that is not there', ['plan', 'close', '公开99'], /没有“公开99”这份方案/],
  ['a roster of no known kind', ['roster', 'import', 'note.txt'], /应是 \.xlsx 或 \.json/],
  ['a roster with a unit twice', ['roster', 'import', 'twice.json'], /“市财政局”.*两次/],
  ['a class with a member that is no unit', ['roster', 'import', 'lost.json'], /“市商务局”不在单位名单中/],
  ['a roster that is no JSON', ['roster', 'import', 'broken.json'], /broken\.json 不是 UTF-8 的 JSON/],
  ['a roster that is no workbook', ['roster', 'import', 'sheet.xlsx'], /sheet\.xlsx 打不开/],
  ['a person of no role', ['people', 'add', '周小舟'], /用法：duban people add/],
  ['a liaison to be of no unit', ['people', 'add', '周小舟', '--role', 'liaison'], /--unit/],
  ['an account of no platform', ['people', 'add', '林山', '--role', 'leader', '--id', 'icq:7'], /“icq:7”不是平台账号/],
  ['a room bound to nothing', ['rooms', 'bind', 'lark:oc_1'], /--unit 单位、--all/],
  ['a room of no platform', ['rooms', 'bind', 'oc_1', '--all'], /“oc_1”不是平台账号/],
  ['no units to understand by', ['understand'], /缺少文件/],
  ['a line that is no JSON', ['deadlines'], /第1行不是 JSON/, { stdin: 'text\n' }],
  [
    'a line without its fields',
    ['deadlines'],
    /第2行应是/,
    { stdin: '{"text":"年底前","asOf":"2017-01-01","year":2017}\n{}' },
  ],
  [
    'half of Lark',
    ['plan', 'list'],
    /飞书只设了一半：缺 LARK_APP_SECRET.*LARK_MODE=socket/,
    { env: { LARK_APP_ID: 'cli_1' } },
  ],
  ['half of WeCom’s bot', ['serve'], /缺 WECOM_BOT_AES_KEY/, { env: { WECOM_BOT_TOKEN: 'token1' } }],
  ['a database of another kind', ['plan', 'list'], /DATABASE_URL 不对/, { env: { DATABASE_URL: 'mysql://db/1' } }],
  ['a port that is none', ['serve'], /PORT 不对/, { env: { PORT: '99999' } }],
  ['a clock that is none', ['plan', 'list'], /DUBAN_NOW 不对/, { env: { DUBAN_NOW: 'today' } }],
]

describe('what is wrong is told in one line', () => {
  it.concurrent.each(cases)('%s: exit 2', async (_what, args, says, more) => {
    const { code, stdout, stderr } = await desk.run(args, more)
    expect({ code, stderr: stderr || stdout }).toMatchObject({ code: 2, stderr: expect.stringMatching(says) })
    if (args.length > 0) expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('and nothing of it is stored', () => {
    expect(desk.rows()).toBe(before)
  })
})

describe('what cannot be reached is exit 1', () => {
  it.concurrent('a server that is not there', async () => {
    const env = { DATABASE_URL: 'postgres://duban@127.0.0.1:1/duban' }
    expect(await desk.run(['plan', 'list'], { env })).toMatchObject({ code: 1, stdout: '' })
  })

  it.concurrent('a file that is no database', async () => {
    const env = { DATABASE_URL: `file:${join(desk.folder, 'note.txt')}` }
    expect(await desk.run(['plan', 'list'], { env })).toMatchObject({ code: 1, stdout: '' })
  })
})

describe('help', () => {
  it.concurrent('lists the commands, and tells one of them', async () => {
    expect((await desk.run(['--help'])).stdout).toMatch(/parse FILE[\s\S]*serve[\s\S]*doctor/)
    expect(await desk.run(['import', '--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^用法：duban import FILE/),
    })
  })
})

it('a plan in GB18030 reads as the same plan', async () => {
  const [utf, gb] = await Promise.all([desk.run(['parse', 'plan.txt']), desk.run(['parse', 'gb.txt'])])
  expect(gb).toEqual(utf)
})
