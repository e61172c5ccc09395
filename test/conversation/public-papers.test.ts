import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { casesOf } from '../../db/queries/cases.ts'
import { changeSettings } from '../../src/flow/settings.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { settingsOf } from '../../src/model/settings.ts'
import { longPlan } from '../town/long-plan.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

const nextOffice = officesOf('public-papers')

let town: Rooms
beforeAll(async () => {
  town = await openRooms(nextOffice(), { plan: longPlan })
  town.on('2017-08-10')
  const registers = { ...settingsOf({}).registers, interpret: 3 }
  const { deps } = town
  await changeSettings(deps, { registers }, { by: 'admin:test', via: 'test:set', at: deps.now() })
})

const OWN = 'liaison:市环保局'
const says = (who: string, text: string) => town.as(who).says(text)

const facts = async (kind: string) => {
  const { t, q, office } = town.deps.store
  const found = await q.select().from(t.facts).where(eq(t.facts.kind, kind))
  return found.filter((fact) => fact.office === office)
}
const cases = (kind: 'publication' | 'activity') => casesOf(town.deps.store, { kinds: [kind] })

describe('公开文件', () => {
  it('comes in with its 公开属性, or goes back: nothing is stored', async () => {
    const asked = await says('office', '登记文件 关于做好防汛工作的通知 市环保局')
    asked.hears(/没有登记/, /没有标明公开属性的文件退回起草单位（国办发〔2016〕80号/, /例：登记文件 云府发/)
    ;(await says('office', '登记文件')).hears(/请填写标题/, /例：登记文件 云府发/)
    ;(await says('office', '登记文件 关于防汛的通知 不予公开 市环保局')).hears(/要写明理由/)
    ;(await says(OWN, '登记文件 关于防汛的通知 主动公开 市环保局')).hears(/没有这项权限/)
    ;(await says('office', '登记文件 关于防汛的通知 主动公开 市环保局 8月20日')).hears(/2017-08-20还没有到/)
    ;(await says('office', '登记文件 关于防汛的通知 主动公开 市环保局 2月30日')).hears(/没有这个日期/)
    expect(await cases('publication')).toEqual([])
  })

  it('is reviewed before it is made public, and interpreted after it', async () => {
    const text = '登记文件 云府发〔2017〕3号 关于主动公开防汛信息的通知 主动公开 市环保局 8月3日 需要解读'
    ;(await says('office', text)).hears(
      ...[/文件2017-1 已登记/, /标题：关于主动公开防汛信息的通知/, /文号：云府发〔2017〕3号/],
      ...[/8月31日前主动公开（还有15个工作日）/, /政府信息公开条例（2007年） 第十八条/],
    )
    ;(await says(OWN, '文件1号已公开 https://yx.gov.cn/q')).hears(/先审查后公开/, /例：文件3号保密审查通过/)
    const reviewed = await says('office', '文件1号保密审查通过 张三审 8月4日')
    reviewed.hears(/保密审查：已有（2017-08-04，可以公开）/, /还缺公开、解读/)
    expect(reviewed.text).not.toContain('张三')
    ;(await says(OWN, '文件1号还没公开')).hears(/待公开/)
    ;(await says(OWN, '文件1号已公开 https://yx.gov.cn/q 8月7日 微信')).hears(
      ...[/公开：已有（2017-08-07，政务微信，https:\/\/yx.gov.cn\/q）/, /8月10日前解读（今天到期）/, /本单位设定/],
    )
    ;(await says('office', '公开文件有哪些没公开')).hears(/没有办完的公开文件1份/, /待解读/)
    ;(await says('office', '文件1号办结')).hears(/还缺解读：请先登记/)
    ;(await says(OWN, '文件1号已解读 https://yx.gov.cn/r 图解')).hears(/三项：齐全/)
    const [row] = await cases('publication')
    expect(row).toMatchObject({ state: 'complete', closedOn: '2017-08-10', due: null })
  })

  it('is read by its own unit and by whoever reads all', async () => {
    ;(await says('liaison:市财政局', '文件1号')).hears(/没有这份文件/)
    ;(await says(OWN, '文件1号')).hears(/三项齐全/)
    ;(await says('office', '文件9号已公开 https://yx.gov.cn/z')).hears(/没有这份文件/)
  })

  it('takes no sentence about the plan’s duties', async () => {
    ;(await says(OWN, '3-1已公开 https://yx.gov.cn/air')).hears(/公开17-3-1/)
    expect((await cases('publication')).length).toBe(1)
  })
})

describe('公开活动', () => {
  it('is counted for no task in silence: the office is asked, and says so once', async () => {
    const entered = await says('office', '登记发布会 8月3日 市统计局 上半年经济运行 主要负责人出席 https://yx.gov.cn/p')
    entered.hears(/活动2017-1 已登记/, /出席的负责人：主要负责人/, /待确认：公开17-5-1 .*是不是按新闻发布会登记计数/)
    expect(await facts('counted')).toEqual([])
    const told = await town.presses('office', {
      ...{ intent: 'activity', action: 'feed', tasks: ['5-1'], plan: '公开17', sort: 'conference', led: false },
      demand: 0,
    })
    expect(told).toMatch(/公开17-5-1 按新闻发布会登记计数/)
    expect(told).toMatch(/1\/3，还差2次/)
    expect((await facts('counted')).map(({ subject, body }) => [subject, body.activity])).toEqual([
      ['duty', '活动2017-1'],
    ])
    ;(await says('office', '1-3不按登记计数')).hears(/公开17-1-3 不再按登记计数，只计反馈/)
    const again = await says('office', '登记发布会 8月8日 市统计局 住户调查')
    again.hears(/任务计数：公开17-5-1 2017年度：2\/3，还差1次/)
    expect(again.text).not.toContain('待确认')
  })

  it('counts once for its own unit only, and is told by whoever asks', async () => {
    const other = await says('office', '登记发布会 8月8日 市环保局 空气质量')
    expect(other.text).not.toContain('任务计数')
    ;(await says('leader', '今年新闻发布会开了几次')).hears(/已登记3次（主要负责人出席1次）/, /2\/3，还差1次/)
    ;(await says('liaison:市统计局', '发布会还差几次')).hears(/已登记2次/, /还差1次/)
    ;(await says('liaison:市统计局', '任务清单')).hears(/公开17-5-1 .*已报2\/3次/)
  })

  it('closes the duty when nothing is owed, and opens it again when an entry is cancelled', async () => {
    ;(await says('office', '登记发布会 8月9日 市统计局 物价')).hears(/3\/3，已办结/)
    ;(await says('office', '撤销活动2号')).hears(/请填写原因/)
    ;(await says('office', '撤销活动2号：登记重复')).hears(/活动2017-2 已撤销/, /2\/3，还差1次/)
    ;(await says('office', '撤销活动2号：再撤一次')).hears(/没有登记/)
    expect((await facts('uncounted')).map(({ body }) => body.activity)).toEqual(['活动2017-2'])
    ;(await says('office', '登记发布会 8月10日 市统计局 就业')).hears(/3\/3，已办结/)
  })

  it('counts only with the main leader where the task asks for it', async () => {
    ;(await says('office', 'R-1按主要负责人听取汇报计数')).hears(/R-1 按主要负责人出席的听取汇报登记计数/)
    expect((await says('office', '登记听取汇报 8月8日 市审计局 政务公开')).text).not.toContain('任务计数')
    ;(await says('office', '登记听取汇报 8月9日 市审计局 政务公开 主要负责人')).hears(/公开17-R-1.*1\/1，已办结/)
    ;(await says('office', 'R-1不按登记计数')).hears(/不再按登记计数/)
    ;(await says('office', '登记听取汇报 8月9日 市教育局 政务公开 主要负责人')).hears(/活动2017-\d 已登记/)
    expect(await facts('counted')).toHaveLength(5)
  })

  it('is entered by the office, and half said asked for whole', async () => {
    ;(await says(OWN, '登记发布会 8月3日 市环保局 空气质量')).hears(/没有这项权限/)
    ;(await says('office', '登记发布会')).hears(/请填写主题/, /例：登记发布会 8月3日 市教育局/)
    ;(await says('office', '登记发布会 2017年2月30日 市审计局 预算执行')).hears(/没有这个日期/)
    ;(await says('office', '登记培训 8月3日 市审计局 业务培训')).hears(/培训要写参加人数/)
    ;(await says('office', '登记培训 8月3日 市审计局 业务培训 40人 4学时')).hears(/参加人数：40人/, /学时：4/)
    expect((await verifyLedger(town.deps.store)).broken).toEqual([])
  })
})
