import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCallback, readFields, writeFields } from '../../../adapters/wecom/xml.ts'

describe("a callback's XML", () => {
  it.each<[why: string, text: string, fields: Record<string, string>]>([
    ['in CDATA', '<xml><A><![CDATA[收到 <b> & c]]></A></xml>', { A: '收到 <b> & c' }],
    ['plain', '<xml><A>收到</A><B>1</B></xml>', { A: '收到', B: '1' }],
    ['mixed, with line ends', '<xml>\n  <A>a<![CDATA[b]]></A>\n</xml>\n', { A: 'ab' }],
    [
      'with the entities that XML has by itself',
      '<xml><A>&lt;a&gt; &amp; &quot;b&quot; &#25910;</A></xml>',
      { A: '<a> & "b" 收' },
    ],
    ['empty fields', '<xml><A></A><B><![CDATA[]]></B></xml>', { A: '', B: '' }],
    [
      'what is nested is left out',
      '<xml><A>1</A><S><I><K>k</K><O>1</O><O>2</O></I></S><B>2</B></xml>',
      { A: '1', B: '2' },
    ],
    ['an end of CDATA in two', '<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A></xml>', { A: 'a]]>b' }],
    [
      'no field of the language itself',
      '<xml><__proto__>1</__proto__></xml>',
      Object.fromEntries([['__proto__', '1']]),
    ],
  ])('%s', (_, text, fields) => {
    expect(readFields(text)).toEqual(fields)
  })

  it.each([
    '',
    'no xml',
    '<xml>',
    '<xml><A>1</A>',
    '<html></html>',
    '<xml></xml><xml></xml>',
    '<xml></xml>x',
    'x<xml></xml>',
    '<xml>x<A>1</A></xml>',
    '<xml><A>1</B></xml>',
    '<xml><A>1</xml>',
    '<xml><A>1</A/></xml>',
    '<xml><A>1</A ></xml>',
    '<xml><A b="c">1</A></xml>',
    '<xml><A>1</A><A>2</A></xml>',
    '<xml><!-- a --><A>1</A></xml>',
    '<?xml version="1.0"?><xml></xml>',
    '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>',
    '<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml></xml>',
    `${'<xml>'.repeat(20)}${'</xml>'.repeat(20)}`,
    '<xml><A><![CDATA[1</A></xml>',
  ])('refuses %j', (text) => {
    expect(() => readFields(text)).toThrow(SyntaxError)
  })

  const item = (question: string, ...options: string[]) =>
    `<SelectedItem><QuestionKey>${question}</QuestionKey><OptionIds>${options.map((id) => `<OptionId>${id}</OptionId>`).join('')}</OptionIds></SelectedItem>`
  const selectedIn = (items: string) =>
    readCallback(`<xml><A>1</A><SelectedItems>${items}</SelectedItems><B>2</B></xml>`).selected

  it.each<[why: string, items: string, selected: Record<string, string[]>]>([
    ['nothing', '', {}],
    ['one of one', item('q', '1'), { q: ['1'] }],
    ['many of many', `\n${item('q', '1', '2')}\n${item('p', '<![CDATA[三]]>')}`, { q: ['1', '2'], p: ['三'] }],
    ['none of one', item('q'), { q: [] }],
    ['what is not asked for', `<Other><QuestionKey>x</QuestionKey></Other>${item('q', '1')}`, { q: ['1'] }],
  ])('says what was chosen on a card: %s', (_, items, selected) => {
    expect(selectedIn(items)).toEqual(selected)
  })

  it.each([
    ['a question twice', item('q', '1') + item('q', '2')],
    ['no question', '<SelectedItem><OptionIds><OptionId>1</OptionId></OptionIds></SelectedItem>'],
  ])('refuses %s', (_, items) => {
    expect(() => selectedIn(items)).toThrow(SyntaxError)
  })

  it('knows no entity but those', () => {
    expect(readFields('<xml><A>&a; &nbsp;</A></xml>')).toEqual({ A: '&a; &nbsp;' })
  })

  it('reads what it writes', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes(']]>'))
    fc.assert(
      fc.property(text, fc.nat(), (a, b) => {
        expect(readFields(writeFields({ A: a, B: b }))).toEqual({ A: a, B: String(b) })
      }),
    )
    expect(readFields(writeFields({ A: 'a]]>b' }))).toEqual({ A: 'a]] >b' })
  })

  it('takes as long as the text is', () => {
    const deep = `<xml><A>${'<B>'.repeat(100_000)}`
    const wide = `<xml>${'<A>'.repeat(1)}${'&lt;'.repeat(200_000)}</A></xml>`
    const begun = performance.now()
    expect(() => readFields(deep)).toThrow(SyntaxError)
    expect(readFields(wide).A).toHaveLength(200_000)
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})
