import { describe, expect, it } from 'vitest'
import { BadInput } from '../../../src/model/problem.ts'
import { charsetOf } from '../../../src/plan/readers/charset.ts'
import { readHtml } from '../../../src/plan/readers/html.ts'

const read = (html: string): unknown[] =>
  readHtml(html).blocks.map((b) => (b.kind === 'line' ? b.text : b.rows.map((r) => r.cells.join('|'))))

describe('paragraphs', () => {
  it.each([
    [
      'block elements and line breaks part them',
      '<p>甲事</p><div>乙事<br>丙事</div>丁事',
      ['甲事', '乙事', '丙事', '丁事'],
    ],
    ['inline elements do not', '<p>市<b>教育</b><span>局</span>牵头</p>', ['市教育局牵头']],
    ['entities and blanks', '<p>&emsp;&emsp;甲&nbsp;&amp;&#20057;\n  丙</p>', ['\u2003\u2003甲 &乙 丙']],
    ['empty ones are none', '<p>&nbsp;</p><p>　</p><p>甲事</p>', ['甲事']],
    ['full-width blanks at the head stay', '<p>　　甲事</p>', ['　　甲事']],
    ['preformatted lines', '<pre>甲事\n乙事</pre>', ['甲事', '乙事']],
    [
      'scripts, styles, comments and CDATA are none',
      '<p>甲<!-- 乙 --><![CDATA[丙]]></p><script>"<p>丁</p>"</script><style>p{}</style>',
      ['甲'],
    ],
    [
      'hidden elements are none',
      '<p>甲</p><p style="DISPLAY: none">乙</p><p hidden>丙</p><p style="visibility:hidden">丁</p>',
      ['甲'],
    ],
    ['hard blanks at the head are an indent', '<p>&nbsp;&nbsp;&nbsp; 甲事</p><p>&nbsp;乙事</p>', ['　　甲事', '乙事']],
    [
      'an indent of the style, taken over, before the first line',
      '<div style="text-indent:2em"><p>甲事<br>乙事</p><p style="text-indent: 0">丙事</p></div>',
      ['　　甲事', '乙事', '丙事'],
    ],
    [
      'what was deleted, and notes of Word, are none',
      '<p>甲<del>乙</del></p><div style="mso-element:footnote">丙</div>',
      ['甲'],
    ],
    [
      'numbers of Word’s own lists stay',
      "<p><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>甲事</p>",
      ['1. 甲事'],
    ],
    ['unclosed paragraphs', '<p>甲事<p>乙事<p>丙事', ['甲事', '乙事', '丙事']],
    ['a head that is never closed', '<html><head><title>标题</title><meta name="a"><p>甲事</p>', ['甲事']],
  ])('%s', (_, html, lines) => {
    expect(read(html)).toEqual(lines)
  })
})

describe('numbers that the browser writes', () => {
  it.each([
    ['from 1', '<ol><li>甲</li><li>乙</li></ol>', ['1. 甲', '2. 乙']],
    [
      'from a start, with a value',
      '<ol start="4"><li>甲</li><li value="9">乙</li><li>丙</li></ol>',
      ['4. 甲', '9. 乙', '10. 丙'],
    ],
    ['letters', '<ol type="a"><li>甲</li><li>乙</li></ol>', ['a. 甲', 'b. 乙']],
    [
      'Chinese',
      '<ol style="list-style-type: cjk-ideographic" start="10"><li>甲</li><li>乙</li></ol>',
      ['十、甲', '十一、乙'],
    ],
    ['none where the words bear one', '<ol><li>（一）甲</li><li><b>2．</b>乙</li></ol>', ['（一）甲', '2．乙']],
    ['none where the style says so', '<ol style="list-style:none"><li>甲</li></ol>', ['甲']],
    [
      'before a paragraph of the item',
      '<ol><li><p>甲</p><p>乙</p></li><li></li><li><p>丙</p></li></ol>',
      ['1. 甲', '乙', '3. 丙'],
    ],
    ['downwards', '<ol reversed><li>丙</li><li>乙</li><li>甲</li></ol>', ['3. 丙', '2. 乙', '1. 甲']],
    ['Roman', '<ol type="I" start="4"><li>甲</li></ol><ol type="i"><li>乙</li></ol>', ['IV. 甲', 'i. 乙']],
    [
      'by level where they stand in one another',
      '<ol><li>甲<ol><li>乙<ol><li>丙</li></ol></li><li>丁</li></ol></li><li>戊</li></ol>',
      ['1. 甲', '（1）乙', '①丙', '（2）丁', '2. 戊'],
    ],
    [
      'by level in lists within lists',
      '<ol><li>甲</li><ol><li>乙</li></ol><li>丙</li></ol>',
      ['1. 甲', '（1）乙', '2. 丙'],
    ],
    ['where a style asks for them', '<ul style="list-style:decimal"><li>甲</li></ul>', ['1. 甲']],
    ['none in other lists', '<ul><li>甲</li><li>乙</li></ul>', ['甲', '乙']],
  ])('%s', (_, html, lines) => {
    expect(read(html)).toEqual(lines)
  })
})

describe('tables', () => {
  it('leave empty what a merged cell covers, down and across', () => {
    const html =
      '<table><tr><th>序号<th colspan=2>工作<th>单位</tr><tr><td>1<td rowspan=2>甲<td>乙<td>市教育局<br>市科技局</tr><tr><td>2<td>丙<td></table>'
    expect(read(html)).toEqual([['序号|工作||单位', '1|甲|乙|市教育局 市科技局', '2||丙|']])
  })

  it('keep rows apart where tags in cells were left open', () => {
    expect(read('<table><tr><td><font>甲<td><font>乙<tr><td><font>丙<td>丁</table>')).toEqual([['甲|乙', '丙|丁']])
  })

  it('show the numbers of a generated column', () => {
    const row = (words: string, start: number) =>
      `<tr><td><ol start=${start}><li><p></p></ol></td><td>${words}</td></tr>`
    expect(read(`<table>${row('甲', 1)}${row('乙', 2)}</table>`)).toEqual([['1.|甲', '2.|乙']])
  })

  it('that only place the text are unwrapped, those inside them kept', () => {
    const html =
      '<table><tr><td><p>一段话</p><table><tr><td>1</td><td>甲</td></tr><tr><td>2</td><td>乙</td></tr></table><p>又一段</p></td></tr></table>'
    expect(read(html)).toEqual(['一段话', ['1|甲', '2|乙'], '又一段'])
  })

  it('keep an attribute beyond reason harmless', () => {
    expect(read('<table><tr><td rowspan=99999999 colspan=-3>甲<td>乙<tr><td>丙</table>')).toEqual([['甲|乙', '|丙']])
    expect(() => read('<table><tr><td colspan=1000>甲<td>乙<tr><td>丙<td>丁</table>')).toThrow('列')
  })
})

const links = (...names: string[]) => names.map((n) => `<li><a href="/x">${n}</a></li>`).join('')
const ARTICLE =
  '<p>为做好全年工作，制定本方案，请认真组织实施。</p><p>一、工作任务</p><p>1. 公开预算，3月底前完成（市财政局）。</p><p>2. 公开规划，年底前完成（市发展改革委）。</p>'
const WORDS = [
  '为做好全年工作，制定本方案，请认真组织实施。',
  '一、工作任务',
  '1. 公开预算，3月底前完成（市财政局）。',
  '2. 公开规划，年底前完成（市发展改革委）。',
]

describe('the site around the document', () => {
  it.each([
    [
      'navigation, place, side bar, share bar, foot by name',
      `<div class="top-nav"><ul>${links('首页', '公开', '办事')}</ul></div><div class="wrap"><div class="crumb">当前位置：首页 &gt; 文件</div><div id="sidebar"><h3>栏目</h3><p>公开指南和公开制度</p></div><div class="art">${ARTICLE}</div><div class="share">分享到微信</div></div><div class="footer"><p>地址：清河市人民路1号</p></div>`,
    ],
    [
      'elements that say what they are',
      `<nav>${links('首页', '公开')}</nav><main>${ARTICLE}</main><aside><p>热点专题和便民服务</p></aside><footer><p>网站维护：某中心</p></footer>`,
    ],
    [
      'lists of links without a name',
      `<div><ul>${links('首页', '公开', '办事', '互动')}</ul></div><div>${ARTICLE}</div><ul>${links('相关解读一', '相关解读二', '相关解读三')}</ul>`,
    ],
    [
      'lines by their words',
      `<div>您现在的位置：首页</div><div>字号：大 中 小</div>${ARTICLE}<p>上一篇：无</p><p>版权所有 某办公室</p><p>冀ICP备00000000号</p>`,
    ],
    [
      'names of files, links to other pages, the foot',
      `${ARTICLE}<p>附件：<a href="a.docx">1. 任务分工表.docx</a></p><p>2. 填报说明.pdf</p><div><h3>相关文档</h3><ul><li><a href="b">关于一份方案的解读</a><span>2026-03-06</span></li></ul></div><p>政府网站标识码：0000000001</p>`,
    ],
    [
      'a page placed by tables',
      `<table><tr><td colspan=2>首页</td></tr><tr><td>栏目</td><td>${ARTICLE.repeat(1)}<p>${'群众满意是检验工作的标准。'.repeat(30)}</p></td></tr></table>`,
    ],
  ])('%s', (_, html) => {
    const lines = read(`<html><body>${html}</body></html>`)
    for (const word of WORDS) expect(lines).toContain(word)
    const others = lines.filter((l) => typeof l !== 'string' || !WORDS.includes(l))
    expect(others.filter((l) => !['栏目', '首页'].includes(String(l)) && !/^群众满意/.test(String(l)))).toEqual([])
  })

  it('its table of 索引号 and 文号 and the title beside the text stay', () => {
    const html = `<div class="main"><div class="info"><table><tr><td>文号：</td><td>清政办发〔2023〕9号</td><td>成文日期：</td><td>2023年3月2日</td></tr></table></div><div class="title">清河市2023年政务公开工作要点</div><div class="text">${ARTICLE}${ARTICLE}</div></div>`
    expect(read(html).slice(0, 2)).toEqual([
      ['文号：|清政办发〔2023〕9号|成文日期：|2023年3月2日'],
      '清河市2023年政务公开工作要点',
    ])
  })

  it('what a site says of a document stays, each label apart; its buttons do not', () => {
    const info =
      '<div><span>发布时间：2026-03-06</span><span>来源：县政府办公室</span><span>浏览次数：9</span><span>【字体：<a href="#">大</a> 小】</span></div>'
    expect(read(`<div>${info}${ARTICLE}</div>`)[0]).toBe('发布时间：2026-03-06 来源：县政府办公室')
  })

  it('a heading that others lead to stays', () => {
    expect(read('<p><a name="_Toc1">一、加强组织领导工作</a></p><p>二、其他</p>')[0]).toBe('一、加强组织领导工作')
  })

  it('a notice and its plan in two blocks both stay', () => {
    const html = `<div><div class="a"><p>现将方案印发给你们，请认真贯彻执行。</p></div><div class="b">${ARTICLE}</div></div>`
    expect(read(html)).toEqual(['现将方案印发给你们，请认真贯彻执行。', ...WORDS])
  })
})

it('refuses a web archive', () => {
  const mht = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related'
  expect(() => readHtml(mht)).toThrow(BadInput)
  expect(() => readHtml(mht)).toThrow('.mht')
})

describe('ten million characters of nonsense', () => {
  const fill = (unit: string): string => unit.repeat(Math.floor(10_000_000 / unit.length))
  it.each([
    ['open tags', fill('<div>')],
    ['cells', `<table>${fill('<td>')}`],
    ['paragraphs', fill('<p>x')],
    ['ends without a beginning', '<b>'.repeat(500) + fill('</i>')],
    ['fewer of them, with much text', '<b>'.repeat(500) + `</i>${'字'.repeat(30)}`.repeat(240_000)],
    ['one line', fill('字')],
    ['angles', fill('<')],
    ['full-width blanks', `${fill('　')}甲`],
    ['entities', fill('&amp;')],
    ['attributes', `<p ${fill('a=b ')}>`],
    ['comments never closed', fill('<!-- ')],
    ['wide cells', `<table>${fill('<tr><td colspan=1000 rowspan=9999>x')}`],
  ])('%s: ends in time', (_, html) => {
    const start = performance.now()
    try {
      readHtml(html)
    } catch (error) {
      expect(error).toBeInstanceOf(BadInput)
    }
    expect(performance.now() - start).toBeLessThan(4000)
  })
})

describe('charsetOf', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  it.each([
    ['<meta charset="gb2312">', 'gb18030'],
    ['<META http-equiv="Content-Type" content="text/html; charset=GBK">', 'gb18030'],
    ["<meta charset='utf-8'/>", 'utf-8'],
    ['<meta name="a" content="b"><meta charset=UTF8>', 'utf-8'],
    ['<p>charset=gbk</p>', undefined],
    ['<meta charset="klingon">', undefined],
  ])('%s', (html, name) => {
    expect(charsetOf(bytes(html))).toBe(name)
  })

  it('a byte order mark comes first', () => {
    expect(charsetOf(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes('<meta charset=gbk>')))).toBe('utf-8')
    expect(charsetOf(Uint8Array.of(0xff, 0xfe, 0x3c, 0))).toBe('utf-16le')
  })
})
