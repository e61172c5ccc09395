import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Empty, Grid, Pagination, Select, Spin, Table, Tabs, Typography } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { CASES_PAGE, type CaseLine, type DeedShown, type RegisterList } from '../../../../src/http/shapes/cases.ts'
import { type CaseKind, caseWords } from '../../../../src/model/case.ts'
import { isOffice } from '../../../../src/model/person.ts'
import { useMe } from '../../lib/me.tsx'
import { saveFile } from '../../lib/save.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import './cases.css'
import { type Look, readWorkbook, useCases, useEnter, useRegisters } from './client.ts'
import { Filters } from './Filters.tsx'
import { FormDialog } from './FormDialog.tsx'
import { Left, StateTag } from './Left.tsx'

const ALL = 'all'

const lookOf = (params: URLSearchParams): Look => {
  const look: Look = {}
  for (const [name, value] of params) if (name !== 'page' && value) look[name] = value
  return look
}

const columns = (all: boolean) => [
  {
    ...{ title: '编号', key: 'number', width: 150 },
    render: (_: unknown, { id, number }: CaseLine) => <Link to={`/cases/${id}`}>{number}</Link>,
  },
  ...(all
    ? [
        {
          ...{ title: '登记簿', key: 'kind', width: 110 },
          render: (_: unknown, { kind }: CaseLine) => caseWords[kind],
        },
      ]
    : []),
  { title: '事由', dataIndex: 'title', key: 'title' },
  {
    ...{ title: '承办单位', key: 'unit', width: 170 },
    render: (_: unknown, { unit }: CaseLine) => unit || '—',
  },
  {
    ...{ title: '状态', key: 'state', width: 120 },
    render: (_: unknown, row: CaseLine) => <StateTag {...row} />,
  },
  {
    ...{ title: '到期', key: 'due', width: 230 },
    render: (_: unknown, row: CaseLine) => <Left {...row} />,
  },
  {
    ...{ title: '登记', key: 'opened', width: 110 },
    render: (_: unknown, { openedOn }: CaseLine) => openedOn,
  },
  {
    ...{ title: '办结', key: 'closed', width: 110 },
    render: (_: unknown, { closedOn }: CaseLine) => closedOn ?? '—',
  },
]

const Cards = ({ rows }: { rows: readonly CaseLine[] }) => (
  <ul className="plain case-cards" aria-label="办件列表">
    {rows.map((row) => (
      <li key={row.id}>
        <div>
          <Link to={`/cases/${row.id}`}>{row.number}</Link> <StateTag {...row} />
        </div>
        <div>{row.title}</div>
        <div>{row.unit || '没有交办单位'}</div>
        <div>
          {row.due ? '到期：' : ''}
          {row.due ? <Left {...row} /> : row.closedOn ? `${row.closedOn}办结` : '没有在走的时限'}
        </div>
      </li>
    ))}
  </ul>
)

/** The form that enters a case; it opens the case that was made. */
const Enter = ({ kind, opening, onClose }: { kind: CaseKind; opening: DeedShown; onClose(): void }) => {
  const enter = useEnter(kind)
  const go = useNavigate()
  const { message } = App.useApp()
  return (
    <FormDialog
      deed={opening}
      heading={`${opening.title}：${caseWords[kind]}`}
      error={enter.error}
      busy={enter.isPending}
      onClose={onClose}
      send={(input) =>
        enter.mutate(input, {
          onSuccess: ({ id, number }) => {
            void message.success(`已登记为${number}`)
            go(`/cases/${id}`)
          },
        })
      }
    />
  )
}

/** 登记, of the register that is looked at, or of one that is chosen. */
const EnterButton = ({ list, kind }: { list: RegisterList; kind: string | undefined }) => {
  const [entering, enter] = useState<CaseKind>()
  const can = list.registers.filter((one) => one.opening && (kind === undefined || one.kind === kind))
  const [first] = can
  const chosen = can.find((one) => one.kind === entering)
  if (!first) return null
  return (
    <>
      {can.length === 1 ? (
        <Button type="primary" onClick={() => enter(first.kind)}>
          {`${first.opening?.title}${first.word}`}
        </Button>
      ) : (
        <Select
          aria-label="登记一件"
          placeholder="登记一件…"
          style={{ width: 150 }}
          value={null}
          options={can.map(({ kind: value, word: label }) => ({ value, label }))}
          onChange={(value: CaseKind | null) => enter(value ?? undefined)}
        />
      )}
      {chosen?.opening && <Enter kind={chosen.kind} opening={chosen.opening} onClose={() => enter(undefined)} />}
    </>
  )
}

/** Which register is looked at: tabs, on a phone a list to choose from. */
const Registers = ({ list, kind, choose }: { list: RegisterList; kind: string; choose(kind: string): void }) => {
  const wide = Grid.useBreakpoint().md ?? true
  const open = list.registers.reduce((sum, one) => sum + one.open, 0)
  const all = [{ kind: ALL, word: '全部', open }, ...list.registers]
  const words = (word: string, n: number) => (n > 0 ? `${word}（${n}件在办）` : word)
  return wide ? (
    <Tabs
      activeKey={kind}
      onChange={choose}
      items={all.map((one) => ({ key: one.kind, label: one.open > 0 ? `${one.word} ${one.open}` : one.word }))}
    />
  ) : (
    <Select
      aria-label="登记簿"
      style={{ width: '100%', marginBottom: 12 }}
      value={kind}
      onChange={choose}
      options={all.map((one) => ({ value: one.kind, label: words(one.word, one.open) }))}
    />
  )
}

/** 办件: every register of the office with its clocks, what ends soonest first. */
export default function Cases() {
  const me = useMe()
  const { message } = App.useApp()
  const wide = Grid.useBreakpoint().md ?? true
  const [params, setParams] = useSearchParams()
  const look = lookOf(params)
  const page = Math.max(1, Math.floor(Number(params.get('page')) || 1))
  const registers = useRegisters()
  const cases = useCases(look, page)
  const file = useMutation({ mutationFn: () => readWorkbook(look), onSuccess: saveFile })
  useEffect(() => {
    if (file.error) void message.error(file.error.message)
  }, [file.error, message])
  const change = (what: Look) =>
    setParams((before) => {
      const next = new URLSearchParams(before)
      next.delete('page')
      for (const [name, value] of Object.entries(what)) {
        if (value) next.set(name, value)
        else next.delete(name)
      }
      return next
    })
  const failed = registers.error ?? cases.error
  const again = () => {
    void registers.refetch()
    void cases.refetch()
  }
  if (failed && !cases.data) return <Fault error={failed} again={again} />
  const { data: list } = registers
  if (!list || !cases.data) return <Spin style={{ display: 'block', marginTop: 48 }} />
  const { total, rows, asOf } = cases.data
  const register = list.registers.find(({ kind }) => kind === look.kind)
  return (
    <>
      <PageTitle title="办件" asOf={asOf}>
        {wide && <Button onClick={() => window.print()}>打印</Button>}
        {isOffice(me.person) && (
          <Button icon={<DownloadOutlined />} loading={file.isPending} onClick={() => file.mutate()}>
            导出 Excel
          </Button>
        )}
        <EnterButton list={list} kind={look.kind} />
      </PageTitle>
      <Registers
        list={list}
        kind={register?.kind ?? ALL}
        choose={(kind) => change({ kind: kind === ALL ? '' : kind, state: '' })}
      />
      <Filters look={look} list={list} register={register} onChange={change} />
      <Typography.Paragraph aria-live="polite">共 {total} 件</Typography.Paragraph>
      {total === 0 ? (
        <Empty description="没有符合条件的办件" />
      ) : wide ? (
        <Table
          rowKey="id"
          size="middle"
          columns={columns(!register)}
          dataSource={rows}
          pagination={false}
          scroll={{ x: 1100 }}
          className="case-table"
        />
      ) : (
        <Cards rows={rows} />
      )}
      <Pagination
        className="no-print"
        style={{ marginTop: 16 }}
        align="end"
        current={page}
        pageSize={CASES_PAGE}
        total={total}
        showSizeChanger={false}
        hideOnSinglePage
        onChange={(n) => {
          const next = new URLSearchParams(params)
          next.set('page', String(n))
          setParams(next)
        }}
      />
    </>
  )
}
