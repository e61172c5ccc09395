import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Overview, UnitStanding } from '../../../../src/http/shapes/overview.ts'
import { ledgerLink } from '../../lib/ledger-link.ts'
import { lightLook } from '../../theme.ts'
import { asLedger, type Chosen } from './read.ts'

const order = ['red', 'yellow', 'green'] as const
/** Tiles that are shown before “more” is asked for; on paper all are. */
const FIRST = 24

/** This page, of one unit. */
const pageOf = ({ mine: _, ...chosen }: Chosen, unit: string): string =>
  `?${new URLSearchParams({ ...chosen, unit }).toString()}`

const Tile = ({ unit, chosen }: { unit: UnitStanding; chosen: Chosen }) => (
  <li className={`light-tile ${unit.worst ?? 'none'}`}>
    <Link to={pageOf(chosen, unit.id)} className="light-unit">
      {unit.name}
    </Link>
    <span className="light-counts">
      {order.map((light) => (
        <Link
          key={light}
          to={ledgerLink({ ...asLedger(chosen, [unit]), light })}
          className={unit.lights[light] === 0 ? 'zero' : ''}
        >
          <span aria-hidden="true" style={{ color: lightLook[light].colour }}>
            ●
          </span>{' '}
          <span className="unseen">{unit.name}</span>
          {lightLook[light].word.slice(0, 1)}
          <span className="unseen">灯</span> {unit.lights[light]}
        </Link>
      ))}
    </span>
  </li>
)

/** Every unit with its lights, worst first. */
export const Board = ({ data, chosen }: { data: Overview; chosen: Chosen }) => {
  const [all, setAll] = useState(false)
  const { board, lights } = data
  const scope = asLedger(chosen, data.units)
  return (
    <section aria-labelledby="board-title" className="panel">
      <h2 id="board-title">红黄绿灯</h2>
      <p className="light-counts">
        {order.map((light) => (
          <Link key={light} to={ledgerLink({ ...scope, light })}>
            <span aria-hidden="true" style={{ color: lightLook[light].colour }}>
              ●
            </span>{' '}
            {lightLook[light].word}
            {lights[light]}项
          </Link>
        ))}
        <span className="quiet">牵头、配合都在内；红灯最多的排在前面</span>
      </p>
      <ul className={`board${all ? '' : ' folded'}`}>
        {board.map((unit) => (
          <Tile key={unit.id} unit={unit} chosen={chosen} />
        ))}
      </ul>
      {board.length > FIRST && (
        <Button className="no-print" type="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? '只看前面的' : `全部${board.length}个单位`}
        </Button>
      )}
    </section>
  )
}
