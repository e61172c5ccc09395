import { MenuOutlined } from '@ant-design/icons'
import { Button, Drawer, Flex, Grid, Layout, Menu, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'react-router'
import { roleWords } from '../../../src/model/person.ts'
import { useMe, useSignOut } from '../lib/me.tsx'
import { pages } from '../pages/pages.tsx'
import { useReachableTables } from './reachable.ts'

const Navigation = ({ onGo }: { onGo?: () => void }) => {
  const me = useMe()
  const { pathname } = useLocation()
  const mine = pages.filter(({ title, roles }) => title && roles.includes(me.person.role))
  // A duty is a row of the ledger, whatever page led to it.
  const at = pathname.startsWith('/duties/') ? '/ledger' : pathname
  const [here = '/'] = mine.map(({ path }) => path).filter((path) => path !== '/' && at.startsWith(path))
  const items = [
    ...mine.map(({ path, title }) => ({ key: path, label: <Link to={path}>{title}</Link> })),
    ...(me.tryable ? [{ key: '/try', label: <Link to="/try">模拟群</Link> }] : []),
  ]
  return <Menu mode="inline" selectedKeys={[here]} items={items} onClick={() => onGo?.()} style={{ border: 0 }} />
}

const Who = () => {
  const me = useMe()
  const signOut = useSignOut()
  return (
    <Flex gap={8} align="center" className="no-print">
      <span>
        {me.person.name}（{roleWords[me.person.role]}）
      </span>
      <Button size="small" onClick={() => void signOut()}>
        退出
      </Button>
    </Flex>
  )
}

/** The frame around every page: menu beside it, or behind a button on a phone. */
export const Shell = ({ children }: { children: ReactNode }) => {
  const me = useMe()
  useReachableTables()
  const wide = Grid.useBreakpoint().lg ?? true
  const [open, setOpen] = useState(false)
  const brand = `${me.office.name || ''}督办${me.office.demo ? ' · 演示' : ''}`
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <Layout.Header className="bar no-print">
        {!wide && (
          <Button aria-label="菜单" aria-expanded={open} icon={<MenuOutlined />} onClick={() => setOpen(true)} />
        )}
        <Typography.Text strong style={{ fontSize: 16, flex: 1 }} ellipsis>
          {brand}
        </Typography.Text>
        <Who />
      </Layout.Header>
      <Layout>
        {wide ? (
          <Layout.Sider theme="light" width={168} className="no-print">
            <nav aria-label="主菜单">
              <Navigation />
            </nav>
          </Layout.Sider>
        ) : (
          <Drawer placement="left" size={220} open={open} onClose={() => setOpen(false)} title="菜单">
            <nav aria-label="主菜单">
              <Navigation onGo={() => setOpen(false)} />
            </nav>
          </Drawer>
        )}
        <Layout.Content id="main" tabIndex={-1} className={wide ? 'page' : 'page narrow'}>
          {children}
        </Layout.Content>
      </Layout>
    </Layout>
  )
}
