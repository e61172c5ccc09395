import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Flex, Spin, Typography } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { roleWords } from '../../../src/model/person.ts'
import { sessionClient } from '../lib/api.ts'
import { DemoEntry } from '../pages/try/DemoEntry.tsx'

/** The link's secret stands behind the #: it is read once and taken out of the address at once. */
const takeLink = (): string => {
  const link = window.location.hash.slice(1)
  if (link) window.history.replaceState(null, '', window.location.pathname)
  return link
}

const ByLink = ({ link }: { link: string }) => {
  const queries = useQueryClient()
  const go = useNavigate()
  const holder = useQuery({
    queryKey: ['link', link],
    queryFn: async () => (await sessionClient.session.link.$post({ json: { link } })).json(),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const enter = useMutation({
    // Read to its end: a browser takes a request for unfinished until then.
    mutationFn: async () => (await sessionClient.session.$post({ json: { link } })).json(),
    onSuccess: async () => {
      await queries.resetQueries({ queryKey: ['me'] })
      await go('/')
    },
  })
  const error = holder.error ?? enter.error
  if (error) return <Typography.Paragraph role="alert">{error.message}</Typography.Paragraph>
  if (!holder.data || !('name' in holder.data)) return <Spin />
  const { name, role } = holder.data
  return (
    <Button type="primary" size="large" block loading={enter.isPending} onClick={() => enter.mutate()}>
      以 {name}（{roleWords[role]}）的身份进入
    </Button>
  )
}

/** Without passwords: whoever the bot knows asks it for a link. A preview of the link opens nothing, since entering takes a press. */
export const SignIn = () => {
  const [link] = useState(takeLink)
  return (
    <Flex component="main" justify="center" align="center" style={{ minHeight: '100vh', padding: 16 }}>
      <Card title={<h1 style={{ fontSize: 18, margin: 0 }}>督办 · 登录</h1>} style={{ width: 420 }}>
        {link ? (
          <ByLink link={link} />
        ) : (
          <>
            <Typography.Paragraph>
              请在群里或私聊里对机器人说“网页版”，它会给您一个链接：十分钟内有效，只能用一次，只给您本人。
            </Typography.Paragraph>
            <DemoEntry />
          </>
        )}
      </Card>
    </Flex>
  )
}
