import { Typography } from 'antd'
import type { ReactNode } from 'react'
import {
  type LedgerColumn,
  type LedgerRow,
  ledgerColumns,
  ledgerStateWords,
  lightWords,
  roleOfDuty,
} from '../../../../src/model/ledger.ts'
import { lightLook } from '../../theme.ts'

/** A light as a dot with its word. */
export const LightWord = ({ light }: { light: LedgerRow['light'] }) =>
  light && (
    <span style={{ color: lightLook[light].colour, whiteSpace: 'nowrap' }}>
      <span aria-hidden="true">●</span> {lightWords[light]}
    </span>
  )

const dueText = ({ dueOn, provisional }: LedgerRow): string => (dueOn ? `${dueOn}${provisional ? '（暂定）' : ''}` : '')

/** A row's cell as text, in the table and on paper. */
export const cellOf: Record<LedgerColumn, (row: LedgerRow) => ReactNode> = {
  light: ({ light }) => <LightWord light={light} />,
  code: ({ code }) => code,
  text: ({ text, secret }) => (secret ? <Typography.Text type="secondary">{text}</Typography.Text> : text),
  unit: ({ unit }) => unit,
  role: ({ role }) => roleOfDuty[role],
  round: ({ round }) => round,
  due: dueText,
  state: ({ state }) => ledgerStateWords[state],
  reported: ({ reportedOn }) => reportedOn ?? '',
  closed: ({ closedOn }) => closedOn ?? '',
  plan: ({ plan }) => plan,
  section: ({ section }) => section,
  remark: ({ remark, reason, light }) => [light === 'red' ? reason : '', remark].filter(Boolean).join('；'),
}

/** Widths in pixels; the task's words take what is left. */
export const pixels: Record<LedgerColumn, number> = {
  ...{ light: 76, code: 118, text: 320, unit: 150, role: 88, round: 88, due: 150, state: 112 },
  ...{ reported: 106, closed: 106, plan: 200, section: 200, remark: 200 },
}

export const titleOf = (column: LedgerColumn): string => ledgerColumns[column].title
