import { useQuery } from '@tanstack/react-query'
import { Input, Spin, Table, Typography } from 'antd'
import { useSearchParams } from 'react-router'
import type { Noise as Shown } from '../../../../src/http/shapes/pushes.ts'
import { useMe } from '../../lib/me.tsx'
import { momentWords } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { bodyOf } from '../roster/client.ts'
import { nothing } from '../roster/nothing.tsx'
import { client } from './client.ts'

type Row = Shown['rows'][number]
const by = (key: 'unasked' | 'caused' | 'answers' | 'asks') => (a: Row, b: Row) => a[key] - b[key]

/** How many messages each unit got: few is what was promised. */
export const Noise = () => {
  const me = useMe()
  const [params, setParams] = useSearchParams()
  const month = params.get('month') ?? me.today.slice(0, 7)
  const shown = useQuery({
    queryKey: ['pushes', 'noise', month],
    queryFn: () => bodyOf<Shown>(client.pushes.noise.$get({ query: { month } })),
  })
  if (shown.error) return <Fault error={shown.error} again={() => setParams({ tab: 'noise' })} />
  if (!shown.data) return <Spin />
  return (
    <>
      <Input
        type="month"
        aria-label="月份"
        style={{ width: 160, marginBottom: 12 }}
        value={month}
        onChange={({ target }) => setParams(target.value ? { tab: 'noise', month: target.value } : { tab: 'noise' })}
      />
      <Typography.Paragraph type="secondary">
        规则：主动推送每单位每个工作日至多1条（共用群的周清单、单独发给个人的、小时时限提醒、定时推送另计）。截至{' '}
        {momentWords(shown.data.asOf, me.zone)}
      </Typography.Paragraph>
      <Table<Row>
        rowKey={({ unit }) => unit.id}
        size="small"
        dataSource={shown.data.rows}
        scroll={{ x: 'max-content' }}
        locale={nothing('没有单位')}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: '单位', key: 'unit', render: (_, { unit }) => unit.name },
          { title: '主动推送', dataIndex: 'unasked', align: 'right', sorter: by('unasked') },
          { title: '办理通知', dataIndex: 'caused', align: 'right', sorter: by('caused') },
          { title: '回答', dataIndex: 'answers', align: 'right', sorter: by('answers') },
          { title: '其中追问', dataIndex: 'asks', align: 'right', sorter: by('asks') },
        ]}
      />
    </>
  )
}
