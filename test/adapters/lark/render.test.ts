import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { larkCardBytes, render } from '../../../adapters/lark/render.ts'
import type { Block, Card } from '../../../src/model/card.ts'
import { goldenCards } from '../../contract/cards.ts'
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
    const block: fc.Arbitrary<Block> = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text: words }),
      fc.record({ kind: fc.constant('note' as const), text: words }),
      fc.record({ kind: fc.constant('list' as const), title: words, lines: fc.array(fc.record({ text: words })) }),
      fc.record({ kind: fc.constant('fields' as const), fields: fc.array(fc.tuple(words, words)) }),
    )
    const card = fc.record({
      title: text,
      tone: fc.constantFrom('plain' as const, 'late' as const),
      blocks: fc.array(block),
    })
    fc.assert(
      fc.property(card, (each) => {
        const rendered = render(each)
        expect(checkLarkCard(JSON.parse(JSON.stringify(rendered)))).toBeUndefined()
        expect(larkCardBytes(rendered)).toBeLessThanOrEqual(28_000)
      }),
      { numRuns: 200 },
    )
  })

  it('drops buttons only where nothing else helps', () => {
    const intent = { intent: 'task' as const, tasks: Array.from({ length: 4000 }, (_, i) => `公开17-${i}`) }
    const card: Card = { title: '太大', tone: 'plain', blocks: [], buttons: [{ label: '全部', intent }] }
    expect(render(card).body.elements).toEqual([])
    expect(
      render({ ...card, blocks: Array.from({ length: 300 }, () => ({ kind: 'divider' })) }).body.elements.length,
    ).toBeLessThan(200)
  })
})
