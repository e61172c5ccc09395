import { Alert, Button, Descriptions, Drawer, Flex, InputNumber, Spin, Table, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { AnnualBehind, AnnualPage } from '../../../../src/http/shapes/annual.ts'
import { fromWords, movedWords, useBehind, useEnter } from './client.ts'

/** One number to type in, and what is said to it. */
const NumberForm = ({
  label,
  value,
  save,
}: {
  label: string
  value: number | null
  save: (value: number | null) => void
}) => {
  const [typed, setTyped] = useState(value)
  return (
    <Flex gap={8} align="center" wrap>
      <InputNumber aria-label={label} min={0} value={typed} onChange={setTyped} style={{ width: 160 }} />
      <Button type="primary" disabled={typed === value} onClick={() => save(typed)}>
        保存{label}
      </Button>
    </Flex>
  )
}

const Cases = ({ rows }: { rows: AnnualBehind['cases'] }) => (
  <Table
    size="small"
    rowKey="id"
    pagination={{ pageSize: 20, hideOnSinglePage: true }}
    dataSource={rows}
    columns={[
      { title: '编号', render: (_: unknown, { id, number }) => <Link to={`/cases/${id}`}>{number}</Link> },
      { title: '事由', dataIndex: 'title' },
      { title: '日期', dataIndex: 'on' },
    ]}
  />
)

const Tallies = ({ rows }: { rows: AnnualBehind['tallies'] }) => (
  <Table
    size="small"
    rowKey="id"
    pagination={{ pageSize: 20, hideOnSinglePage: true }}
    dataSource={rows}
    columns={[
      { title: '单位', dataIndex: 'unit' },
      { title: '时段', dataIndex: 'period' },
      { title: '渠道', dataIndex: 'channel' },
      { title: '数', dataIndex: 'count', align: 'right' },
    ]}
  />
)

/** Where a number comes from, what it was the year before, and, where no register feeds it, room to type it in. */
export const CellDrawer = ({ page, cell, onClose }: { page: AnnualPage; cell: string; onClose: () => void }) => {
  const enter = useEnter()
  const shown = page.cells[cell]
  const counted = shown?.from === 'cases' || shown?.from === 'tallies'
  const behind = useBehind(page.year, page.form, cell, counted)
  if (!shown) return null
  const save = (part: 'cells' | 'last') => (value: number | null) =>
    enter.mutate({ year: page.year, version: page.version, form: page.form, [part]: { [cell]: value } })
  return (
    <Drawer open title={shown.words} onClose={onClose} styles={{ wrapper: { width: 'min(560px, 100vw)' } }}>
      <Flex vertical gap={16}>
        <Descriptions size="small" column={1} styles={{ label: { color: 'rgba(0,0,0,.65)' } }}>
          <Descriptions.Item label="本年">
            {shown.value === null ? '待填' : `${shown.value}${shown.unit}`}（{fromWords[shown.from]}）
          </Descriptions.Item>
          <Descriptions.Item label="上年">
            {shown.last === null ? '没有' : `${shown.last}${shown.unit}`}
            {shown.lastFrom === 'report' ? '（上年报告）' : shown.lastFrom === 'entered' ? '（填写）' : ''}
          </Descriptions.Item>
          {shown.by !== null && <Descriptions.Item label="比上年">{movedWords(shown)}</Descriptions.Item>}
        </Descriptions>
        {enter.error && <Alert type="error" role="alert" showIcon title={enter.error.message} />}
        {page.may && !counted && (
          <NumberForm key={`now ${shown.value}`} label="本年数" value={shown.value} save={save('cells')} />
        )}
        {page.may && shown.lastFrom !== 'report' && (
          <NumberForm key={`last ${shown.last}`} label="上年数" value={shown.last} save={save('last')} />
        )}
        {counted && (
          <section aria-label="这个数从哪里来">
            <Typography.Title level={2} style={{ fontSize: 16 }}>
              {shown.from === 'cases' ? `${shown.behind}件` : `${shown.behind}条报数`}
            </Typography.Title>
            {behind.error && <Alert type="error" showIcon title={behind.error.message} />}
            {behind.isLoading && <Spin />}
            {behind.data && shown.from === 'cases' && <Cases rows={behind.data.cases} />}
            {behind.data && shown.from === 'tallies' && <Tallies rows={behind.data.tallies} />}
          </section>
        )}
      </Flex>
    </Drawer>
  )
}
