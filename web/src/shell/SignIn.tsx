import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Flex, Spin, Typography } from 'antd'
import { useEffect, useState } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { ownPath, SignOnProblem, type Way, Ways, wayWords } from '../../../src/http/shapes/session.ts'
import { roleWords } from '../../../src/model/person.ts'
import { pageOf, sessionClient, signOnClient } from '../lib/api.ts'
import { useSignedIn } from '../lib/me.tsx'
import { keepNext, officeFor, takeNext } from '../lib/next.ts'
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
      pageOf(undefined)
      await queries.resetQueries({ queryKey: ['me'] })
      await go(takeNext(), { replace: true })
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

const why: Record<SignOnProblem, string> = {
  expired: '这次登录没有完成，或者隔得太久：请再点一次登录。',
  refused: '没有确认您的身份（取消了授权，或授权已经用过）：请再试一次。',
  unbound: '这个账号还没有登记：请向主管科室领取绑定码，对机器人说“绑定 绑定码”，再回来登录。',
  unreachable: '暂时连不上登录用的平台：请稍后再试，或者对机器人说“网页版”。',
}

/** By the account of a platform, where it is set up; in its own browser at once, unless somebody has just come back or signed out. */
const ByAccount = ({ next, office, atOnce }: { next: string; office: string | undefined; atOnce: boolean }) => {
  const ways = useQuery({
    queryKey: ['ways', office],
    queryFn: async () =>
      Ways.parse(await (await signOnClient.session.ways.$get({ query: { ...(office && { office }) } })).json()),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const here = atOnce ? ways.data?.here : undefined
  const asked = new URLSearchParams({ next, ...(office && { office }) }).toString()
  const addressOf = (way: Way): string => `/api/session/${way}?${asked}`
  useEffect(() => {
    if (here) window.location.replace(`/api/session/${here}?${asked}`)
  }, [here, asked])
  if (here) return <Spin />
  return (
    <Flex vertical gap={8}>
      {ways.data?.several && (
        <Typography.Paragraph>
          这台服务器由几个单位共用。请用本单位自己的登录地址（以 /signin?office=本单位代号
          结尾，代号问管理员），或用下面的办法。
        </Typography.Paragraph>
      )}
      {ways.data?.ways.map((way) => (
        <Button key={way} size="large" block href={addressOf(way)}>
          用{wayWords[way]}登录
        </Button>
      ))}
    </Flex>
  )
}

interface Asked {
  next: string
  office: string | undefined
  problem: SignOnProblem | undefined
  out: boolean
}

const Ask = ({ next, office, problem, out }: Asked) => {
  const signedIn = useSignedIn()
  useEffect(() => keepNext(next), [next])
  // Signed in meanwhile, in another tab.
  if (signedIn.data) return <Navigate to={next} replace />
  return (
    <>
      {problem && (
        <Typography.Paragraph role="alert" type="danger">
          {why[problem]}
        </Typography.Paragraph>
      )}
      {out && <Typography.Paragraph>您已退出。</Typography.Paragraph>}
      <ByAccount next={next} office={office} atOnce={!problem && !out} />
      <Typography.Paragraph style={{ marginTop: 16 }}>
        请在群里或私聊里对机器人说“网页版”，它会给您一个链接：十分钟内有效，只能用一次，只给您本人。
      </Typography.Paragraph>
    </>
  )
}

/** Without passwords: whoever the bot knows asks it for a link. A preview of the link opens nothing, since entering takes a press. */
export const SignIn = () => {
  const [link] = useState(takeLink)
  const [query] = useSearchParams()
  const problem = SignOnProblem.safeParse(query.get('problem')).data
  useEffect(() => {
    document.title = '登录 · 督办'
  }, [])
  return (
    <Flex component="main" justify="center" align="center" style={{ minHeight: '100vh', padding: 16 }}>
      <Card title={<h1 style={{ fontSize: 18, margin: 0 }}>督办 · 登录</h1>} style={{ width: 420 }}>
        {link ? (
          <ByLink link={link} />
        ) : (
          <>
            <Ask next={ownPath(query.get('next'))} office={officeFor(query)} problem={problem} out={query.has('out')} />
            <DemoEntry />
          </>
        )}
      </Card>
    </Flex>
  )
}
