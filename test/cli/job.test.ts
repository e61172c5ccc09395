import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { townPlan } from '../town/plan.ts'
import { type Desk, openDesk, type Ran } from './duban.ts'
import { type RosterRow, rosterSheet } from './roster-sheet.ts'

/** The clerk's month, in order, on one database: each `it` goes on where the one before left off. */
let desk: Desk
beforeAll(async () => {
  desk = await openDesk({ kept: true })
  desk.file('plan.txt', townPlan)
})
afterAll(() => desk.close())

const done = async (args: string[], options?: Parameters<Desk['run']>[1]): Promise<string> => {
  const ran: Ran = await desk.run(args, options)
  expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  return ran.stdout
}
const says = (text: string, as: string, today: string, ...more: string[]) =>
  done(['say', text, '--as', as, '--today', today, ...more])
const json = async (text: string, as: string, today: string, ...more: string[]) =>
  JSON.parse(await says(text, as, today, '--json', ...more))

const row = (unit: string, short: string, n: number): RosterRow => [
  unit,
  short,
  '林副市长',
  `${short}分管`,
  `${short}甲`,
  `1380000000${n}`,
  `${short}乙`,
  `1380000010${n}`,
  `console:${unit}`,
]
const members = ['财政', '发改', '统计', '环保', '教育', '审计', '住建', '交通'] as const
const fullNames: Record<(typeof members)[number], string> = {
  财政: '市财政局',
  发改: '市发改委',
  统计: '市统计局',
  环保: '市环保局',
  教育: '市教育局',
  审计: '市审计局',
  住建: '市住建局',
  交通: '市交通局',
}
const roster = members.map((short, i) => row(fullNames[short], short, i))

describe('the clerk sets up', () => {
  it('roster import takes the workbook and shows what is new', async () => {
    desk.file('roster.xlsx', await rosterSheet(roster))
    const stdout = await done(['roster', 'import', 'roster.xlsx'])
    expect(stdout.trimEnd().split('\n')).toEqual(members.map((short) => `新增 ${fullNames[short]}`))
    expect(await done(['roster', 'import', 'roster.xlsx'])).toBe('通讯录没有变化\n')
  })

  it('a second roster shows the difference', async () => {
    const changed = roster.map((one): RosterRow => (one[0] === '市审计局' ? row('市审计局', '审计署', 5) : one))
    desk.file('roster2.xlsx', await rosterSheet([...changed.slice(1), row('市政府办公室', '府办', 9)]))
    const stdout = await done(['roster', 'import', 'roster2.xlsx'])
    expect(stdout).toMatch(/变更 市审计局：.*审计.*→.*审计署/)
    expect(stdout).toMatch(/新增 市政府办公室/)
    expect(stdout).toMatch(/文件中没有 市财政局/)
  })

  it('import without --yes makes a draft that no one sees', async () => {
    const stdout = await done(['import', 'plan.txt'])
    expect(stdout).toMatch(/为草稿 公开17：\d+项任务[\s\S]*duban plan release 公开17/)
    expect(await done(['plan', 'list'])).toMatch(/^公开17 {2}草稿 {2}云溪市2017年政务公开工作实施方案/)
    expect((await json('本月市财政局有哪些到期任务', 'leader', '2017-08-15')).rows).toEqual([])
  })

  it('plan release opens the duties, once', async () => {
    expect(await done(['plan', 'release', '公开17', '--from', '2017-07-11'])).toMatch(
      /^已下达 公开17：\d+个单位.*待认领\d+[\s\S]*按建议处理的问题/,
    )
    expect(await desk.run(['plan', 'release', '公开17'])).toMatchObject({ code: 2 })
    expect(await done(['plan', 'list'])).toMatch(/^公开17 {2}已下达/)
  })

  it('the same file again changes nothing', async () => {
    const before = desk.rows()
    expect(await done(['import', 'plan.txt', '--yes'])).toMatch(/公开17 已在台账里，内容没有变化/)
    expect(desk.rows()).toBe(before)
  })

  it('the same head over another text shows what it would change, and stores nothing unasked', async () => {
    const before = desk.rows()
    desk.file('other.txt', townPlan.replace('2017年8月25日前', '2017年9月25日前'))
    expect(await done(['import', 'other.txt'])).toMatch(
      /变更 2-1号[\s\S]*2017年8月25日前 → 2017年9月25日前[\s\S]*没有改动台账/,
    )
    expect(desk.rows()).toBe(before)
  })

  it('people add gives a one-time code where there is no account yet', async () => {
    expect(
      await done(['people', 'add', '周小舟', '--role', 'liaison', '--unit', '市财政局', '--id', 'lark:ou_1']),
    ).toMatch(/^已登记 周小舟 {2}联络员 {2}市财政局 {2}lark:ou_1\n$/)
    const stdout = await done(['people', 'add', '吴桐', '--role', 'liaison', '--unit', '市审计局'])
    expect(stdout).toMatch(/绑定码 [2-9A-Z]{8}：/)
  })

  it('people link gives a way into the console to the one who is meant', async () => {
    expect(await done(['people', 'link', '周小舟'])).toMatch(
      /^周小舟 的网页版链接（十分钟内有效，只能用一次，只给本人）：http:\/\/127\.0\.0\.1:\d+\/signin#default\.[\w-]{32}\n$/,
    )
    const env = { PUBLIC_URL: 'https://duban.example.gov.cn' }
    const open = await desk.run(['people', 'link', '周小舟', '--role', 'liaison'], { env })
    expect(open.stdout).toContain('https://duban.example.gov.cn/signin#')
    const nobody = await desk.run(['people', 'link', '周小舟', '--role', 'leader'])
    expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining('通讯录里没有“周小舟”')])
  })

  it('rooms bind takes a unit, everybody, and the office itself', async () => {
    expect(await done(['rooms', 'bind', 'console:财政群', '--unit', '市财政局'])).toBe(
      '已绑定 console:财政群：市财政局\n主动推送的仍进先绑定的 console:市财政局；要进这个群，加 --main\n',
    )
    expect(await done(['rooms', 'bind', 'console:工作群', '--all'])).toBe('已绑定 console:工作群：全体\n')
    expect(await done(['rooms', 'bind', '--office', 'console:科室群'])).toBe('已绑定 console:科室群：主管科室\n')
    expect(await done(['rooms', 'bind', 'console:科室群', '--office'])).toBe('已绑定 console:科室群：主管科室\n')
  })
})

describe('a month of the ledger', () => {
  it('say --json gives reply, text, intent and rows', async () => {
    const said = await json('本月市财政局有哪些到期任务', 'leader', '2017-08-15')
    expect(Object.keys(said).sort()).toEqual(['intent', 'reply', 'rows', 'text'])
    expect(said.intent).toMatchObject({ intent: 'list', units: ['市财政局'] })
    expect(said.text).toContain('公开17-1-2')
    expect(said.reply.title).toContain('市财政局')
    const seven = { plan: '公开17', task: '1-2', unit: '市财政局', round: '2017-07', due: '2017-08-31', state: 'open' }
    expect(said.rows).toContainEqual({ ...seven, light: 'green' })
  })

  it('without --json it prints the text alone', async () => {
    const said = await json('帮助', 'leader', '2017-08-15')
    expect(await says('帮助', 'leader', '2017-08-15')).toBe(`${said.text}\n`)
  })

  it('in a room of one unit a stranger reads that unit', async () => {
    const said = await json('本月有哪些到期任务', 'unknown', '2017-08-15', '--room', '财政群')
    expect(new Set(said.rows.map((one: { unit: string }) => one.unit))).toEqual(new Set(['市财政局']))
  })

  it('refusals, silence and what is not understood exit 0', async () => {
    expect(await says('1-2已完成', 'liaison:市审计局', '2017-08-15')).toMatch(/不是本单位的任务[\s\S]*市财政局/)
    expect(await says('通过 1-2', 'liaison:市财政局', '2017-08-15')).toMatch(/没有这项权限/)
    expect(await says('今晚吃什么', 'liaison:市财政局', '2017-08-15')).toMatch(/没有听懂[\s\S]*例：/)
    expect(await says('机密★1年', 'liaison:市财政局', '2017-08-15')).toMatch(/涉密内容/)
  })

  it('chat takes a line a turn and asks on', async () => {
    const stdin = '1-2 7月的已公开 http://czj.example.gov.cn/7.html\n\n1-2 6月的已公开\n我局有哪些待审核的反馈\n'
    const ran = await desk.run(['chat', '--as', 'liaison:市财政局', '--today', '2017-08-15'], { stdin })
    expect(ran.code).toBe(0)
    expect(ran.stderr).toMatch(/您是市财政局/)
    expect(ran.stdout.match(/已收到反馈/g)).toHaveLength(2)
    expect(ran.stdout).toMatch(/1-2.*7月/)
  })

  it('the office approves, and the figures move', async () => {
    expect(await says('通过 1-2', 'office', '2017-08-15')).toMatch(/2份反馈待审核/)
    expect(await says('3', 'office', '2017-08-15')).toMatch(/审核通过/)
    const said = await json('市财政局今年已经完成了哪些', 'leader', '2017-08-16')
    expect(said.rows.map((one: { round: string; state: string }) => `${one.round} ${one.state}`).sort()).toEqual([
      '2017-06 done',
      '2017-07 done',
    ])
  })

  it('nothing assumes that times rise', async () => {
    expect((await json('市财政局有哪些逾期任务', 'office', '2017-07-12')).rows).toEqual([])
  })

  it('DUBAN_NOW sets the clock, --now and --today come before it', async () => {
    const env = { DUBAN_NOW: '2017-09-04T09:00:00+08:00' }
    expect(await done(['push', '--dry'], { env })).toMatch(/将推送 周清单（9月4日起的一周）/)
    expect(await done(['push', '--dry', '--now', '2017-09-05T09:00:00+08:00'], { env })).toBe('')
    expect(await done(['push', '--dry', '--now', '2017-09-04T09:00:00'])).toMatch(/将推送 周清单（9月4日起的一周）/)
  })

  it('push sends each room its list once', async () => {
    const now = ['push', '--now', '2017-08-21T09:00:00+08:00']
    const first = await done(now)
    expect(first).toMatch(/── 市财政局 ──\n市财政局本周任务/)
    expect(first).toMatch(/^已送达 周清单（8月21日起的一周）：全体工作群 console:工作群$/m)
    // A unit of two rooms is told in the one that was bound first.
    expect(first).not.toMatch(/── 财政群 ──/)
    const lines = first.split('\n').filter((line) => line.startsWith('已送达 '))
    expect(new Set(lines).size).toBe(lines.length)
    expect(await done(now)).toBe('')
    const report = ['push', 'report', '--today', '2017-08-21']
    expect(await done(report)).toMatch(/^8月21日：应发(\d+) = 已送达\d+/)
    expect(await done([...report, 'week:2017-08-21'])).toMatch(/^周清单（8月21日起的一周） week:2017-08-21：应发/)
  })

  it('doctor tells how it stands', async () => {
    const stdout = await done(['doctor', '--today', '2017-08-22'])
    expect(stdout).toMatch(/^数据库：sqlite/)
    expect(stdout).toMatch(/飞书：未配置/)
    expect(stdout).toMatch(/方案：1 份/)
    expect(stdout).toMatch(/中文字体：\/|没有中文字体：企业微信自建应用里的周报不附图，Debian 上请安装 fonts-noto-cjk/)
    expect(stdout).toMatch(/待发0，.*不确定0/)
  })

  it('plan close takes its duties out of every list', async () => {
    const close = ['plan', 'close', '公开17']
    expect(await done(close)).toMatch(/^已结 公开17：结转\d+项，归档\d+项/m)
    expect((await json('本月市财政局有哪些到期任务', 'leader', '2017-08-15')).rows).toEqual([])
  })
})

describe('the ledger', () => {
  it('verifies, whatever the order of the days was', async () => {
    expect(await done(['verify'])).toMatch(/^台账完整：\d+个对象，\d+条记录，\d+个封印，1个文件\n$/)
  })

  it('another office in the same database sees nothing of it', async () => {
    expect(await done(['plan', 'list', '--office', '云峰县'])).toBe('')
    expect(await done(['verify', '--office', '云峰县'])).toMatch(/^台账完整：0个对象/)
  })

  it('fails where a row was changed behind its back, and holds again once that is undone', async () => {
    desk.sql(`update facts set body = replace(body, '2017-08-15', '2017-08-14') where kind = 'approved'`)
    const { code, stdout, stderr } = await desk.run(['verify'])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/第\d+条记录被改过/)
    desk.sql(`update facts set body = replace(body, '2017-08-14', '2017-08-15') where kind = 'approved'`)
    expect(await done(['verify'])).toMatch(/^台账完整/)

    desk.sql(`delete from facts where subject = 'duty' and kind = 'approved'`)
    expect((await desk.run(['verify'])).stderr).toMatch(/台账行与记录不一致/)
  })
})
