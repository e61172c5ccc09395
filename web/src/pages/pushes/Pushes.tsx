import { Tabs, Typography } from 'antd'
import { useSearchParams } from 'react-router'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { Accounts } from './Accounts.tsx'
import { Ahead } from './Ahead.tsx'
import { Noise } from './Noise.tsx'
import { Registers } from './Registers.tsx'
import { Retention } from './Retention.tsx'
import { Settings } from './Settings.tsx'
import { Subscriptions } from './Subscriptions.tsx'

const tabs = [
  { key: 'accounts', label: '推送情况', children: <Accounts /> },
  { key: 'ahead', label: '今后一周', children: <Ahead /> },
  { key: 'subscriptions', label: '订阅', children: <Subscriptions /> },
  {
    key: 'settings',
    label: '设置',
    children: (
      <>
        <Settings />
        <Typography.Title level={2} style={{ fontSize: 18, marginTop: 32 }}>
          办件时限
        </Typography.Title>
        <Registers />
        <Typography.Title level={2} style={{ fontSize: 18, marginTop: 32 }}>
          保留期限
        </Typography.Title>
        <Retention />
      </>
    ),
  },
  { key: 'noise', label: '消息统计', children: <Noise /> },
]

/** What was told to whom, what will be, and by which rules. */
export default function Pushes() {
  const [params, setParams] = useSearchParams()
  const tab = tabs.some(({ key }) => key === params.get('tab')) ? (params.get('tab') ?? 'accounts') : 'accounts'
  return (
    <>
      <PageTitle title="推送" />
      <Tabs items={tabs} activeKey={tab} destroyOnHidden onChange={(key) => setParams({ tab: key })} />
    </>
  )
}
