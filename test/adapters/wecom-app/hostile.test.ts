import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWecomAppAdapter } from '../../../adapters/wecom/app/index.ts'
import { Refused } from '../../../src/model/problem.ts'
import { wecomAppConfig, wecomAppWire, xmlOf } from '../../fakes/wecom-app.ts'
import { toRequest } from '../../fakes/wire.ts'

const now = () => new Date(1_700_000_000_000)
const key = JSON.stringify({ v: 1, intent: { intent: 'help' } })
const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((each) => !each.includes(']]>'))
const oneOf = (...usual: string[]) => fc.option(fc.oneof(fc.constantFrom(...usual), text), { nil: undefined })

/** Callbacks as nobody sends them, under the right signature. */
const callback = fc
  .record({
    FromUserName: oneOf('li'),
    CreateTime: oneOf('1700000000', '999999999999'),
    MsgType: oneOf('text', 'image', 'file', 'event', 'event'),
    Content: oneOf('收到'),
    MsgId: oneOf('1'),
    MediaId: oneOf('m'),
    Event: oneOf('click', 'subscribe', 'template_card_event', 'template_card_menu_event'),
    EventKey: oneOf(key, '{}', 'null', '{"v":1,"intent":{"intent":"list","units":[1]}}'),
    TaskId: oneOf('t', `${'a'.repeat(32)}_9`),
    ResponseCode: oneOf('RC'),
  })
  .map((fields) => xmlOf(fields))

describe('whatever is signed', () => {
  it('is one message of a member, a word to them, or refused as undecodable', async () => {
    const adapter = createWecomAppAdapter(wecomAppConfig, { fetch, now })
    let taken = 0
    await fc.assert(
      fc.asyncProperty(callback, text, async (plain, question) => {
        const item = `<SelectedItem><QuestionKey><![CDATA[${question}]]></QuestionKey></SelectedItem>`
        const selected = plain.replace('</xml>', `<SelectedItems>${item}</SelectedItems></xml>`)
        const wire = wecomAppWire(wecomAppConfig, selected, now())
        try {
          const received = await adapter.receive?.(toRequest(wire))
          for (const { room, from, at } of received?.messages ?? []) {
            expect([room.kind, room.id]).toEqual(['person', from.id])
            expect(Number.isNaN(at.getTime())).toBe(false)
            taken++
          }
          expect((await received?.answer([]))?.status).toBe(200)
        } catch (error) {
          expect(error).toEqual(new Refused(400))
        }
      }),
      { numRuns: 400 },
    )
    expect(taken).toBeGreaterThan(10)
  })
})
