import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completedBy, wordsIn } from '../../src/model/form.ts'
import { Intent } from '../../src/model/intent.ts'

const frame: Intent = { intent: 'report', tasks: ['1-2'], plan: '公开17' }

describe('a frame and the answers of its form', () => {
  const cases: [what: string, values: Record<string, unknown>, slots: object][] = [
    ['texts are taken as they are, without the space around them', { period: ' 2017-08 ' }, { period: '2017-08' }],
    [
      'links are divided at spaces, line ends and full-width commas',
      { links: ' http://a.gov.cn/1,2\nhttp://b.gov.cn，http://c.gov.cn；' },
      { links: ['http://a.gov.cn/1,2', 'http://b.gov.cn', 'http://c.gov.cn'] },
    ],
    ['a list comes as a list', { links: ['http://a.gov.cn', ' '] }, { links: ['http://a.gov.cn'] }],
    ['what was left empty is left out', { period: '', links: ' ，\n', reviewer: null, note: [] }, {}],
    ['what is no slot of the frame is dropped', { to: '市审计局', grant: true, intent: 'approve', 'a b': 'x' }, {}],
    ['names of every object are no slots', { constructor: 'x', toString: 'x', hasOwnProperty: 'x' }, {}],
  ]
  it.each(cases)('%s', (_, values, slots) => {
    expect(completedBy(frame, values)).toEqual({ intent: { ...frame, ...slots } })
  })

  it('what does not fit a slot is named, and then nothing is done', () => {
    expect(completedBy(frame, { period: ['7月', '8月'], links: 'x'.repeat(1001), reviewer: '王'.repeat(61) })).toEqual({
      wrong: ['period', 'links', 'reviewer'],
    })
    for (const links of [7, true, {}, ['http://a.gov.cn', 7], [['x']], Array(21).fill('x'), 'x '.repeat(21)])
      expect(completedBy(frame, { links })).toEqual({ wrong: ['links'] })
    expect(completedBy(frame, { zero: 'true', via: 'pigeon', note: '好' })).toEqual({ wrong: ['zero', 'via'] })
  })

  it('a frame that nobody knows stays as it came', () => {
    const strange = { intent: 'shout', tasks: 7 } as unknown as Intent
    expect(completedBy(strange, { tasks: 'x' })).toEqual({ intent: strange })
  })

  it('whatever is put in, the frame stays a frame of its kind, or nothing of it is done', () => {
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom('period', 'links', 'reviewer', 'tasks', 'units', 'zero', 'via', 'intent', '__proto__'),
    )
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), fc.boolean(), (values, own) => {
        const done = completedBy(own ? frame : { intent: 'help' }, JSON.parse(JSON.stringify(values)))
        const intent = 'wrong' in done ? undefined : done.intent
        expect(intent === undefined || Intent.safeParse(intent).success).toBe(true)
        expect(intent?.intent ?? (own ? 'report' : 'help')).toBe(own ? 'report' : 'help')
      }),
      { numRuns: 500 },
    )
  })

  it('gives all its words to whoever reads them first', () => {
    expect(wordsIn({ note: '甲', links: ['乙', 7], other: { deep: '丙' }, long: 'x'.repeat(5000) })).toBe('甲\n乙')
  })
})
