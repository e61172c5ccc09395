import type { Chart } from '../model/card.ts'
import type { PaperMarks, Printed } from '../model/paper.ts'

/** Draws a chart as PNG; undefined where it cannot (no font for its characters). */
export type Draw = (chart: Chart) => Promise<Uint8Array | undefined>

/**
 * A paper as a Word file, laid out in the spirit of GB/T 9704: the same paper gives the same bytes. Without `draw` its
 * tables stand alone. What writes it is large and is loaded by the first paper.
 */
export const paperDocx = async (paper: Printed, marks: PaperMarks, draw?: Draw): Promise<Uint8Array> => {
  const { renderPaper } = await import('./render.ts')
  return renderPaper(paper, marks, draw)
}
