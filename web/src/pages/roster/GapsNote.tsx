import { Alert } from 'antd'
import type { Gaps } from '../../../../src/http/shapes/roster.ts'

const NAMED = 6

const listOf = (units: Gaps['room']): string =>
  units
    .slice(0, NAMED)
    .map(({ name }) => name)
    .join('、') + (units.length > NAMED ? ' 等' : '')

/** Whom nobody can reach yet, said before everything else. */
export const GapsNote = ({ gaps }: { gaps: Gaps }) => {
  const lines = [
    { key: 'liaison', units: gaps.liaison, words: '个单位还没有联络员' },
    { key: 'account', units: gaps.account, words: '个单位的联络员都还没有绑定账号' },
    { key: 'room', units: gaps.room, words: '个单位还没有绑定的群' },
  ].filter(({ units }) => units.length > 0)
  if (lines.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 12 }}
      title={
        <ul style={{ margin: 0, paddingLeft: 16 }}>
          {lines.map(({ key, units, words }) => (
            <li key={key}>
              {units.length}
              {words}：{listOf(units)}
            </li>
          ))}
        </ul>
      }
    />
  )
}
