import { BadInput } from '../model/problem.ts'
import {
  bareUnit,
  checkDraft,
  type RosterDraft,
  type SuccessionDraft,
  type UnitDraft,
  usualLevel,
} from './roster-draft.ts'
import { type SuccessionCells, successionIn } from './roster-succession.ts'

type Column =
  | 'unit'
  | 'short'
  | 'level'
  | 'leader'
  | 'head'
  | 'liaison'
  | 'nameA'
  | 'nameB'
  | 'mobileA'
  | 'mobileB'
  | 'post'
  | 'mobile'
  | 'room'
  | 'class'
  | 'heirs'
  | 'since'
  | 'reason'

/** What a head says, most particular first: B岗手机 is a mobile before it is a liaison. */
const MEANINGS: readonly (readonly [RegExp, Column])[] = [
  [/承接单位|承继单位|继任单位|更名为|改名为|并入|拆分为/, 'heirs'],
  [/起始日|生效日|承接日|更名日|自何日|起承接/, 'since'],
  [/承接依据|更名依据|变更依据|依据文件|^依据$/, 'reason'],
  [/分管(?:的)?(?:市|县|州|区|省|政府)(?:领导|长)|挂联领导|(?:市|县|州|区)领导/, 'leader'],
  [/(?:B|Ｂ|乙).*(?:手机|电话|号码|联系方式)|(?:手机|电话|号码|联系方式).*(?:B|Ｂ)/i, 'mobileB'],
  [/(?:A|Ａ|甲).*(?:手机|电话|号码|联系方式)|(?:手机|电话|号码|联系方式).*(?:A|Ａ)/i, 'mobileA'],
  [/(?:联络员|联系人|经办人?|岗).*(?:B|Ｂ)|(?:B|Ｂ).*(?:联络员|联系人|经办|岗|角)|替补/i, 'nameB'],
  [/(?:联络员|联系人|经办人?|岗).*(?:A|Ａ)|(?:A|Ａ).*(?:联络员|联系人|经办|岗|角)/i, 'nameA'],
  [/手机|电话|联系方式|号码/, 'mobile'],
  [/联络员|联系人|经办人|具体负责人|姓名/, 'liaison'],
  [/^岗$|岗位|AB岗|角色/i, 'post'],
  [/群/, 'room'],
  [/简称|别名|俗称/, 'short'],
  [/组别|单位组|类别|分组|所属组/, 'class'],
  [/层级|级别|前缀/, 'level'],
  [/分管领导|分管负责人|分管负责同志|单位领导|负责人|分管局长/, 'head'],
  [/单位|部门|机构/, 'unit'],
]

const columnOf = (cell: string): Column | undefined =>
  MEANINGS.find(([words]) => words.test(cell.replace(/\s/g, '')))?.[1]

interface Head {
  row: number
  columns: Map<number, Column>
}

/** The head is the first row with a column for units beside another known one. */
function findHead(rows: string[][]): Head {
  for (const [row, cells] of rows.entries()) {
    const columns = new Map<number, Column>()
    let lastPost: 'A' | 'B' = 'A'
    for (const [at, cell] of cells.entries()) {
      let column = columnOf(cell ?? '')
      if (column === undefined || (column === 'unit' && [...columns.values()].includes('unit'))) continue
      if (column === 'nameA' || column === 'liaison') lastPost = 'A'
      if (column === 'nameB') lastPost = 'B'
      if (column === 'mobile' && [...columns.values()].some((c) => c === 'nameA' || c === 'nameB')) {
        column = lastPost === 'A' ? 'mobileA' : 'mobileB'
      }
      columns.set(at, column)
    }
    const known = [...columns.values()]
    if (known.includes('unit') && (known.length > 1 || cells.filter((c) => (c ?? '').trim()).length === 1)) {
      return { row, columns }
    }
  }
  throw new BadInput(
    '通讯录表头没有“单位”一列：第一行应为 单位、简称、层级、分管市领导、分管领导、联络员A、手机A、联络员B、手机B、群',
  )
}

const list = (cell: string): string[] => cell.split(/[、，,;；/\s]+/).filter(Boolean)

/** A1, B3, AA10: what a spreadsheet calls the cell. */
function cellName(row: number, column: number): string {
  const letters = column < 26 ? '' : String.fromCharCode(64 + Math.floor(column / 26))
  return `第${row + 1}行 ${letters}${String.fromCharCode(65 + (column % 26))}列`
}

function mobileOf(cell: string, row: number, column: number): string {
  const number = cell.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
  if (number !== '' && !/^\d{3,12}$/.test(number)) {
    throw new BadInput(`${cellName(row, column)}：“${cell}”不是电话号码，应只有数字，例如 13800000000`)
  }
  return number
}

/** Reads one row into its unit; `post` of a row with one 联络员 column is told by its own column, else A, then B. */
function readRow(
  unit: UnitDraft,
  cells: string[],
  head: Head,
  row: number,
  classes: Map<string, string[]>,
): SuccessionDraft[] {
  const next: SuccessionCells = { heirs: [], since: '', reason: '' }
  const people = { A: { name: '', mobile: '' }, B: { name: '', mobile: '' } }
  const one = { name: '', mobile: '', post: '' }
  for (const [at, column] of head.columns) {
    const cell = (cells[at] ?? '').trim()
    if (cell === '' || column === 'unit') continue
    if (column === 'short') unit.short.push(...list(cell).filter((s) => !unit.short.includes(s)))
    else if (column === 'level') unit.level = cell.replace(/级$/, '')
    else if (column === 'leader') unit.leader = cell
    else if (column === 'head') unit.head = cell
    else if (column === 'room') unit.rooms.push(...list(cell).filter((r) => !unit.rooms.includes(r)))
    else if (column === 'class')
      for (const name of list(cell)) classes.set(name, [...(classes.get(name) ?? []), unit.name])
    else if (column === 'heirs') next.heirs.push(...list(cell))
    else if (column === 'since') next.since = cell
    else if (column === 'reason') next.reason = cell
    else if (column === 'nameA') people.A.name = cell
    else if (column === 'nameB') people.B.name = cell
    else if (column === 'mobileA') people.A.mobile = mobileOf(cell, row, at)
    else if (column === 'mobileB') people.B.mobile = mobileOf(cell, row, at)
    else if (column === 'liaison') one.name = cell
    else if (column === 'mobile') one.mobile = mobileOf(list(cell)[0] ?? '', row, at)
    else if (column === 'post') one.post = /B|Ｂ/i.test(cell) ? 'B' : /A|Ａ/i.test(cell) ? 'A' : ''
  }
  for (const post of ['A', 'B'] as const) if (people[post].name) unit.liaisons.push({ ...people[post], post })
  for (const name of one.name
    .split(/[、，,;；/]/)
    .map((n) => n.trim())
    .filter(Boolean)) {
    const post = one.post === 'B' || (one.post === '' && unit.liaisons.length > 0) ? 'B' : 'A'
    unit.liaisons.push({ name, post, mobile: one.mobile })
  }
  return successionIn(unit.name, next, `第${row + 1}行`)
}

/**
 * Reads a roster from the rows of a sheet, its head found by meaning in any order of columns. A unit may take several
 * rows (one a liaison); an empty unit cell goes on with the unit above. Throws BadInput that names row and column.
 */
export function readRosterRows(rows: string[][]): RosterDraft {
  const head = findHead(rows)
  const at = [...head.columns].find(([, column]) => column === 'unit')?.[0] ?? 0
  const body = rows.slice(head.row + 1)
  const names = body.map((cells) => (cells[at] ?? '').replace(/\s/g, ''))
  const level = usualLevel(names.filter(Boolean))
  const units = new Map<string, UnitDraft>()
  const classes = new Map<string, string[]>()
  const successions: SuccessionDraft[] = []
  let current: UnitDraft | undefined
  for (const [i, cells] of body.entries()) {
    const name = names[i] ?? ''
    const row = head.row + 1 + i
    if (name === '' && !cells.some((cell) => (cell ?? '').trim())) continue
    if (name !== '') {
      current = units.get(name) ?? bareUnit(name, level)
      units.set(name, current)
    }
    if (!current) throw new BadInput(`${cellName(row, at)}：缺单位名称`)
    successions.push(...readRow(current, cells, head, row, classes))
  }
  const groups = [...classes].map(([name, members]) => ({ name, members: [...new Set(members)] }))
  return checkDraft({ level, units: [...units.values()], classes: groups, successions })
}
