import { Card, Checkbox, Empty, Flex, Pagination, Radio, Select, Spin, Typography } from 'antd'
import { useCallback, useState } from 'react'
import { useSearchParams } from 'react-router'
import { ReviewKind, type ReviewQueue, type ReviewRow } from '../../../../src/http/shapes/review.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { type Acting, DeedDialog } from '../duty/Deeds.tsx'
import { type Asked, PAGE, useQueue } from './client.ts'
import { useKeys } from './keys.ts'
import { Many } from './Many.tsx'
import { Row } from './Row.tsx'

const kindWords: Record<ReviewKind, string> = {
  report: '待审核的反馈',
  again: '退回后重报',
  extension: '申请延期',
  decline: '报不涉及',
  disclaimed: '不认领',
}
const kinds = ReviewKind.options

/** What many of can be answered at once. */
const isAnswerable = ({ kind }: ReviewRow): boolean => kind === 'report' || kind === 'again' || kind === 'extension'

/** What is asked for stands in the address, so that it can be sent to a colleague. */
const useAsked = (): [Asked, (more: Record<string, string>) => void] => {
  const [params, setParams] = useSearchParams()
  const kind = ReviewKind.safeParse(params.get('kind'))
  const asked = {
    unit: params.get('unit') ?? '',
    plan: params.get('plan') ?? '',
    kind: kind.success ? kind.data : undefined,
    offset: Math.max(0, Number(params.get('offset')) || 0),
  }
  const set = (more: Record<string, string>) => {
    const next = new URLSearchParams(params)
    next.delete('offset')
    for (const [name, value] of Object.entries(more))
      if (value) next.set(name, value)
      else next.delete(name)
    setParams(next)
  }
  return [asked, set]
}

const listOf = (text: string): string[] => text.split(',').filter(Boolean)

const Filters = ({
  queue,
  asked,
  set,
}: {
  queue: ReviewQueue
  asked: Asked
  set: (more: Record<string, string>) => void
}) => {
  const all = kinds.reduce((sum, kind) => sum + (queue.counts[kind] ?? 0), 0)
  return (
    <Flex wrap gap={8} style={{ marginBottom: 12 }} className="no-print">
      <Radio.Group
        optionType="button"
        aria-label="类别"
        value={asked.kind ?? ''}
        onChange={({ target }) => set({ kind: target.value })}
        options={[
          { value: '', label: `全部 ${all}` },
          ...kinds.map((kind) => ({ value: kind, label: `${kindWords[kind]} ${queue.counts[kind] ?? 0}` })),
        ]}
      />
      <Select
        mode="multiple"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label="单位"
        placeholder="全部单位"
        style={{ minWidth: 180 }}
        value={listOf(asked.unit)}
        options={queue.units.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(units: string[]) => set({ unit: units.join(',') })}
      />
      <Select
        mode="multiple"
        allowClear
        aria-label="方案"
        placeholder="全部方案"
        style={{ minWidth: 140 }}
        value={listOf(asked.plan)}
        options={queue.plans.map(({ id, code }) => ({ value: id, label: code }))}
        onChange={(plans: string[]) => set({ plan: plans.join(',') })}
      />
    </Flex>
  )
}

const toggled = (set: ReadonlySet<string>, id: string, on = !set.has(id)): ReadonlySet<string> => {
  const next = new Set(set)
  if (on) next.add(id)
  else next.delete(id)
  return next
}

/** A row that has moved on since it was chosen is another report: it is chosen anew. */
const keyOf = ({ id, version }: ReviewRow): string => `${id}@${version}`

const Queue = ({
  queue,
  asked,
  set,
}: {
  queue: ReviewQueue
  asked: Asked
  set: (more: Record<string, string>) => void
}) => {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [acting, setActing] = useState<Acting>()
  const { rows } = queue
  const answerable = rows.filter(isAnswerable)
  const picked = answerable.filter((row) => chosen.has(keyOf(row)))
  const choose = useCallback(
    (id: string) => {
      const row = rows.find((one) => one.id === id)
      if (row && isAnswerable(row)) setChosen((before) => toggled(before, keyOf(row)))
    },
    [rows],
  )
  useKeys(choose)
  const units = queue.units.map(({ name }) => name)
  return (
    <>
      <Filters queue={queue} asked={asked} set={set} />
      <Many
        chosen={picked}
        extensions={rows.some(({ kind }) => kind === 'extension')}
        onDone={() => setChosen(new Set())}
      />
      {answerable.length > 0 && (
        <Flex wrap gap={16} align="center" className="no-print" style={{ marginBottom: 8 }}>
          <Checkbox
            checked={picked.length === answerable.length}
            indeterminate={picked.length > 0 && picked.length < answerable.length}
            onChange={({ target }) => setChosen(new Set(target.checked ? answerable.map(keyOf) : []))}
          >
            本页全选
          </Checkbox>
          <Typography.Text type="secondary">快捷键：j、k 或上下键换行，回车展开，x 选择</Typography.Text>
        </Flex>
      )}
      {rows.length === 0 && <Empty description="没有等主管科室办理的" />}
      <Flex vertical gap={12}>
        {kinds
          .filter((kind) => rows.some((row) => row.kind === kind))
          .map((kind) => (
            <Card
              key={kind}
              size="small"
              title={
                <h2 style={{ fontSize: 16, margin: 0 }}>
                  {kindWords[kind]}（{queue.counts[kind]}）
                </h2>
              }
            >
              <ul className="plain">
                {rows
                  .filter((row) => row.kind === kind)
                  .map((row) => (
                    <Row
                      key={keyOf(row)}
                      row={row}
                      units={units}
                      onPress={setActing}
                      open={open.has(row.id)}
                      onOpen={() => setOpen(toggled(open, row.id))}
                      chosen={chosen.has(keyOf(row))}
                      {...(isAnswerable(row) && {
                        onChoose: (on: boolean) => setChosen(toggled(chosen, keyOf(row), on)),
                      })}
                    />
                  ))}
              </ul>
            </Card>
          ))}
      </Flex>
      <Pagination
        className="no-print"
        style={{ marginTop: 12 }}
        hideOnSinglePage
        showSizeChanger={false}
        pageSize={PAGE}
        total={queue.total}
        current={Math.floor(asked.offset / PAGE) + 1}
        onChange={(page) => set({ offset: page > 1 ? String((page - 1) * PAGE) : '' })}
      />
      {acting && <DeedDialog {...acting} onClose={() => setActing(undefined)} />}
    </>
  )
}

/** What waits for the office's word, the longest first, answered one by one or many at once. */
export default function Review() {
  const [asked, set] = useAsked()
  const queue = useQueue(asked)
  return (
    <>
      <PageTitle title="审核" {...(queue.data && { asOf: queue.data.asOf })} />
      {queue.error ? (
        <Fault error={queue.error} again={() => void queue.refetch()} />
      ) : queue.data ? (
        <Queue queue={queue.data} asked={asked} set={set} />
      ) : (
        <Spin style={{ display: 'block', marginTop: 96 }} />
      )}
    </>
  )
}
