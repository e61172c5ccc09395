import type { AnnualPage, AnnualTable } from '../../../../src/http/shapes/annual.ts'
import { fromWords } from './client.ts'

type Piece = AnnualTable['rows'][number][number]

/** A number as a button that opens what stands behind it; what was typed in is told apart by a mark, not by colour alone. */
const CellButton = ({ page, piece, open }: { page: AnnualPage; piece: Piece; open: (cell: string) => void }) => {
  const cell = piece.cell ?? ''
  const shown = page.cells[cell]
  return (
    <button
      type="button"
      className={`annual-cell annual-${shown?.from ?? 'missing'}`}
      aria-label={`${shown?.words ?? cell} ${piece.text}，${fromWords[shown?.from ?? 'missing']}`}
      onClick={() => open(cell)}
    >
      {piece.text}
      {piece.unconfirmed ? '‡' : ''}
    </button>
  )
}

const Row = ({
  page,
  row,
  open,
}: {
  page: AnnualPage
  row: AnnualTable['rows'][number]
  open: (cell: string) => void
}) => (
  <tr>
    {row.map((piece, i) => {
      const Cell = piece.head ? 'th' : 'td'
      return (
        <Cell
          // biome-ignore lint/suspicious/noArrayIndexKey: cells of a form that never moves
          key={i}
          colSpan={piece.across}
          rowSpan={piece.down}
          className={piece.left ? 'annual-left' : undefined}
        >
          {piece.cell === undefined ? piece.text : <CellButton page={page} piece={piece} open={open} />}
        </Cell>
      )
    })}
  </tr>
)

/** The tables of the form as they are printed, each number opening what stands behind it. */
export const Tables = ({ page, open }: { page: AnnualPage; open: (cell: string) => void }) => (
  <>
    {page.tables.map((table) => (
      <section key={table.title} aria-label={table.title}>
        <h2 className="annual-title">{table.title}</h2>
        <div className="annual-scroll">
          <table className="annual-table">
            <tbody>
              {table.rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a form that never moves
                <Row key={at} page={page} row={row} open={open} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
    ))}
    <section aria-label="正文另用的数">
      <h2 className="annual-title">正文另用的数</h2>
      <div className="annual-asides">
        {Object.entries(page.cells)
          .filter(([cell, { aside, unit }]) => (aside || cell.startsWith('fee.')) && unit !== '')
          .map(([cell, shown]) => (
            <span key={cell}>
              {shown.words}{' '}
              <CellButton
                page={page}
                piece={{ text: shown.value === null ? '待填' : `${shown.value}${shown.unit}`, cell }}
                open={open}
              />
            </span>
          ))}
      </div>
    </section>
  </>
)
