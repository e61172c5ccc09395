import { describe, expect, it } from 'vitest'
import { readFile } from '../../../src/plan/readers/index.ts'
import { across, docx, docxParts, down, list, lvl, num, p, r, tbl, tc, tr, use, zipOf } from './make.ts'

const blocks = async (parts: Parameters<typeof docx>[0]) => (await readFile(docx(parts))).blocks
const lines = async (parts: Parameters<typeof docx>[0]) =>
  (await blocks(parts)).map((b) => (b.kind === 'line' ? b.text : b.rows.map((row) => row.cells)))

describe('numbers that Word generates', () => {
  const outline = list(
    1,
    lvl(0, 'chineseCountingThousand', '%1、', '<w:suff w:val="nothing"/>') +
      lvl(1, 'chineseCounting', '（%2）', '<w:suff w:val="nothing"/>') +
      lvl(2, 'decimal', '%3.'),
  )

  it('stand in front of their paragraphs, and begin again under each heading', async () => {
    const body = [
      p('总体要求', num(1)),
      p('重点任务', num(1)),
      p('优化服务', num(1, 1)),
      p('开展帮办代办', num(1, 2)),
      p('2026年公布清单', num(1, 2)),
      p('规范监管', num(1, 1)),
      p('推行联合检查', num(1, 2)),
    ].join('')
    expect(await lines({ body, numbering: outline + use(1, 1) })).toEqual([
      '一、总体要求',
      '二、重点任务',
      '（一）优化服务',
      '1. 开展帮办代办',
      '2. 2026年公布清单',
      '（二）规范监管',
      '1. 推行联合检查',
    ])
  })

  it.each([
    ['ideographTraditional', '%1、', '甲、事'],
    ['decimalEnclosedCircle', '%1', '① 事'],
    ['decimalEnclosedCircleChinese', '%1', '① 事'],
    ['decimalFullWidth', '%1．', '1． 事'],
    ['lowerLetter', '%1)', 'a)事'],
    ['upperRoman', '%1.', 'I. 事'],
    ['chineseLegalSimplified', '第%1条', '第一条 事'],
    ['decimalEnclosedParen', '%1', '（1）事'],
    ['decimalZero', '%1.', '01. 事'],
    ['decimal', '%1', '1. 事'],
    ['chineseCounting', '%1', '一、事'],
    ['bullet', '', '事'],
    ['none', '', '事'],
  ])('%s with %s', async (format, text, shown) => {
    const numbering = list(1, lvl(0, format, text)) + use(1, 1)
    expect(await lines({ body: p('事', num(1)), numbering })).toEqual([shown])
  })

  it('go on over uses of one list, and start where a use says so', async () => {
    const again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    const numbering = list(1, lvl(0, 'decimal', '%1.')) + use(1, 1) + use(2, 1) + use(3, 1, again)
    const body = [1, 1, 2, 3, 3].map((id) => p('事', num(id))).join('')
    expect(await lines({ body, numbering })).toEqual(['1. 事', '2. 事', '3. 事', '1. 事', '2. 事'])
  })

  it('take levels that a use replaces, and decimal ones where the level is legal', async () => {
    const levels = lvl(0, 'chineseCounting', '第%1章') + lvl(1, 'decimal', '%1.%2', '<w:isLgl/>')
    const other = `<w:lvlOverride w:ilvl="0">${lvl(0, 'decimal', '任务%1：')}</w:lvlOverride>`
    const numbering = list(1, levels) + list(2, levels) + use(1, 1) + use(2, 2, other)
    const body = p('甲', num(1)) + p('乙', num(1, 1)) + p('丙', num(2))
    expect(await lines({ body, numbering })).toEqual(['第一章 甲', '1.1 乙', '任务1：丙'])
  })

  it('never begin again where a level says so', async () => {
    const levels = lvl(0, 'chineseCounting', '%1、') + lvl(1, 'decimal', '%2.', '<w:lvlRestart w:val="0"/>')
    const body = [p('甲', num(1)), p('一', num(1, 1)), p('乙', num(1)), p('二', num(1, 1))].join('')
    expect((await lines({ body, numbering: list(1, levels) + use(1, 1) })).slice(2)).toEqual(['二、乙', '2. 二'])
  })

  it('come from the style, its base, and the style of the list', async () => {
    const styles = `
      <w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/><w:pPr>${num(1)}</w:pPr></w:style>
      <w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
      <w:style w:type="paragraph" w:styleId="mine"><w:basedOn w:val="h1"/></w:style>`
    const levels = lvl(0, 'chineseCounting', '%1、') + lvl(1, 'chineseCounting', '（%2）', '<w:pStyle w:val="h2"/>')
    const body = [
      p('甲', '<w:pStyle w:val="h1"/>'),
      p('乙', '<w:pStyle w:val="h2"/>'),
      p('丙', '<w:pStyle w:val="mine"/>'),
      p('丁', '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
    ].join('')
    expect(await lines({ body, styles, numbering: list(1, levels) + use(1, 1) })).toEqual([
      '一、甲',
      '（一）乙',
      '二、丙',
      '丁',
    ])
  })

  it('come through a numbering style that another list defines', async () => {
    const numbering =
      list(1, '<w:numStyleLink w:val="公文"/>') +
      list(2, `<w:styleLink w:val="公文"/>${lvl(0, 'decimal', '%1.')}`) +
      use(1, 1) +
      use(2, 2)
    expect(await lines({ body: p('甲', num(1)) + p('乙', num(2)), numbering })).toEqual(['1. 甲', '2. 乙'])
  })

  it('stand in cells, also alone', async () => {
    const numbering = list(1, lvl(0, 'decimal', '%1')) + use(1, 1)
    const body = tbl(
      tr('序号', '工作任务', '责任单位'),
      tr(tc(p('', num(1))), '甲事', '市教育局'),
      tr(tc(p('', num(1))), '乙事', '市科技局'),
    )
    const [table] = await blocks({ body, numbering })
    expect(table?.kind === 'table' && table.rows.map((row) => row.cells[0])).toEqual(['序号', '1.', '2.'])
  })
})

describe('tables', () => {
  it('leave covered cells empty, in both directions, and skip columns before and after', async () => {
    const body = tbl(
      tr('序号', '事项', '牵头单位', '配合单位'),
      tr('1', '甲事', tc('市教育局', down(true)), tc('市科技局', down(true))),
      tr('2', '乙事', tc('', down(false)), tc('', down(false))),
      tr('3', '丙事', tc('市商务局、市体育局', across(2))),
      '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>市民政局</w:t></w:r></w:p></w:tc></w:tr>',
    )
    expect(await lines({ body })).toEqual([
      [
        ['序号', '事项', '牵头单位', '配合单位'],
        ['1', '甲事', '市教育局', '市科技局'],
        ['2', '乙事', '', ''],
        ['3', '丙事', '市商务局、市体育局', ''],
        ['', '', '市民政局'],
      ],
    ])
  })

  it('make one of heads in two rows', async () => {
    const body = tbl(
      tr(tc('序号', down(true)), tc('工作任务', down(true)), tc('责任单位', across(2)), tc('完成时限', down(true))),
      tr(tc('', down(false)), tc('', down(false)), '牵头', '配合单位', tc('', down(false))),
      tr('1', '甲事', '市教育局', '市科技局', '6月底前'),
    )
    expect(await lines({ body })).toEqual([
      [
        ['序号', '工作任务', '牵头责任单位', '配合单位', '完成时限'],
        ['1', '甲事', '市教育局', '市科技局', '6月底前'],
      ],
    ])
  })

  it('go on over a blank paragraph with the head repeated, over 续表 and over a heading', async () => {
    const head = tr('序号', '工作任务', '责任单位')
    const body = [
      tbl(tr(tc('某县2026年任务表', across(3))), head, tr('1', '甲事', '县教育局')),
      p(''),
      tbl(head, tr('2', '乙事', '县科技局')),
      p('（续表）'),
      tbl(head, tr('3', '丙事', '县民政局')),
      p('二、强基础'),
      tbl(tr('4', '丁事', '县商务局')),
      p('注：以上均为初稿'),
      tbl(tr('联系人', '电话')),
    ].join('')
    const found = await blocks({ body })
    expect(found.map((b) => (b.kind === 'line' ? b.text : b.rows.map((row) => [row.line, row.cells[0]])))).toEqual([
      '某县2026年任务表',
      [
        [2, '序号'],
        [3, '1'],
        [5, '序号'],
        [6, '2'],
        [8, '序号'],
        [9, '3'],
        [10, '二、强基础'],
        [11, '4'],
      ],
      '注：以上均为初稿',
      [[13, '联系人']],
    ])
  })

  it('of one column are frames around paragraphs; tables of tasks inside a cell stand on their own', async () => {
    const inner = tbl(tr('序号', '工作任务', '责任单位'), tr('1', '甲事', '市教育局'))
    expect(await lines({ body: tbl(tr(tc(p('标题') + p('正文。') + inner + p('')))) })).toEqual([
      '标题',
      '正文。',
      [
        ['序号', '工作任务', '责任单位'],
        ['1', '甲事', '市教育局'],
      ],
    ])
    const beside = await lines({ body: tbl(tr('左', tc(inner + p('')))) })
    expect(beside).toHaveLength(2)
    const small = await lines({ body: tbl(tr('左', tc(tbl(tr('甲', '乙')) + p('后')))) })
    expect(small).toEqual([[['左', '甲 乙 后']]])
  })

  it('part the paragraphs and lines of a cell with a space', async () => {
    const body = tbl(tr(tc(p('市教育局') + p('') + p(`${r('市科技局')}<w:r><w:br/></w:r>${r('县民政局')}`)), 'b'))
    expect(await lines({ body })).toEqual([[['市教育局 市科技局 县民政局', 'b']]])
  })

  it('drop rows that were deleted or hidden', async () => {
    const gone = (mark: string) => `<w:tr><w:trPr>${mark}</w:trPr>${tc('去')}${tc('去')}</w:tr>`
    const body = tbl(tr('甲', '乙'), gone('<w:del w:id="1" w:author="x"/>'), gone('<w:hidden/>'), tr('丙', '丁'))
    expect(await lines({ body })).toEqual([
      [
        ['甲', '乙'],
        ['丙', '丁'],
      ],
    ])
  })
})

describe('what belongs to the text and what does not', () => {
  it.each([
    ['a tracked deletion', `${r('留')}<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>`, '留'],
    ['a tracked insertion', `${r('留')}<w:ins w:id="1">${r('增')}</w:ins>`, '留增'],
    ['a move', `<w:moveFrom w:id="1">${r('旧')}</w:moveFrom><w:moveTo w:id="2">${r('新')}</w:moveTo>`, '新'],
    ['hidden words', r('显') + r('隐', '<w:vanish/>') + r('示', '<w:vanish w:val="0"/>'), '显示'],
    ['a link', `${r('见')}<w:hyperlink r:id="rId9">${r('网站')}</w:hyperlink>`, '见网站'],
    ['a field', `<w:r><w:instrText> PAGE </w:instrText></w:r>${r('3')}`, '3'],
    [
      'readings over characters',
      '<w:r><w:ruby><w:rt><w:r><w:t>yún</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>云</w:t></w:r></w:rubyBase></w:ruby></w:r>',
      '云',
    ],
    ['a footnote’s mark', `${r('文')}<w:r><w:footnoteReference w:id="2"/></w:r>`, '文'],
    ['a content control', `<w:sdt><w:sdtPr/><w:sdtContent>${r('内')}</w:sdtContent></w:sdt>`, '内'],
    ['one tab', `${r('甲')}<w:r><w:tab/></w:r>${r('乙')}`, '甲\t乙'],
    ['entities', r('甲&乙<丙>'), '甲&乙<丙>'],
    ['old properties of a tracked change', r('文', '<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>'), '文'],
  ])('%s', async (_, runs, shown) => {
    expect(await lines({ body: p(runs) })).toEqual([shown])
  })

  it('keeps signs that are ticks or characters, and figures put into circles', async () => {
    const sym = (font: string, char: string) => `<w:r><w:sym w:font="${font}" w:char="${char}"/></w:r>`
    const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`
    const code = (words: string) => `<w:r><w:instrText xml:space="preserve">${words}</w:instrText></w:r>`
    const circled = field('begin') + code(' eq \\o\\ac(○,') + code('3)') + field('end')
    const page = field('begin') + code(' PAGE ') + field('separate') + r('7') + field('end')
    const body = [
      p(r('牵头') + sym('Wingdings', 'F0FC') + sym('Wingdings', 'F06C') + sym('仿宋', '2461')),
      p(circled + r('甲事')),
      p(page + r('页')),
    ].join('')
    expect(await lines({ body })).toEqual(['牵头√②', '③甲事', '7页'])
  })

  it('reads a page that a program put in as a whole, and tells any other part', async () => {
    const parts = docxParts({ body: `${p('前言')}<w:altChunk r:id="c1"/>${p('后记')}` })
    const rels = parts['word/_rels/document.xml.rels'] ?? ''
    const chunk = (target: string) => ({
      ...parts,
      'word/_rels/document.xml.rels': rels.replace(
        '</Relationships>',
        `<Relationship Id="c1" Type="http://a/aFChunk" Target="${target}"/></Relationships>`,
      ),
      [`word/${target}`]:
        '<html><body><p>一、甲</p><table><tr><td>1</td><td>乙</td></tr><tr><td>2</td><td>丙</td></tr></table></body></html>',
    })
    const sheet = await readFile(zipOf(chunk('chunk.html')))
    expect(sheet.blocks.map((b) => (b.kind === 'line' ? b.text : b.rows.map((row) => row.cells.join('|'))))).toEqual([
      '前言',
      '一、甲',
      ['1|乙', '2|丙'],
      '后记',
    ])
    await expect(readFile(zipOf(chunk('chunk.rtf')))).rejects.toThrow('嵌入了另一份文件')
  })

  it('joins paragraphs whose mark was deleted', async () => {
    const body = p('前半，', '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>') + p('后半。')
    expect(await lines({ body })).toEqual(['前半，后半。'])
  })

  it('reads a text box once, behind its paragraph', async () => {
    const box = `<w:txbxContent>${p('云政办发〔2026〕5号')}</w:txbxContent>`
    const both = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
    expect(await lines({ body: p(r('标题') + both) + p('正文') })).toEqual(['标题', '云政办发〔2026〕5号', '正文'])
  })

  it('leaves out a table of contents', async () => {
    const styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    const gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    const body = `<w:sdt>${gallery}<w:sdtContent>${p('目录')}</w:sdtContent></w:sdt>${p('一、甲 1', '<w:pStyle w:val="T1"/>')}${p('一、甲')}`
    expect(await lines({ body, styles })).toEqual(['一、甲'])
  })

  it('keeps indents, line breaks, and rows typed with tabs; lines are ordinals of paragraphs', async () => {
    const indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    const tab = '<w:r><w:tab/></w:r>'
    const body = [
      p(`${r('某市')}<w:r><w:br/></w:r>${r('工作要点')}`),
      p(''),
      p('正文。', indent),
      p(r('序号') + tab + r('工作任务') + tab + r('责任单位')),
      p(r('1') + tab + r('甲事') + tab + r('市教育局')),
    ].join('')
    expect(await blocks({ body })).toEqual([
      { kind: 'line', line: 1, text: '某市' },
      { kind: 'line', line: 1, text: '工作要点' },
      { kind: 'line', line: 3, text: '\u3000\u3000正文。' },
      {
        kind: 'table',
        rows: [
          { line: 4, cells: ['序号', '工作任务', '责任单位'] },
          { line: 5, cells: ['1', '甲事', '市教育局'] },
        ],
      },
    ])
  })
})
