import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Typography } from 'antd'
import { Link, useNavigate } from 'react-router'
import type { TryState } from '../../../../src/http/shapes/try.ts'
import { roleWords } from '../../../../src/model/person.ts'
import { pageOf } from '../../lib/api.ts'
import { tryClient } from './client.ts'

/** In a demonstration one enters as anybody of it; elsewhere there is nothing here. */
export const DemoEntry = () => {
  const queries = useQueryClient()
  const go = useNavigate()
  const state = useQuery({
    queryKey: ['try', 'state'],
    queryFn: async () => (await (await tryClient.try.state.$get()).json()) as TryState,
    retry: false,
  })
  const enter = useMutation({
    // Read to its end: a browser takes a request for unfinished until then.
    mutationFn: async (account: string) => (await tryClient.try.session.$post({ json: { account } })).json(),
    onSuccess: async () => {
      pageOf(undefined)
      await queries.resetQueries({ queryKey: ['me'] })
      await go('/')
    },
  })
  if (!state.data) return null
  return (
    <Flex vertical gap={8}>
      <Typography.Text strong>这是演示，可以直接进入：</Typography.Text>
      {state.data.people
        .filter(({ known }) => known)
        .map(({ account, name, role, units }) => (
          <Button
            key={account}
            block
            loading={enter.isPending && enter.variables === account}
            onClick={() => enter.mutate(account)}
          >
            以 {name}（{[...units, roleWords[role]].join(' ')}）的身份进入
          </Button>
        ))}
      {enter.error && <Typography.Text role="alert">{enter.error.message}</Typography.Text>}
      <Link to="/try">先到模拟群里和机器人说话</Link>
    </Flex>
  )
}
