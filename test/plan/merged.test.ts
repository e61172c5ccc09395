import { describe, expect, it } from 'vitest'
import { parse } from '../../src/plan/parse.ts'
import { parseFile } from '../../src/plan/parse-file.ts'
import { docx, down, p, r, type SheetPart, tbl, tc, tr, xlsx } from './readers/make.ts'

/** What stands in an empty cell: what a merged one above says, or nothing. */

type Cell = string | null
const TITLE = '清江市2023年重点任务分解表'
const HEADS = ['序号', '领域', '工作任务', '牵头单位', '配合单位', '完成时限']

/** A Word table; null is a cell that the one above covers. */
function word(rows: Cell[][], heads = HEADS): Uint8Array {
  const cell = (c: Cell, row: number, column: number): string => {
    const opens = rows[row + 1]?.[column] === null
    return tc(p(r(c ?? '')), c === null ? down(false) : opens ? down(true) : '')
  }
  return docx({
    body:
      p(r(TITLE)) +
      tbl(tr(...heads.map((h) => tc(p(r(h))))), ...rows.map((row, i) => tr(...row.map((c, k) => cell(c, i, k))))),
  })
}

const units = async (file: Uint8Array) =>
  (await parseFile(file)).tasks.map((t) => [t.id, t.lead.join('、'), t.support.join('、')])

describe('merged cells', () => {
  it('a lead over several rows holds for each, beside the helpers of each', async () => {
    const file = word([
      ['1', '治水', '整治河道12公里', '市水利局', '市财政局', '6月底前'],
      ['2', null, '清淤疏浚8处', null, '市农业农村局', '9月底前'],
      ['3', null, '新建生态护岸', null, '', '年底前'],
    ])
    expect(await units(file)).toEqual([
      ['1', '市水利局', '市财政局'],
      ['2', '市水利局', '市农业农村局'],
      ['3', '市水利局', ''],
    ])
  })

  it('helpers over several rows hold for each, beside the lead of each', async () => {
    const file = word([
      ['1', '治水', '整治河道12公里', '市水利局', '各县区政府', '6月底前'],
      ['2', null, '清淤疏浚8处', '市农业农村局', null, '9月底前'],
    ])
    expect(await units(file)).toEqual([
      ['1', '市水利局', '各县区政府'],
      ['2', '市农业农村局', '各县区政府'],
    ])
  })

  it('a cell that nothing covers is empty, and asked', async () => {
    const rows: Cell[][] = [
      ['1', '治水', '整治河道12公里', '市水利局', '市财政局', '6月底前'],
      ['2', '治气', '建设自动监测站3座', '', '', ''],
    ]
    const draft = await parseFile(word(rows))
    expect(draft.tasks[1]).toMatchObject({ lead: [], support: [], deadlines: [] })
    expect(draft.questions).toContainEqual(expect.objectContaining({ kind: 'no-unit', task: '2' }))
  })

  it('cells left empty below a theme that is left empty, too, were written once', async () => {
    const file = word([
      ['1', '治水', '整治河道12公里', '市水利局', '市财政局', '6月底前'],
      ['2', '', '清淤疏浚8处', '', '', ''],
    ])
    expect(await units(file)).toEqual([
      ['1', '市水利局', '市财政局'],
      ['2', '市水利局', '市财政局'],
    ])
  })

  it('where the file does not tell, a row with helpers and no lead takes the lead above, and asks', () => {
    const text = [HEADS, ['1', '治水', '甲事', '市水利局', '市财政局', '6月'], ['2', '', '乙事', '', '市审计局', '7月']]
    const draft = parse(`${TITLE}\n${text.map((row) => row.join('\t')).join('\n')}`)
    expect(draft.tasks[1]).toMatchObject({ lead: ['市水利局'], support: ['市审计局'] })
    expect(draft.questions).toContainEqual(expect.objectContaining({ kind: 'unsure-row', task: '2' }))
  })
})

describe('several tables in one file', () => {
  const sheet = (name: string, ...rows: (string | undefined)[][]): SheetPart => ({
    name,
    rows: [['序号', '项目', '责任单位', '完成时限'], ...rows],
  })

  it('numbers that begin again carry their table, and nothing goes over a sheet’s edge', async () => {
    const file = xlsx([
      sheet('城建', ['1', '新建公园3个', '市园林局', '6月底前'], ['2', '改造道路9条', '市住建局', '9月底前']),
      sheet('就业', ['1', '举办招聘会20场', undefined, '每月'], ['2', '开发岗位300个', '市人社局', '年底前']),
    ])
    expect(await units(file)).toEqual([
      ['1.1', '市园林局', ''],
      ['1.2', '市住建局', ''],
      ['2.1', '', ''],
      ['2.2', '市人社局', ''],
    ])
    const ids = (await parseFile(file)).questions.flatMap((q) => (q.kind === 'no-unit' ? [q.task] : []))
    expect(ids).toEqual(['2.1'])
  })

  it('numbers that go on keep their own', async () => {
    const file = xlsx([sheet('甲', ['1', '甲事', '市园林局', '6月']), sheet('乙', ['2', '乙事', '市住建局', '7月'])])
    expect((await units(file)).map(([id]) => id)).toEqual(['1', '2'])
  })

  it('in a table whose numbers begin again below each part, ids are unique', () => {
    const rows = [
      '类别\t序号\t工作任务\t责任单位',
      '甲类\t1\t甲事\t市教育局',
      '\t2\t乙事\t市科技局',
      '乙类\t1\t丙事\t市商务局',
    ]
    expect(parse(`${TITLE}\n${rows.join('\n')}`).tasks.map((t) => t.id)).toEqual(['1.1', '1.2', '2.1'])
  })

  it('reads five thousand rows as five thousand tasks', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${i + 1}\t完成第${i + 1}批建设任务\t市发展改革委\t年底前`)
    const { tasks } = parse(`${TITLE}\n序号\t工作任务\t责任单位\t完成时限\n${rows.join('\n')}`)
    expect([tasks.length, new Set(tasks.map((t) => t.id)).size, tasks.at(-1)?.id]).toEqual([5000, 5000, '5000'])
  })
})
