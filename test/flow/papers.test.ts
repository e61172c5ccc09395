import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { codeOf, seen } from '../../commands/present.ts'
import { findDuties } from '../../db/queries/duties.ts'
import { contextFor } from '../../src/flow/console/context.ts'
import { scopeOf } from '../../src/flow/console/overview/scope.ts'
import { overviewOf } from '../../src/flow/console/overview.ts'
import { machineContext } from '../../src/flow/machine.ts'
import { type Asked, type Drafted, drafts } from '../../src/flow/paper/drafts.ts'
import type { Paper, PaperMarks } from '../../src/model/paper.ts'
import { paperDocx } from '../../src/paper/docx.ts'
import { readDocx } from '../../src/plan/readers/docx.ts'
import { openZip } from '../../src/plan/readers/zip.ts'
import { daysBetween } from '../../src/time/day.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'

const office = officesOf('papers')
const third = { from: '2017-07-01', to: '2017-09-30' }
const unsigned: PaperMarks = { state: 'pending', number: '', signer: '', signedOn: null }
let t: Town
const ids = new Map<string, string>()
const idOf = (name: string): string => ids.get(name) ?? ''

beforeAll(async () => {
  t = await openTown(office())
  for (const { id, name } of (await t.deps.cache(t.deps.store)).view.units) ids.set(name, id)
  t.on('2017-08-31')
  await t.as('liaison:市财政局').says('1-2 7月的已公开 http://a.example.gov.cn/1.html')
  t.on('2017-09-13')
  await t.as('office').says('通过 1-2')
  await t.as('liaison:市教育局').says('4-1 已公开，共3批\u0007')
  ;(await t.as('office').says('退回 4-1 链接打不开，9月20日前重报')).hears('退回')
  await t.as('liaison:市教育局').says('4-1 已重新公开')
  t.on('2017-10-09')
})

const context = async () => machineContext(t.deps, await t.deps.cache(t.deps.store))
const draft = async (kind: Drafted, asked: Asked = {}): Promise<Paper> => drafts[kind](await context(), asked)
const partsOf = (bytes: Uint8Array) =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]))
/** The words of the file, as the project's own reader of plans reads them. */
const wordsOf = async (paper: Paper): Promise<string> =>
  readDocx(openZip(await paperDocx(paper, unsigned)))
    .blocks.flatMap((block) => (block.kind === 'line' ? block.text : block.rows.map(({ cells }) => cells.join('\t'))))
    .join('\n')

const asked: Record<Drafted, () => Asked> = {
  bulletin: () => ({ ...third, by: '2017-10-20' }),
  dispatch: () => ({ from: '2017-09-01', to: '2017-09-30' }),
  notice: () => ({ unit: idOf('市审计局'), by: '2017-10-20', contact: '李某' }),
  list: () => ({ unit: idOf('市财政局') }),
  summary: () => ({ unit: idOf('市财政局') }),
  brief: () => ({}),
}
const kinds = Object.keys(asked) as Drafted[]

describe('papers and the ledger', () => {
  it('the figures are the console’s and the chat’s, in all and unit by unit', async () => {
    const paper = await draft('bulletin', third)
    const scope = await scopeOf(t.deps, (await contextFor(t.deps, { ...(await context()).actor })).actor, { unit: [] })
    const { figures, board } = await overviewOf({ ...scope, c: await context(), window: third })
    const [, , first] = paper.blocks
    expect(first).toMatchObject({ kind: 'text' })
    const words = first?.kind === 'text' ? first.text : ''
    expect(words).toContain(`应完成任务${figures.due}项`)
    expect(words).toContain(`已办结${figures.done}项（按时${figures.done - figures.doneLate}项`)
    expect(words).toContain(`待审核${figures.review}项`)
    expect(words).toContain(`未完成${figures.open}项（其中逾期${figures.overdue}项）`)
    ;(await t.as('office').says('三季度完成率')).hears(`已办结${figures.done} ÷ 应完成${figures.due}）`)
    const table = paper.blocks.find((block) => block.kind === 'table')
    const rows = table?.kind === 'table' ? table.rows : []
    expect(rows).toHaveLength(board.filter(({ due }) => due > 0).length + 1)
    for (const { name, due, done, doneLate, review, overdue } of board.filter((unit) => unit.due > 0)) {
      const row = rows.find((cells) => cells[1] === name)
      expect([name, row?.[2], row?.[3], row?.[4], row?.[5], row?.[7]]).toEqual([
        name,
        ...[due, done - doneLate, doneLate, review, overdue].map(String),
      ])
    }
    expect(paper.duties).toHaveLength(figures.overdue)
    expect(figures.overdue).toBeGreaterThan(5)
  })

  it('no code, unit, day or number of days late that the ledger does not hold, read back from the file', async () => {
    const c = await context()
    const duties = (await findDuties(c.db, {})).map((duty) => seen(c, duty))
    const codes = new Set(duties.map(({ duty }) => codeOf(duty)))
    const days = new Set(
      duties.flatMap(({ duty }) => [duty.dueOn, duty.reportedOn, duty.closedOn].filter((day) => day !== null)),
    )
    days.add('2017-09-13')
    const lateDays = duties.filter(({ overdue }) => overdue).map(({ duty }) => daysBetween(duty.dueOn ?? '', c.today))
    for (const kind of kinds) {
      const words = await wordsOf(await draft(kind, asked[kind]()))
      const saidCodes = words.match(/公开17-[\dA-Z-]+(?:调度)?/g) ?? []
      expect([kind, saidCodes.filter((code) => !codes.has(code))]).toEqual([kind, []])
      expect([kind, (words.match(/\d{4}-\d\d-\d\d/g) ?? []).filter((day) => !days.has(day))]).toEqual([kind, []])
      for (const [, n] of words.matchAll(/逾期(\d+)天/g)) expect(lateDays).toContain(Number(n))
      const names = new Set(c.office.units.map(({ name }) => name))
      const table = (await draft(kind, asked[kind]())).blocks.find((block) => block.kind === 'table')
      const at = table?.kind === 'table' ? table.columns.findIndex(({ title }) => title === '责任单位') : -1
      if (table?.kind === 'table' && at >= 0)
        for (const cells of table.rows)
          expect([kind, names.has(cells[at] ?? '') || cells[at] === '合计']).toEqual([kind, true])
    }
  })

  it('a task’s every overdue share stands in the list with its unit and day, once', async () => {
    const c = await context()
    const paper = await draft('bulletin', third)
    const tables = paper.blocks.filter((block) => block.kind === 'table')
    const listed = tables[1]?.rows.map(([, unit, code, , day, late]) => [unit, code, day, late].join(' ')) ?? []
    const due = { to: c.today }
    const late = (await findDuties(c.db, { states: ['open', 'returned', 'unclaimed'], role: 'lead', due }))
      .map((duty) => seen(c, duty))
      .filter(
        ({ overdue, duty }) => overdue && duty.owedOn !== null && duty.owedOn >= third.from && duty.owedOn <= third.to,
      )
    const nameOf = (id: string) => c.office.units.find((unit) => unit.id === id)?.name ?? ''
    const said = late
      .filter(
        ({ duty }) =>
          nameOf(duty.unit) !== '' && !c.office.units.some(({ id, kind }) => id === duty.unit && kind === 'class'),
      )
      .map(({ duty }) => {
        const days = daysBetween(duty.dueOn ?? '', c.today)
        return [nameOf(duty.unit), codeOf(duty), duty.dueOn, `${days}天`].join(' ')
      })
    expect([...listed].sort()).toEqual(said.sort())
    expect(paper.remarks.join('')).toContain('第二十一条')
    expect(await wordsOf(paper)).not.toContain('第二十一条')
  })

  it('a summary quotes what the unit said, says what waits, and leaves the rest blank', async () => {
    const finance = await wordsOf(await draft('summary', asked.summary()))
    expect(finance).toContain('2017年8月31日报送“1-2 7月的已公开')
    expect(finance).toContain('公开地址：http://a.example.gov.cn/1.html')
    const education = await wordsOf(await draft('summary', { unit: idOf('市教育局') }))
    expect(education).toContain('已重新公开”（待审核）')
    expect(education).not.toContain('共3批')
    expect(education).toMatch(/（此处请补充：存在的主要问题及原因）/)
  })

  it('the same ledger on the same day gives the same bytes', async () => {
    for (const kind of kinds) {
      const [a, b] = [await draft(kind, asked[kind]()), await draft(kind, asked[kind]())]
      expect(a).toEqual(b)
      expect(await paperDocx(a, unsigned)).toEqual(await paperDocx(b, unsigned))
    }
  })

  it('what is missing or unknown is refused with what would be right', async () => {
    for (const [kind, wrong, words] of [
      ['notice', {}, /写明是哪个单位/],
      ['notice', { unit: idOf('市审计局'), codes: ['公开17-999'] }, /没有未办结的公开17-999/],
      ['list', { unit: 'nobody' }, /没有这个责任单位/],
      ['bulletin', { from: '2017-09-30', to: '2017-07-01' }, /起始日不晚于截止日/],
      ['bulletin', { ...third, plan: 'none' }, /没有这份已下达的方案/],
    ] as const)
      await expect(draft(kind, wrong)).rejects.toThrow(words)
  })

  it('a window in which nothing fell due reads well', async () => {
    const paper = await draft('bulletin', { from: '2016-01-01', to: '2016-12-31' })
    const words = await wordsOf(paper)
    expect(words).toContain('2016年没有到期应完成的任务')
    expect([paper.units, paper.duties]).toEqual([[], []])
    expect(words).not.toContain('附件')
  })
})

describe('the file', () => {
  it('has its mark on every page until it is signed, then number, signer and day', async () => {
    const paper = await draft('bulletin', third)
    const waiting = partsOf(await paperDocx(paper, unsigned))
    const headers = Object.keys(waiting).filter((name) => /^word\/header\d/.test(name))
    expect(headers.length).toBeGreaterThan(0)
    for (const name of headers) expect(waiting[name]).toContain('待签发')
    const signed = { state: 'signed', number: '云政办督〔2017〕3号', signer: '王某', signedOn: '2017-10-11' } as const
    const after = partsOf(await paperDocx(paper, signed))
    for (const name of headers) expect(after[name]).not.toContain('待签发')
    for (const words of ['云政办督〔2017〕3号', '王某', '2017年10月11日']) {
      expect(after['word/document.xml']).toContain(words)
      expect(waiting['word/document.xml']).not.toContain(words)
    }
  })

  it('is A4, repeats the heads of its tables, breaks no row, and numbers its pages', async () => {
    const parts = partsOf(await paperDocx(await draft('bulletin', third), unsigned))
    const body = parts['word/document.xml'] ?? ''
    expect(body).toMatch(/<w:pgSz w:w="11906" w:h="16838"/)
    const rows = body.match(/<w:tr>|<w:tr /g)?.length ?? 0
    expect(body.match(/<w:cantSplit\/>/g)).toHaveLength(rows)
    expect(body.match(/<w:tblHeader\/>/g)).toHaveLength(body.match(/<w:tbl>/g)?.length ?? 0)
    expect(
      Object.entries(parts).filter(([name, xml]) => /^word\/footer/.test(name) && xml.includes('PAGE')),
    ).toHaveLength(2)
    expect(parts['word/fontTable.xml']).toContain('<w:altName w:val="仿宋"/>')
  })

  it('holds whatever somebody typed: control signs, half a pair, markup, a very long word', async () => {
    const hostile = `甲\u0000\ud800<w:p>&"'\u2028${'a'.repeat(20_000)}`
    const paper: Paper = {
      ...{ v: 1, kind: 'list', title: hostile, to: '', asOf: '2017-10-09', issuer: hostile, units: [], duties: [] },
      blocks: [
        { kind: 'text', text: hostile },
        { kind: 'table', columns: [{ title: hostile, width: 1 }], rows: [[hostile]] },
      ],
      remarks: [],
    }
    const words = await wordsOf(paper)
    expect(words).toContain(`<w:p>&"'`)
    expect(words).not.toMatch(/\0|\p{Cs}/u)
  })
})
