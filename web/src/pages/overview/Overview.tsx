import { Button, Empty, Spin } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { Link } from 'react-router'
import type { Overview as Data } from '../../../../src/http/shapes/overview.ts'
import { isOffice } from '../../../../src/model/person.ts'
import { useMe } from '../../lib/me.tsx'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { Board } from './Board.tsx'
import { ByTheme, ByUnit } from './Completion.tsx'
import { DueDays } from './DueDays.tsx'
import { Figures } from './Figures.tsx'
import { Filters } from './Filters.tsx'
import { Moved } from './Moved.tsx'
import './overview.css'
import { ProvisionalDays } from './ProvisionalDays.tsx'
import { Registers } from './Registers.tsx'
import { type Chosen, useChosen, useOverview } from './read.ts'

/** Nothing was released yet: the first step, for whoever can take it. */
const FirstStep = ({ drafts }: Pick<Data, 'drafts'>) => {
  const me = useMe()
  const words = drafts > 0 ? `有${drafts}份方案还没有下达` : '还没有方案'
  if (!isOffice(me.person)) return <Empty description={`${words}：等主管科室导入并下达后，这里就有数字了`} />
  return (
    <Empty description={drafts > 0 ? `${words}：到“方案”核对并下达` : '还没有方案：到“方案”导入一份'}>
      <Link to="/plans">
        <Button type="primary">去“方案”</Button>
      </Link>
    </Empty>
  )
}

const named = (units: readonly { name: string }[]): string =>
  `${units
    .slice(0, 3)
    .map(({ name }) => name)
    .join('、')}${units.length > 3 ? `等${units.length}个单位` : ''}`

/** What the figures are of, in words, so that a print says it too. */
const scopeWords = ({ units, plans }: Data, { plan, year, mine }: Chosen): string =>
  [
    mine ? '我分管的' : '',
    units ? named(units) || '没有登记单位' : '全部单位',
    plan ? plans.find(({ id }) => id === plan)?.name : '全部在督方案',
    year ? `${year}年` : '',
  ]
    .filter(Boolean)
    .join(' · ')

/** What is below is asked for and drawn once what is above stands on the screen. */
const Later = ({ children }: { children: ReactNode }) => {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    let soon = 0
    const frame = requestAnimationFrame(() => {
      soon = window.setTimeout(() => setShown(true))
    })
    return () => {
      cancelAnimationFrame(frame)
      window.clearTimeout(soon)
    }
  }, [])
  return shown && children
}

const Body = ({ data, chosen }: { data: Data; chosen: Chosen }) => (
  <div className="overview">
    <Figures data={data} chosen={chosen} />
    <Board data={data} chosen={chosen} />
    <Registers />
    <Later>
      {data.board.length > 1 && <ByUnit data={data} chosen={chosen} />}
      <ByTheme data={data} chosen={chosen} />
      <DueDays key={chosen.year ?? ''} data={data} chosen={chosen} />
      <div className="side-by-side">
        <Moved data={data} chosen={chosen} />
        <ProvisionalDays data={data} chosen={chosen} />
      </div>
    </Later>
  </div>
)

/** What a leader looks at once a week, and the office each morning. Figures and lights come first; the rest follows. */
export default function Overview() {
  const [chosen, choose] = useChosen()
  const overview = useOverview(chosen)
  const { data } = overview
  return (
    <>
      <PageTitle title="总览" {...(data && { asOf: data.asOf })}>
        <Button onClick={() => window.print()}>打印</Button>
      </PageTitle>
      {overview.error && <Fault error={overview.error} again={() => void overview.refetch()} />}
      {!overview.error && !data && <Spin style={{ display: 'block', marginTop: 48 }} />}
      {!overview.error && data?.plans.length === 0 && (
        <div className="overview">
          <FirstStep drafts={data.drafts} />
          <Registers />
        </div>
      )}
      {!overview.error && data && data.plans.length > 0 && (
        <>
          <Filters data={data} chosen={chosen} choose={choose} />
          <p className="quiet">{scopeWords(data, chosen)}</p>
          <Body data={data} chosen={chosen} />
        </>
      )}
    </>
  )
}
