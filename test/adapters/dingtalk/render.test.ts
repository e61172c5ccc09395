import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeMarkdown, isNameable } from '../../../adapters/dingtalk/escape.ts'
import { render } from '../../../adapters/dingtalk/render.ts'
import type { Block, Card } from '../../../src/model/card.ts'

const text = (text: string): Card => ({ title: '任务', tone: 'plain', blocks: [{ kind: 'text', text }] })
const markup = fc.string({
  unit: fc.constantFrom('督', '@', '<', ']', '(', '*', '`', '\\', '\n', '#', '-', ' ', '😀', '"'),
})

describe('a card as DingTalk’s Markdown', () => {
  it.each([
    ['一行\n下一行', '### 任务\n\n一行\n\n下一行'],
    ['\n\n一行\n\n\n', '### 任务\n\n一行'],
    ['# 标题\n- 项\n  + 项', '### 任务\n\n＃ 标题\n\n－ 项\n\n  ＋ 项'],
    ['@all @user1 请看', '### 任务\n\n＠all ＠user1 请看'],
    ['见 https://example.gov.cn/a_b?x=1', '### 任务\n\n见 https://example.gov.cn/a_b?x=1'],
  ])('%j', (words, wanted) => {
    expect(render(text(words)).text).toBe(wanted)
  })

  it('keeps a row of a list, a field or a table on its line', () => {
    const blocks: Block[] = [
      { kind: 'list', title: '一\n二', lines: [{ text: '三\n四', light: 'red' }] },
      { kind: 'fields', fields: [['五\n六', '七\n\n八']] },
      { kind: 'table', columns: ['单位', '数'], rows: [['九\n十', '1']] },
    ]
    expect(render({ title: '题\n目', tone: 'plain', blocks }).text).toBe(
      '### 题 目\n\n**一 二**\n\n- 🔴 三 四\n\n- **五 六**：七 八\n\n- 九 十：数 1',
    )
  })

  it('tells in groups alone that the robot hears only what mentions it', () => {
    const card: Card = { ...text('请审核'), buttons: [{ label: '通过', intent: { intent: 'help' } }] }
    expect(render(card, 'room').text).toContain('回复要先＠机器人')
    expect(render(card, 'person').text).not.toContain('机器人')
    expect(render(text('请审核'), 'room').text).not.toContain('机器人')
  })

  it('leaves no markup in anybody’s words', () => {
    fc.assert(
      fc.property(markup, (words) => {
        expect(escapeMarkdown(words)).not.toMatch(/[<>[\]`*\\@]|^\s*[#+=-]/m)
      }),
    )
  })

  it('fits the platform’s limit with a mention, whatever is in it', () => {
    const line = fc.string({ unit: fc.constantFrom('督', '\n', '"', '😀', 'é', '\\'), maxLength: 4000 })
    const most = fc.record({ title: line, words: line, lines: fc.array(line, { maxLength: 12 }) })
    fc.assert(
      fc.property(most, ({ title, words, lines }) => {
        const blocks: Block[] = [
          { kind: 'text', text: words },
          { kind: 'list', lines: lines.map((text) => ({ text })) },
          { kind: 'fields', fields: lines.map((value, i) => [`项${i}`, value]) },
        ]
        const message = render({ title, tone: 'plain', blocks })
        const mention = `\n\n@${'u'.repeat(64)}`
        const bytes = Buffer.byteLength(JSON.stringify({ ...message, text: message.text + mention }))
        expect(bytes).toBeLessThanOrEqual(15_000)
        expect(message.title).not.toBe('')
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    ['user123', true],
    ['zhang.san_1-2', true],
    ['张三', false],
    ['a](http://evil.example)', false],
    ['', false],
  ])('an id may be named as it is: %s %s', (id, wanted) => {
    expect(isNameable(id)).toBe(wanted)
  })
})
