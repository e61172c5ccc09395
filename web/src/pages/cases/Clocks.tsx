import { Typography } from 'antd'
import type { ClockShown, StepShown } from '../../../../src/http/shapes/cases.ts'
import { Left } from './Left.tsx'

const span = ({ from, to }: { from: string; to: string }): string => (from === to ? from : `${from} 至 ${to}`)

const Skipped = ({ skipped }: Pick<StepShown, 'skipped'>) => {
  if (skipped.length === 0) return null
  const days = skipped.reduce((sum, one) => sum + one.days, 0)
  return (
    <details open>
      <summary>不计的日子共{days}天</summary>
      <ul>
        {skipped.map((one) => (
          <li key={`${one.from} ${one.why}`}>
            {span(one)}（{one.days}天）：{one.why}
          </li>
        ))}
      </ul>
    </details>
  )
}

const Step = ({ step }: { step: StepShown }) => (
  <li>
    <div>
      <strong>{step.at}</strong>　{step.event}
    </div>
    <div>
      {step.does}
      {step.span && `：${step.span}`}
      {step.paused > 0 && `；其间停止计算${step.paused}天`}
    </div>
    {(step.counts || step.due) && (
      <div>
        {step.counts && `从${step.counts}起算`}
        {step.counts && step.due && '，'}
        {step.due && `到${step.due}止`}
      </div>
    )}
    <Skipped skipped={step.skipped} />
    <div className="case-basis">依据：{step.basis}</div>
  </li>
)

/** A clock with every step, such that whoever checks it can count after: date, event, article, from when to when, what was left out. */
const Clock = ({ clock }: { clock: ClockShown }) => (
  <section className="case-clock" aria-label={`时限：${clock.title}`}>
    <Typography.Title level={3} style={{ fontSize: 15 }}>
      {clock.title}：{clock.due ? <Left {...clock} /> : clock.stateWord}
    </Typography.Title>
    {clock.due && <div>{clock.stateWord}</div>}
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
