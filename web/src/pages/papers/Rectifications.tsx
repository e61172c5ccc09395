import { Table } from 'antd'
import { Link } from 'react-router'
import type { RectificationLine } from '../../../../src/http/shapes/papers.ts'
import { LightDot } from '../../card/CardView.tsx'
import { lightLook } from '../../theme.ts'

const columns = [
  {
    title: '整改',
    key: 'code',
    render: (_: unknown, { code, duty }: RectificationLine) => <Link to={`/duties/${duty}`}>{code}</Link>,
  },
  {
    title: '针对',
    key: 'about',
    render: (_: unknown, { about, aboutDuty }: RectificationLine) => <Link to={`/duties/${aboutDuty}`}>{about}</Link>,
  },
  { title: '责任单位', dataIndex: 'unit', key: 'unit' },
  { title: '期限', key: 'due', render: (_: unknown, { dueOn }: RectificationLine) => dueOn ?? '—' },
  { title: '状态', dataIndex: 'state', key: 'state' },
  {
    title: '灯',
    key: 'light',
    render: (_: unknown, { light, reason }: RectificationLine) =>
      light ? (
        <span>
          <LightDot light={light} /> {lightLook[light].word}：{reason}
        </span>
      ) : (
        reason || '—'
      ),
  },
  {
    title: '出自',
    key: 'paper',
    render: (_: unknown, { paper, number, paperTitle }: RectificationLine) => (
      <Link to={`/papers/${paper}`}>{number || paperTitle}</Link>
    ),
  },
]

/** 整改 that signed bulletins opened, with their lights. */
export const Rectifications = ({ rows }: { rows: readonly RectificationLine[] }) => (
  <Table
    rowKey="duty"
    size="middle"
    columns={columns}
    dataSource={[...rows]}
    pagination={false}
    scroll={{ x: 'max-content' }}
    locale={{ emptyText: '没有通报开出的整改' }}
  />
)
