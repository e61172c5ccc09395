import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Flex, Select, Spin, Table, Typography } from 'antd'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import type { PlanFollowed, PlanFollowing } from '../../../../src/http/shapes/yearend.ts'
import { ApiError } from '../../lib/api.ts'
import { rereadAll } from '../../lib/query.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { yearendClient } from './yearend-client.ts'

type Pair = PlanFollowing['pairs'][number]

const brief = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}……` : text)

/** 接续: the tasks of a new plan beside last year's, each accepted or corrected. */
export default function Following() {
  const { id = '' } = useParams()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [params, setParams] = useSearchParams()
  const from = params.get('from') ?? undefined
  const [moved, setMoved] = useState<Record<string, string>>({})
  const key = ['plans', 'following', id, from ?? '']
  const found = useQuery({
    queryKey: key,
    queryFn: async () => {
      const at = { param: { id }, query: from === undefined ? {} : { from } }
      return (await (await yearendClient.plans[':id'].following.$get(at)).json()) as PlanFollowing
    },
    retry: false,
  })
  const settle = useMutation({
    mutationFn: async ({
      version,
      old,
      pairs,
    }: {
      version: number
      old: string
      pairs: { now: string; old: string }[]
    }) =>
      (await (
        await yearendClient.plans[':id'].following.$post({ param: { id }, json: { version, old, pairs } })
      ).json()) as PlanFollowed,
    onSuccess: ({ pairs, joined }) => {
      void message.success(`已确认${pairs}项对应${joined > 0 ? `，并入上一年结转的${joined}项` : ''}`)
      setMoved({})
      void rereadAll(queries)
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 409) void found.refetch()
    },
  })
  if (found.error) return <Fault error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Spin style={{ display: 'block', marginTop: 96 }} />
  const { code, title, version, old, olds, pairs, candidates, settled } = found.data
  const oldOf = ({ number, old: proposed }: Pair): string => moved[number] ?? proposed
  const taken = new Map<string, number>()
  for (const pair of pairs) taken.set(oldOf(pair), (taken.get(oldOf(pair)) ?? 0) + 1)
  const doubled = pairs.filter((pair) => oldOf(pair) !== '' && (taken.get(oldOf(pair)) ?? 0) > 1)
  const changed = Object.keys(moved).length > 0
  const choices = [
    { value: '', label: '新任务，上一年没有' },
    ...olds.map(({ number, text }) => ({ value: number, label: `${number} ${brief(text)}` })),
  ]
  const left = olds.filter(({ number }) => !taken.has(number))
  return (
    <>
      <PageTitle title={`${code} 接续上一年`}>
        <Link to={`/plans/${id}`}>
          <Button>返回方案</Button>
        </Link>
      </PageTitle>
      <Typography.Paragraph type="secondary">{title}</Typography.Paragraph>
      <Flex vertical gap={12}>
        <Flex gap={8} align="center" wrap>
          <Typography.Text>上一年的方案</Typography.Text>
          <Select
            aria-label="上一年的方案"
            style={{ minWidth: 240, maxWidth: '100%' }}
            value={old?.id}
            placeholder="没有同类方案，可以指定一份"
            options={candidates.map((one) => ({ value: one.id, label: `${one.code} ${one.title}` }))}
            onChange={(next) => {
              setMoved({})
              setParams({ from: next }, { replace: true })
            }}
          />
          {old && (
            <Typography.Text type="secondary">
              {`${settled && !changed ? '已确认' : '建议'}：${pairs.filter((pair) => oldOf(pair) !== '').length}项对应，${pairs.filter((pair) => oldOf(pair) === '').length}项是新任务`}
            </Typography.Text>
          )}
        </Flex>
        {candidates.length === 0 && <Alert type="info" showIcon title="以前年度没有下达过的方案，不用接续" />}
        {settle.error && <Alert type="error" showIcon title={settle.error.message} />}
        {doubled.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={`${[...new Set(doubled.map(oldOf))].join('、')}号对应了两次：一项只能接续一项`}
          />
        )}
        {old && (
          <>
            <Table
              rowKey="number"
              size="small"
              pagination={false}
              dataSource={pairs}
              scroll={{ x: 'max-content' }}
              columns={[
                {
                  title: code,
                  key: 'now',
                  render: (_, { number, text, lead }) => (
                    <div style={{ minWidth: 200, maxWidth: 420, whiteSpace: 'normal' }}>
                      <b>{number}</b> {brief(text)}
                      <div>
                        <Typography.Text type="secondary">{lead.join('、')}</Typography.Text>
                      </div>
                    </div>
                  ),
                },
                {
                  title: `接续 ${old.code}`,
                  key: 'old',
                  render: (_, pair) => (
                    <div style={{ minWidth: 220, maxWidth: 460 }}>
                      <Select
                        aria-label={`${pair.number}号接续`}
                        style={{ width: '100%' }}
                        showSearch={{ optionFilterProp: 'label' }}
                        value={oldOf(pair)}
                        options={choices}
                        onChange={(next) => setMoved({ ...moved, [pair.number]: next })}
                      />
                      <Typography.Text type="secondary">
                        {moved[pair.number] === undefined ? pair.why : '已改'}
                      </Typography.Text>
                    </div>
                  ),
                },
              ]}
            />
            {left.length > 0 && (
              <Typography.Text type="secondary">
                {`${old.code} 没有被接续的：${left.map(({ number }) => number).join('、')}`}
              </Typography.Text>
            )}
            <Flex gap={8} wrap>
              <Button
                type="primary"
                disabled={doubled.length > 0 || (settled && !changed)}
                loading={settle.isPending}
                onClick={() =>
                  settle.mutate({
                    ...{ version, old: old.id },
                    pairs: pairs.flatMap((pair) =>
                      oldOf(pair) === '' ? [] : [{ now: pair.number, old: oldOf(pair) }],
                    ),
                  })
                }
              >
                确认对应
              </Button>
              {changed && <Button onClick={() => setMoved({})}>恢复建议</Button>}
            </Flex>
          </>
        )}
      </Flex>
    </>
  )
}
