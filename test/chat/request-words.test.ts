import { describe, expect, it } from 'vitest'
import {
  readExtended,
  readNoted,
  readRegistered,
  readReplied,
  requestNumber,
  untilSaid,
} from '../../src/chat/request-words.ts'

const TODAY = '2026-03-15'

describe('what a message says of an application', () => {
  it.each<[string, Record<string, string>]>([
    [
      '登记依申请 网络 3月2日 自然人 张三 申请公开2016年财政决算',
      { at: '2026-03-02', channel: 'internet', applicant: 'natural', name: '张三', description: '2016年财政决算' },
    ],
    [
      '登记依申请 平信 2026年3月5日 商业企业 云岭建设公司 电话 0812-3324567 事由：征地批复 要求公开：某地块批复，2016年3月2日的',
      {
        ...{ at: '2026-03-05', channel: 'plainMail', applicant: 'enterprise', name: '云岭建设公司' },
        ...{ contact: '0812-3324567', subject: '征地批复', description: '某地块批复，2016年3月2日的' },
      },
    ],
    ['登记依申请公开：申请人李某，申请公开棚改补助', { name: '李某', description: '棚改补助' }],
    ['登记依申请 当面 昨天 自然人 张三', { at: '2026-03-14', channel: 'inPerson', applicant: 'natural', name: '张三' }],
    ['刚收到张某的信息公开申请，内容是环评批复', { description: '环评批复' }],
  ])('%s', (text, said) => expect(readRegistered(text, TODAY)).toEqual(said))

  it.each([
    ['依申请3号', { ord: 3 }],
    ['依申请2026-3已答复', { ord: 3, year: 2026 }],
    ['申请5号已答复', { ord: 5 }],
    ['5号申请已经答复申请人了', { ord: 5 }],
    ['依申请公开第4件已答复', { ord: 4 }],
    ['申请公开3号延期15个工作日', { ord: 3 }],
    ['依申请公开2016年财政决算', undefined],
    ['依申请有哪些', undefined],
  ])('%s names its number', (text, number) => expect(requestNumber(text)).toEqual(number))

  it.each([
    ['依申请3号已答复 部分公开', { result: 'partial' }],
    ['依申请3号已答复，不予公开，属于国家秘密', { result: 'secret' }],
    ['依申请3号已答复，补正后仍不明确', { result: 'still-unclear' }],
    ['依申请3号已答复，不予公开', {}],
    [
      '依申请3号已答复 予以公开 云府公开答〔2026〕3号 3月12日邮寄',
      { result: 'granted', number: '云府公开答〔2026〕3号', at: '2026-03-12', delivery: 'post' },
    ],
  ])('%s', (text, said) => expect(readReplied(text, TODAY, true)).toEqual(said))

  it('reads consent, notice, days and what a unit tells', () => {
    expect(readExtended('依申请3号延期10个工作日 经王主任同意，3月12日已告知申请人', TODAY)).toEqual({
      ...{ by: '王主任', told: true, at: '2026-03-12', days: 10 },
    })
    expect(readExtended('依申请3号延期', TODAY)).toEqual({ told: false })
    expect(untilSaid('把依申请3号交市财政局办，3月20日前报意见', TODAY)).toBe('2026-03-20')
    expect(readNoted('依申请3号进展：初稿已送审')).toEqual({ text: '初稿已送审', ready: false })
    expect(readNoted('依申请3号 办理意见还没报')).toMatchObject({ ready: false })
  })

  it('takes what happened on 29 December for last year’s in January', () => {
    expect(readRegistered('登记依申请 网络 12月29日 自然人 张三', '2026-01-05').at).toBe('2025-12-29')
    expect(readRegistered('登记依申请 网络 3月20日 自然人 张三', TODAY).at).toBe('2026-03-20')
  })
})
