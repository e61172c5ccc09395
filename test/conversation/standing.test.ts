import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { renderText } from '../../adapters/console/index.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { applyRoster, register } from '../../src/flow/roster.ts'
import { readRosterJson } from '../../src/unit/roster.ts'
import { deskOf, openMatrixTown, type Said } from '../town/matrix.ts'
import { townRoster } from '../town/plan.ts'

let store: Store
let desk: ReturnType<typeof deskOf>
beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  await openMatrixTown(store)
  desk = deskOf(store, '11:00')
})
afterEach(() => store.close())

const hears = async (who: string, said: string | Said): Promise<string> => {
  const { turn } = await desk.say(who, typeof said === 'string' ? { text: said } : said)
  return turn.reply ? renderText(turn.reply) : ''
}
const whoAnswers = () => hears('leader', '市财政局找谁')

describe('a liaison that is away', () => {
  it('is replaced by the B岗 it names, until the day has passed', async () => {
    expect(await whoAnswers()).toMatch(/市财政局：周小舟（A岗）、郑同（B岗）/)
    expect(await hears('liaison', '我下周请假，由B岗代')).toMatch(/到8月27日，由郑同代；8月28日起照常提醒/)
    expect(await whoAnswers()).toMatch(/市财政局：郑同（B岗）、双岗；周小舟（A岗）8月27日前不在，由郑同代/)
    desk.on('2017-08-28')
    expect(await whoAnswers()).toMatch(/市财政局：周小舟（A岗）、郑同（B岗）/)
  })

  it('comes back early', async () => {
    await hears('liaison', '我请假到8月25日')
    expect(await whoAnswers()).toMatch(/周小舟（A岗）8月25日前不在/)
    expect(await hears('liaison', '我回来了')).toMatch(/已销假/)
    expect(await whoAnswers()).not.toMatch(/不在/)
  })

  it('with the one that stands in away too, nobody is made up', async () => {
    await hears('second', '我请假到8月31日')
    expect(await hears('liaison', '我请假到8月25日，由郑同代')).toMatch(/郑同本人8月31日前也请假/)
    const words = await whoAnswers()
    expect(words).toMatch(/周小舟（A岗）8月25日前不在，由双岗代/)
    expect(words).toMatch(/郑同（B岗）8月31日前不在，由双岗代/)
  })

  it('may name nobody of the roster, and is told so', async () => {
    expect(await hears('liaison', '我下周请假，由钱多代')).toMatch(/通讯录里本单位没有“钱多”/)
  })

  it('who was not away hears nothing to 我回来了, and is told at 销假', async () => {
    expect(await hears('liaison', '我回来了')).toBe('')
    expect(await hears('liaison', '销假')).toMatch(/没有在请假/)
  })

  it('stays away through an import of the roster and a second registration', async () => {
    await hears('liaison', '我请假到8月25日')
    const stamp = { by: 'admin:test', via: 'test:again', at: desk.deps.now() }
    const roster = {
      level: townRoster.level,
      units: [{ name: '市财政局', liaisons: [{ name: '周小舟', post: 'A', mobile: '13800000000' }] }],
    }
    await applyRoster(desk.deps, readRosterJson(roster), stamp)
    const { registry } = await desk.deps.cache(desk.deps.store)
    const found = registry.resolve('市财政局')
    const unit = found.kind === 'one' ? found.unit.id : ''
    const again = { name: '周小舟', role: 'liaison' as const, units: [unit], charge: [], post: '' as const, mobile: '' }
    await register(desk.deps, { people: [{ ...again, identities: ['wecom:*:zhou'] }] }, { ...stamp, via: 'test:third' })
    expect(await whoAnswers()).toMatch(/周小舟（A岗）8月25日前不在，由郑同代/)
  })
})

describe('another liaison', () => {
  const handover = (to: string, text = '') =>
    desk.say('office', { button: { intent: 'handover', units: ['市财政局'], to }, text })

  it('takes the unit over at once; who had it may do nothing more', async () => {
    expect((await desk.say('liaison', { text: '1-1正在办，初稿已送审' })).facts).toContain('progressed')
    const { turn, facts } = await handover('吴桐')
    expect([turn.reply?.title, facts]).toEqual(['联络员已更换', expect.arrayContaining(['handed-over', 'took-over'])])
    expect(renderText(turn.reply ?? { title: '', tone: 'plain', blocks: [] })).toMatch(/原联络员：周小舟/)
    expect((await desk.say('liaison', { text: '1-1正在办' })).logged).toBe('refused-unbound')
    expect((await desk.say('liaison', { text: '本月有哪些到期任务' })).logged).toBe('refused-unbound')
    expect((await desk.say('audit', { text: '1-1正在办' })).facts).toContain('progressed')
    expect(await whoAnswers()).toMatch(/市财政局：吴桐（A岗）、郑同（B岗）、双岗$/)
  })

  it('takes the B岗 where that is said', async () => {
    await handover('吴桐', '市财政局B岗联络员换成吴桐')
    expect(await whoAnswers()).toMatch(/周小舟（A岗）、吴桐（B岗）/)
  })

  it('is none where the roster has no liaison of that name', async () => {
    for (const name of ['高局', '林副市长', '钱多'])
      expect((await handover(name)).turn.reply?.title).toBe('通讯录里没有这个人')
  })

  it('what the old one says at the same moment is stored before it or not at all', async () => {
    const [, report] = await Promise.all([handover('吴桐'), desk.say('liaison', { text: '1-1正在办，初稿已送审' })])
    const { t, q } = desk.deps.store
    const facts = await q.select().from(t.facts)
    const over = facts.find((fact) => fact.kind === 'handed-over')
    const moved = facts.find((fact) => fact.kind === 'progressed')
    expect(over).toBeDefined()
    expect(moved === undefined).toBe(report.logged !== 'answered')
  })
})

describe('a muted room', () => {
  const outbox = () => {
    const { t, q, office } = desk.deps.store
    return q
      .select({ id: t.outbox.id, dueAt: t.outbox.dueAt, room: t.outbox.room })
      .from(t.outbox)
      .where(and(eq(t.outbox.office, office), eq(t.outbox.lane, 'push')))
  }

  const urgedInRoom = ({ id, room }: { id: string; room: string }) =>
    id.startsWith('urged') && room.endsWith('oc_finance')

  it('hears answers at once and notices when the hour is over', async () => {
    desk.on('2017-08-15', '14:00')
    expect(await hears('liaison', { button: { intent: 'mute', minutes: 60 } })).toMatch(/静音到15:00/)
    expect(await hears('liaison', '本月有哪些到期任务')).toMatch(/1-1/)
    expect((await desk.say('leader', { text: '催一下市财政局1-1', room: 'oc_work' })).facts).toContain('urged')
    const [held] = (await outbox()).filter(urgedInRoom)
    expect(held?.dueAt.toISOString()).toBe('2017-08-15T07:00:01.000Z')
  })

  it('is heard again when that is said', async () => {
    await desk.say('liaison', { button: { intent: 'mute' } })
    expect(await hears('liaison', { button: { intent: 'mute', minutes: 0 } })).toMatch(/已恢复推送/)
    await desk.say('leader', { text: '催一下市财政局1-1', room: 'oc_work' })
    const [row] = (await outbox()).filter(urgedInRoom)
    expect(row?.dueAt.getTime()).toBe(desk.deps.now().getTime())
  })

  it('今天 lasts to the end of the office’s hours; an end that is no length is asked for', async () => {
    const said = async (text: string) => {
      await hears('office', { text: '取消静音', room: 'oc_finance' })
      return hears('office', { text, room: 'oc_finance' })
    }
    desk.on('2017-08-15', '14:00')
    expect(await said('今天别推了')).toMatch(/^本群静音到17:30/)
    for (const text of ['静音到明天', '静音到下午三点', '静音到周五']) expect(await said(text)).toMatch(/^静音多久/)
    expect(await said('静音一天')).toMatch(/^本群静音到22:00\n.*最长8小时/)
    await said('取消静音')
  })

  it('is none in a single chat and in a group that is not bound', async () => {
    expect(await hears('liaison', { button: { intent: 'mute' }, room: 'oc_nowhere' })).toMatch(/这里不用静音/)
  })
})

describe('help', () => {
  it.each([
    ['liaison', 'oc_finance', [/反馈：报完成/, /静音/], [/审核/, /批示/]],
    ['liaison', 'oc_two', [/反馈：报完成/], [/静音/]],
    ['head', 'oc_finance', [/查任务/], [/反馈：/, /认领/]],
    ['leader', 'oc_work', [/查询：查任务/, /督促：催办/], [/报完成/, /审核通过/]],
    ['office', 'oc_work', [/审核：审核通过、退回/, /调整：新增任务/, /回复“帮助 /], []],
    ['ou_nobody', 'oc_finance', [/查任务：/, /领取绑定码/], [/报完成/]],
    ['ou_nobody', 'oc_nowhere', [/绑定：/, /领取绑定码/], [/查任务/]],
  ])('shows %s in %s what it may do there, in ten lines at most', async (who, room, shown, hidden) => {
    const words = await hears(who, { text: '帮助', room })
    for (const pattern of shown) expect(words).toMatch(pattern)
    for (const pattern of hidden) expect(words).not.toMatch(pattern)
    expect(words.split('\n').length).toBeLessThanOrEqual(10)
  })

  it('says more of one group or one command', async () => {
    expect(await hears('office', '帮助 审核')).toMatch(/审核通过：通过 1-2[\s\S]*退回：[\s\S]*答复延期：/)
    expect(await hears('liaison', '帮助 延期')).toMatch(/申请延期：12号申请延期到/)
    expect(await hears('liaison', '帮助 审核')).not.toMatch(/退回/)
  })
})
