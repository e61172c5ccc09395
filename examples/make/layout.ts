import { type Page, widthOf, wrap } from './page.ts'
import { heightAt, MERGED, type Paragraph } from './source.ts'

const A4 = { width: 595.28, height: 841.89 }
const MARGIN = { left: 79, right: 74, top: 105, bottom: 99 }

/** Paragraphs on upright pages as offices print them (GB/T 9704: 28 characters a line, 22 lines a page), with page numbers. */
export function layParagraphs(paragraphs: Paragraph[]): Page[] {
  const width = 28 * 16
  const pages: Page[] = []
  let y = Number.POSITIVE_INFINITY
  const put = (text: string, x: number, size: number): void => {
    if (y > A4.height - MARGIN.bottom) {
      pages.push({ ...A4, texts: [], rules: [] })
      y = MARGIN.top + 16
    }
    pages.at(-1)?.texts.push({ x, y, size, text })
    y += 28
  }
  for (const { kind, text } of paragraphs) {
    const size = kind === 'title' ? 22 : 16
    if (kind === 'title' || kind === 'centre') {
      for (const line of wrap(text, size, width)) put(line, MARGIN.left + (width - widthOf(line, size)) / 2, size)
    } else if (kind === 'right') put(text, MARGIN.left + width - widthOf(text, size) - 32, size)
    else {
      const indent = kind === 'left' ? 0 : 32
      for (const [i, line] of wrap(text, size, width, indent).entries())
        put(line, MARGIN.left + (i === 0 ? indent : 0), size)
    }
  }
  return numbered(pages)
}

const SIZE = 10.5
const LEADING = 15
const COLUMNS = [36, 110, 250, 110, 120, 100]

/** A title, its lines and a ruled table on pages laid across; the head stands on each page, no row is cut. */
export function layTable(paragraphs: Paragraph[], rows: string[][]): Page[] {
  const [width, height] = [A4.height, A4.width]
  const total = COLUMNS.reduce((a, b) => a + b, 0)
  const left = (width - total) / 2
  const pages: Page[] = []
  let y = 0
  const open = (): Page => {
    const page: Page = { width, height, texts: [], rules: [] }
    pages.push(page)
    y = 70
    return page
  }
  let page = open()
  for (const { kind, text } of paragraphs) {
    const size = kind === 'title' ? 18 : 12
    const x = kind === 'title' ? (width - widthOf(text, size)) / 2 : left + total - widthOf(text, size)
    page.texts.push({ x, y, size, text })
    y += size * 1.6
  }
  const drawRow = (row: string[], at: number, first: boolean): void => {
    const cells = row.map((cell, c) => wrap(cell, SIZE, (COLUMNS[c] ?? 0) - 10))
    const tall = Math.max(1, ...cells.map((c) => c.length)) * LEADING + 6
    let x = left
    cells.forEach((lines, c) => {
      const own = COLUMNS[c] ?? 0
      for (const [i, text] of lines.entries()) page.texts.push({ x: x + 5, y: y + 14 + i * LEADING, size: SIZE, text })
      page.rules.push({ x1: x, y1: y, x2: x, y2: y + tall })
      if (first || heightAt(rows, at, c, MERGED) > 0) page.rules.push({ x1: x, y1: y, x2: x + own, y2: y })
      x += own
    })
    page.rules.push({ x1: x, y1: y, x2: x, y2: y + tall })
    y += tall
  }
  const close = (): void => {
    page.rules.push({ x1: left, y1: y, x2: left + total, y2: y })
  }
  const [head = [], ...others] = rows
  drawRow(head, 0, true)
  others.forEach((row, i) => {
    const tall = Math.max(...row.map((cell, c) => wrap(cell, SIZE, (COLUMNS[c] ?? 0) - 10).length)) * LEADING + 6
    if (y + tall > height - 60) {
      close()
      page = open()
      drawRow(head, 0, true)
    }
    drawRow(row, i + 1, i === 0)
  })
  close()
  return numbered(pages)
}

function numbered(pages: Page[]): Page[] {
  return pages.map((page, i) => {
    const text = `— ${i + 1} —`
    const x = (page.width - widthOf(text, 14)) / 2
    return { ...page, texts: [...page.texts, { x, y: page.height - 40, size: 14, text }] }
  })
}
