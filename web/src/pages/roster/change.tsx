import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button } from 'antd'
import { ApiError } from '../../lib/api.ts'
import { rereadAll } from '../../lib/query.ts'

/** Sends one change off; what was read of the register is read again, whether it went through or another was first. */
export const useChange = <V,>(send: (value: V) => Promise<{ text: string }>, after?: () => void) => {
  const queries = useQueryClient()
  const { message } = App.useApp()
  return useMutation({
    mutationFn: send,
    onSuccess: ({ text }) => {
      void message.success(text)
      after?.()
    },
    onSettled: () => rereadAll(queries),
  })
}

/** Why a change was refused; where somebody else was first, with the way to what it is like by now. */
export const Refused = ({ error, take }: { error: unknown; take?: (now: unknown) => void }) => {
  if (!error) return null
  const stale = error instanceof ApiError && error.status === 409 && error.now !== undefined
  return (
    <Alert
      type={stale ? 'warning' : 'error'}
      role="alert"
      showIcon
      style={{ marginBottom: 12 }}
      title={error instanceof Error ? error.message : '没有保存'}
      action={
        stale && take ? (
          <Button size="small" onClick={() => take(error.now)}>
            载入现在的内容
          </Button>
        ) : undefined
      }
    />
  )
}
