import { Link } from 'react-router'
import type { RegisterShown } from '../../../../src/http/shapes/cases.ts'
import { useRegisters } from '../cases/client.ts'

const listLink = (kind: string, more: string): string => `/cases?kind=${kind}&${more}`

const Line = ({ register: { kind, word, open, soon, overdue } }: { register: RegisterShown }) => (
  <li>
    {word}：<Link to={listLink(kind, 'open=1')}>{open}件在办</Link>，
    <Link to={listLink(kind, 'clock=soon')}>{soon}件5个工作日内到期</Link>，
    <Link to={listLink(kind, 'clock=overdue')}>{overdue}件逾期</Link>
  </li>
)

/** 办件 beside the plans: what is open in each register, and which of it ends soon or is late. */
export const Registers = () => {
  const { data } = useRegisters()
  const busy = data?.registers.filter(({ open }) => open > 0) ?? []
  if (busy.length === 0) return null
  return (
    <section aria-labelledby="registers-title" className="panel">
      <h2 id="registers-title">办件</h2>
      <ul className="plain registers in-text">
        {busy.map((register) => (
          <Line key={register.kind} register={register} />
        ))}
      </ul>
    </section>
  )
}
