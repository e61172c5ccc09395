import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Alert, Button, Flex, Grid, Spin } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { DueCalendar, Overview } from '../../../../src/http/shapes/overview.ts'
import { type LedgerFilter, ledgerLink } from '../../lib/ledger-link.ts'
import { useMe } from '../../lib/me.tsx'
import { dayWords, momentWords } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { type Cell, festivalsOf, weeksOf } from './month.ts'
import { asLedger, type Chosen, useDueCalendar } from './read.ts'

const kinds = { work: '', off: '休息日', shift: '调休上班' } as const
const marks = { work: '', off: '休', shift: '班' } as const

/** What a day counts. */
const counted = ['open', 'returned', 'review', 'done', 'unclaimed', 'undivided'] as const

/** What a day says to who cannot see its look. */
const wordsOf = ({ day, kind, due }: Cell, today: string): string =>
  [
    dayWords(day, today),
    day === today ? '今天' : '',
    kinds[kind],
    due ? `到期${due.due}项` : '',
    due?.overdue ? `逾期${due.overdue}项` : '',
    due && due.open === 0 ? '都已报' : '',
    due?.provisional ? `日期待定${due.provisional}项` : '',
  ]
    .filter(Boolean)
    .join('，')

const Day = ({ cell, today, rows }: { cell: Cell; today: string; rows: LedgerFilter }) => {
  const { day, date, kind, due } = cell
  const look = [
    'day',
    kind,
    day === today ? 'today' : '',
    due ? (due.overdue > 0 ? 'late' : due.open > 0 ? 'owed' : 'settled') : '',
    due?.provisional ? 'provisional' : '',
  ]
  const words = wordsOf(cell, today)
  const inside = (
    <>
      <span className="unseen">{words}</span>
      <span aria-hidden="true" className="day-date">
        {date}
        {marks[kind] && <small className="day-mark">{marks[kind]}</small>}
      </span>
      {due && (
        <span aria-hidden="true" className="day-due">
          {due.due}
          {due.provisional > 0 && '暂'}
          {due.overdue > 0 && <small className="day-late">逾{due.overdue}</small>}
        </span>
      )}
    </>
  )
  return (
    <td className={look.filter(Boolean).join(' ')} title={words}>
      {due ? (
        <Link to={ledgerLink({ ...rows, state: counted, due: [day, day] })}>{inside}</Link>
      ) : (
        <span>{inside}</span>
      )}
    </td>
  )
}

const Month = ({ calendar, month, rows }: { calendar: DueCalendar; month: number; rows: LedgerFilter }) => {
  const due = calendar.days.filter(({ day }) => Number(day.slice(5, 7)) === month).reduce((n, one) => n + one.due, 0)
  const festivals = festivalsOf(calendar, month)
  return (
    <div className="month">
      <table>
        <caption>
          {month}月 <small className="quiet">{due > 0 ? `到期${due}项` : '无到期'}</small>
        </caption>
        <thead>
          <tr>
            {[...'一二三四五六日'].map((name) => (
              <th key={name} className="weekday" scope="col" abbr={`星期${name}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(calendar, month).map((week, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a month's weeks never move
            <tr key={i}>
              {week.map((cell, j) =>
                cell ? (
                  <Day key={cell.day} cell={cell} today={calendar.today} rows={rows} />
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: nor do its empty places
                  <td key={`empty ${j}`} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {festivals.length > 0 && <p className="quiet">{festivals.join('；')}</p>}
    </div>
  )
}

/** On a phone: the month that runs and the two after it. */
const near = (month: number): number[] => [0, 1, 2].map((i) => Math.min(month, 10) + i)
const whole = Array.from({ length: 12 }, (_, i) => i + 1)

const Legend = () => (
  <ul className="legend" aria-label="图例">
    <li>
      <span className="sample late">3 逾1</span> 到期3项，其中逾期未办1项
    </li>
    <li>
      <span className="sample owed">3</span> 有未报的
    </li>
    <li>
      <span className="sample settled">3</span> 都已报送或办结
    </li>
    <li>
      <span className="sample provisional">3暂</span> 日期待定（放假安排未公布）
    </li>
    <li>
      <span className="sample off">休</span> 休息日
    </li>
    <li>
      <span className="sample shift">班</span> 调休上班
    </li>
  </ul>
)

/** What falls due on each day of the year, over the office's calendar; a day opens its rows. */
export const DueDays = ({ data, chosen }: { data: Overview; chosen: Chosen }) => {
  const { zone } = useMe()
  const [step, setStep] = useState(0)
  const [all, setAll] = useState(false)
  const wide = Grid.useBreakpoint().md ?? true
  const year = Number(chosen.year ?? data.today.slice(0, 4)) + step
  const calendar = useDueCalendar(chosen, year)
  if (calendar.error) return <Fault error={calendar.error} again={() => void calendar.refetch()} />
  const current = Number(data.today.slice(0, 4)) === year ? Number(data.today.slice(5, 7)) : 1
  const months = wide || all ? whole : near(current)
  const { year: _, ...rows } = asLedger(chosen, data.units)
  return (
    <section aria-labelledby="days-title" className="panel">
      <Flex align="baseline" gap={8} wrap>
        <h2 id="days-title">{year}年到期日历</h2>
        {calendar.data && <span className="quiet">截至 {momentWords(calendar.data.asOf, zone)}</span>}
        <span style={{ flex: 1 }} />
        <Button className="no-print" aria-label="上一年" icon={<LeftOutlined />} onClick={() => setStep(step - 1)} />
        <Button className="no-print" aria-label="下一年" icon={<RightOutlined />} onClick={() => setStep(step + 1)} />
      </Flex>
      {calendar.data?.provisional && (
        <Alert
          type="warning"
          showIcon
          style={{ margin: '8px 0' }}
          title={`${year}年放假安排还没有公布：休息日只按周末和法定节假日推算，按工作日计算的到期日都是暂定的。`}
        />
      )}
      <Legend />
      {calendar.data ? (
        <div className="months">
          {months.map((month) => (
            <Month key={month} calendar={calendar.data} month={month} rows={rows} />
          ))}
        </div>
      ) : (
        <Spin />
      )}
      {!wide && (
        <Button className="no-print" block aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? '只看近三个月' : '全年'}
        </Button>
      )}
    </section>
  )
}
