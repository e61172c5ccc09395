import { Button, Result } from 'antd'
import { Component, type ReactNode } from 'react'
import { Link } from 'react-router'
import { ApiError } from '../lib/api.ts'
import { signInFor } from '../lib/next.ts'

/** A page's own code that did not come: the network is down, or a newer console was put in place meanwhile. */
const isUnloaded = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)

/** What could not be read, in the server's words, with the way on. */
export const Fault = ({ error, again }: { error: unknown; again?: () => void }) => {
  const known = error instanceof ApiError ? error : undefined
  const signedOut = known?.status === 401
  return (
    <Result
      status={signedOut ? '403' : known?.status === 404 ? '404' : 'warning'}
      title={known?.message ?? (isUnloaded(error) ? '这一页没有读全：请检查网络，再试一次' : '这一页出错了')}
      extra={
        signedOut ? (
          <Link to={signInFor(`${window.location.pathname}${window.location.search}`)}>
            <Button type="primary">去登录</Button>
          </Link>
        ) : (
          <Button onClick={() => (again ? again() : window.location.reload())}>再试一次</Button>
        )
      }
    />
  )
}

/** A page that breaks leaves the menu standing. */
export class Guarded extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {}
  static getDerivedStateFromError(error: unknown) {
    return { error }
  }
  override render() {
    return this.state.error === undefined ? this.props.children : <Fault error={this.state.error} />
  }
}
