import { Spin } from 'antd'
import { lazy, Suspense } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Counts, Overview } from '../../../../src/http/shapes/overview.ts'
import { type LedgerFilter, ledgerLink } from '../../lib/ledger-link.ts'
import { useMe } from '../../lib/me.tsx'
import { momentWords } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { asLedger, type Chosen, percent, useThemes } from './read.ts'

const Bars = lazy(() => import('./Bars.tsx'))

interface Row extends Counts {
  key: string
  label: string
  /** Absent where the ledger knows no such narrowing. */
  rows?: LedgerFilter
}

/** Bars that are told apart at a glance; the table has all. */
const SHOWN = 15

const Cell = ({ n, rows, more }: { n: number; rows: LedgerFilter | undefined; more: LedgerFilter }) => (
  <td className="cell number">{rows && n > 0 ? <Link to={ledgerLink({ ...rows, ...more })}>{n}</Link> : n}</td>
)

const Table = ({ title, what, rows }: { title: string; what: string; rows: readonly Row[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
  <section className="scroll" tabIndex={0} aria-label={`${title}（表）`}>
    <table className="figures-table">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th className="cell head" scope="col">
            {what}
          </th>
          {['完成率', '应办', '按时办结', '逾期办结', '待审核', '逾期未办'].map((name) => (
            <th key={name} className="cell head number" scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, rows: of, ...one }) => (
          <tr key={key}>
            <th className="cell of" scope="row">
              {label}
            </th>
            <td className="cell number">{percent(one.done, one.due)}</td>
            <Cell n={one.due} rows={of} more={{ set: 'due' }} />
            <Cell n={one.done - one.doneLate} rows={of} more={{ set: 'ontime' }} />
            <Cell n={one.doneLate} rows={of} more={{ set: 'late' }} />
            <Cell n={one.review} rows={of} more={{ set: 'due', state: 'review' }} />
            <Cell n={one.overdue} rows={of} more={{ set: 'due', state: 'overdue' }} />
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

/** Units by rate from below, then who has most overdue: what a leader looks for comes first. */
const worstFirst = (a: Row, b: Row): number => a.done / a.due - b.done / b.due || b.overdue - a.overdue || b.due - a.due

interface Told {
  id: string
  title: string
  what: string
  asOf: string
  rows: readonly Row[]
}

const Completion = ({ id, title, what, asOf, rows }: Told) => {
  const go = useNavigate()
  const shown = rows.slice(0, SHOWN)
  return (
    <section aria-labelledby={id} className="panel">
      <h2 id={id}>
        {title} <span className="quiet">截至 {asOf}</span>
      </h2>
      {rows.length === 0 ? (
        <p>还没有到期的事项。</p>
      ) : (
        <div className="chart-and-table">
          <div className="no-print">
            <Suspense fallback={<Spin />}>
              <Bars
                title={title}
                bars={shown}
                onPress={(i) => {
                  const of = shown[i]?.rows
                  if (of) void go(ledgerLink({ ...of, set: 'due' }))
                }}
              />
            </Suspense>
            {rows.length > SHOWN && <p className="quiet">图中是表里的前{SHOWN}个。</p>}
          </div>
          <Table title={title} what={what} rows={rows} />
        </div>
      )}
    </section>
  )
}

/** What was due by unit, in its parts. */
export const ByUnit = ({ data, chosen }: { data: Overview; chosen: Chosen }) => {
  const { zone } = useMe()
  const rows = data.board
    .filter(({ due }) => due > 0)
    .map((unit) => ({ ...unit, key: unit.id, label: unit.name, rows: asLedger(chosen, [unit]) }))
    .sort(worstFirst)
  return <Completion id="by-unit" title="各单位完成情况" what="单位" asOf={momentWords(data.asOf, zone)} rows={rows} />
}

/** The same by the plans' own headings, in their order. */
export const ByTheme = ({ data, chosen }: { data: Overview; chosen: Chosen }) => {
  const { zone } = useMe()
  const themes = useThemes(chosen)
  if (themes.error) return <Fault error={themes.error} again={() => void themes.refetch()} />
  if (!themes.data) return <Spin />
  const several = new Set(themes.data.themes.map(({ plan }) => plan.id)).size > 1
  const scope = asLedger(chosen, data.units)
  const rows = themes.data.themes.map(({ plan, theme, whole, ...counts }) => ({
    ...counts,
    key: `${plan.id} ${theme}`,
    label: `${several ? `${plan.code} ` : ''}${theme || '不分主题（调度、共性）'}`,
    ...(whole && { rows: { ...scope, plan: plan.id, theme } }),
  }))
  return (
    <Completion
      id="by-theme"
      title="各主题完成情况"
      what="主题"
      asOf={momentWords(themes.data.asOf, zone)}
      rows={rows}
    />
  )
}
