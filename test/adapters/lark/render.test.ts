import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { larkCardBytes, mentioned, render } from '../../../adapters/lark/render.ts'
import type { Block, Card, Chart, Form, Input, Tone } from '../../../src/model/card.ts'
import { goldenCards, goldenChart } from '../../contract/cards.ts'
import { checkLarkCard, type FakeLarkCard } from '../../fakes/lark-card.ts'

const asSent = (card: Card) => JSON.parse(JSON.stringify(render(card))) as FakeLarkCard

describe('a card of Lark', () => {
  it('has every kind of block in its place', () => {
    expect(asSent(goldenCards['all kinds of blocks'] as Card)).toMatchInlineSnapshot(`
      {
        "body": {
          "elements": [
            {
              "tag": "div",
              "text": {
                "content": "按月公开财政收支情况
      见附件",
                "tag": "plain_text",
              },
            },
            {
              "tag": "hr",
            },
            {
              "tag": "div",
              "text": {
                "content": "责任单位：市财政局
      期限：每月20日前",
                "tag": "plain_text",
              },
            },
            {
              "content": "**各期**",
              "tag": "markdown",
            },
            {
              "tag": "div",
              "text": {
                "content": "🟡 2017-07期
      2017-08期",
                "tag": "plain_text",
              },
            },
            {
              "content": "<font color='grey'>期限按工作日计</font>",
              "tag": "markdown",
            },
          ],
        },
        "config": {
          "enable_forward": false,
          "summary": {
            "content": "任务 公开17-4",
          },
          "update_multi": true,
        },
        "header": {
          "template": "orange",
          "title": {
            "content": "任务 公开17-4",
            "tag": "plain_text",
          },
        },
        "schema": "2.0",
      }
    `)
  })

  it('keeps its buttons in a row, each with its frame', () => {
    expect(asSent(goldenCards.buttons as Card).body.elements.at(-1)).toMatchInlineSnapshot(`
      {
        "columns": [
          {
            "elements": [
              {
                "behaviors": [
                  {
                    "type": "callback",
                    "value": {
                      "intent": {
                        "intent": "approve",
                        "tasks": [
                          "公开17-4",
                        ],
                        "units": [
                          "市财政局",
                        ],
                      },
                      "v": 1,
                    },
                  },
                ],
                "tag": "button",
                "text": {
                  "content": "通过",
                  "tag": "plain_text",
                },
                "type": "primary",
              },
            ],
            "tag": "column",
            "width": "auto",
          },
          {
            "elements": [
              {
                "behaviors": [
                  {
                    "type": "callback",
                    "value": {
                      "intent": {
                        "intent": "return",
                        "tasks": [
                          "公开17-4",
                        ],
                        "units": [
                          "市财政局",
                        ],
                      },
                      "v": 1,
                    },
                  },
                ],
                "tag": "button",
                "text": {
                  "content": "退回",
                  "tag": "plain_text",
                },
                "type": "danger",
              },
            ],
            "tag": "column",
            "width": "auto",
          },
          {
            "elements": [
              {
                "behaviors": [
                  {
                    "type": "callback",
                    "value": {
                      "intent": {
                        "intent": "list",
                        "offset": 12,
                        "state": "open",
                      },
                      "v": 1,
                    },
                  },
                ],
                "tag": "button",
                "text": {
                  "content": "更多",
                  "tag": "plain_text",
                },
                "type": "default",
              },
            ],
            "tag": "column",
            "width": "auto",
          },
        ],
        "flex_mode": "flow",
        "tag": "column_set",
      }
    `)
  })

  it('is valid and within the limits whatever people write', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 400 })
    const words = fc.oneof(text, fc.constantFrom('<at id=all></at>', '[a](http://b)', '**', 'www.b.cn、', '\ud83d'))
    const few = <T>(of: fc.Arbitrary<T>, maxLength = 12) => fc.array(of, { maxLength })
    const chart: fc.Arbitrary<Chart> = fc.record({
      ...{ title: words, asOf: words },
      parts: few(fc.record({ name: words, tone: fc.constantFrom<Tone>('done', 'review', 'open', 'late') }), 4),
      rows: few(fc.record({ label: words, values: few(fc.nat(9), 5), end: words })),
    })
    const block: fc.Arbitrary<Block> = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text: words }),
      fc.record({ kind: fc.constant('note' as const), text: words }),
      fc.record({ kind: fc.constant('list' as const), title: words, lines: fc.array(fc.record({ text: words })) }),
      fc.record({ kind: fc.constant('fields' as const), fields: fc.array(fc.tuple(words, words)) }),
      fc.record({ kind: fc.constant('table' as const), columns: few(words, 60), rows: few(few(words, 60), 150) }),
      fc.record({ kind: fc.constant('chart' as const), chart }),
    )
    const input: fc.Arbitrary<Omit<Input, 'name'>> = fc.record(
      {
        label: words,
        ...{ hint: words, value: words, required: fc.boolean() },
        options: few(fc.record({ value: text.filter(Boolean), label: words })),
      },
      { requiredKeys: ['label'] },
    )
    const form: fc.Arbitrary<Form> = fc.record({
      intent: fc.constant({ intent: 'report' as const }),
      inputs: few(input).map((all) => all.map((each, i) => ({ ...each, name: `slot${i}` }))),
      ...{ submit: words, usage: words },
    })
    const card: fc.Arbitrary<Card> = fc.record(
      {
        title: text,
        tone: fc.constantFrom('plain' as const, 'late' as const),
        blocks: fc.array(block, { maxLength: 20 }),
        form,
      },
      { requiredKeys: ['title', 'tone', 'blocks'] },
    )
    const people = few(fc.constantFrom('ou_a', 'ou_b_2'), 3)
    fc.assert(
      fc.property(card, people, (each, ids) => {
        const rendered = render(each, 'room', ids)
        expect(checkLarkCard(JSON.parse(JSON.stringify(rendered)))).toBeUndefined()
        expect(larkCardBytes(JSON.stringify(rendered))).toBeLessThanOrEqual(28_000)
      }),
      { numRuns: 150 },
    )
  })

  it('shows at most five tables and five charts, the rest in words', () => {
    const blocks = Array.from({ length: 7 }, (_, i): Block[] => [
      { kind: 'table', columns: ['单位', '逾期'], rows: [[`第${i + 1}家`, '2']] },
      { kind: 'chart', chart: { ...goldenChart, title: `图${i + 1}` } },
    ]).flat()
    const { elements } = asSent({ title: '多', tone: 'plain', blocks }).body
    const count = (tag: string) => elements.filter((each) => each.tag === tag).length
    expect([count('table'), count('chart'), count('div')]).toEqual([5, 5, 4])
    expect(elements.at(-2)?.text?.content).toBe('第7家：逾期 2')
    expect(elements.at(-1)?.text?.content).toContain('图7')
  })

  it('cuts a table of more rows than anybody reads, and says so', () => {
    const rows = Array.from({ length: 130 }, (_, i) => [`第${i + 1}家`, String(i)])
    const { elements } = asSent({
      title: '长',
      tone: 'plain',
      blocks: [{ kind: 'table', columns: ['单位', '项'], rows }],
    }).body
    expect(elements[0]?.rows).toHaveLength(100)
    expect(elements[1]?.content).toContain('另有30行未显示')
    const wide = asSent({
      ...{ title: '宽', tone: 'plain' },
      blocks: [{ kind: 'table', columns: Array(51).fill('列'), rows: [Array(51).fill('一')] }],
    })
    expect(wide.body.elements.map(({ tag }) => tag)).toEqual(['div'])
  })

  it('has figures to the right, and words to the left', () => {
    const rows = [
      ['市财政局', '12', '40.0%（2/5）', '甲'],
      ['市审计局', '', '—', ''],
    ]
    const [table] = asSent({
      title: '',
      tone: 'plain',
      blocks: [{ kind: 'table', columns: ['a', 'b', 'c', 'd'], rows }],
    }).body.elements
    const aligns = (table?.columns as { horizontal_align?: string }[] | undefined)?.map((each) => each.horizontal_align)
    expect(aligns).toEqual(['left', 'right', 'right', 'left'])
  })

  it('calls people by their accounts of this app, at the end and nowhere else', () => {
    const account = (id: string, route: string) => ({ id, route, name: '<at id=all></at>' })
    const people = mentioned(
      [
        account('ou_a', 'cli_1'),
        account('ou_b', '*'),
        account('ou_c', 'cli_2'),
        account('all', '*'),
        account('ou_a', '*'),
      ],
      'cli_1',
    )
    expect(people).toEqual(['ou_a', 'ou_b'])
    const card = JSON.parse(JSON.stringify(render(goldenCards.buttons as Card, 'room', people))) as FakeLarkCard
    expect(card.body.elements.at(-1)).toEqual({ tag: 'markdown', content: '<at id=ou_a></at> <at id=ou_b></at>' })
    expect(checkLarkCard(card)).toBeUndefined()
    expect(mentioned([account('ou_x></at><at id=all', '*'), account('', '*')], 'cli_1')).toEqual([])
  })

  it('drops buttons only where nothing else helps', () => {
    const intent = { intent: 'task' as const, tasks: Array.from({ length: 4000 }, (_, i) => `公开17-${i}`) }
    const card: Card = { title: '太大', tone: 'plain', blocks: [], buttons: [{ label: '全部', intent }] }
    expect(render(card).body.elements).toEqual([])
    const asked: Card = { ...card, buttons: [], form: { intent, inputs: [], submit: '报', usage: '直接回复' } }
    expect(render(asked).body.elements).toEqual([{ tag: 'markdown', content: "<font color='grey'>直接回复</font>" }])
    expect(
      render({ ...card, blocks: Array.from({ length: 300 }, () => ({ kind: 'divider' })) }).body.elements.length,
    ).toBeLessThan(200)
  })
})
