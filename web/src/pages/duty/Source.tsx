import { Typography } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { DutyPage } from '../../../../src/http/shapes/duty.ts'

type Line = DutyPage['source']['lines'][number]
type Of = Line['marks'][number]['of']

const names: Record<Of, string> = { task: '任务', lead: '牵头', support: '配合', deadline: '时限' }

/** The text with its marked parts; what each mark says stands in the legend and as its title. */
const marked = ({ text, marks }: Line): ReactNode[] => {
  const parts: ReactNode[] = []
  let at = 0
  for (const { from, to, of } of marks) {
    parts.push(text.slice(at, from))
    parts.push(
      <mark key={from} className={`said-${of}`} title={names[of]}>
        {text.slice(from, to)}
      </mark>,
    )
    at = to
  }
  return [...parts, text.slice(at)]
}

/** Empty lines are not shown: what lies further apart than these is another place. */
const GAP = 4

/** Where the plan says it: the document's lines, with the task, its units and its deadline marked. */
export const Source = ({ page, toPlan }: { page: DutyPage; toPlan: boolean }) => {
  const { plan, source } = page
  const title = `${plan.title}（${plan.code}）`
  return (
    <>
      <Typography.Paragraph>
        {toPlan ? <Link to={`/plans/${plan.id}`}>{title}</Link> : title}
        {page.task.section.length > 0 && ` › ${page.task.section.join(' › ')}`}
      </Typography.Paragraph>
      {page.secret ? (
        <Typography.Text type="secondary">请到办公室领取</Typography.Text>
      ) : source.lines.length === 0 ? (
        <Typography.Text type="secondary">这一项不是文件里逐字列出的（调度、共性工作或临时交办）。</Typography.Text>
      ) : (
        <>
          <Typography.Paragraph type="secondary">
            {(Object.keys(names) as Of[]).map((of) => (
              <mark key={of} className={`said-${of}`} style={{ marginRight: 8 }}>
                {names[of]}
              </mark>
            ))}
            {source.kept ? '原文前后各5行' : '只列出这一项自己的原文'}
          </Typography.Paragraph>
          <ol className="source">
            {source.lines.map((line, i) => (
              <li
                key={line.line}
                value={line.line}
                className={line.line - (source.lines[i - 1]?.line ?? line.line) > GAP ? 'gap' : undefined}
              >
                {marked(line)}
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}
