import { describe, expect, it } from 'vitest'
import { parseFile } from '../../../src/plan/parse-file.ts'
import { readFile } from '../../../src/plan/readers/index.ts'
import { readWorkbook } from '../../../src/plan/readers/xlsx.ts'
import { shownBy } from '../../../src/plan/readers/xlsx-dates.ts'
import { type SheetPart, xlsx } from './make.ts'

const blocks = async (sheets: SheetPart[], shared = {}) => (await readFile(xlsx(sheets, shared))).blocks
const cells = (data: string, shared = {}) => readWorkbook(xlsx([{ name: 'a', rows: data }], shared))[0]?.rows
const HEAD = ['序号', '事项', '责任单位', '完成时限']

describe('values of cells', () => {
  const styles =
    '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="171" formatCode="[$-804]m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="9"/><xf numFmtId="22"/></cellXfs>'
  const strings =
    '<si><t>市教育局</t></si><si><r><t>市</t></r><r><rPr><b/></rPr><t>科技局</t></r><rPh sb="0" eb="1"><t>kējì</t></rPh></si><si><t>一行_x000D_\n两行</t></si>'
  it.each([
    ['a shared string', '<c r="A1" t="s"><v>0</v></c>', '市教育局'],
    ['rich text without its readings', '<c r="A1" t="s"><v>1</v></c>', '市科技局'],
    ['an escaped character', '<c r="A1" t="s"><v>2</v></c>', '一行\r\n两行'],
    ['an inline string', '<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>', '甲乙'],
    ['what a formula last gave', '<c r="A1" t="str"><f>B1&amp;"局"</f><v>市审计局</v></c>', '市审计局'],
    ['a formula’s number', '<c r="A1"><f>1+1</f><v>2</v></c>', '2'],
    ['a boolean', '<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
    ['an error, as it is shown', '<c r="A1" t="e"><v>#REF!</v></c>', '#REF!'],
    ['a day', '<c r="A1" s="1"><v>46249</v></c>', '2026年8月15日'],
    ['a day in the Chinese format', '<c r="A1" s="2"><v>46249</v></c>', '2026年8月15日'],
    ['a month', '<c r="A1" s="3"><v>46235</v></c>', '2026年8月'],
    ['a day without its year', '<c r="A1" s="4"><v>46249</v></c>', '8月15日'],
    ['a day with its hour', '<c r="A1" s="6"><v>46249.75</v></c>', '2026年8月15日 18:00'],
    ['an ISO day', '<c r="A1" t="d" s="1"><v>2026-08-15</v></c>', '2026年8月15日'],
    ['a share', '<c r="A1" s="5"><v>0.95</v></c>', '95%'],
    ['a mobile number', '<c r="A1"><v>1.3800138E+10</v></c>', '13800138000'],
    ['a sum with binary noise', '<c r="A1"><v>0.30000000000000004</v></c>', '0.3'],
  ])('%s', (_, cell, shown) => {
    expect(cells(`<row r="1">${cell}</row>`, { styles, strings })).toEqual([{ line: 1, cells: [shown] }])
  })

  it.each([
    [1, '1900年1月1日'],
    [59, '1900年2月28日'],
    [61, '1900年3月1日'],
  ])('counts day %i of 1900 as Excel does', (serial, shown) => {
    expect(cells(`<row r="1"><c r="A1" s="1"><v>${serial}</v></c></row>`, { styles })?.[0]?.cells).toEqual([shown])
  })

  it('counts from 1904 where the workbook does', () => {
    const day = '<row r="1"><c r="A1" s="1"><v>44787</v></c></row>'
    expect(cells(day, { styles, date1904: true })?.[0]?.cells).toEqual(['2026年8月15日'])
  })

  it.each([
    ['General', 'number'],
    ['0.00_ ', 'number'],
    ['#,##0"万元"', 'number'],
    ['[Red]0', 'number'],
    ['0"月底前"', 'number'],
    ['0.0%', 'percent'],
    ['yyyy/m/d', 'date'],
    ['[DBNum1][$-804]yyyy"年"m"月"d"日"', 'date'],
    ['mmm-yy', 'year-month'],
    ['h:mm', 'time'],
    ['yyyy-mm-dd hh:mm:ss', 'date-time'],
  ])('the format %s shows a %s', (code, shown) => {
    expect(shownBy(code)).toBe(shown)
  })
})

describe('sheets', () => {
  it('gives rows their numbers, places without a reference too, and skips what is blank', () => {
    const data =
      '<row r="2"><c r="B2"><v>1</v></c><c t="inlineStr"><is><t>乙</t></is></c></row><row r="5"><c r="A5" s="3"/></row><row><c><v>7</v></c></row>'
    expect(cells(data)).toEqual([
      { line: 2, cells: ['', '1', '乙'] },
      { line: 6, cells: ['7'] },
    ])
  })

  it('leaves covered cells empty, whatever they hold', async () => {
    const rows = [HEAD, ['1', '甲', '市教育局', '6月底前'], ['2', '乙', '旧', ''], ['3', '丙', '市商务局', '年底前']]
    const [table] = await blocks([{ name: 'a', rows, merged: ['C2:C3', 'D2:D3', 'C4:D4'] }])
    expect(table?.kind === 'table' && table.rows.map((r) => r.cells.slice(2))).toEqual([
      ['责任单位', '完成时限'],
      ['市教育局', '6月底前'],
      [''],
      ['市商务局', ''],
    ])
  })

  it('puts title and notes on lines, heads of two rows together', async () => {
    const rows = [
      ['某市2026年重点工作台账'],
      ['填报单位：市政府办公室', undefined, undefined, '2026年3月1日'],
      ['序号', '事项', '责任单位', undefined, '完成时限'],
      [undefined, undefined, '牵头', '配合'],
      ['1', '甲事', '市教育局', '市科技局', '6月底前'],
      ['注：时限不含法定节假日'],
    ]
    expect(await blocks([{ name: 'a', rows, merged: ['A1:E1', 'A3:A4', 'B3:B4', 'C3:D3', 'E3:E4'] }])).toMatchObject([
      { kind: 'line', line: 1, text: '某市2026年重点工作台账' },
      { kind: 'line', line: 2, text: '填报单位：市政府办公室' },
      { kind: 'line', line: 2, text: '2026年3月1日' },
      {
        kind: 'table',
        rows: [
          { line: 3, cells: ['序号', '事项', '牵头责任单位', '配合责任单位', '完成时限'] },
          { line: 5, cells: ['1', '甲事', '市教育局', '市科技局', '6月底前'] },
        ],
      },
      { kind: 'line', line: 6, text: '注：时限不含法定节假日' },
    ])
  })

  it('reads several sheets, and none that is hidden', async () => {
    const sheet = (name: string, id: string, state = ''): SheetPart => ({
      name,
      state,
      rows: [HEAD, [id, '甲事', '市教育局', '']],
    })
    const found = await blocks([
      sheet('一', '1'),
      sheet('二', '2', 'hidden'),
      sheet('三', '3', 'veryHidden'),
      sheet('四', '4'),
    ])
    const ids = found.flatMap((b) => (b.kind === 'table' ? b.rows.map((r) => r.cells[0]) : []))
    expect(ids).toEqual(['序号', '1', '序号', '4'])
  })

  it('skips hidden rows, but not those that a filter hides from view', () => {
    const data =
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>'
    expect(cells(data)?.map((r) => r.line)).toEqual([1, 3])
    const filter =
      '<autoFilter ref="A1:A3"><filterColumn colId="0"><filters><filter val="1"/></filters></filterColumn></autoFilter>'
    expect(readWorkbook(xlsx([{ name: 'a', rows: data, more: filter }]))[0]?.rows.map((r) => r.line)).toEqual([1, 2, 3])
  })

  it('tells what is hidden and leaves it out', async () => {
    const row = (n: number, hidden = '') =>
      `<row r="${n}"${hidden}>${['A', 'B', 'C', 'D'].map((c) => `<c r="${c}${n}" t="str"><v>${c}</v></c>`).join('')}</row>`
    const sheet = await readFile(
      xlsx([
        { name: '名单', state: 'hidden', rows: [['甲']] },
        { name: '缓存', state: 'veryHidden', rows: [['甲']] },
        {
          name: '台账',
          rows: `${row(1)}${row(2, ' hidden="1"')}${row(3)}<row r="9" hidden="1"/>`,
          columns: '<cols><col min="3" max="3" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>',
        },
      ]),
    )
    expect(sheet.blocks).toMatchObject([
      {
        kind: 'table',
        rows: [
          { line: 1, cells: ['A', 'B', 'D'] },
          { line: 3, cells: ['A', 'B', 'D'] },
        ],
      },
    ])
    expect(sheet.unread?.map((u) => u.text)).toEqual([
      '工作表“名单”是隐藏的，没有读入',
      '工作表“台账”有隐藏的行，没有读入：第2行',
      '工作表“台账”有隐藏的列，没有读入：C列',
    ])
  })

  it('asks about what it left out', async () => {
    const sheets = [
      { name: '台账', rows: [HEAD, ['1', '做好甲事', '市教育局', '年底前']] },
      { name: '名单', state: 'hidden', rows: [['甲']] },
    ]
    const { questions } = await parseFile(xlsx(sheets))
    expect(questions.map((q) => q.text)).toContain('工作表“名单”是隐藏的，没有读入')
  })

  it('makes one line of the lines in a cell', async () => {
    const [table] = await blocks([{ name: 'a', rows: [HEAD, ['1', '甲\n乙', '市教育局\n市科技局', '']] }])
    expect(table?.kind === 'table' && table.rows[1]?.cells).toEqual(['1', '甲 乙', '市教育局 市科技局'])
  })
})
