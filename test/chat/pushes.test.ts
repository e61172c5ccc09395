import { describe, expect, it } from 'vitest'
import { contentIn } from '../../src/chat/pushes.ts'
import { hear } from './office.ts'
import { listed, moved, otherwise, stopped, wished } from './pushes.ts'

const ours = ['subscribe', 'unsubscribe', 'subscriptions']

describe('a standing push', () => {
  it.each(wished)('%s asks: %s', (as, text, frame, content) => {
    expect(hear(text, as)).toEqual(frame)
    expect(contentIn(text)).toBe(content)
  })
  it.each([...moved, ...stopped, ...listed])('%s: %s', (as, text, frame) => {
    expect(hear(text, as)).toEqual(frame)
  })
  it.each(otherwise)('is not what %s says: %s', (as, text) => {
    expect(ours).not.toContain(hear(text, as).intent)
  })
  it.each(['怎么取消推送', '如何设置每周推送'])('how it is done is told: %s', (text) => {
    expect(hear(text, 'O')).toEqual({ intent: 'help', topic: '推送' })
  })
  it('has many phrasings', () => {
    const all = [...wished, ...moved, ...stopped, ...listed, ...otherwise].map(([, text]) => text)
    expect(new Set(all).size).toBeGreaterThanOrEqual(90)
  })
})
