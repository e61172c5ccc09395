import { useQuery } from '@tanstack/react-query'
import { Button, Select, Table, Tabs, Tag } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { PaperLine, PaperList, RectificationLine } from '../../../../src/http/shapes/papers.ts'
import { PaperKind, PaperState, paperStateWords, paperWords } from '../../../../src/model/paper.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { bodyOf } from '../roster/client.ts'
import { papersClient, stateColour } from './client.ts'
import { NewPaper } from './NewPaper.tsx'
import './papers.css'
import { Rectifications } from './Rectifications.tsx'
import { Schedule } from './Schedule.tsx'
import { Talks } from './Talks.tsx'

const columns = [
  {
    title: '文书',
    key: 'title',
    render: (_: unknown, { id, title }: PaperLine) => (
      <Link to={`/papers/${id}`} style={{ display: 'inline-block', minWidth: 180 }}>
        {title}
      </Link>
    ),
  },
  { title: '种类', key: 'kind', render: (_: unknown, { kind }: PaperLine) => paperWords[kind] },
  {
    title: '时段',
    key: 'window',
    render: (_: unknown, { from, to }: PaperLine) => (from && to ? `${from} 至 ${to}` : '—'),
  },
  {
    title: '状态',
    key: 'state',
    render: (_: unknown, { state, issuedOn }: PaperLine) => (
      <>
        <Tag color={stateColour[state]}>{paperStateWords[state]}</Tag>
        {issuedOn && `${issuedOn} 已推送`}
      </>
    ),
  },
  {
    title: '签发',
    key: 'signed',
    render: (_: unknown, { number, signer, signedOn }: PaperLine) =>
      signedOn ? [number, signer, signedOn].join(' ') : '—',
  },
  { title: '起草', dataIndex: 'draftedOn', key: 'draftedOn' },
]

const Register = ({ list }: { list: PaperList }) => {
  const [params, setParams] = useSearchParams()
  const [kind, state] = [params.get('kind'), params.get('state')]
  const set = (name: string, value: string | undefined) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  const rows = list.papers.filter((one) => (!kind || one.kind === kind) && (!state || one.state === state))
  return (
    <>
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginBottom: 12 }} className="no-print">
        <Select
          aria-label="种类"
          allowClear
          placeholder="全部种类"
          style={{ width: 160 }}
          value={kind}
          onChange={(value?: string) => set('kind', value)}
          options={PaperKind.options.map((value) => ({ value, label: paperWords[value] }))}
        />
        <Select
          aria-label="状态"
          allowClear
          placeholder="全部状态"
          style={{ width: 140 }}
          value={state}
          onChange={(value?: string) => set('state', value)}
          options={PaperState.options.map((value) => ({ value, label: paperStateWords[value] }))}
        />
      </div>
      <Table
        rowKey="id"
        size="middle"
        columns={columns}
        dataSource={rows}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有文书' }}
      />
    </>
  )
}

const Opened = () => {
  const found = useQuery({
    queryKey: ['papers', 'rectifications'],
    queryFn: () => bodyOf<{ rows: RectificationLine[] }>(papersClient.rectifications.$get()),
  })
  if (found.error) return <Fault error={found.error} again={() => void found.refetch()} />
  return <Rectifications rows={found.data?.rows ?? []} />
}

/** 文书: what was drafted and how far it is, the 整改 that came of it, and 约谈. */
export default function Papers() {
  const [drafting, setDrafting] = useState(false)
  const [params, setParams] = useSearchParams()
  const list = useQuery({ queryKey: ['papers', 'list'], queryFn: () => bodyOf<PaperList>(papersClient.papers.$get()) })
  if (list.error) return <Fault error={list.error} again={() => void list.refetch()} />
  const { data } = list
  return (
    <>
      <PageTitle title="文书" {...(data && { asOf: data.asOf })}>
        {data && data.may.length > 0 && (
          <Button type="primary" onClick={() => setDrafting(true)}>
            起草文书
          </Button>
        )}
      </PageTitle>
      {drafting && data && <NewPaper list={data} onClose={() => setDrafting(false)} />}
      <Tabs
        activeKey={params.get('tab') ?? 'papers'}
        onChange={(tab) => setParams(tab === 'papers' ? {} : { tab }, { replace: true })}
        items={[
          { key: 'papers', label: '文书', children: data && <Register list={data} /> },
          { key: 'rectifications', label: '整改', children: <Opened /> },
          { key: 'talks', label: '约谈', children: <Talks /> },
          ...(data?.settings
            ? [{ key: 'schedule', label: '定期起草', children: <Schedule settings={data.settings} /> }]
            : []),
        ]}
      />
    </>
  )
}
