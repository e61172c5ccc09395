import fc from 'fast-check'
import { expect, it } from 'vitest'
import { render as dingtalk } from '../../adapters/dingtalk/render.ts'
import { render as lark } from '../../adapters/lark/render.ts'
import { render as wechat } from '../../adapters/wechat/render.ts'
import { render as wecomApp } from '../../adapters/wecom/app/render.ts'
import { renderNumbered, renderReply, renderUpdate, renderWelcome } from '../../adapters/wecom/bot/render.ts'
import { render as wecomHook } from '../../adapters/wecom/hook/render.ts'
import type { Card } from '../../src/model/card.ts'

/** What calls somebody, draws a picture or hides where a link leads, whole and in pieces that something may put together. */
const parts = [
  ...[
    '<at id=all></at>',
    '<at user_id="all">',
    '<AT id=ou_1>',
    '<@all>',
    '<@zhangsan>',
    '@all',
    '@所有人',
    '@13800000000',
  ],
  ...[
    '@督办\u2005',
    '\u2005',
    '<',
    '<\u200e',
    'at id=all>',
    '@',
    'all>',
    '![p](http://e.test/p.png)',
    '[官方](http://e.test)',
  ],
  ...[
    '<font color="info">',
    '<think>',
    '<a href="http://e.test">',
    '|',
    '\n',
    '\r',
    '`',
    '**',
    '市财政局',
    '1-2',
    '&lt;at&gt;',
  ],
]
const words = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 6 }).map((some) => some.join(''))

/** The same words everywhere that a card holds any. */
const cardOf = (text: string, extra: string): Card => ({
  title: text,
  tone: 'plain',
  blocks: [
    { kind: 'text', text },
    { kind: 'fields', fields: [[text, extra]] },
    { kind: 'list', title: text, lines: [{ text: extra, light: 'red' }] },
    { kind: 'table', columns: [text, extra], rows: [[extra, text]] },
    { kind: 'note', text: extra },
    {
      kind: 'chart',
      chart: {
        ...{ title: text, asOf: extra, parts: [{ name: text, tone: 'late' as const }] },
        rows: [{ label: text, values: [1], end: extra }],
      },
    },
  ],
  buttons: [{ label: text, intent: { intent: 'help' } }],
  form: {
    intent: { intent: 'report', tasks: ['1-2'] },
    inputs: [
      { name: 'links', label: text, hint: extra, value: text },
      { name: 'period', label: extra, hint: text, options: [{ value: '2017-08', label: text }] },
    ],
    submit: text,
    usage: extra,
  },
})

/** Every text of a payload, but the words that a button or a form brings back to us. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => (name === 'key' ? [] : textsIn(inner)))
}

const ID = '0123456789abcdef0123456789abcdef'
const WECOM = /<[@\w/]/
/** The platform, how it shows a card, and what stands in none of its texts. */
const platforms: [name: string, shows: (card: Card) => unknown, never: RegExp, own?: RegExp][] = [
  ['lark', (card) => lark(card, 'room'), /<\/?[a-z]/i, /<\/?font(?: color='grey')?>|<br>/g],
  ['wecom-app', (card) => wecomApp(card, ID), WECOM, /<font color="comment">消息号 \w+<\/font>/g],
  [
    'wecom-bot',
    (card) => [renderNumbered(card), renderReply(card, ID), renderUpdate(card, ID, 'room'), renderWelcome(card)],
    WECOM,
  ],
  ['wecom-hook', (card) => [wecomHook(card), wecomHook(card, [], { tables: true })], WECOM],
  ['dingtalk', (card) => [dingtalk(card, 'room'), dingtalk(card, 'person')], /@|<|!\[|\]\(/, /先@机器人/g],
  ['wechat', (card) => wechat(card), /\u2005/],
]

it.each(platforms)('%s: nobody is called, and nothing pretends, by what a person typed', (_, shows, never, own) => {
  fc.assert(
    fc.property(words, words, (text, extra) => {
      const texts = textsIn(shows(cardOf(text, extra))).map((each) => (own ? each.replace(own, '') : each))
      expect(texts.length).toBeGreaterThan(0)
      expect(texts.filter((each) => never.test(each))).toEqual([])
    }),
    { numRuns: 300 },
  )
})
