import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import { PAGE } from '../../../../src/http/shapes/ledger.ts'
import { type LedgerColumn, type LedgerRow, ledgerStateWords, roleOfDuty } from '../../../../src/model/ledger.ts'
import { useMe } from '../../lib/me.tsx'
import { dayWords } from '../../lib/moments.ts'
import { cellOf, LightWord, pixels, titleOf } from './cells.tsx'
import { useRows, useView } from './rows.ts'

interface Props {
  look: Record<string, string>
  total: number
  /** The page whose first row is at the top to begin with, from 1. */
  page: number
  /** The page that came to the top. */
  onPage(page: number): void
}

const ROW = 40
const CARD = 136

/** Scrolls to the page in the address once its rows are known, and tells which page is at the top from then on. */
const usePlace = ({ total, page, onPage }: Props, height: number) => {
  const box = useRef<HTMLDivElement>(null)
  const view = useView(box, total, height, (page - 1) * PAGE)
  const placed = useRef(false)
  useEffect(() => {
    if (placed.current || !box.current) return
    placed.current = true
    box.current.scrollTop = (page - 1) * PAGE * height
    view.read()
  })
  const top = Math.floor(view.top / PAGE) + 1
  useEffect(() => {
    const later = setTimeout(() => {
      if (top !== page) onPage(top)
    }, 300)
    return () => clearTimeout(later)
  }, [top, page, onPage])
  return { box, view }
}

/** The arrows go from row to row, and the box follows. */
const arrows = (event: KeyboardEvent<HTMLElement>): void => {
  const { key, currentTarget } = event
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return
  const next = key === 'ArrowDown' ? currentTarget.nextElementSibling : currentTarget.previousElementSibling
  if (!(next instanceof HTMLElement) || next.tabIndex !== 0) return
  event.preventDefault()
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'nearest' })
}

/** A press or Enter opens the row. */
const useOpening = () => {
  const go = useNavigate()
  return (row: LedgerRow | undefined) => {
    const open = () => row && void go(`/duties/${row.id}`)
    return {
      tabIndex: 0,
      onClick: open,
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => (event.key === 'Enter' ? open() : arrows(event)),
    }
  }
}

/** The head stays in view, so a row that is scrolled to stops below it. */
const under = { scrollMarginTop: ROW + 4 }

const sorted: Partial<Record<LedgerColumn, 'due' | 'code' | 'unit'>> = { due: 'due', code: 'code', unit: 'unit' }

const Head = ({ column, sort, onSort }: { column: LedgerColumn; sort: string; onSort(sort: string): void }) => {
  const by = sorted[column]
  if (!by) return <th scope="col">{titleOf(column)}</th>
  const down = sort === `-${by}`
  const is = sort === by || down
  return (
    <th scope="col" aria-sort={is ? (down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => onSort(by === 'due' && sort === 'due' ? '-due' : by)}>
        {titleOf(column)}
        <span aria-hidden="true">{is ? (down ? ' ▼' : ' ▲') : ' ↕'}</span>
      </button>
    </th>
  )
}

interface TableProps extends Props {
  columns: LedgerColumn[]
  onSort(sort: string): void
}

/** A table of any length: it scrolls through all rows, of which those in view are read and drawn. */
export const RowTable = (props: TableProps) => {
  const { look, total, columns, onSort } = props
  const { box, view } = usePlace(props, ROW)
  const rows = useRows(look, view.from, view.to)
  const opening = useOpening()
  const width = columns.reduce((sum, column) => sum + pixels[column], 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by the keyboard
    <section ref={box} className="ledger-box" aria-label="台账表格" tabIndex={0} onScroll={view.read}>
      <table className="ledger-table" aria-rowcount={total + 1} style={{ minWidth: width }}>
        <colgroup>
          {columns.map((column) => (
            <col key={column} style={column === 'text' ? {} : { width: pixels[column] }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column} column={column} sort={look.sort ?? 'code'} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {view.from > 0 && <tr style={{ height: view.from * ROW }} />}
          {rows.map(({ n, row }) => (
            <tr key={n} aria-rowindex={n + 2} style={{ height: ROW, ...under }} {...opening(row)}>
              {columns.map((column, k) => (
                <td key={column} title={row && column === 'text' ? row.text : undefined}>
                  {row ? cellOf[column](row) : k === 0 ? '…' : ''}
                </td>
              ))}
            </tr>
          ))}
          {view.to < total && <tr style={{ height: (total - view.to) * ROW }} />}
        </tbody>
      </table>
    </section>
  )
}

/** The same on a phone: a list of cards. */
export const RowCards = (props: Props) => {
  const { look, total } = props
  const { today } = useMe()
  const { box, view } = usePlace(props, CARD)
  const rows = useRows(look, view.from, view.to)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by the keyboard
    <section ref={box} className="ledger-box" aria-label="台账列表" tabIndex={0} onScroll={view.read}>
      <div style={{ height: view.from * CARD }} />
      {rows.map(({ n, row }) => (
        <Link
          key={n}
          to={row ? `/duties/${row.id}` : '#'}
          className="ledger-card"
          style={{ height: CARD }}
          onKeyDown={arrows}
        >
          {row && <CardLines row={row} today={today} />}
        </Link>
      ))}
      <div style={{ height: (total - view.to) * CARD }} />
    </section>
  )
}

const CardLines = ({ row, today }: { row: LedgerRow; today: string }) => (
  <>
    <div className="ledger-card-line">
      <strong>{row.code}</strong>
      <LightWord light={row.light} />
      <span>{ledgerStateWords[row.state]}</span>
    </div>
    <div className="ledger-card-text">{row.text}</div>
    <div className="ledger-card-line">
      <span>
        {row.unit}（{roleOfDuty[row.role]}）
      </span>
      <span>{row.round}</span>
    </div>
    <div className="ledger-card-line">
      {row.dueOn ? `${dayWords(row.dueOn, today)}到期${row.provisional ? '（暂定）' : ''}` : '无到期日'}
    </div>
  </>
)

/** What is printed: all rows one under the other, the head on every page. */
export const PrintedTable = ({ rows, columns }: { rows: readonly LedgerRow[]; columns: LedgerColumn[] }) => (
  <table className="ledger-printed">
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {titleOf(column)}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.id}>
          {columns.map((column) => (
            <td key={column}>{cellOf[column](row)}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)
