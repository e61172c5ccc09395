import { useQuery } from '@tanstack/react-query'
import { Button, Flex, Input, Spin, Table, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { ClassRow, UnitRow, UnitsShown } from '../../../../src/http/shapes/roster.ts'
import { useMe } from '../../lib/me.tsx'
import { momentWords } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { bodyOf, client } from './client.ts'
import { GapsNote } from './GapsNote.tsx'
import { ImportFile } from './ImportFile.tsx'
import { nothing } from './nothing.tsx'
import { Succession } from './Succession.tsx'
import { UnitForm } from './UnitForm.tsx'
import { useActionsInSight } from './wide.ts'

export const useUnits = () =>
  useQuery({ queryKey: ['roster', 'units'], queryFn: () => bodyOf<UnitsShown>(client.roster.units.$get()) })

const Liaisons = ({ unit }: { unit: UnitRow }) => (
  <Flex wrap gap={4}>
    {unit.liaisons.map(({ id, name, post, reached }) => (
      <Tag key={id}>
        {post && `${post}岗 `}
        {name}
        {!reached && '（未绑定）'}
      </Tag>
    ))}
  </Flex>
)

const fits = (words: string, unit: UnitRow): boolean =>
  [unit.name, ...unit.short, unit.leader, unit.head, ...unit.liaisons.map(({ name }) => name)].some((text) =>
    text.includes(words),
  )

type Opened = { kind: 'unit' | 'class'; row?: UnitRow | ClassRow }

const UnitTable = ({ rows, open }: { rows: UnitRow[]; open: (row: UnitRow) => void }) => {
  const inSight = useActionsInSight()
  return (
    <Table<UnitRow>
      rowKey="id"
      size="small"
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      locale={nothing('没有这样的单位')}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        {
          title: '单位',
          key: 'name',
          render: (_, { name, origin, succession }) => (
            <div style={{ minWidth: 150 }}>
              {name}
              {origin === 'plan' && <Tag style={{ marginLeft: 6 }}>由方案录入</Tag>}
              {succession && (
                <div>
                  <Typography.Text type="secondary">
                    {succession.from}起由{succession.to.map((heir) => heir.name).join('、')}承接
                  </Typography.Text>
                </div>
              )}
            </div>
          ),
        },
        { title: '简称', key: 'short', render: (_, { short }) => short.join('、') },
        { title: '联络员', key: 'liaisons', render: (_, unit) => <Liaisons unit={unit} /> },
        { title: '分管市领导', dataIndex: 'leader' },
        { title: '单位分管领导', dataIndex: 'head' },
        {
          title: '单位组',
          key: 'classes',
          render: (_, { classes }) => classes.map(({ name }) => name).join('、'),
        },
        {
          title: '群',
          key: 'rooms',
          render: (_, { rooms }) => rooms.map((id) => <div key={id}>{id}</div>),
        },
        {
          title: '操作',
          ...inSight,
          key: 'do',
          render: (_, row) =>
            row.succession ? (
              '已承接'
            ) : (
              <Button size="small" autoInsertSpace={false} aria-label={`修改${row.name}`} onClick={() => open(row)}>
                修改
              </Button>
            ),
        },
      ]}
    />
  )
}

const ClassTable = ({ rows, open }: { rows: ClassRow[]; open: (row: ClassRow) => void }) => {
  const inSight = useActionsInSight()
  return (
    <Table<ClassRow>
      rowKey="id"
      size="small"
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      locale={nothing('没有单位组')}
      pagination={false}
      columns={[
        { title: '单位组', dataIndex: 'name' },
        {
          title: '成员',
          key: 'members',
          render: (_, { members }) => (
            <div style={{ minWidth: 200, maxWidth: 640, whiteSpace: 'normal' }}>
              {members === null ? '还没有定成员' : `${members.length}个：${members.map(({ name }) => name).join('、')}`}
            </div>
          ),
        },
        {
          title: '操作',
          ...inSight,
          key: 'do',
          render: (_, row) => (
            <Button size="small" autoInsertSpace={false} aria-label={`修改${row.name}`} onClick={() => open(row)}>
              修改
            </Button>
          ),
        },
      ]}
    />
  )
}

/** The roster in its order, with what is missing on top. */
export const Units = () => {
  const me = useMe()
  const shown = useUnits()
  const [params, setParams] = useSearchParams()
  const [opened, setOpened] = useState<Opened>()
  if (shown.error) return <Fault error={shown.error} again={() => void shown.refetch()} />
  if (!shown.data) return <Spin />
  const { units, classes, gaps, asOf } = shown.data
  const words = params.get('q') ?? ''
  const search = (q: string) => setParams(q ? { tab: 'units', q } : { tab: 'units' }, { replace: true })
  const found = units.filter((unit) => fits(words, unit))
  return (
    <>
      <GapsNote gaps={gaps} />
      <Flex wrap gap={8} style={{ marginBottom: 12 }} className="no-print">
        <Input.Search
          aria-label="查单位、简称或人"
          placeholder="查单位、简称或人"
          allowClear
          defaultValue={words}
          onSearch={search}
          style={{ maxWidth: 260 }}
        />
        <Button onClick={() => setOpened({ kind: 'unit' })}>新增单位</Button>
        <Button onClick={() => setOpened({ kind: 'class' })}>新增单位组</Button>
        <ImportFile />
        <Button href="/api/roster/file" download>
          下载通讯录
        </Button>
        <Succession units={units.filter(({ succession }) => !succession)} />
      </Flex>
      <Typography.Paragraph type="secondary">
        {found.length}个单位，{classes.length}个单位组，截至 {momentWords(asOf, me.zone)}
      </Typography.Paragraph>
      <UnitTable rows={found} open={(row) => setOpened({ kind: 'unit', row })} />
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        单位组
      </Typography.Title>
      <ClassTable rows={classes} open={(row) => setOpened({ kind: 'class', row })} />
      {opened && (
        <UnitForm
          {...opened}
          units={units.filter(({ succession }) => !succession)}
          close={() => setOpened(undefined)}
        />
      )}
    </>
  )
}
