import { Typography } from 'antd'
import { useEffect, useRef } from 'react'
import type { PlanTask } from '../../../../src/http/shapes/plans.ts'

export interface DocumentLine {
  line: number
  text: string
}

const bare = (text: string): string => text.replace(/\s/g, '')

/** The lines on which a task stands: its own words as far as they go, and where its units and time limits are. */
export const linesOf = (task: PlanTask, lines: readonly DocumentLine[]): number[] => {
  const own: number[] = []
  const words = bare(task.source.raw)
  for (const { line, text } of lines) {
    if (line < task.source.line) continue
    if (line > task.source.line && !words.includes(bare(text))) break
    own.push(line)
  }
  return [...own, ...task.lines]
}

/** The document as it was read, line by line; what is marked comes into sight. */
export const DocumentPane = ({
  lines,
  marked,
  onPick,
}: {
  lines: readonly DocumentLine[]
  marked: readonly number[]
  onPick?: (line: number) => void
}) => {
  const pane = useRef<HTMLElement>(null)
  const first = marked.length > 0 ? Math.min(...marked) : undefined
  useEffect(() => {
    const box = pane.current
    const at = first === undefined ? null : box?.querySelector<HTMLElement>(`[data-line="${first}"]`)
    if (box && at) box.scrollTop = at.offsetTop - box.offsetTop - 40
  }, [first])
  if (lines.length === 0)
    return <Typography.Text type="secondary">没有保存原文：重新导入这份文件后可以对照</Typography.Text>
  const on = new Set(marked)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section ref={pane} className="plan-document" aria-label="原文" tabIndex={0}>
      {lines.map(({ line, text }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: a shortcut for the mouse; the list of tasks does the same
        <div
          key={line}
          data-line={line}
          className={on.has(line) ? 'plan-line on' : 'plan-line'}
          onClick={() => onPick?.(line)}
        >
          <span className="plan-line-number">{line}</span>
          <span>{on.has(line) ? <mark>{text}</mark> : text}</span>
        </div>
      ))}
    </section>
  )
}
