import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Flex, Progress, Typography } from 'antd'
import type { LedgerCheck } from '../../../../src/http/shapes/audit.ts'
import { useMe } from '../../lib/me.tsx'
import { momentStamp } from '../../lib/moments.ts'
import { saveFile } from '../../lib/save.ts'
import { auditClient } from './client.ts'

const LOOK_MS = 1000

const Outcome = ({ check: { state, result, done, of, endedAt } }: { check: LedgerCheck }) => {
  const { zone } = useMe()
  const at = endedAt ? momentStamp(endedAt, zone) : ''
  if (state === 'never') return <Typography.Text type="secondary">启动以来还没有核对过。</Typography.Text>
  if (state === 'running')
    return (
      <div role="status">
        正在核对：{done} / {of} 条
        <Progress aria-label="核对进度" percent={of > 0 ? Math.min(99, Math.floor((done / of) * 100)) : 0} />
      </div>
    )
  if (!result) return <Alert type="error" showIcon title={`${at} 核对没有做完：请再试一次，仍不行请看日志`} />
  if (result.brokenCount === 0)
    return (
      <Alert
        type="success"
        showIcon
        title={`台账完整：${result.subjects}个对象，${result.facts}条记录，${result.seals}个封印（${at}）`}
      />
    )
  return (
    <Alert
      type="error"
      showIcon
      title={`台账有${result.brokenCount}处对不上（${at}）`}
      description={
        <ul style={{ margin: 0, paddingLeft: 20 }}>
          {result.broken.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      }
    />
  )
}

/** 核对台账: the whole walk over chains and seals, made on the server. */
const Check = () => {
  const queries = useQueryClient()
  const check = useQuery({
    queryKey: ['audit', 'check'],
    queryFn: async () => (await (await auditClient.audit.check.$get()).json()) as LedgerCheck,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LOOK_MS : false),
  })
  const start = useMutation({
    mutationFn: async () => (await (await auditClient.audit.check.$post()).json()) as LedgerCheck,
    onSuccess: (begun) => queries.setQueryData(['audit', 'check'], begun),
  })
  return (
    <Card
      size="small"
      title={<h2 className="card-head">核对台账</h2>}
      extra={
        <Button loading={start.isPending || check.data?.state === 'running'} onClick={() => start.mutate()}>
          核对台账
        </Button>
      }
    >
      {start.error && <Alert type="error" title={start.error.message} />}
      {check.data && <Outcome check={check.data} />}
    </Card>
  )
}

/** The nightly seals: what stands here and what stands in the office's digest must be the same. */
const SealList = () => {
  const pages = useInfiniteQuery({
    queryKey: ['audit', 'seals'],
    queryFn: async ({ pageParam }) => {
      const query = pageParam ? { before: pageParam } : {}
      const page = await (await auditClient.audit.seals.$get({ query })).json()
      if (!('seals' in page)) throw new Error('没有读到封印')
      return page
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const take = useMutation({
    mutationFn: async () => saveFile(await auditClient.audit.seals.export.$post()),
  })
  const seals = pages.data?.pages.flatMap((page) => page.seals) ?? []
  return (
    <Card
      size="small"
      title={<h2 className="card-head">每日封印</h2>}
      extra={
        <Button loading={take.isPending} disabled={seals.length === 0} onClick={() => take.mutate()}>
          导出封印
        </Button>
      }
    >
      {take.error && <Alert type="error" title={take.error.message} />}
      {seals.length === 0 && (
        <Typography.Text type="secondary">还没有封印：每天零点后的第一分钟封前一天。</Typography.Text>
      )}
      <ul style={{ margin: 0, paddingLeft: 0, listStyle: 'none', maxHeight: 220, overflowY: 'auto' }}>
        {seals.map(({ day, heads, hash }) => (
          <li key={day}>
            {day} · {heads}个对象 · <code title={hash}>{hash.slice(0, 16)}</code>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button size="small" type="link" onClick={() => void pages.fetchNextPage()}>
          更早的封印
        </Button>
      )}
    </Card>
  )
}

/** What proves that nothing was changed afterwards. */
export const Proof = () => (
  <Flex wrap gap={12} style={{ marginBottom: 16 }} className="no-print proof">
    <Check />
    <SealList />
  </Flex>
)
