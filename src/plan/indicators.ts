import type { GivenBy } from '../model/assessment.ts'
import { BadInput } from '../model/problem.ts'
import { recordsOf } from './readers/csv.ts'
import type { Row, Sheet, Table } from './sheet.ts'
import { squeeze } from './words.ts'

/** One indicator as its table says it, with the line it stands on. Points in hundredths. */
export interface IndicatorLine {
  line: number
  number: string
  theme: string
  name: string
  points: number
  standard: string
  /** 责任单位 as written; empty: all. */
  units: string
  by: GivenBy
}

type Part = 'number' | 'theme' | 'themePoints' | 'name' | 'points' | 'standard' | 'units' | 'by' | 'other'

const MEANINGS: [Part, RegExp][] = [
  ['number', /^(?:序号|编号|指标编号|指标序号|序|号|No\.?)$/i],
  [
    'theme',
    /^(?:一级指标|一级|考核类别|指标类别|类别|考核项目|项目类别|评估项目|大类|考核大项)(?:名称)?(?:[（(].*[）)])?$/,
  ],
  ['by', /^(?:评分方式|计分方式|得分方式|打分方式|数据来源|评分来源|计分来源)$/],
  ['standard', /标准|细则|办法|评分说明|评分依据|考核要求|计分方法|评分方法|扣分/],
  ['points', /^(?:二级)?(?:指标)?(?:分值|分数|满分|权重|标准分|基准分|基本分|赋分|分)(?:值)?(?:[（(].*[）)])?$/],
  ['units', /(?:责任|考核|被考核|适用|评估|牵头|承办)(?:单位|部门|对象|主体)|^(?:单位|部门|对象)$|考核对象/],
  [
    'name',
    /^(?:二级指标|三级指标|具体指标|指标名称|指标内容|考核指标|评估指标|指标|考核内容|评估内容|考核事项|内容|二级)(?:名称)?(?:[（(].*[）)])?$/,
  ],
]

const meaningOf = (head: string): Part => MEANINGS.find(([, shape]) => shape.test(head))?.[0] ?? 'other'

/** What each column holds; undefined where the row is no head of a table of indicators. */
const headOf = ({ cells }: Row): Part[] | undefined => {
  const parts: Part[] = []
  for (const cell of cells) {
    const head = squeeze(cell)
    // A head that is merged over several columns names them all.
    parts.push(head === '' ? 'other' : head.length > 20 ? 'other' : meaningOf(head))
  }
  // 考核项目 alone is what is scored; beside 考核内容 it is the level above.
  if (!parts.includes('name') && parts.includes('theme')) parts[parts.indexOf('theme')] = 'name'
  if (!parts.includes('name') || !parts.includes('points')) return undefined
  // 一级指标、分值、二级指标、分值: the first is the level's own.
  const first = parts.indexOf('points')
  if (first < parts.indexOf('name') && parts.includes('theme') && parts.lastIndexOf('points') > first)
    parts[first] = 'themePoints'
  return parts
}

const POINTS = /^(\d{1,4})(?:\.(\d{1,2}))?$/

/** “10”, “10分”, “10.5” → hundredths; undefined for anything else. */
const pointsIn = (text: string): number | undefined => {
  const [, whole, part = ''] = POINTS.exec(squeeze(text).normalize('NFKC').replace(/分$/, '')) ?? []
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'))
}

const words = (points: number): string => String(points / 100)

const SUM = /^(?:总分|合计|总计|小计|共计|满分)(?:[（(].*)?$/
/** 组织领导（20分）: what all under it come to. */
const WITH_POINTS = /[（(]\s*(\d{1,4}(?:\.\d{1,2})?)\s*分?\s*[）)]\s*$/

interface Read {
  lines: IndicatorLine[]
  /** What a first level or a sum says of the rows above or below it. */
  told: { line: number; words: string; points: number; theme: string | null; kind: 'theme' | 'sum' }[]
}

const BY_LEDGER = /台账|系统|自动|督办记录/

const cellAt = (row: Row, parts: readonly Part[], part: Part): string =>
  row.cells.flatMap((cell, i) => (parts[i] === part && squeeze(cell) !== '' ? [squeeze(cell)] : [])).join(' ')

const coveredAt = ({ covered }: Row, parts: readonly Part[], part: Part): boolean =>
  covered?.some((yes, i) => yes && parts[i] === part) ?? false

const themeOf = (text: string): { name: string; points: number | undefined } => {
  const [whole = '', points = ''] = WITH_POINTS.exec(text) ?? []
  return { name: text.slice(0, text.length - whole.length).trim() || text, points: pointsIn(points) }
}

const readRows = (rows: readonly Row[], parts: readonly Part[]): Read => {
  const read: Read = { lines: [], told: [] }
  let [theme, units, standard] = ['', '', '']
  let [themes, within] = [0, 0]
  for (const row of rows) {
    const cells = (part: Part) => cellAt(row, parts, part)
    const said = cells('points')
    const label = [cells('number'), cells('theme'), cells('name')].find((text) => SUM.test(text))
    if (label !== undefined) {
      const points = pointsIn(said) ?? row.cells.map(pointsIn).find((one) => one !== undefined)
      if (points !== undefined)
        read.told.push({
          line: row.line,
          words: label,
          points,
          theme: label.startsWith('小计') ? theme : null,
          kind: 'sum',
        })
      continue
    }
    if (cells('theme') !== '') {
      const { name, points = pointsIn(cells('themePoints')) } = themeOf(cells('theme'))
      if (name !== theme) {
        theme = name
        themes++
        within = 0
        if (points !== undefined) read.told.push({ line: row.line, words: name, points, theme: name, kind: 'theme' })
      }
    }
    const name = cells('name')
    if (name === '' && said === '') {
      if (
        cells('theme') === '' &&
        row.cells.some((cell) => squeeze(cell) !== '') &&
        !/^[注说备]/.test(squeeze(row.cells.join('')))
      )
        throw new BadInput(`第${row.line}行没有指标名称和分值：请补上，或删去这一行`)
      continue
    }
    if (name === '') throw new BadInput(`第${row.line}行有分值${said}，没有指标名称：请补上后再导入`)
    const points = pointsIn(said)
    if (points === undefined)
      throw new BadInput(`第${row.line}行“${name.slice(0, 20)}”的分值是“${said}”：应是一个数，最多两位小数，例如 4.5`)
    if (points === 0) throw new BadInput(`第${row.line}行“${name.slice(0, 20)}”的分值是0：应大于0`)
    units = cells('units') !== '' ? cells('units') : coveredAt(row, parts, 'units') ? units : ''
    standard = cells('standard') !== '' ? cells('standard') : coveredAt(row, parts, 'standard') ? standard : ''
    within++
    const number = cells('number') || (theme === '' ? String(within) : `${themes}.${within}`)
    read.lines.push({
      ...{ line: row.line, number, theme, name, points, standard, units },
      by: BY_LEDGER.test(cells('by')) ? 'rules' : 'people',
    })
  }
  return read
}

const sumOf = (lines: readonly IndicatorLine[]): number => lines.reduce((sum, { points }) => sum + points, 0)

/** What the table says its points come to must be what they come to. */
const checkSums = ({ lines, told }: Read): void => {
  for (const { line, words: said, points, theme, kind } of told) {
    const own = theme === null ? lines : lines.filter((one) => one.theme === theme)
    const sum = sumOf(own)
    if (sum === points) continue
    const rows = own.map((one) => `第${one.line}行${words(one.points)}`).join('、')
    const what =
      kind === 'theme' ? `一级指标“${said}”写的是${words(points)}分` : `第${line}行“${said}”写的是${words(points)}分`
    throw new BadInput(
      `分值合计不对：${what}，各行加起来是${words(sum)}分（${rows}）。请改正后再导入，没有保存任何内容`,
    )
  }
}

const checkOnce = (lines: readonly IndicatorLine[]): void => {
  const seen = new Map<string, number>()
  for (const { line, number, theme, name } of lines)
    for (const key of [`编号“${number}”`, `指标“${name}”${theme === '' ? '' : `（${theme}）`}`]) {
      const before = seen.get(key)
      if (before !== undefined) throw new BadInput(`${key}重复：第${before}行和第${line}行。请删去一个或改正后再导入`)
      seen.set(key, line)
    }
}

/** 序号 that begins anew under each first level is no number of an indicator: it takes its place in the whole. */
const numbered = (lines: IndicatorLine[]): IndicatorLine[] => {
  const plain = lines.every(({ number }) => /^\d+$/.test(number))
  if (!plain || new Set(lines.map(({ number }) => number)).size === lines.length) return lines
  const restarts = lines.some(({ number, theme }, i) => number === '1' && i > 0 && theme !== lines[i - 1]?.theme)
  if (!restarts) return lines
  const themes = [...new Set(lines.map(({ theme }) => theme))]
  return lines.map((line) => ({ ...line, number: `${themes.indexOf(line.theme) + 1}.${line.number}` }))
}

const isTable = (block: Sheet['blocks'][number]): block is Table => block.kind === 'table'

/** The tables of a file; of a text whose head no plan has, its records by the mark that gives a head of indicators. */
const tablesOf = ({ blocks }: Sheet): Row[][] => {
  const tables = blocks.filter(isTable).map(({ rows }) => rows)
  const text = blocks.flatMap((block) => (block.kind === 'line' ? [block.text] : [])).join('\n')
  const written = [',', '\t', ';'].map((mark) => recordsOf(text, mark, MOST_RECORDS))
  return [...tables, ...written.filter((rows) => rows.some((row) => headOf(row) !== undefined))]
}
const MOST_RECORDS = 2000

/**
 * The indicators (指标、分值、标准、责任单位) of a file's first table of them, with one or two levels. What the table says of its
 * sums is checked against its rows. Throws BadInput, one line in Chinese, with the row and what would be right.
 */
export const readIndicators = (sheet: Sheet): IndicatorLine[] => {
  for (const rows of tablesOf(sheet)) {
    const at = rows.findIndex((row) => headOf(row) !== undefined)
    const head = rows[at]
    const parts = head && headOf(head)
    if (!parts) continue
    // On every page the head is printed again.
    const below = rows.slice(at + 1).filter((row) => headOf(row) === undefined)
    const read = readRows(below, parts)
    if (read.lines.length === 0) throw new BadInput('指标表里没有一行指标：表头下面应是一行一项指标')
    const made = { ...read, lines: numbered(read.lines) }
    checkOnce(made.lines)
    checkSums(made)
    return made.lines
  }
  throw new BadInput('没有找到指标表：应有“指标”和“分值”两列，一般还有“评分标准”“责任单位”')
}

/** One name of a list of units; 各单位 and the like mean all. */
export const unitNamesIn = (text: string): string[] =>
  text
    .split(/[、，,；;\n/]+/)
    .map((name) => squeeze(name).replace(/等$/, ''))
    .filter((name) => name !== '' && !/^(?:全部|所有|各)(?:责任)?(?:单位|部门)$|^全体$/.test(name))
