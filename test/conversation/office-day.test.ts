import { describe, expect, it } from 'vitest'
import { officesOf } from '../town/offices.ts'
import { openPushed, type Pushed } from '../town/pushed.ts'

const nextOffice = officesOf('desk')

const DESK = 'oc_desk'
const rooms = { oc_finance: ['市财政局'], oc_edu: ['市教育局'], [DESK]: 'office' as const }
const town = (bound: Parameters<typeof openPushed>[1] = { rooms }): Promise<Pushed> => openPushed(nextOffice(), bound)

const heardBy = (all: { to: string; text: string }[], place = DESK): string[] =>
  all.filter(({ to }) => to === place).map(({ text }) => text)

const rowsIn = (text: string): number =>
  text
    .split('\n')
    .slice(1)
    .filter((line) => !/^[【（[]/.test(line)).length
const notesIn = (text: string): number => text.split('\n').filter((line) => /^（/.test(line)).length

describe('the office’s message of the day', () => {
  it('comes once a workday, and not where there is nothing to do', async () => {
    const t = await town()
    await t.morning('2017-07-17')
    await t.night('2017-07-18')
    expect(heardBy(await t.morning('2017-07-18'))).toEqual([])
    await t.speaks('liaison:市财政局', 'oc_finance', '1-2 6月的已公开 http://czj.example.gov.cn/6')
    await t.morning('2017-07-18', '10:00')
    const [text, ...more] = heardBy(await t.morning('2017-07-19'))
    expect(text).toMatch(/^今日督办工作（7月19日）\n【待审核1项，最早1天前】\n.*1-2.*市财政局/)
    expect(more).toEqual([])
    expect(heardBy(await t.morning('2017-07-19', '14:00'))).toEqual([])
    expect(heardBy(await t.morning('2017-07-22'))).toEqual([])
  })

  it('names what waits for the office, each kind by itself, and at most ten rows and three lines', async () => {
    const t = await town()
    await t.morning('2017-08-14')
    t.on('2017-08-15')
    await t.says('liaison:市财政局', '1-2 6月的已公开 http://czj.example.gov.cn/6')
    await t.says('liaison:市财政局', '1-2 7月的已公开 http://czj.example.gov.cn/7')
    await t.says('liaison:市教育局', '4-1申请延期到8月30日，因系统升级')
    await t.says('liaison:市发改委', '2-1不是我们的，应由市住建局负责')
    t.refused.set('oc_edu', 'gone')
    await t.says('office', '催一下市教育局4-1')
    await t.morning('2017-08-15', '11:00')
    await t.night('2017-08-16')
    const [text = ''] = heardBy(await t.morning('2017-08-16'))
    for (const part of [
      /待审核2项，最早1天前/,
      /待答复的延期申请1项】\n.*4-1.*市教育局.*已申请延期到8月30日/,
      /待确认的不涉及1项】\n.*2-1.*市发改委/,
      /8月15日推送：应发6，送达4，没有收到2：市教育局群（机器人已被移出群或群已解散）（2条）。/,
      /台账封印（8月15日/,
    ])
      expect(text).toMatch(part)
    expect(rowsIn(text)).toBeLessThanOrEqual(11)
    expect(notesIn(text)).toBeLessThanOrEqual(3)
  })

  it('says when something has come to the last step of the ladder, on that day alone', async () => {
    const t = await town()
    await t.morning('2017-08-14')
    const said: string[] = []
    // R-2 was due on 10 August: five workdays late on the 17th.
    for (const day of ['2017-08-15', '2017-08-16', '2017-08-17', '2017-08-18'])
      said.push(...heardBy(await t.morning(day)).map((text) => `${day} ${text.match(/逾期满5个工作日/)?.[0] ?? '-'}`))
    expect(said.filter((text) => !text.endsWith('-'))).toEqual(['2017-08-17 逾期满5个工作日'])
  })

  it('on the first workday of the week tells how the week looks, with the seal even where nothing is due', async () => {
    const t = await town()
    await t.says('liaison:市统计局', '1-3与我局无关')
    await t.says('liaison:市政府新闻办', '1-3与我办无关')
    await t.night('2017-08-21')
    const [text = ''] = heardBy(await t.morning('2017-08-21'))
    expect(text).toMatch(/^本周督办工作（8月21日—8月27日）/)
    expect(text).toMatch(/【本周】\n\d+项到期，涉及\d+个单位；已逾期\d+项/)
    expect(text).toMatch(/台账封印（8月20日/)
    expect(text).toMatch(/【过了认领期还没有单位认领的1项】\n.*1-3/)
  })

  it('names units that owe something and hear nothing', async () => {
    const t = await town({ rooms, liaisons: { ou_env: ['市环保局'] } })
    const [text = ''] = heardBy(await t.morning('2017-08-21'))
    expect(text).toMatch(/【推送不到的单位】\n.*东河区政府（应办\d项）.*没有绑定群/)
    expect(text).not.toMatch(/推送不到的单位】\n.*市(?:财政|教育|环保)局/)
  })

  it('goes to somebody of the office where it has no room', async () => {
    const t = await town({ rooms: { oc_finance: ['市财政局'] }, office: ['ou_first', 'ou_second'] })
    const all = await t.morning('2017-08-21')
    expect(heardBy(all, 'ou_first').length + heardBy(all, 'ou_second').length).toBe(1)
    const none = await town({ rooms: { oc_finance: ['市财政局'] } })
    expect((await none.morning('2017-08-21')).map(({ to }) => to)).toEqual(['oc_finance'])
  })
})

describe('rooms that have gone quiet or were lost', () => {
  it('four weekly lists without a word: told the day after and on list days, until somebody speaks', async () => {
    const t = await town()
    const told: string[] = []
    const hears = async (...days: string[]) => {
      for (const day of days)
        for (const text of heardBy(await t.morning(day))) if (/市财政局群：连续4周收到清单/.test(text)) told.push(day)
    }
    await hears('2017-07-24', '2017-07-31')
    await t.speaks('liaison:市财政局', 'oc_finance', '本周任务')
    await hears('2017-08-07', '2017-08-14', '2017-08-21', '2017-08-28', '2017-08-29', '2017-08-30', '2017-09-04')
    expect(told).toEqual(['2017-08-29', '2017-09-04'])
    await t.speaks('liaison:市财政局', 'oc_finance', '本周任务')
    await hears('2017-09-05', '2017-09-11')
    expect(told).toHaveLength(2)
  })

  it('a room that the bot was put out of is tried again, and heals by itself', async () => {
    const t = await town()
    await t.morning('2017-08-14')
    t.refused.set('oc_finance', 'gone')
    await t.morning('2017-08-21')
    const [next = ''] = heardBy(await t.morning('2017-08-22'))
    expect(next).toMatch(/【需要留意的群1个】\n.*市财政局群：机器人已发不进这个群/)
    expect(next).toMatch(/8月21日推送：应发\d+.*没有收到1：市财政局群（机器人已被移出群或群已解散）/)
    for (const text of heardBy(await t.morning('2017-08-23'))) expect(text).not.toMatch(/需要留意/)
    t.refused.clear()
    expect(heardBy(await t.morning('2017-08-28'), 'oc_finance')).toHaveLength(1)
    for (const text of heardBy(await t.morning('2017-08-29'))) expect(text).not.toMatch(/发不进/)
    expect(await t.says('office', '推送情况')).not.toMatch(/发不进/)
  })
})
