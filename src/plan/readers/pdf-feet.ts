import { headOf } from '../columns.ts'
import { gridsOf } from './pdf-grid.ts'
import { linesOf, textOf, type VisualLine } from './pdf-lines.ts'
import type { PdfPage, Run } from './pdf-page.ts'

const EDGE = 0.12
const PAGE_NUMBER =
  /^[\s—–―─\-·.~]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[/／,，、]?\s*共?\s*\d{1,4}\s*页?)?[\s—–―─\-·.~]*$|^Page\s*\d+(?:\s*of\s*\d+)?$/i

/** The pages without page numbers, and without the heads and feet that stand in one place on most pages. */
export function withoutFeet(pages: PdfPage[]): PdfPage[] {
  const edges = pages.map((page) => edgeLines(page))
  const counts = new Map<string, number>()
  edges.forEach((lines) => {
    for (const key of new Set(lines.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1)
  })
  const often = Math.max(2, Math.ceil(pages.length * 0.5))
  return pages.map((page, i) => {
    const dropped = new Set<Run>()
    for (const line of edges[i] ?? []) {
      const runs = pages.length > 1 && (counts.get(keyOf(line)) ?? 0) >= often
      const text = textOf(line)
      if (runs || (text.length <= 40 && PAGE_NUMBER.test(text))) for (const run of line.runs) dropped.add(run)
    }
    return dropped.size === 0 ? page : { ...page, runs: page.runs.filter((r) => !dropped.has(r)) }
  })
}

/** The first and last lines of a page, where they stand at its edge and in no table. */
function edgeLines(page: PdfPage): VisualLine[] {
  const near = gridsOf(page).rest.filter((r) => r.y < page.height * EDGE || r.y > page.height * (1 - EDGE))
  const lines = linesOf(near).filter((l) => !isHeads(l))
  const top = lines.filter((l) => l.y < page.height / 2).slice(0, 2)
  const bottom = lines.filter((l) => l.y >= page.height / 2).slice(-2)
  return [...top, ...bottom]
}

/** The heads of a table without ruled lines. */
const isHeads = (line: VisualLine): boolean =>
  line.runs.length >= 3 && headOf({ line: 0, cells: line.runs.map((r) => r.text.trim()) }) !== undefined

/** Words and place of a line; figures count alike, since a foot may hold the page's number. */
const keyOf = (line: VisualLine): string =>
  `${Math.round(line.y / 8)} ${textOf(line).replace(/\d+/g, '#').replace(/\s+/g, '')}`
