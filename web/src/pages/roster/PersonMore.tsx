import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Drawer, Flex, Form, Input, Popconfirm, Select, Typography } from 'antd'
import type { CodeGiven, PersonRow } from '../../../../src/http/shapes/roster.ts'
import { useMe } from '../../lib/me.tsx'
import { momentWords } from '../../lib/moments.ts'
import { rereadAll } from '../../lib/query.ts'
import { Refused, useChange } from './change.tsx'
import { bodyOf, client } from './client.ts'
import { platformWords } from './People.tsx'

const Heading = ({ text }: { text: string }) => (
  <Typography.Title level={3} style={{ fontSize: 15, marginTop: 16 }}>
    {text}
  </Typography.Title>
)

/** A one-time code is shown once, to whoever has pressed. */
const Code = ({ row }: { row: PersonRow }) => {
  const me = useMe()
  const queries = useQueryClient()
  const give = useMutation({
    mutationFn: () => bodyOf<CodeGiven>(client.roster.people[':id'].code.$post({ param: { id: row.id } })),
    onSettled: () => rereadAll(queries),
  })
  return (
    <>
      <Refused error={give.error} />
      {give.data ? (
        <Alert
          type="success"
          title={
            <>
              绑定码{' '}
              <Typography.Text
                code
                copyable={{ text: `绑定 ${give.data.code}`, tooltips: ['复制“绑定 绑定码”', '已复制'] }}
              >
                {give.data.code}
              </Typography.Text>
              <div>
                请{give.data.name}本人在 {momentWords(give.data.expiresAt, me.zone)} 前对机器人说“绑定 {give.data.code}
                ”。只能用一次，只显示这一次。
              </div>
            </>
          }
        />
      ) : (
        <Button loading={give.isPending} onClick={() => give.mutate()}>
          发一个绑定码
        </Button>
      )}
    </>
  )
}

const Accounts = ({ row }: { row: PersonRow }) => {
  const unbind = useChange((digest: string) =>
    bodyOf<{ text: string }>(
      client.roster.people[':id'].unbind.$post({ param: { id: row.id }, json: { version: row.version, digest } }),
    ),
  )
  return (
    <>
      <Refused error={unbind.error} />
      {row.accounts.length === 0 && <Typography.Paragraph type="secondary">还没有绑定账号</Typography.Paragraph>}
      {row.accounts.map(({ digest, platform, masked }) => (
        <Flex key={digest} gap={8} align="center" style={{ marginBottom: 8 }}>
          <span>
            {platformWords[platform]} {masked}
          </span>
          <Popconfirm title="解绑后这个账号就是陌生人" okText="解绑" onConfirm={() => unbind.mutate(digest)}>
            <Button size="small" danger loading={unbind.isPending}>
              解绑
            </Button>
          </Popconfirm>
        </Flex>
      ))}
    </>
  )
}

const Absence = ({ row, people }: { row: PersonRow; people: readonly PersonRow[] }) => {
  const me = useMe()
  const set = useChange((absence: { until: string | null; substitute: string }) =>
    bodyOf<{ text: string }>(
      client.roster.people[':id'].absence.$put({ param: { id: row.id }, json: { ...absence, version: row.version } }),
    ),
  )
  const others = people.filter(
    (one) =>
      one.id !== row.id &&
      one.role === 'liaison' &&
      one.units.some(({ id }) => row.units.some((unit) => unit.id === id)),
  )
  return (
    <>
      <Refused error={set.error} />
      {row.away && (
        <Flex gap={8} align="center" style={{ marginBottom: 8 }}>
          <span>
            请假到 {row.away.until}
            {row.away.substitute && `，由${row.away.substitute.name}代`}
          </span>
          <Button size="small" onClick={() => set.mutate({ until: null, substitute: '' })}>
            销假
          </Button>
        </Flex>
      )}
      <Form
        layout="vertical"
        initialValues={{ until: '', substitute: '' }}
        onFinish={(fields: { until: string; substitute: string }) => set.mutate(fields)}
      >
        <Form.Item name="until" label="请假到" rules={[{ required: true, message: '请选择日期' }]}>
          <Input type="date" min={me.today} />
        </Form.Item>
        <Form.Item name="substitute" label="代班人（本单位另一位联络员）">
          <Select
            options={[{ value: '', label: '不指定' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        </Form.Item>
        <Button htmlType="submit" loading={set.isPending}>
          登记请假
        </Button>
      </Form>
    </>
  )
}

/** What else is done for somebody: accounts, a code, an absence, and taking them off duty. */
export const PersonMore = ({
  row,
  people,
  close,
}: {
  row: PersonRow
  people: readonly PersonRow[]
  close: () => void
}) => {
  const me = useMe()
  const remove = useChange(
    () =>
      bodyOf<{ text: string }>(
        client.roster.people[':id'].remove.$post({ param: { id: row.id }, json: { version: row.version } }),
      ),
    close,
  )
  return (
    <Drawer open size={420} title={row.name} onClose={close}>
      <Heading text="账号" />
      <Accounts row={row} />
      <Code row={row} />
      {row.role === 'liaison' && (
        <>
          <Heading text="请假" />
          <Absence row={row} people={people} />
        </>
      )}
      {row.id !== me.person.id && (
        <>
          <Heading text="不再任职" />
          <Refused error={remove.error} />
          <Typography.Paragraph type="secondary">
            移出通讯录后，账号解绑、登录失效、未用的绑定码作废；办过的事仍记在其名下。
          </Typography.Paragraph>
          <Popconfirm title={`把${row.name}移出通讯录？`} okText="移出" onConfirm={() => remove.mutate(undefined)}>
            <Button danger loading={remove.isPending}>
              移出通讯录
            </Button>
          </Popconfirm>
        </>
      )}
    </Drawer>
  )
}
