import { Progress } from 'antd'
import { Link } from 'react-router'
import type { Overview } from '../../../../src/http/shapes/overview.ts'
import { type LedgerFilter, ledgerLink } from '../../lib/ledger-link.ts'
import { asLedger, type Chosen, percent } from './read.ts'

interface Figure {
  name: string
  n: number
  rows: LedgerFilter
  /** What the number does not say by itself. */
  note?: string
  tone?: 'late' | 'good'
}

const counted = ({ figures: f }: Overview): Figure[] => [
  { name: '应办（已到期）', n: f.due, rows: { set: 'due' } },
  { name: '办结', n: f.done, rows: { set: 'due', state: 'done' } },
  { name: '按时办结', n: f.done - f.doneLate, rows: { set: 'ontime' }, tone: 'good' },
  { name: '逾期办结', n: f.doneLate, rows: { set: 'late' } },
  {
    ...{ name: '逾期未办', n: f.overdue, rows: { set: 'due', state: 'overdue' } },
    ...(f.overdue > 0 && { tone: 'late' as const }),
  },
  {
    ...{ name: '待审核', n: f.reviewing, rows: { state: 'review' } },
    note: f.reviewing > f.review ? `其中已到期${f.review}项` : '',
  },
]

const aside = ({ figures: f }: Overview): Figure[] => [
  { name: '待认领', n: f.unclaimed, rows: { state: 'unclaimed', role: 'lead' } },
  { name: '持续推进', n: f.standing, rows: { state: 'standing', role: 'lead' } },
  { name: '待触发', n: f.waiting, rows: { state: 'waiting', role: 'lead' } },
  { name: '暂缓', n: f.suspended, rows: { state: 'suspended', role: 'lead' } },
  { name: '免办', n: f.waived, rows: { state: 'waived', role: 'lead' } },
  { name: '待核实', n: f.unconfirmed, rows: { state: 'unconfirmed', role: 'lead' } },
]

const Tile = ({ figure: { name, n, rows, note, tone }, scope }: { figure: Figure; scope: LedgerFilter }) => (
  <li>
    <Link to={ledgerLink({ ...scope, ...rows })} className={`figure ${tone ?? ''}`}>
      <span className="figure-name">{name}</span>
      <span className="figure-n">
        {n}
        <small> 项</small>
      </span>
      {note && <span className="figure-note">{note}</span>}
    </Link>
  </li>
)

const Tiles = ({ figures, scope, label }: { figures: readonly Figure[]; scope: LedgerFilter; label: string }) => (
  <ul className="figures" aria-label={label}>
    {figures.map((figure) => (
      <Tile key={figure.name} figure={figure} scope={scope} />
    ))}
  </ul>
)

/** The headline: the rate, its parts, and beside it what has no place in a rate. Each figure opens its rows. */
export const Figures = ({ data, chosen }: { data: Overview; chosen: Chosen }) => {
  const { figures: f } = data
  const scope = asLedger(chosen, data.units)
  // What has no day belongs to no year's figures: it is told of all.
  const { year: _, ...ofAll } = scope
  const rate = percent(f.done, f.due)
  return (
    <section aria-labelledby="figures-title" className="panel">
      <h2 id="figures-title">总体完成情况</h2>
      <div className="rate">
        <Progress
          type="circle"
          size={112}
          percent={f.due === 0 ? 0 : (100 * f.done) / f.due}
          format={() => rate}
          strokeColor="#237804"
          aria-label={`完成率${rate}`}
        />
        <p>
          <strong>完成率 {rate}</strong>
          <br />
          已办结{f.done} ÷ 应完成{f.due}
          <br />
          {chosen.year ? `${chosen.year}年以外和未到期` : '未到期'}
          {f.later}项不计入
        </p>
        <Tiles figures={counted(data)} scope={scope} label="计入完成率的" />
      </div>
      <h3>不计入完成率</h3>
      <Tiles figures={aside(data)} scope={ofAll} label="不计入完成率的" />
    </section>
  )
}
