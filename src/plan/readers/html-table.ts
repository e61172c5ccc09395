import { BadInput } from '../../model/problem.ts'
import { textOf } from './html-lines.ts'
import type { Element } from './html-tree.ts'

const WIDEST = 200
const MOST_CELLS = 500_000

/** The cells of a row in their columns, and which of them a cell of a row above covers. */
export interface GridRow {
  cells: string[]
  covered: boolean[]
}

/** The cells of a table in their grid: what a merged cell covers is empty. Throws BadInput where it has too many. */
export function gridOf(table: Element): GridRow[] {
  const grid: GridRow[] = []
  const below: number[] = []
  let cells = 0
  for (const row of rowsOf(table)) {
    const line: string[] = []
    const covered: boolean[] = []
    const free = (): void => {
      while ((below[line.length] ?? 0) > 0) {
        below[line.length] = (below[line.length] ?? 0) - 1
        line.push('')
        covered.push(true)
      }
    }
    for (const cell of row) {
      free()
      const [width, height] = [span(cell, 'colspan'), span(cell, 'rowspan')]
      const text = textOf(cell)
      for (let i = 0; i < width; i++) {
        below[line.length] = height - 1
        line.push(i === 0 ? text : '')
        covered.push(false)
      }
      if (line.length > WIDEST) throw new BadInput(`表格超过${WIDEST}列，不像任务分工表：请只保留任务表再导入`)
    }
    while (below.length > line.length && below.slice(line.length).some((n) => n > 0)) {
      covered.push((below[line.length] ?? 0) > 0)
      below[line.length] = Math.max(0, (below[line.length] ?? 0) - 1)
      line.push('')
    }
    cells += line.length
    if (cells > MOST_CELLS) throw new BadInput('表格太大，读不了：请只保留任务表再导入')
    grid.push({ cells: line, covered })
  }
  return grid
}

const span = (cell: Element, name: string): number => {
  const n = Number.parseInt(cell.attributes[name] ?? '', 10)
  return n >= 1 && n <= 1000 ? n : n > 1000 ? (name === 'rowspan' ? 65_534 : 1000) : 1
}

/** The cells of each row, those of inner tables left out. */
export function rowsOf(table: Element): Element[][] {
  const rows: Element[][] = []
  let loose: Element[] = []
  const take = (parent: Element): void => {
    for (const child of parent.children) {
      if (typeof child === 'string') continue
      if (child.tag === 'tr') {
        if (loose.length > 0) rows.push(loose)
        loose = []
        rows.push(child.children.filter((c): c is Element => typeof c !== 'string' && isCell(c)))
      } else if (isCell(child)) loose.push(child)
      else if (/^t(?:body|head|foot)$/.test(child.tag)) take(child)
    }
  }
  take(table)
  if (loose.length > 0) rows.push(loose)
  return rows
}

const isCell = (element: Element): boolean => element.tag === 'td' || element.tag === 'th'
