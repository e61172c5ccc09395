import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Flex, Popover } from 'antd'
import { useState } from 'react'
import { LedgerColumn } from '../../../../src/model/ledger.ts'
import { titleOf } from './cells.tsx'

const KEY = 'duban.ledger.columns'
const usual: LedgerColumn[] = ['light', 'code', 'text', 'unit', 'role', 'round', 'due', 'state', 'remark']
const all = LedgerColumn.options

const kept = (): LedgerColumn[] => {
  try {
    const read = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown[]
    const known = all.filter((column) => read.includes(column))
    return known.length > 0 ? known : usual
  } catch {
    return usual
  }
}

/** The columns that this browser shows, kept over visits. */
export const useColumns = (): [LedgerColumn[], (wanted: LedgerColumn[]) => void] => {
  const [columns, show] = useState(kept)
  return [
    columns,
    (wanted) => {
      const next = all.filter((column) => wanted.includes(column))
      if (next.length === 0) return
      show(next)
      try {
        localStorage.setItem(KEY, JSON.stringify(next))
      } catch {
        // A browser that keeps nothing shows them until the page is left.
      }
    },
  ]
}

export const ColumnChoice = ({
  columns,
  onChange,
}: {
  columns: LedgerColumn[]
  onChange(to: LedgerColumn[]): void
}) => (
  <Popover
    trigger="click"
    placement="bottomRight"
    content={
      <Flex vertical gap={8}>
        <Checkbox.Group value={columns} onChange={onChange}>
          <Flex vertical gap={4}>
            {all.map((column) => (
              <Checkbox key={column} value={column}>
                {titleOf(column)}
              </Checkbox>
            ))}
          </Flex>
        </Checkbox.Group>
        <Button size="small" onClick={() => onChange(usual)}>
          恢复默认
        </Button>
      </Flex>
    }
  >
    <Button icon={<SettingOutlined />}>列</Button>
  </Popover>
)
