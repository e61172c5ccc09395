import { describe, it } from 'vitest'
import { createConsoleAdapter } from '../../adapters/console/index.ts'
import { settle } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'

const nextOffice = officesOf('requests')

const town = async (day = '2026-03-03'): Promise<Town> => {
  const opened = await openTown(nextOffice(), { adapters: [createConsoleAdapter(() => undefined)] })
  opened.on(day)
  return opened
}

const REGISTER =
  '登记依申请 网络 3月2日 自然人 王小明 电话 13800001234 事由：财政决算 申请公开：2025年本级财政决算及说明'

describe('依申请公开', () => {
  it('is entered with its limit worked out, and told in full to the office alone', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says(REGISTER)).hears(
      /已登记：依申请2026-1/,
      /财政决算（王某，自然人）/,
      /申请人：王小明/,
      /3月30日前答复申请人（还有19个工作日）/,
      /3月2日 收到申请（互联网，以双方确认之日为准.*第三十一条第（三）项）：20个工作日，自3月3日起，到3月30日（政府信息公开条例（2019年修订）第三十三条第二款）/,
      /需要补正的.*3月11日以前一次性告知/,
    )
    ;(await t.as('office', 'oc_work').says('依申请1号')).hears(/王某/).misses(/王小明|1380000|决算及说明/)
    ;(await t.as('leader').says('依申请1号')).hears(/王某/).misses(/王小明|1380000|决算及说明/)
  })

  it('is asked for in one card where something is missing, and nothing is stored', async () => {
    const t = await town()
    const office = t.as('office')
    ;(await office.says('登记依申请公开：申请人李某，申请公开2016年棚改补助资金分配情况'))
      .hears(/还缺：收到渠道.*收到申请之日.*申请人类别/, /登记依申请 网络 3月2日/)
      .misses(/李某|棚改/)
    ;(await office.says('依申请有哪些')).hears(/没有未办结的依申请/)
    ;(await office.says('登记依申请 网络 3月9日 自然人 王小明 申请公开2025年财政决算')).hears(/没有登记|还没有到/)
  })

  it('goes to a unit, which hears of it, reads it without the applicant, and tells how it stands', async () => {
    const t = await town()
    await settle(t, 'console')
    const office = t.as('office')
    await office.says(REGISTER)
    ;(await office.says('把依申请1号交市财政局办，3月10日前报意见')).hears(
      /已交办/,
      /承办单位：市财政局/,
      /3月10日前承办单位报办理意见/,
    )
    const finance = t.as('liaison:市财政局')
    ;(await finance.says('依申请1号')).hears(/王某/, /市财政局/).misses(/王小明/)
    ;(await t.as('liaison:市审计局').says('依申请1号')).hears(/没有这一件/)
    ;(await finance.says('依申请1号 已查到档案，办理意见已报')).hears(/已记录办理情况/).misses(/3月10日前/)
    ;(await t.as('liaison:市审计局').says('依申请1号 已查到档案')).hears(/没有这一件/)
    ;(await finance.says('依申请1号已答复 予以公开')).misses(/已登记答复/)
    ;(await finance.says('依申请有哪些快到期')).misses(/王小明/)
  })

  it('is extended once, before its limit, with consent and notice', async () => {
    const t = await town()
    const office = t.as('office')
    await office.says(REGISTER)
    t.on('2026-03-25')
    ;(await office.says('依申请1号延期')).hears(/经谁同意、哪一天告知了申请人/, /第三十三条第二款/)
    ;(await office.says('依申请1号延期 经王主任同意，3月24日已告知申请人')).hears(/已登记延期/, /4月28日前答复申请人/)
    ;(await office.says('依申请1号延期 经王主任同意，3月25日已告知申请人')).hears(/只准延长一次/)
    await office.says(REGISTER)
    t.on('2026-04-02')
    ;(await office.says('依申请2号延期 经王主任同意，4月1日已告知申请人')).hears(
      /期限到2026年3月30日为止/,
      /第三十三条第二款/,
    )
    ;(await office.says('依申请有哪些快到期')).hears(/依申请2026-2/, /逾期/).misses(/依申请2026-1/)
  })

  it('is answered by a row of the table, with its number and the day of posting', async () => {
    const t = await town()
    const office = t.as('office')
    await office.says(REGISTER)
    t.on('2026-03-20')
    ;(await office.says('依申请1号已经答复了')).hears(/请写明办理结果/, /不予公开·属于国家秘密/)
    ;(await office.says('依申请1号已答复，部分公开，3月1日邮寄')).hears(/早于收到申请之日2026年3月2日/)
    ;(await office.says('依申请1号已答复 部分公开 云府公开答〔2026〕3号 3月19日邮寄')).hears(
      /已登记答复（部分公开）/,
      /云府公开答〔2026〕3号/,
      /邮寄/,
      /2026年3月19日/,
    )
    ;(await office.says('依申请1号已答复，予以公开')).hears(/现在不能答复申请人/)
  })

  it('of the rules of 2007 is answered in their own kinds', async () => {
    const t = await town('2017-08-15')
    const office = t.as('office')
    ;(await office.says('登记依申请 当面 8月14日 自然人 王小明 申请公开2016年决算')).hears(/2007年/, /9月4日前答复/)
    ;(await office.says('依申请1号已答复，信息不存在')).hears(/已登记答复（申请信息不存在）/)
  })

  it('asks which where two years have the number', async () => {
    const t = await town('2025-12-30')
    const office = t.as('office')
    await office.says('登记依申请 网络 12月29日 自然人 王小明 申请公开2024年决算')
    t.on('2026-01-06')
    await office.says('登记依申请 网络 1月5日 自然人 李小红 申请公开2025年预算')
    ;(await office.says('依申请1号已答复 予以公开')).hears(/是哪一件/, /1\. 依申请2026-1/, /2\. 依申请2025-1/)
    ;(await office.says('2')).hears(/已登记答复（予以公开）：依申请2025-1/)
    ;(await office.says('依申请2026-1')).hears(/办理中/)
  })
})
