import { useQuery } from '@tanstack/react-query'
import { Alert, Table } from 'antd'
import { Link } from 'react-router'
import type { PlanLine, PlanList } from '../../../../src/http/shapes/plans.ts'
import { isOffice } from '../../../../src/model/person.ts'
import { useMe } from '../../lib/me.tsx'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { plansClient } from './client.ts'
import { ImportPanel } from './ImportPanel.tsx'
import { StateMark } from './Mark.tsx'

const rate = ({ done, due }: PlanLine): string => (due === 0 ? '—' : `${((100 * done) / due).toFixed(1)}%`)

const columns = [
  {
    title: '方案',
    key: 'title',
    render: (_: unknown, { id, code, title }: PlanLine) => (
      <>
        <Link to={`/plans/${id}`}>{code}</Link>
        <div style={{ minWidth: 160 }}>{title}</div>
      </>
    ),
  },
  { title: '文号', dataIndex: 'number', key: 'number' },
  {
    title: '状态',
    key: 'state',
    render: (_: unknown, { state }: PlanLine) => <StateMark state={state} />,
  },
  { title: '任务', dataIndex: 'tasks', key: 'tasks', align: 'right' as const },
  {
    title: '责任事项',
    key: 'duties',
    align: 'right' as const,
    render: (_: unknown, { state, duties }: PlanLine) => (state === 'draft' ? '—' : duties),
  },
  {
    title: '完成率',
    key: 'rate',
    align: 'right' as const,
    render: (_: unknown, line: PlanLine) => <span title={`应完成${line.due}，已完成${line.done}`}>{rate(line)}</span>,
  },
  {
    title: '下达日期',
    key: 'released',
    render: (_: unknown, { releasedOn }: PlanLine) => releasedOn || '—',
  },
]

/** All plans, and where a new one is handed in. */
export default function Plans() {
  const me = useMe()
  const list = useQuery({
    queryKey: ['plans', 'list'],
    queryFn: async () => (await (await plansClient.plans.$get()).json()) as PlanList,
  })
  if (list.error) return <Fault error={list.error} again={() => void list.refetch()} />
  return (
    <>
      <PageTitle title="方案" {...(list.data && { asOf: list.data.asOf })} />
      {isOffice(me.person) && list.data?.reads === true && <ImportPanel />}
      {isOffice(me.person) && list.data?.reads === false && (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title="这里读不了文件：请在电脑上导入 duban import 文件，导入的草稿可以在这里核对、下达"
        />
      )}
      <Table
        rowKey="id"
        size="middle"
        loading={list.isPending}
        columns={columns}
        dataSource={list.data?.plans ?? []}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有方案' }}
      />
    </>
  )
}
