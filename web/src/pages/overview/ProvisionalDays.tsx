import { Spin } from 'antd'
import { Link } from 'react-router'
import type { Overview } from '../../../../src/http/shapes/overview.ts'
import { ledgerLink } from '../../lib/ledger-link.ts'
import { useMe } from '../../lib/me.tsx'
import { dayWords, momentWords } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { asLedger, type Chosen, useProvisional } from './read.ts'

/** How many duties hang on a year whose holiday notice is not out, and the soonest of them. */
export const ProvisionalDays = ({ data, chosen }: { data: Overview; chosen: Chosen }) => {
  const { zone } = useMe()
  const found = useProvisional(chosen)
  if (found.error) return <Fault error={found.error} again={() => void found.refetch()} />
  const scope = asLedger(chosen, data.units)
  const all = found.data?.years.reduce((n, year) => n + year.n, 0) ?? 0
  return (
    <section aria-labelledby="provisional-title" className="panel in-text">
      <h2 id="provisional-title">
        日期待定 {found.data && <span className="quiet">截至 {momentWords(found.data.asOf, zone)}</span>}
      </h2>
      {!found.data && <Spin />}
      {found.data && all === 0 && <p>没有：在办事项的到期日都是按已公布的放假安排算的。</p>}
      {found.data && all > 0 && (
        <>
          <p>
            <Link to={ledgerLink({ ...scope, set: 'provisional' })}>共{all}项</Link>
            的到期日要等放假安排公布后才能确定：
            {found.data.years.map(({ year, n }) => `${year}年到期${n}项`).join('，')}。公布后自动重算，并告诉有关单位。
          </p>
          <ul>
            {found.data.rows.map(({ id, code, unit, dueOn }) => (
              <li key={id}>
                <Link to={`/duties/${encodeURIComponent(id)}`}>{code}</Link> {unit}，暂定{dayWords(dueOn, data.today)}
              </li>
            ))}
          </ul>
          {all > found.data.rows.length && <Link to={ledgerLink({ ...scope, set: 'provisional' })}>更多</Link>}
        </>
      )}
    </section>
  )
}
