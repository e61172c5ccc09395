import { describe, expect, it } from 'vitest'
import { hear } from './office.ts'

const lines = (text: string): string[] => text.trim().split('\n')

/** The verbs of an approval in the office's mouth, and no report that stands. */
const others = lines(`
同意12号改派
市财政局本月已办结的任务
本月审核通过的反馈
二季度办结的事项
同意12号撤回
同意12号不涉及
同意12号缓办
同意12号调整责任单位
同意12号另行安排
同意12号只报链接
同意财政局12号的请求
同意公开12号
同意12号公开
12号可以先公开
12号可以再等等
12号核准公开
12号通过公众号发布
12号要通过门户网站发布
12号链接通过，附件不行
12号部分通过
12号基本符合要求，补个链接
12号符合要求的话就销号
如12号没问题就通过
12号没问题吧
通过12号，除财政局外
通过12号我们发现数据有误
撤销12号的通过
取消12号的审核通过
12号昨天通过错了
12号误点通过了
12号先报领导同意
12号财政局说领导同意公开
财政局说12号已办结
财政局12号要月底办结
12号争取5月办结
12号快办结了
12号审核通过后再上网
12号7月通过，8月不通过
`)

/** Steps that are refused, thought of, or of something else. */
const notTaken = lines(`
12号不同意免予办理
12号不能免予办理
不同意12号中止
不同意12号改派财政局
12号拟改派财政局，请研究
建议12号由财政局牵头
12号是由财政局负责的
12号材料转给财政局看一下
把12号的链接转给财政局
12号如果不办了就说一声
12号不再要求纸质件
12号作废的链接删掉
12号网上重新公开了
`)

const approvals = lines(`
通过12号
12号审核通过，下次请按时报
财政局12号可以，通过
12号材料齐全，予以销号
12号核实无误，同意办结，谢谢
12号没问题，通过吧
`)

describe('an approval', () => {
  it.each(others)('is not: %s', (text) => {
    expect(['approve', 'return']).not.toContain(hear(text, 'O').intent)
  })
  it.each(notTaken)('nor is a step taken by: %s', (text) => {
    expect(['waive', 'suspend', 'reassign', 'return', 'approve']).not.toContain(hear(text, 'O').intent)
  })
  it.each([
    ['12号材料通过邮件发了，15号不合格', ['15']],
    ['12号退回，15号通过公众号发布', ['12']],
  ])('nor of what is sent back beside it: %s', (text, tasks) => {
    expect(hear(text, 'O')).toMatchObject({ intent: 'return', tasks })
  })
  it.each(approvals)('is: %s', (text) => {
    expect(hear(text, 'O').intent).toBe('approve')
  })
})
