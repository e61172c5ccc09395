import { describe, expect, it } from 'vitest'
import { decode, mentions, placeId, type Said, topicOf } from '../../../adapters/wechat/decode.ts'
import { render } from '../../../adapters/wechat/render.ts'
import { createTurns } from '../../../adapters/wechat/turns.ts'
import { goldenCards } from '../../contract/cards.ts'

const at = new Date(1_700_000_000_000)
const said = (more: Partial<Said> = {}): Said => ({
  ...{ id: 'm1', type: 7, text: '收到', at, age: 1, self: false, mentioned: true, place: '1@chatroom' },
  from: { id: 'wxid_li', name: '李四', official: false },
  ...more,
})
const alone = (more: Partial<Said> = {}): Said => {
  const { place: _, ...rest } = said(more)
  return rest
}

describe('a WeChat message', () => {
  it('of a group that mentions us is said to us', () => {
    expect(decode(said({ text: '@督办\u2005 1-2已公开' }), ['督办'])).toEqual({
      ...{ id: 'm1', platform: 'wechat', route: 'wechaty', at, addressed: true, text: '1-2已公开' },
      from: { id: 'wxid_li', name: '李四' },
      room: { platform: 'wechat', route: 'wechaty', kind: 'room', id: '1@chatroom' },
    })
  })
  it('in a single chat is said to us', () => {
    const message = decode(alone({ mentioned: false }), [])
    expect(message).toMatchObject({ addressed: true, room: { kind: 'person', id: 'wxid_li' } })
  })

  it.each<[why: string, more: Partial<Said>]>([
    ['our own', { self: true }],
    ['from before the login', { age: 301 }],
    ['recalled', { type: 13 }],
    ['a note of the group', { type: 10 }],
    ['of no known kind', { type: 0 }],
    ['of an official account', { from: { id: 'gh_1', name: '某公众号', official: true } }],
    ['of WeChat itself', { from: { id: 'weixin', name: '微信团队', official: false } }],
    ['a picture in a group', { type: 6 }],
    ['what a group says among itself', { mentioned: false }],
  ])('%s is none', (_, more) => {
    expect(decode(said(more), ['督办'])).toBeUndefined()
  })

  it('that is a picture or a voice in a single chat has no words', () => {
    for (const type of [1, 2, 5, 6, 15]) expect(decode(alone({ type, text: '<xml>…</xml>' }), [])?.text).toBe('')
  })

  it.each([
    ['@督办\u2005通过 1-2', '通过 1-2'],
    ['@督办 通过 1-2', '通过 1-2'],
    ['通过 1-2 @督办', '通过 1-2'],
    ['@督办', ''],
    ['@小督\u2005@张三\u2005 请看 1-2', '@张三  请看 1-2'],
    ['@督办科\u2005 请看', '@督办科  请看'],
    ['发到 a@督办.example', '发到 a@督办.example'],
  ])('%j is about %j', (text, about) => {
    expect(decode(said({ text }), ['小督', '督办'])?.text).toBe(about)
  })
  it('takes a name as it is, whatever signs are in it', () => {
    expect(decode(said({ text: '@督(.*)办\u2005好' }), ['督(.*)办'])?.text).toBe('好')
  })

  it('a quote is words before the words', () => {
    const text = '「督办：1. 公开17-4 请审核」\n- - - - - - - - - - - - - - -\n@督办\u2005 通过'
    expect(decode(said({ text }), ['督办'])).toMatchObject({ text: '通过', quoted: '1. 公开17-4 请审核' })
    expect(decode(said({ text: '「不是引用」 1-2' }), [])).not.toHaveProperty('quoted')
  })

  it('mentions us in its words where there is no list of whom', () => {
    expect(mentions('@督办\u2005 1', ['督办'])).toBe(true)
    for (const text of ['@督办科\u2005 1', '督办\u2005 1', '@督办 1']) expect(mentions(text, ['督办'])).toBe(false)
    expect(mentions('@\u2005', [''])).toBe(false)
  })
})

describe('a group’s address', () => {
  it.each([
    ['its id, where that lasts', '19@chatroom', '督办群', true, '19@chatroom'],
    ['its name, where its id changes', '@@3f', '督办:一组', true, 'topic:督办:一组'],
    ['its id, where another group has its name', '@@3f', '督办群', false, '@@3f'],
    ['its id, where it has no name', '@@3f', '', true, '@@3f'],
  ])('is %s', (_, id, topic, unique, place) => {
    expect(placeId(id, topic, unique)).toBe(place)
    expect(topicOf(place)).toBe(place.startsWith('topic:') ? topic : undefined)
  })
})

describe('the turns of an account', () => {
  it('gives each message its turn, whoever it is for', () => {
    const turns = createTurns(3000)
    expect([turns.wait(0), turns.take(0, 1), turns.wait(0), turns.take(1000, 3), turns.wait(1000)]).toEqual([
      0, 0, 3000, 2000, 11_000,
    ])
    expect([turns.wait(12_000), turns.take(60_000, 1)]).toEqual([0, 0])
  })
})

describe('a card as words', () => {
  it.each(Object.entries(goldenCards))('%s: at most five messages of 800, no sign and no row broken', (what, card) => {
    const messages = render(card)
    expect(messages.length).toBeLessThanOrEqual(5)
    for (const message of messages) {
      expect(message.length).toBeLessThanOrEqual(800)
      expect(message).not.toMatch(/\p{Cs}/u)
      expect(message).not.toContain('\u2005')
    }
    if (messages.length > 1) expect(messages.at(-1)).toContain(`（${messages.length}/${messages.length}）`)
    const all = messages.join('\n')
    if (what === 'a long text') expect(all).toMatch(/另有\d+行未显示/)
    if (what === 'a list of 12 rows') expect(all.match(/🔴|🟡|🟢/gu)).toHaveLength(12)
  })

  it('rows go whole into the next message', () => {
    const lines = Array.from({ length: 40 }, (_, i) => ({ text: `第${i + 1}项${'甲'.repeat(60)}。` }))
    const messages = render({ title: '清单', tone: 'plain', blocks: [{ kind: 'list', lines }] })
    expect(messages.length).toBeGreaterThan(2)
    const rows = messages.flatMap((message) => message.split('\n').filter((row) => row.startsWith('第')))
    expect(rows).toEqual(lines.map(({ text }) => text))
  })

  it('numbers its buttons, but not the one that goes on with a list', () => {
    const buttons = [
      { label: '更多', intent: { intent: 'list' as const, offset: 10 } },
      { label: '通过', intent: { intent: 'approve' as const } },
    ]
    expect(render({ title: '待审核', tone: 'plain', blocks: [], buttons })).toEqual([
      '【待审核】\n（回复数字办理：1 通过）',
    ])
    expect(render({ title: '清单', tone: 'plain', blocks: [], buttons: buttons.slice(0, 1) })).toEqual(['【清单】'])
  })
})
