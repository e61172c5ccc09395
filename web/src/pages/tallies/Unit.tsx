import { App, Button, Flex, Input, Spin, Table, Typography } from 'antd'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import type { TallyEntered, TallyUnit } from '../../../../src/http/shapes/tallies.ts'
import { type Channel, channels, channelWords, measures } from '../../../../src/model/tally.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { lookOf, periodName, periodsOf, useEntry, useUnit } from './client.ts'
import { type Draft, Grid, keyOf } from './Grid.tsx'

type Told = TallyUnit['history'][number]

const counted = (channel: Channel, count: number | null): string =>
  count === null ? '撤回' : `${count}${measures[channel]}`

const History = ({ history }: Pick<TallyUnit, 'history'>) => (
  <section aria-label="改动记录">
    <Typography.Title level={2} style={{ fontSize: 18, marginTop: 24 }}>
      改动记录
    </Typography.Title>
    <Table<Told>
      size="small"
      rowKey="id"
      pagination={history.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
      scroll={{ x: 'max-content' }}
      dataSource={history}
      columns={[
        { title: '时间', render: (_, { day, time }) => `${day} ${time}` },
        { title: '谁', render: (_, { who, way }) => [who, way].filter(Boolean).join('，') },
        { title: '哪个数', render: (_, { period, channel }) => `${periodName(period)}${channelWords[channel]}` },
        {
          title: '报的数',
          render: (_, { channel, was, count }) =>
            was === null ? counted(channel, count) : `${counted(channel, was)} → ${counted(channel, count)}`,
        },
      ]}
    />
  </section>
)

/** Figures that were typed and are others than those that stand there. */
const changedIn = ({ year, periods }: TallyUnit, draft: Draft) =>
  periodsOf(year).flatMap((period) =>
    channels.flatMap((channel) => {
      const was = periods[period]?.[channel] ?? null
      const count = draft[keyOf(period, channel)]
      return count === undefined || count === was ? [] : [{ period, channel, count, was }]
    }),
  )

/** Another theme to fill in: a name, or a task's code. */
const OtherTheme = ({ show }: { show(theme: string): void }) => (
  <Input.Search
    aria-label="按类别填"
    className="no-print"
    style={{ maxWidth: 340 }}
    placeholder="类别名称或任务编号，如 财政收支"
    enterButton="按类别填"
    maxLength={40}
    onSearch={(theme) => show(theme.trim())}
  />
)

const Body = ({ shown, unit }: { shown: TallyUnit; unit: string }) => {
  const { message, modal } = App.useApp()
  const [draft, setDraft] = useState<Draft>({})
  const entry = useEntry(unit)
  const figures = changedIn(shown, draft)
  const stored = ({ stored: n, notes }: TallyEntered) => {
    setDraft({})
    void message.success(`已保存${n}个数`)
    if (notes.length > 0) modal.info({ title: '已保存，请再核对', content: <Lines of={notes} />, okText: '知道了' })
  }
  const save = (sure: boolean): void =>
    entry.mutate(
      { year: shown.year, theme: shown.theme, figures, sure },
      {
        onError: (error) => void message.error(error.message),
        onSuccess: (done) =>
          done.asks.length === 0
            ? stored(done)
            : modal.confirm({
                ...{ title: '保存前请核对', content: <Lines of={done.asks} />, width: 560 },
                ...{ okText: '都对，保存', cancelText: '再改改', onOk: () => save(true) },
              }),
      },
    )
  return (
    <>
      <Grid
        shown={shown}
        draft={draft}
        onType={(period, channel, count) => setDraft((before) => ({ ...before, [keyOf(period, channel)]: count }))}
      />
      {shown.enters && (
        <Flex gap={8} align="center" wrap className="no-print" style={{ marginTop: 12 }}>
          <Button type="primary" disabled={figures.length === 0} loading={entry.isPending} onClick={() => save(false)}>
            保存
          </Button>
          {figures.length > 0 && <Button onClick={() => setDraft({})}>放弃改动</Button>}
          <span aria-live="polite">{figures.length > 0 ? `${figures.length}个数改了，还没有保存` : ''}</span>
        </Flex>
      )}
      {shown.history.length > 0 && <History history={shown.history} />}
    </>
  )
}

const Lines = ({ of }: { of: readonly string[] }) => (
  <ul style={{ margin: 0, paddingInlineStart: 20 }}>
    {of.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)

/** One unit's year (`area`: the whole area's), to be looked at and filled in, with everything that was ever told of it. */
export default function Unit() {
  const { unit = '' } = useParams()
  const [params, setParams] = useSearchParams()
  const look = lookOf(params)
  const { data: shown, error, refetch } = useUnit(unit, look)
  if (error && !shown) return <Fault error={error} again={() => void refetch()} />
  if (!shown) return <Spin style={{ display: 'block', marginTop: 48 }} />
  const back = new URLSearchParams({ year: String(shown.year), ...(shown.theme && { theme: shown.theme }) })
  const show = (theme: string) => setParams({ year: String(shown.year), ...(theme && { theme }) })
  return (
    <>
      <PageTitle title={`${shown.name}${shown.year}年报数`}>
        <Link to={`/tallies?${back.toString()}`}>全部报数</Link>
      </PageTitle>
      <Flex gap={12} wrap align="center" style={{ marginBottom: 12 }}>
        <Typography.Text>{shown.theme ? `类别：${shown.theme}` : '全部信息'}</Typography.Text>
        {shown.theme && <Button onClick={() => show('')}>看全部信息</Button>}
        {shown.enters && <OtherTheme show={show} />}
      </Flex>
      <Body key={`${shown.unit} ${shown.year} ${shown.theme}`} shown={shown} unit={unit} />
    </>
  )
}
