import { Alert, Modal, Typography } from 'antd'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { signedInNow } from '../lib/api.ts'
import { isWaiting, release, setAsking, subscribe } from '../lib/gone.ts'
import { useMe } from '../lib/me.tsx'

/**
 * Over the page, when its session is gone: what was typed stays where it is. Whoever signs in again, in another tab, goes on
 * with what was being sent; somebody else's session is not gone on with, for the page is the other one's.
 */
export const SignedOut = () => {
  const me = useMe()
  const open = useSyncExternalStore(subscribe, isWaiting)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    setAsking(true)
    return () => setAsking(false)
  }, [])

  const goOn = async () => {
    setBusy(true)
    setProblem('')
    try {
      const now = await signedInNow()
      if (now?.person.id === me.person.id) release(true)
      else
        setProblem(
          now
            ? '现在登录的是另一个人。请用原来的身份登录，再点“继续”。'
            : '还没有登录：请先在新标签页里登录，再点“继续”。',
        )
    } catch {
      setProblem('连不上服务器：请检查网络，再点一次“继续”')
    } finally {
      setBusy(false)
    }
  }

  return (
    <Modal
      open={open}
      title="登录已过期"
      okText="继续"
      cancelText="放弃这次操作"
      onOk={() => void goOn()}
      onCancel={() => release(false)}
      confirmLoading={busy}
      maskClosable={false}
      zIndex={2000}
    >
      <Typography.Paragraph>您填写的内容还在这一页上，没有丢失，也还没有提交。请不要关闭这一页：</Typography.Paragraph>
      <ol>
        <li>
          <a href="/signin" target="_blank" rel="noopener" style={{ textDecoration: 'underline' }}>
            在新标签页里重新登录
          </a>
          （对机器人说“网页版”，打开它给的链接）；
        </li>
        <li>回到这一页，点“继续”。</li>
      </ol>
      {problem && <Alert type="warning" showIcon title={problem} role="alert" />}
    </Modal>
  )
}
