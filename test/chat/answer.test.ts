import { describe, expect, it } from 'vitest'
import { answerTo } from '../../src/chat/answer.ts'
import type { Intent, Want } from '../../src/model/intent.ts'
import { registry, today } from './office.ts'

const frame: Intent = { intent: 'extend', tasks: ['4'] }
const yes: Intent = { intent: 'withdraw', tasks: ['4'] }
const no: Intent = { intent: 'help' }
const answer = (want: Want, text: string, options: Intent[] = []) =>
  answerTo({ intent: frame, want, options }, text, { registry, self: { role: 'liaison', units: [] }, asOf: today })

describe('an answer to the bot’s question', () => {
  it.each(['是', '是的', '对', '好的', '确认', '同意。', 'OK', '嗯'])('%s is yes', (text) => {
    expect(answer('confirm', text, [yes, no])).toEqual(yes)
  })
  it.each(['否', '不是', '不用', '取消', '算了', '不对。', 'no'])('%s is no', (text) => {
    expect(answer('confirm', text, [yes, no])).toEqual(no)
  })
  it.each(['是不是已经报了', '好像不对', '4号已完成', '不知道', ''])('%s is neither', (text) => {
    expect(answer('confirm', text, [yes, no])).toBeUndefined()
  })

  it.each([
    ['12', ['12']],
    ['12号', ['12']],
    ['1-2、3', ['1-2', '3']],
    ['R-2', ['R-2']],
    ['4 7', ['4', '7']],
    ['4和7', ['4', '7']],
  ])('%s gives the numbers', (text, tasks) => {
    expect(answer('task', text)).toEqual({ ...frame, tasks })
  })
  it.each(['12号已完成', '不知道是几号', '、'])('%s gives no number', (text) => {
    expect(answer('task', text)).toBeUndefined()
  })
})
