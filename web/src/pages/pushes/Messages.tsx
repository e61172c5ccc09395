import { useQuery } from '@tanstack/react-query'
import { Spin, Table, Typography } from 'antd'
import { useState } from 'react'
import type { PushMessage, Messages as Shown } from '../../../../src/http/shapes/pushes.ts'
import { useMe } from '../../lib/me.tsx'
import { momentStamp } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { bodyOf } from '../roster/client.ts'
import { nothing } from '../roster/nothing.tsx'
import type { Filter } from './Accounts.tsx'
import { client } from './client.ts'

const PAGE = 50

const Why = ({ row }: { row: PushMessage }) => (
  <div style={{ minWidth: 160, maxWidth: 420, whiteSpace: 'normal' }}>
    {row.why}
    {row.remedy && (
      <div>
        <Typography.Text type="secondary">怎么办：{row.remedy}</Typography.Text>
      </div>
    )}
  </div>
)

/** Each message behind a figure: into which place, what became of it, why, and what to do. */
export const Messages = ({ filter }: { filter: Filter }) => {
  const me = useMe()
  const [page, setPage] = useState({ of: '', number: 1 })
  const of = JSON.stringify(filter)
  const number = page.of === of ? page.number : 1
  const query = { ...filter, offset: String((number - 1) * PAGE), limit: String(PAGE) }
  const shown = useQuery({
    queryKey: ['pushes', 'messages', query],
    queryFn: () => bodyOf<Shown>(client.pushes.messages.$get({ query })),
  })
  if (shown.error) return <Fault error={shown.error} again={() => void shown.refetch()} />
  if (!shown.data) return <Spin />
  return (
    <>
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        逐条（{shown.data.total}条）
      </Typography.Title>
      <Table<PushMessage>
        rowKey="id"
        size="small"
        dataSource={shown.data.rows}
        scroll={{ x: 'max-content' }}
        locale={nothing('没有这样的消息')}
        pagination={{
          ...{ current: number, pageSize: PAGE, total: shown.data.total, hideOnSinglePage: true },
          showSizeChanger: false,
          onChange: (next) => setPage({ of, number: next }),
        }}
        columns={[
          { title: '发到', dataIndex: 'place' },
          { title: '结果', dataIndex: 'words' },
          { title: '原因', key: 'why', render: (_, row) => <Why row={row} /> },
          { title: '推送', dataIndex: 'batch' },
          { title: '时间', key: 'at', render: (_, { at }) => momentStamp(at, me.zone) },
        ]}
      />
    </>
  )
}
