import { useQuery } from '@tanstack/react-query'
import { Button, Flex, Input, Select, Spin, Table, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { PeopleShown, PersonRow } from '../../../../src/http/shapes/roster.ts'
import type { Platform } from '../../../../src/model/message.ts'
import { Role, roleWords } from '../../../../src/model/person.ts'
import { useMe } from '../../lib/me.tsx'
import { momentWords } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { bodyOf, client } from './client.ts'
import { GapsNote } from './GapsNote.tsx'
import { nothing } from './nothing.tsx'
import { PersonForm } from './PersonForm.tsx'
import { PersonMore } from './PersonMore.tsx'
import { useActionsInSight } from './wide.ts'

export const platformWords: Record<Platform, string> = {
  ...{ lark: '飞书', wecom: '企业微信', wechat: '微信', dingtalk: '钉钉', console: '命令行' },
}

const usePeople = () =>
  useQuery({ queryKey: ['roster', 'people'], queryFn: () => bodyOf<PeopleShown>(client.roster.people.$get()) })

const roles = Role.exclude(['unknown']).options.map((role) => ({ value: role, label: roleWords[role] }))

const unitWords = ({ units, charge }: PersonRow): string => {
  const named = [...units, ...charge].map(({ name }) => name)
  return named.length > 4 ? `${named.slice(0, 4).join('、')} 等${named.length}家` : named.join('、')
}

const PersonTable = ({ rows, open }: { rows: PersonRow[]; open: (row: PersonRow, what: 'edit' | 'more') => void }) => {
  const inSight = useActionsInSight()
  return (
    <Table<PersonRow>
      rowKey="id"
      size="small"
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      locale={nothing('没有这样的人')}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { title: '姓名', dataIndex: 'name' },
        {
          title: '身份',
          key: 'role',
          render: (_, { role, post }) => `${roleWords[role]}${post ? ` ${post}岗` : ''}`,
        },
        { title: '单位 / 分管', key: 'units', render: (_, row) => unitWords(row) },
        {
          title: '账号',
          key: 'accounts',
          render: (_, { accounts }) =>
            accounts.length === 0
              ? '未绑定'
              : accounts.map(({ digest, platform, masked }) => (
                  <Tag key={digest}>
                    {platformWords[platform]} {masked}
                  </Tag>
                )),
        },
        { title: '手机', key: 'mobile', render: (_, { mobile }) => (mobile ? '已登记' : '—') },
        {
          title: '请假',
          key: 'away',
          render: (_, { away }) =>
            away ? `到${away.until}${away.substitute ? `，${away.substitute.name}代` : ''}` : '',
        },
        { title: '登录', key: 'sessions', render: (_, { sessions }) => (sessions > 0 ? `${sessions}处` : '') },
        {
          title: '操作',
          ...inSight,
          key: 'do',
          render: (_, row) => (
            <Flex gap={4}>
              <Button
                size="small"
                autoInsertSpace={false}
                aria-label={`修改${row.name}`}
                onClick={() => open(row, 'edit')}
              >
                修改
              </Button>
              <Button
                size="small"
                autoInsertSpace={false}
                aria-label={`账号与请假：${row.name}`}
                onClick={() => open(row, 'more')}
              >
                账号与请假
              </Button>
            </Flex>
          ),
        },
      ]}
    />
  )
}

/** Everybody on duty; whose unit nobody can reach is said first. */
export const People = () => {
  const me = useMe()
  const shown = usePeople()
  const [params, setParams] = useSearchParams()
  const [opened, setOpened] = useState<{ what: 'edit' | 'more'; id?: string }>()
  if (shown.error) return <Fault error={shown.error} again={() => void shown.refetch()} />
  if (!shown.data) return <Spin />
  const { people, gaps, asOf } = shown.data
  const [words, role] = [params.get('q') ?? '', params.get('role') ?? '']
  const filter = (next: { q?: string; role?: string }) => {
    const all = { q: words, role, ...next }
    setParams({ tab: 'people', ...(all.q && { q: all.q }), ...(all.role && { role: all.role }) }, { replace: true })
  }
  const found = people.filter(
    (one) => (role === '' || one.role === role) && `${one.name} ${unitWords(one)}`.includes(words),
  )
  const row = people.find(({ id }) => id === opened?.id)
  const close = () => setOpened(undefined)
  return (
    <>
      <GapsNote gaps={gaps} />
      <Flex wrap gap={8} style={{ marginBottom: 12 }} className="no-print">
        <Input.Search
          aria-label="查姓名或单位"
          placeholder="查姓名或单位"
          allowClear
          defaultValue={words}
          onSearch={(q) => filter({ q })}
          style={{ maxWidth: 220 }}
        />
        <Select
          aria-label="身份"
          style={{ width: 130 }}
          value={role}
          onChange={(value) => filter({ role: value })}
          options={[{ value: '', label: '全部身份' }, ...roles]}
        />
        <Button type="primary" onClick={() => setOpened({ what: 'edit' })}>
          新增人员
        </Button>
      </Flex>
      <Typography.Paragraph type="secondary">
        {found.length}人，截至 {momentWords(asOf, me.zone)}。手机号码只用来认人，登记后不再显示。
      </Typography.Paragraph>
      <PersonTable rows={found} open={({ id }, what) => setOpened({ what, id })} />
      {opened?.what === 'edit' && <PersonForm key={opened.id ?? 'new'} {...(row && { row })} close={close} />}
      {opened?.what === 'more' && row && <PersonMore row={row} people={people} close={close} />}
    </>
  )
}
