import { Tag } from 'antd'
import type { CaseLine } from '../../../../src/http/shapes/cases.ts'
import { LightDot } from '../../card/CardView.tsx'

/** When a clock ends and how long it has still to run: the light beside its words, never alone. */
export const Left = ({ due, left, light, provisional }: Pick<CaseLine, 'due' | 'left' | 'light' | 'provisional'>) =>
  due === '' ? (
    <>—</>
  ) : (
    <span>
      {light && (
        <>
          <LightDot light={light} />{' '}
        </>
      )}
      <span className="case-due">{due}</span>
      {provisional && '（暂定）'} {left && <span className={`case-left ${light ?? ''}`}>{left}</span>}
    </span>
  )

export const StateTag = ({ stateWord, closedOn }: Pick<CaseLine, 'stateWord' | 'closedOn'>) => (
  <Tag color={closedOn ? 'default' : 'processing'} variant="outlined">
    {stateWord}
  </Tag>
)
