import { Spin } from 'antd'
import { Link } from 'react-router'
import type { Move, Movement, Overview } from '../../../../src/http/shapes/overview.ts'
import { ledgerLink } from '../../lib/ledger-link.ts'
import { useMe } from '../../lib/me.tsx'
import { dayWords, momentWords } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { asLedger, type Chosen, useMovement } from './read.ts'

const words: Record<Move, string> = {
  reported: '上报',
  approved: '办结',
  returned: '退回',
  urged: '催办',
  instructed: '批示',
  'extension-asked': '申请延期',
  'extension-granted': '同意延期',
  'extension-refused': '不同意延期',
  claimed: '认领',
  waived: '免办',
}

type Day = Movement['days'][number]
type Unit = Day['units'][number]

/** The duties of a unit's day by what happened to them, each named once. */
const byKind = ({ moved, rows }: Unit) =>
  moved.map(({ kind, n }) => {
    const named = new Map(rows.filter((row) => row.kind === kind).map((row) => [row.duty, row]))
    return { kind, n, named: [...named.values()] }
  })

const UnitLine = ({ unit }: { unit: Unit }) => (
  <li>
    <strong>{unit.name}</strong>
    {byKind(unit).map(({ kind, n, named }) => (
      <span key={kind} className="moved">
        {words[kind]} {n}
        {named.length > 0 && '：'}
        {named.map(({ duty, code }, i) => (
          <span key={duty}>
            {i > 0 && '、'}
            <Link to={`/duties/${encodeURIComponent(duty)}`}>{code}</Link>
          </span>
        ))}
        {named.length > 0 && n > named.length && '等'}
      </span>
    ))}
  </li>
)

const FIRST = 8

const DayPart = ({ day, today, more }: { day: Day; today: string; more: string }) => (
  <li>
    <h3>
      {dayWords(day.day, today)}
      {day.day === today && '（今天）'}
      <span className="quiet">
        {' '}
        共{day.units.reduce((n, { moved }) => n + moved.reduce((all, one) => all + one.n, 0), 0)}次
      </span>
    </h3>
    <ul className="plain">
      {day.units.slice(0, FIRST).map((unit) => (
        <UnitLine key={unit.id} unit={unit} />
      ))}
    </ul>
    {day.units.length > FIRST && <Link to={more}>更多：另有{day.units.length - FIRST}个单位</Link>}
  </li>
)

/** What happened in the last seven days, by day and unit, newest first. */
export const Moved = ({ data, chosen }: { data: Overview; chosen: Chosen }) => {
  const { zone } = useMe()
  const moved = useMovement(chosen)
  if (moved.error) return <Fault error={moved.error} again={() => void moved.refetch()} />
  const { year: _, ...scope } = asLedger(chosen, data.units)
  return (
    <section aria-labelledby="moved-title" className="panel in-text">
      <h2 id="moved-title">最近七天</h2>
      {moved.data ? (
        <>
          <p className="quiet">
            {dayWords(moved.data.from, moved.data.to)}至{dayWords(moved.data.to, moved.data.to)}，截至{' '}
            {momentWords(moved.data.asOf, zone)}。
            <Link to={ledgerLink({ ...scope, reported: [moved.data.from, moved.data.to] })}>这七天上报的事项</Link>、
            <Link to={ledgerLink({ ...scope, closed: [moved.data.from, moved.data.to] })}>这七天办结的事项</Link>
          </p>
          {moved.data.days.length === 0 && <p>这七天没有动态。</p>}
          <ul className="plain">
            {moved.data.days.map((day) => (
              <DayPart
                key={day.day}
                day={day}
                today={moved.data.to}
                more={ledgerLink({ ...scope, closed: [day.day, day.day] })}
              />
            ))}
          </ul>
        </>
      ) : (
        <Spin />
      )}
    </section>
  )
}
