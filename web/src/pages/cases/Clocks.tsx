import { Typography } from 'antd'
import type { ClockShown, DaysShown, StepShown } from '../../../../src/http/shapes/cases.ts'
import { Left } from './Left.tsx'

const span = ({ from, to }: { from: string; to: string }): string => (from === to ? from : `${from} 至 ${to}`)

/** Days in a row with the reason, open to be counted after. */
const Days = ({ title, runs }: { title: string; runs: readonly DaysShown[] }) => {
  if (runs.length === 0) return null
  const days = runs.reduce((sum, one) => sum + one.days, 0)
  return (
    <details open>
      <summary>
        {title}共{days}天
      </summary>
      <ul>
        {runs.map((one) => (
          <li key={`${one.from} ${one.why}`}>
            {span(one)}（{one.days}天）：{one.why}
          </li>
        ))}
      </ul>
    </details>
  )
}

const Basis = ({ label, bases }: { label: string; bases: readonly StepShown['basis'][] }) =>
  bases.length > 0 && (
    <div className="case-basis">
      {label}：
      {bases.map(({ words, unread }) => `${words}${unread ? '（条文未核对原文，使用前请查证）' : ''}`).join('；')}
    </div>
  )

/** 从…起算，到…止; of a step that counts nothing: up to when it was given. */
const reach = ({ counts, due }: StepShown): string =>
  counts ? `从${counts}起算${due && `，到${due}止`}` : due && `时限截止${due}`

const Step = ({ step }: { step: StepShown }) => (
  <li>
    <div>
      <strong>{step.at}</strong>　{step.event}
    </div>
    <div>{[step.does, step.span].filter(Boolean).join('：')}</div>
    {step.paused && <div>停止计算期间{step.paused}不计</div>}
    {step.from && <div>期限自{step.from}起计算</div>}
    {reach(step) && <div>{reach(step)}</div>}
    {step.movedFrom && <div>最后一日原是{step.movedFrom}，为休息日，顺延到其后第一个工作日</div>}
    <Days title="不计的日子" runs={step.skipped} />
    <Days title="照计的周末（调休上班）" runs={step.worked} />
    <Basis label="依据" bases={[step.basis]} />
    <Basis label="算法" bases={step.counting} />
  </li>
)

/** A clock with every step, such that whoever checks it can count after: date, event, article, from when to when, what was left out. */
const Clock = ({ clock }: { clock: ClockShown }) => (
  <section className="case-clock" aria-label={`时限：${clock.title}`}>
    <Typography.Title level={3} style={{ fontSize: 15, marginTop: 0 }}>
      {clock.title}：{clock.due ? <Left {...clock} /> : clock.stateWord}
    </Typography.Title>
    {clock.provisional && <div>到期日暂定：有一年的放假安排还没有公布，公布后重新计算。</div>}
    <ol className="case-steps">
      {clock.steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps follow each other and never move
        <Step key={i} step={step} />
      ))}
    </ol>
  </section>
)

export const Clocks = ({ clocks }: { clocks: readonly ClockShown[] }) => (
  <>
    {clocks.map((clock) => (
      <Clock key={clock.name} clock={clock} />
    ))}
  </>
)
