import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Descriptions, Spin, Table, Typography } from 'antd'
import { useEffect } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { TallyYear, UnitRow } from '../../../../src/http/shapes/tallies.ts'
import { Channel, channels, channelWords, measures } from '../../../../src/model/tally.ts'
import { saveFile } from '../../lib/save.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { isOver, lookOf, periodName, periodsOf, readWorkbook, unitPath, useYear } from './client.ts'
import { Filters } from './Filters.tsx'

const Title = ({ text }: { text: string }) => (
  <Typography.Title level={2} style={{ fontSize: 18, marginTop: 24 }}>
    {text}
  </Typography.Title>
)

const months = (list: readonly string[]): string => list.map(periodName).join('、')

/** What does not add up, and what is missing. */
const Questions = ({ questions, gaps }: TallyYear) => {
  const lines = [...questions, ...gaps.map(({ name, months: lacking }) => `${name}缺${months(lacking)}的数`)]
  if (lines.length === 0) return null
  const description = (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 12 }}
      title={`请核对 ${lines.length} 处`}
      description={description}
    />
  )
}

const Totals = ({ byChannel }: TallyYear) => (
  <Descriptions size="small" bordered column={{ xs: 1, sm: 2, lg: 4 }} styles={{ label: { color: 'rgba(0,0,0,.65)' } }}>
    {channels.map((channel) => (
      <Descriptions.Item key={channel} label={channelWords[channel]}>
        {byChannel[channel] === null ? '没有报' : `${byChannel[channel]}${measures[channel]}`}
      </Descriptions.Item>
    ))}
  </Descriptions>
)

const Themes = ({ byTheme, show }: Pick<TallyYear, 'byTheme'> & { show(theme: string): void }) => (
  <Table<TallyYear['byTheme'][number]>
    size="small"
    rowKey="theme"
    pagination={byTheme.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
    scroll={{ x: 'max-content' }}
    dataSource={byTheme}
    columns={[
      {
        title: '类别',
        render: (_, { theme }) => (
          <Button type="link" size="small" style={{ padding: 0 }} onClick={() => show(theme)}>
            {theme}
          </Button>
        ),
      },
      { title: '事项', render: (_, { theme, title }) => (title === theme ? '' : title) },
      { title: '全年（条）', align: 'right', dataIndex: 'count' },
    ]}
  />
)

/** One channel: a line a unit, a column a month. What is not over is empty, what was not told is —. */
const Matrix = ({ shown, channel }: { shown: TallyYear; channel: Channel }) => {
  const { year, theme, lastMonth } = shown
  const look = { year: String(year), ...(theme && { theme }) }
  const cell = ({ periods }: UnitRow, period: string) =>
    periods[period]?.[channel] ?? (period.length > 4 && isOver(period, lastMonth) ? '—' : '')
  return (
    <Table<UnitRow>
      size="small"
      rowKey="unit"
      pagination={shown.units.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: 'max-content' }}
      dataSource={shown.units}
      columns={[
        {
          ...{ title: '单位', fixed: 'left' as const },
          render: (_, { unit, name }) => <Link to={unitPath(unit, look)}>{name}</Link>,
        },
        ...periodsOf(year)
          .slice(0, 12)
          .map((period) => ({
            ...{ title: periodName(period), key: period, align: 'right' as const },
            render: (_: unknown, row: UnitRow) => cell(row, period),
          })),
        { title: '全年', key: 'year', align: 'right', render: (_, { byChannel }) => <b>{byChannel[channel] ?? ''}</b> },
      ]}
    />
  )
}

/** 报数: a year’s figures by channel, theme, unit and month; what does not add up stands above. */
export default function Tallies() {
  const { message } = App.useApp()
  const [params, setParams] = useSearchParams()
  const { data: shown, error, refetch } = useYear(lookOf(params))
  const file = useMutation({ mutationFn: readWorkbook, onSuccess: saveFile })
  useEffect(() => {
    if (file.error) void message.error(file.error.message)
  }, [file.error, message])
  const read = Channel.safeParse(params.get('channel'))
  const channel = read.success ? read.data : shown?.theme ? 'total' : 'website'
  const change = (name: 'year' | 'theme' | 'channel', value: string) =>
    setParams((before) => {
      const next = new URLSearchParams(before)
      if (name === 'theme') next.delete('channel')
      if (value) next.set(name, value)
      else next.delete(name)
      return next
    })
  if (error && !shown) return <Fault error={error} again={() => void refetch()} />
  if (!shown) return <Spin style={{ display: 'block', marginTop: 48 }} />
  const [own] = shown.units.filter(({ enters }) => enters)
  const look = { year: String(shown.year), ...(shown.theme && { theme: shown.theme }) }
  return (
    <>
      <PageTitle title="报数">
        {shown.office && (
          <Button icon={<DownloadOutlined />} loading={file.isPending} onClick={() => file.mutate(shown.year)}>
            导出 Excel
          </Button>
        )}
        {own && !shown.office && (
          <Link to={unitPath(own.unit, look)}>
            <Button type="primary">填报</Button>
          </Link>
        )}
      </PageTitle>
      <Filters shown={shown} channel={channel} change={change} />
      <Questions {...shown} />
      <section aria-label="全年合计">
        <Title text={`${shown.year}年合计`} />
        <Totals {...shown} />
      </section>
      {shown.byTheme.length > 0 && (
        <section aria-label="按类别">
          <Title text="按类别" />
          <Themes byTheme={shown.byTheme} show={(theme) => change('theme', theme)} />
        </section>
      )}
      <section aria-label="各单位各月">
        <Title text={`各单位${channelWords[channel]}（${measures[channel]}）${shown.theme && `：${shown.theme}`}`} />
        <Typography.Paragraph type="secondary">“—”是还没有报的月份，空的是还不能报的月份。</Typography.Paragraph>
        <Matrix shown={shown} channel={channel} />
      </section>
    </>
  )
}
