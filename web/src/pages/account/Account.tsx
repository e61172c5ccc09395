import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Popconfirm, Table, Tag, Typography } from 'antd'
import { type Running, RunningList } from '../../../../src/http/shapes/session.ts'
import { roleWords } from '../../../../src/model/person.ts'
import { accountClient } from '../../lib/api.ts'
import { isOffice, useMe } from '../../lib/me.tsx'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { browserWords } from './browser.ts'

const vias: Record<Running['via'], string> = { link: '一次性链接', lark: '飞书', wecom: '企业微信', demo: '演示' }

/** 4月20日 10:05, in the office's zone whatever the browser's is. */
const useMoments = () => {
  const { zone } = useMe()
  const format = new Intl.DateTimeFormat('zh-CN', {
    ...({ timeZone: zone, month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const),
    hourCycle: 'h23',
  })
  return (at: string): string => format.format(new Date(at))
}

const useSessions = (all: boolean) =>
  useQuery({
    queryKey: ['account', all ? 'all' : 'mine'],
    queryFn: async () => {
      const asked = all ? accountClient.sessions.all.$get() : accountClient.sessions.$get()
      return RunningList.parse(await (await asked).json()).sessions
    },
  })

const useEnding = () => {
  const queries = useQueryClient()
  const { message } = App.useApp()
  const told = {
    onSuccess: () => {
      void message.success('已退出')
      return queries.invalidateQueries({ queryKey: ['account'] })
    },
    onError: (error: Error) => {
      void message.error(error.message)
      return queries.invalidateQueries({ queryKey: ['account'] })
    },
  }
  const one = useMutation({
    mutationFn: (id: string) => accountClient.sessions[':id'].$delete({ param: { id } }),
    ...told,
  })
  const others = useMutation({ mutationFn: () => accountClient.sessions.others.$delete(), ...told })
  return { one, others }
}

const Ending = ({ session }: { session: Running }) => {
  const { one } = useEnding()
  if (session.here) return <Tag>当前</Tag>
  const what = `${session.person.name}的${browserWords(session.agent)}`
  return (
    <Popconfirm
      title={`让${what}退出登录？`}
      okText="退出"
      cancelText="不退出"
      onConfirm={() => one.mutate(session.id)}
    >
      <Button size="small" autoInsertSpace={false} loading={one.isPending} aria-label={`退出：${what}`}>
        退出
      </Button>
    </Popconfirm>
  )
}

const List = ({ all }: { all: boolean }) => {
  const sessions = useSessions(all)
  const moment = useMoments()
  if (sessions.error) return <Fault error={sessions.error} again={() => void sessions.refetch()} />
  const who = {
    title: '人员',
    key: 'who',
    render: ({ person }: Running) => `${person.name}（${roleWords[person.role]}）`,
  }
  return (
    <Table
      size="small"
      rowKey="id"
      loading={sessions.isPending}
      dataSource={sessions.data ?? []}
      pagination={all && (sessions.data?.length ?? 0) > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: 'max-content' }}
      columns={[
        ...(all ? [who] : []),
        {
          title: '浏览器',
          key: 'agent',
          render: ({ agent }: Running) => <span title={agent}>{browserWords(agent)}</span>,
        },
        // Beside the browser, where a phone shows it too.
        {
          title: '操作',
          key: 'end',
          className: 'no-print',
          render: (session: Running) => <Ending session={session} />,
        },
        { title: '登录方式', key: 'via', render: ({ via }: Running) => vias[via] },
        { title: '登录时间', key: 'started', render: ({ startedAt }: Running) => moment(startedAt) },
        { title: '最近使用', key: 'seen', render: ({ seenAt }: Running) => moment(seenAt) },
        { title: '到期', key: 'until', render: ({ expiresAt }: Running) => moment(expiresAt) },
      ]}
    />
  )
}

/** Where one is signed in, and signing out there; for the office everybody's. */
export default function Account() {
  const me = useMe()
  const mine = useSessions(false)
  const { others } = useEnding()
  const more = mine.data?.some(({ here }) => !here) ?? false
  return (
    <>
      <PageTitle title="我的登录">
        <Button disabled={!more} loading={others.isPending} onClick={() => others.mutate()}>
          退出其他登录
        </Button>
      </PageTitle>
      <List all={false} />
      <Typography.Paragraph type="secondary" style={{ marginTop: 12 }}>
        每次登录八小时内有效。有不认识的登录，请让它退出，并告诉主管科室。
      </Typography.Paragraph>
      {isOffice(me) && (
        <section aria-labelledby="everybody">
          <Typography.Title level={2} id="everybody" style={{ fontSize: 18 }}>
            全部登录
          </Typography.Title>
          <List all />
        </section>
      )}
    </>
  )
}
