import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Flex, Input, Select, Spin, Statistic, Table, Typography } from 'antd'
import { useSearchParams } from 'react-router'
import type { Account, PushState, Accounts as Shown } from '../../../../src/http/shapes/pushes.ts'
import { useMe } from '../../lib/me.tsx'
import { momentWords } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { bodyOf } from '../roster/client.ts'
import { nothing } from '../roster/nothing.tsx'
import { useUnits } from '../roster/Units.tsx'
import { client } from './client.ts'
import { Messages } from './Messages.tsx'

const stateWords: Record<PushState, string> = {
  ...{ sent: '已送达', waiting: '等待重试', dropped: '不再需要', dead: '发不出', unsure: '不确定' },
}
const states = ['sent', 'waiting', 'dropped', 'dead', 'unsure'] as const

const KEYS = ['from', 'to', 'batch', 'state', 'unit', 'room'] as const
export type Filter = Partial<Record<(typeof KEYS)[number], string>>

/** The filter stands in the address: a figure leads to its rows, and the page can be sent to a colleague. */
const useFilter = () => {
  const [params, setParams] = useSearchParams()
  const filter: Filter = {}
  for (const key of KEYS) {
    const value = params.get(key)
    if (value) filter[key] = value
  }
  const narrow = (change: Filter) => {
    const next: Record<string, string> = { tab: 'accounts' }
    for (const [key, value] of Object.entries({ ...filter, ...change })) if (value) next[key] = value
    setParams(next)
  }
  return { filter, narrow }
}

const Sum = ({ account, open }: { account: Account; open: (state: string) => void }) => (
  <Flex wrap gap={16} align="end" style={{ marginBottom: 12 }}>
    <Statistic title="应发" value={account.targets} />
    <span aria-hidden>=</span>
    {states.map((state) => (
      <div key={state}>
        <Statistic title={stateWords[state]} value={account[state]} />
        <Button size="small" type="link" style={{ padding: 0 }} onClick={() => open(state)}>
          看{stateWords[state]}的
        </Button>
      </div>
    ))}
  </Flex>
)

const Filters = ({ shown, filter, narrow }: { shown: Shown; filter: Filter; narrow: (change: Filter) => void }) => {
  const units = useUnits()
  return (
    <Flex wrap gap={8} style={{ marginBottom: 12 }} className="no-print">
      <Input
        type="date"
        aria-label="从哪一天"
        style={{ width: 150 }}
        value={shown.from}
        onChange={({ target }) => narrow({ from: target.value })}
      />
      <Input
        type="date"
        aria-label="到哪一天"
        style={{ width: 150 }}
        value={shown.to}
        onChange={({ target }) => narrow({ to: target.value })}
      />
      <Select
        aria-label="状态"
        style={{ width: 130 }}
        value={filter.state ?? ''}
        onChange={(state) => narrow({ state })}
        options={[
          { value: '', label: '全部状态' },
          ...states.map((state) => ({ value: state, label: stateWords[state] })),
        ]}
      />
      <Select
        aria-label="单位"
        style={{ width: 200 }}
        value={filter.unit ?? ''}
        onChange={(unit) => narrow({ unit })}
        showSearch={{ optionFilterProp: 'label' }}
        options={[
          { value: '', label: '全部单位' },
          ...(units.data?.units ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {filter.room && <Button onClick={() => narrow({ room: '' })}>不限这个群</Button>}
      {filter.batch && <Button onClick={() => narrow({ batch: '' })}>不限这次推送</Button>}
    </Flex>
  )
}

/** The account of the pushes, which adds up, and the messages behind each of its figures. */
export const Accounts = () => {
  const me = useMe()
  const { filter, narrow } = useFilter()
  const days = { ...(filter.from && { from: filter.from }), ...(filter.to && { to: filter.to }) }
  const shown = useQuery({
    queryKey: ['pushes', 'accounts', days],
    queryFn: () => bodyOf<Shown>(client.pushes.accounts.$get({ query: days })),
  })
  if (shown.error) return <Fault error={shown.error} again={() => narrow({ from: '', to: '' })} />
  if (!shown.data) return <Spin />
  const { whole, batches, ailing, asOf, from, to } = shown.data
  return (
    <>
      {ailing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={
            <ul style={{ margin: 0, paddingLeft: 16 }}>
              {ailing.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          }
        />
      )}
      <Filters shown={shown.data} filter={filter} narrow={narrow} />
      <Typography.Paragraph type="secondary">
        {from} 至 {to}，截至 {momentWords(asOf, me.zone)}
      </Typography.Paragraph>
      <Sum account={whole} open={(state) => narrow({ state, batch: '' })} />
      <Table
        rowKey="batch"
        size="small"
        dataSource={batches}
        scroll={{ x: 'max-content' }}
        locale={nothing('这些天没有推送')}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          {
            title: '推送',
            key: 'words',
            render: (_, { batch, words }) => (
              <Button type="link" size="small" style={{ padding: 0 }} onClick={() => narrow({ batch, state: '' })}>
                {words}
              </Button>
            ),
          },
          { title: '应发', key: 'targets', align: 'right', render: (_, { account }) => account.targets },
          ...states.map((state) => ({
            title: stateWords[state],
            key: state,
            align: 'right' as const,
            render: (_: unknown, { batch, account, words }: Shown['batches'][number]) =>
              account[state] > 0 ? (
                <Button
                  type="link"
                  size="small"
                  style={{ padding: 0 }}
                  aria-label={`${words}${stateWords[state]}${account[state]}条`}
                  onClick={() => narrow({ batch, state })}
                >
                  {account[state]}
                </Button>
              ) : (
                0
              ),
          })),
        ]}
      />
      <Messages filter={filter} />
    </>
  )
}
